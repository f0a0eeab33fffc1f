"""What the labels of cartons and pallets, the manifest and the bill of lading say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from apps.accounts.models import User
from apps.catalog.models import Item, Party
from apps.core.clock import day_bounds
from apps.core.paper.formats import Address, quantity
from apps.locations.models import Warehouse
from apps.locations.queries import letterhead, printed
from apps.overrides.models import OverrideUse
from apps.overrides.states import OverrideOf
from apps.safety.queries import transport_rules_on
from apps.safety.rules import what_rides_together
from apps.shipping.errors import PalletEmpty
from apps.shipping.models import Carton, Load, Shipment, ShippingPallet
from apps.shipping.pdf import BillOfLading, CartonLabel, LadingLine, ManifestPaper, ManifestShipment
from apps.shipping.queries.contents import Content, carton_weights, contents_of, emergency_contact_of
from apps.shipping.queries.hazards import hazards_in
from apps.shipping.states import ShipmentState

GRAMS = Decimal(1000)


def labels_of(cartons: Sequence[Carton], *, of: int) -> list[CartonLabel]:
    """The labels of cartons of one shipment that has so many; read with shipment, warehouse, carrier and unit."""
    contents = contents_of(cartons)
    return [
        CartonLabel(
            sscc=carton.unit.sscc or carton.unit.number,
            ship_from=carton.shipment.warehouse.on_paper(carton.shipment.warehouse.name),
            ship_to=carton.shipment.on_paper(carton.shipment.ship_to),
            order_number=carton.shipment.document,
            shipment_number=carton.shipment.number,
            carrier=carton.shipment.carrier.name if carton.shipment.carrier is not None else "",
            service=carton.shipment.service.name if carton.shipment.service is not None else "",
            carton=carton.sequence,
            cartons=of,
            weight_kg=None if carton.weight_g is None else carton.weight_g / GRAMS,
            contents=_in_words(contents[carton.pk]),
            routing=carton.routing,
            tracking_number=carton.tracking_number or "",
        )
        for carton in cartons
    ]


def _in_words(contents: Sequence[Content]) -> str:
    """One item by its number and how many; several are mixed."""
    items = {content.item.pk: content.item for content in contents}
    if len(items) > 1:
        return f"mixed, {len(items)} items"
    total = sum((content.quantity for content in contents), Decimal(0))
    return "".join(f"{item.number}  {quantity(total, item.unit.code)}" for item in items.values())


def label_of(carton: Carton) -> CartonLabel:
    """A carton's label; how many its shipment has is as of now."""
    return labels_of([carton], of=carton.shipment.cartons.count())[0]


def pallet_label_of(pallet: ShippingPallet) -> CartonLabel:
    """A pallet's label: to whom, if all of it goes to one consignee, and how many cartons. Raises `PalletEmpty`."""
    cartons = list(
        pallet.cartons.select_related("carton_type", "shipment__carrier", "shipment__service").order_by("pk")
    )
    if not cartons:
        raise PalletEmpty(pallet=pallet.unit.number)
    shipments = {carton.shipment_id: carton.shipment for carton in cartons}
    first, one = next(iter(shipments.values())), len(shipments) == 1
    consignees = {each.on_paper(each.ship_to) for each in shipments.values()}
    to = next(iter(consignees)) if len(consignees) == 1 else Address(name=f"{len(consignees)} consignees")
    weights = [carton.weight_g for carton in cartons if carton.weight_g is not None]
    return CartonLabel(
        sscc=pallet.unit.sscc or pallet.unit.number,
        ship_from=pallet.warehouse.on_paper(pallet.warehouse.name),
        ship_to=to,
        order_number=first.document if one else f"{len(shipments)} orders",
        shipment_number=first.number if one else f"{len(shipments)} shipments",
        carrier=first.carrier.name if first.carrier is not None else "",
        service=first.service.name if one and first.service is not None else "",
        carton=len(cartons),
        cartons=0,
        counted="CARTONS",
        weight_kg=sum(weights, Decimal(0)) / GRAMS if len(weights) == len(cartons) else None,
        contents=_in_words([content for each in contents_of(cartons).values() for content in each]),
        routing=cartons[0].routing if one else "",
    )


def manifest_of(
    warehouse: Warehouse, *, on: date, at: datetime, by: User, carrier: Party | None = None
) -> ManifestPaper:
    """What is loaded now or has left on that day of the warehouse, by carrier when one is named: three queries."""
    since, until = day_bounds(on, warehouse.timezone)
    shipments = (
        Shipment.objects.filter(warehouse=warehouse)
        .filter(Q(state=ShipmentState.LOADED) | Q(shipped_at__gte=since, shipped_at__lt=until))
        .order_by("pk")
    )
    if carrier is not None:
        shipments = shipments.filter(carrier=carrier)
    return ManifestPaper(
        company=letterhead(),
        printed=printed(at, by, warehouse),
        warehouse=warehouse.on_paper(warehouse.name),
        dated=on,
        carrier=carrier.name if carrier is not None else "",
        shipments=_manifest_lines(shipments),
    )


