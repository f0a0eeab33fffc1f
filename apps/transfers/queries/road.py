"""What is on the road between our sites, since when, and what it is worth; the late ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core.admin import today_at
from apps.core.errors import NotFound
from apps.core.querysets import storable
from apps.ledger.models import HandlingUnit, StockBalance, UnitLabel
from apps.locations.models import Warehouse
from apps.orders.models import OrderShipment
from apps.shipping.models import Carton, Shipment
from apps.supply.models import ExpectedReceipt
from apps.transfers.models import Transfer
from apps.transfers.models import TransferQuerySet as Transfers

BY_ORDER = "unit__carton__shipment__order_shipment__order"
"""From goods on the road to the order that they left by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRow:
    """Goods of one item and lot in one carton on the road; `value` is in company currency, nothing where unknown."""

    origin: str
    destination: str
    transfer: str
    transfer_id: int
    shipment: str
    shipment_id: int
    carton: str
    carton_id: int
    item: Item
    lot: str
    serial: str
    quantity: Decimal
    since: datetime
    due_on: date
    days: int
    """How long it has been on the road."""
    timezone: str
    """Of the site that it goes to."""
    days_late: int
    value: Decimal | None

    @property
    def is_late(self) -> bool:
        """Whether it should have come before today."""
        return self.days_late > 0


def balances_on_the_road(transfer: Transfer) -> QuerySet[StockBalance]:
    """What is on the road of a transfer, the earliest dispatched first."""
    rows = StockBalance.objects.in_transit().filter(**{BY_ORDER: transfer.order_id or 0})
    return rows.select_related("unit__carton__shipment").order_by("unit__carton__shipment", "unit", "pk")


def units_labelled(labels: Sequence[str], user: User) -> list[int]:
    """The cartons under scanned labels, of the sites where the user works; a pallet's label stands for all its cartons.

    Raises `NotFound`.
    """
    wanted = [storable(label) for label in labels]
    seen = HandlingUnit.objects.for_user(user)
    known = dict(UnitLabel.objects.filter(number__in=wanted, unit__in=seen).values_list("number", "unit"))
    for pk, number, sscc in seen.filter(Q(number__in=wanted) | Q(sscc__in=wanted)).values_list("pk", "number", "sscc"):
        known |= {number: pk} | ({sscc: pk} if sscc else {})
    on_pallets: dict[str, list[int]] = {}
    # The pallet itself stays what its sender built: what is on the road are the cartons on it.
    cartons = Carton.objects.filter(pallet__unit__number__in=wanted, unit__in=seen).order_by("pk")
    for label, pk in cartons.values_list("pallet__unit__number", "unit"):
        on_pallets.setdefault(label, []).append(pk)
    found: list[int] = []
    for label in wanted:
        if label not in known and label not in on_pallets:
            raise NotFound(kind="handling unit", number=label)
        found += on_pallets.get(label) or [known[label]]
    return found


def late(rows: Transfers, at: datetime) -> Transfers:
    """Those with goods on the road that should have come before today, by the calendar of the site they go to."""
    shipments = OrderShipment.objects.filter(order=OuterRef(OuterRef("order"))).values("shipment__number")
    overdue = ExpectedReceipt.objects.open().filter(
        document__in=shipments, due_on__lt=today_at("warehouse__timezone", at)
    )
    return rows.filter(Exists(overdue))


def in_transit(
    user: User, *, at: datetime, origin: Warehouse | None = None, destination: Warehouse | None = None
) -> list[TransitRow]:
    """All that is on the road from or to where the user works, the longest overdue first, then the longest away."""
    transfers = Transfer.objects.for_user(user)
    if origin is not None:
        transfers = transfers.filter(origin=origin)
    if destination is not None:
        transfers = transfers.filter(destination=destination)
    balances = (
        StockBalance.objects.in_transit()
        .filter(**{f"{BY_ORDER}__transfer__in": transfers})
        .select_related(
            "item__unit",
            "lot",
            "serial",
            f"{BY_ORDER}__transfer__origin",
            f"{BY_ORDER}__transfer__destination",
        )
    )
    found = [(row, row.unit.carton.shipment) for row in balances if row.unit is not None]
    due = _due({shipment.number for _, shipment in found})
    rows = [_row(balance, shipment, due, at) for balance, shipment in found]
    return sorted(rows, key=lambda row: (-row.days_late, row.since, row.transfer, row.carton, row.item.number))


def _due(shipments: set[str]) -> dict[tuple[str, int], date]:
    rows = ExpectedReceipt.objects.filter(document__in=shipments).values_list("document", "item", "due_on")
    return {(document, item): day for document, item, day in rows}


def _row(balance: StockBalance, shipment: Shipment, due: Mapping[tuple[str, int], date], at: datetime) -> TransitRow:
    transfer = shipment.order_shipment.order.transfer
    since = shipment.shipped_at or at
    today = transfer.destination.local_date(at)
    due_on = due.get((shipment.number, balance.item_id), transfer.needed_on)
    cost = balance.item.standard_cost
    return TransitRow(
        origin=transfer.origin.code,
        destination=transfer.destination.code,
        transfer=transfer.number,
        transfer_id=transfer.pk,
        shipment=shipment.number,
        shipment_id=shipment.pk,
        carton=balance.unit.number if balance.unit is not None else "",
        carton_id=balance.unit_id or 0,
        item=balance.item,
        lot=balance.lot.number if balance.lot is not None else "",
        serial=balance.serial.number if balance.serial is not None else "",
        quantity=balance.on_hand,
        since=since,
        due_on=due_on,
        days=(at - since).days,
        timezone=transfer.destination.timezone,
        days_late=max((today - due_on).days, 0),
        value=None if cost is None else balance.on_hand * cost,
    )
