"""safety.trailer: what may not ride together is found on a trailer of 200 lines before the next carton goes onto it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.catalog.models import Item, Party
from apps.core import clock
from apps.ledger.models import HandlingUnit
from apps.ledger.operations import Move, Place, open_units, post
from apps.ledger.states import TransactionKind, UnitKind
from apps.safety.models import HazardClass, ShippingDescription
from apps.shipping.models import Carton, Shipment
from apps.shipping.models.shipment import SHIPMENT_NUMBERS
from apps.shipping.queries.hazards import hazardous_in_cartons, kept_apart
from apps.shipping.states import ShipmentState
from benchmarks.ground import Ground, ground, make_items, owner_connection, receive, settle
from benchmarks.measure import Line

LINES = 200
MOST_MS = 20.0
CLASSES = ("3", "4.1", "6.1", "9")
"""Of what is aboard, which may all ride together, or of which the table says nothing."""
OXIDIZER = "5.1"
"""What comes to them: it rides apart from flammable liquids."""
ROUNDS = 30

RAW = """
select one.hazard_class_id, other.hazard_class_id, rule.mark
from (select distinct d.id, d.hazard_class_id, c.code
      from ledger_stockbalance b join catalog_item i on i.id = b.item_id
      join safety_shippingdescription d on d.id = i.shipping_description_id
      join safety_hazardclass c on c.id = d.hazard_class_id
      where b.unit_id = any(%s) and b.on_hand > 0) one
join (select distinct d.id, d.hazard_class_id, c.code
      from ledger_stockbalance b join catalog_item i on i.id = b.item_id
      join safety_shippingdescription d on d.id = i.shipping_description_id
      join safety_hazardclass c on c.id = d.hazard_class_id
      where b.unit_id = any(%s) and b.on_hand > 0) other on other.id <> one.id
left join safety_transportrule rule on rule.table = 'classes' and rule.effective_on <= current_date
    and least(rule.first, rule.second) = least(one.code, other.code)
    and greatest(rule.first, rule.second) = greatest(one.code, other.code)
"""
"""The least that has to be read: the kinds of goods of the new carton against those aboard, by class alone. It knows
nothing of subsidiary hazards, forms, packing groups and paragraphs."""


def measure_trailer(name: str) -> list[Line]:
    """Milliseconds to check a carton against a trailer of 200 lines, each of another kind of goods.

    Beside it, all of them at once, each with each other.
    """
    cartons = _packed(LINES + 1)
    *aboard, coming = cartons
    settle()
    day = clock.now().date()

    def one() -> int:
        return len(kept_apart(hazardous_in_cartons([coming]), aboard, on=day))

    def at_once() -> int:
        return len(kept_apart(hazardous_in_cartons(aboard), [], on=day))

    told = len(aboard[:: len(CLASSES)])  # the flammable liquids
    if (one(), at_once()) != (told, 0):
        message = f"{one()} pairs are told of {told}, and {at_once()} of those aboard"
        raise AssertionError(message)
    with CaptureQueriesContext(connection) as few:
        kept_apart(hazardous_in_cartons([coming]), aboard[:2], on=day)
    with CaptureQueriesContext(connection) as many:
        one()
    print(f"      {name}: {len(many)} statements for {LINES} lines, {len(few)} for 2", flush=True)
    units = [carton.unit_id for carton in aboard]
    with owner_connection() as raw:
        reference = _median_ms(lambda: raw.execute(RAW, ([coming.unit_id], units)).fetchall())
    return [
        Line(name=name, ours=_median_ms(one), reference=reference, unit="ms", most=MOST_MS),
        Line(name=f"{name}[at once]", ours=_median_ms(at_once), unit="ms", most=MOST_MS),
    ]


def _median_ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


def _packed(count: int) -> list[Carton]:
    """So many cartons of one shipment, each with a kind of dangerous goods of its own."""
    floor = ground(1)
    items = make_items(count)
    classes = {each.code: each for each in HazardClass.objects.filter(code__in=(*CLASSES, OXIDIZER))}
    described = ShippingDescription.objects.bulk_create(
        ShippingDescription(
            code=f"BENCH-{n}",
            un_number=f"UN{1000 + n}",
            proper_shipping_name=f"Bench goods {n}",
            hazard_class=classes[CLASSES[n % len(CLASSES)] if n < count - 1 else OXIDIZER],
            packing_group="II",
            is_liquid=n % 2 == 0,
        )
        for n in range(count)
    )
    rows = list(Item.objects.filter(pk__in=items).order_by("pk"))
    for row, description in zip(rows, described, strict=True):
        row.shipping_description = description
    Item.objects.bulk_update(rows, ["shipping_description"])
    receive(floor, [(item, floor.bins[0], None) for item in items])
    return _cartons(floor, items)


@transaction.atomic
def _cartons(floor: Ground, items: list[int]) -> list[Carton]:
    at, site = clock.now(), floor.warehouse.pk
    units = open_units(warehouse_id=site, kind=UnitKind.CARTON, count=len(items))
    bin_ = floor.bins[0]
    post(
        [
            Move(
                item_id=item,
                quantity=Decimal(1),
                source=Place(location_id=bin_),
                target=Place(location_id=bin_, unit_id=unit),
            )
            for item, unit in zip(items, units, strict=True)
        ],
        warehouse_id=site,
        kind=TransactionKind.PACK,
        by=floor.by,
        at=at,
        document="BENCH",
    )
    party = Party.objects.create(number="C-1", name="Customer", is_customer=True)
    shipment = Shipment.objects.create(
        number=SHIPMENT_NUMBERS.next(),
        created_at=at,
        warehouse=floor.warehouse,
        state=ShipmentState.PACKED,
        document="BENCH",
        party=party,
        ship_to=party.name,
        packed_at=at,
    )
    known = HandlingUnit.objects.in_bulk(units)
    return Carton.objects.bulk_create(
        Carton(shipment=shipment, unit=known[unit], sequence=n, closed_at=at) for n, unit in enumerate(units, 1)
    )