def _manifest_lines(shipments: QuerySet[Shipment]) -> tuple[ManifestShipment, ...]:
    cartons = Prefetch("cartons", Carton.objects.select_related("unit").order_by("sequence"))
    return tuple(
        ManifestShipment(
            number=each.number,
            order_number=each.document,
            consignee=each.on_paper(each.ship_to),
            cartons=tuple(
                (
                    carton.unit.sscc or carton.unit.number,
                    None if carton.weight_g is None else carton.weight_g / GRAMS,
                )
                for carton in each.cartons.all()
            ),
        )
        for each in shipments.prefetch_related(cartons)
    )


def load_manifest_of(load: Load, *, at: datetime, by: User) -> ManifestPaper:
    """What is on a load, or planned for it while nothing is."""
    return ManifestPaper(
        company=letterhead(),
        printed=printed(at, by, load.warehouse),
        warehouse=load.warehouse.on_paper(load.warehouse.name),
        dated=load.warehouse.local_date(load.departed_at or load.leaves_at or at),
        carrier=f"{load.carrier.name} · load {load.number} {load.trailer}".strip(),
        shipments=_manifest_lines(load.shipments.order_by("pk")),
    )


def bill_of_lading_of(load: Load, *, at: datetime, by: User) -> BillOfLading:
    """A load's goods: each shipment's dangerous goods by their description, then what else of it is on the load.

    Raises `EmergencyPhoneMissing` when dangerous goods are on it that need one.
    """
    cartons = list(
        Carton.objects.filter(shipment__load=load, loaded_at__isnull=False)
        .select_related("shipment", "carton_type", "unit")
        .order_by("shipment", "sequence")
    )
    contents = contents_of(cartons)
    weights = carton_weights(cartons, contents)
    day = load.warehouse.local_date(load.departed_at or at)
    hazards = hazards_in(contents)
    pairs = what_rides_together(hazards, transport_rules_on(day))
    on_call = emergency_contact_of(load, hazards)
    zone = ZoneInfo(load.warehouse.timezone)
    return BillOfLading(
        company=letterhead(),
        printed=printed(at, by, load.warehouse),
        number=load.number,
        dated=day,
        ship_from=load.warehouse.on_paper(load.warehouse.name),
        carrier=load.carrier.name,
        trailer=load.trailer,
        seal=load.seal,
        dock=load.dock.code if load.dock is not None else "",
        pieces=len(cartons),
        weight_kg=sum(weights.values(), Decimal(0)) / GRAMS,
        lines=tuple(_lading_lines(cartons, contents, weights)),
        emergency_phone=on_call.phone if on_call is not None else "",
        emergency_contact=on_call.who if on_call is not None else "",
        notes=(*(f"{pair.first} with {pair.second}: {pair.mixing}" for pair in pairs), *_permits_of(load)),
        taken_by=load.taken_by,
        taken_at=f"{load.departed_at.astimezone(zone):%Y-%m-%d %H:%M}" if load.departed_at is not None else "",
    )


def _permits_of(load: Load) -> Iterator[str]:
    """Special permits under which goods on the load ride together (49 CFR 172.203(a) has them named; not verified)."""
    uses = OverrideUse.objects.filter(where=load.number, override__of=OverrideOf.CARRIED)
    rows = uses.filter(override__warehouse=load.warehouse).order_by("override_id").distinct("override_id")
    for number, authority in rows.values_list("override__number", "override__authority"):
        yield f"{authority} (override {number})"


def _lading_lines(
    cartons: Sequence[Carton], contents: dict[int, list[Content]], weights: dict[int, Decimal]
) -> Iterator[LadingLine]:
    """A line for each description of a shipment, with the cartons it is in; a carton is a piece of its first line."""
    for shipment, group in groupby(cartons, key=lambda carton: carton.shipment):
        plain: list[Carton] = []
        dangerous: dict[str, list[tuple[Carton, Content]]] = {}
        for carton in group:
            hazardous = [content for content in contents[carton.pk] if content.item.hazard is not None]
            if not hazardous:
                plain.append(carton)
            for content in hazardous:
                dangerous.setdefault(_described(content.item), []).append((carton, content))
        counted: set[int] = set()
        for description, found in sorted(dangerous.items()):
            pieces = {carton.pk for carton, _ in found} - counted
            counted |= pieces
            yield LadingLine(
                shipment=shipment.number,
                consignee=shipment.ship_to,
                pieces=len(pieces),
                description=description,
                is_hazardous=True,
                amount=_amount(found),
                weight_kg=sum((weights[pk] for pk in pieces), Decimal(0)) / GRAMS,
            )
        if plain:
            yield LadingLine(
                shipment=shipment.number,
                consignee=shipment.ship_to,
                pieces=len(plain),
                description="Cartons, general merchandise",
                weight_kg=sum((weights[carton.pk] for carton in plain), Decimal(0)) / GRAMS,
            )


def _described(item: Item) -> str:
    if item.shipping_description is not None:
        return item.shipping_description.basic_description
    return f"{item.name}, class {item.hazard_class.code if item.hazard_class else ''}, no shipping description given"


def _amount(found: Sequence[tuple[Carton, Content]]) -> str:
    unit = found[0][1].item.unit.code
    return quantity(sum((content.quantity for _, content in found), Decimal(0)), unit)
