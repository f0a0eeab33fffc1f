"""What is on the road of a locked transfer, and goods that come off it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.core.quantities import parse_quantity
from apps.ledger.models import HandlingUnit, Lot, StockBalance
from apps.ledger.operations import retire_units
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.shipping.models import Shipment
from apps.supply.models import ExpectedReceipt
from apps.supply.operations import expect_only, note_received
from apps.transfers.errors import LotUnclear, MoreThanInTransit, NoArrivalPlace, NothingToTransfer
from apps.transfers.models import Transfer, TransferLine
from apps.transfers.queries import balances_on_the_road
from apps.transfers.rules import Named, OnTheRoad, Taken, lots_of, matched

COMES_IN_AT = (LocationKind.DOCK, LocationKind.STAGING, LocationKind.QUARANTINE)


class Road:
    """All that is on the road of a transfer, read once while the transfer is locked: nobody else takes off it."""

    def __init__(self, transfer: Transfer) -> None:
        self.transfer = transfer
        self.balances = {row.pk: row for row in balances_on_the_road(transfer)}
        self.lines = {line.item_id: line for line in transfer.lines.select_related("item")}
        self.goods = [
            OnTheRoad(
                balance_id=row.pk,
                item_id=row.item_id,
                quantity=row.on_hand,
                unit_id=_carton_of(row).pk,
                lot_id=row.lot_id,
                serial_id=row.serial_id,
            )
            for row in self.balances.values()
        ]

    def balance(self, taken: Taken) -> StockBalance:
        """Where taken goods stand."""
        return self.balances[taken.goods.balance_id]

    def shipment(self, taken: Taken) -> Shipment:
        """By which taken goods left."""
        return _carton_of(self.balance(taken)).carton.shipment

    def line(self, taken: Taken) -> TransferLine:
        """Which line they are of: of what was sent in its stead, the line of the item that came."""
        return self.lines[taken.goods.item_id]

    def take(self, named: Sequence[Named]) -> list[Taken]:
        """What was named, by the goods that it is. Raises `NothingToTransfer`, `LotUnclear`, `MoreThanInTransit`."""
        if not named:
            raise NothingToTransfer
        items = Item.objects.in_bulk({each.item_id for each in named})
        exact = []
        for each in named:
            item = items[each.item_id]
            lots = lots_of(each, self.goods) if each.serial_id is None else set()
            if len(lots) > 1:
                named_lots = Lot.objects.filter(pk__in=[lot for lot in lots if lot is not None])
                numbers = named_lots.order_by("number").values_list("number", flat=True)
                raise LotUnclear(item=item.number, lots=list(numbers))
            exact.append(_at_scale(each, parse_quantity(each.quantity, scale=item.scale)))
        taken, over = matched(exact, self.goods)
        for each, there in over:
            raise MoreThanInTransit(
                transfer=self.transfer.number,
                item=items[each.item_id].number,
                in_transit=there,
                asked=each.quantity,
            )
        return taken

    def note_off(self, taken: Sequence[Taken], *, at: datetime, came: bool) -> None:
        """Taken goods are waited for no more, and cartons that they emptied are out of use."""
        gone: dict[Shipment, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for each in taken:
            gone[self.shipment(each)][each.goods.item_id] += each.quantity
        for shipment, items in gone.items():
            self._note_shipment(shipment, items, at=at, came=came)
        self._retire_emptied(taken)

    def _note_shipment(self, shipment: Shipment, items: dict[int, Decimal], *, at: datetime, came: bool) -> None:
        expected = ExpectedReceipt.objects.filter(document=shipment.number, item__in=items)
        rows = {row.item_id: row for row in expected}
        if came:
            note_received(
                document=shipment.number, quantities={rows[item].line: amount for item, amount in items.items()}
            )
            return
        expect_only(
            document=shipment.number,
            left={row.line: max(row.quantity - row.received - items[item], Decimal(0)) for item, row in rows.items()},
            at=at,
        )

    def _retire_emptied(self, taken: Sequence[Taken]) -> None:
        units = {each.goods.unit_id for each in taken}
        full = StockBalance.objects.on_hand().filter(unit__in=units).values("unit")
        emptied = HandlingUnit.objects.filter(pk__in=units, retired_at=None).exclude(pk__in=full)
        documents: dict[str, list[int]] = defaultdict(list)
        for unit in emptied.order_by("pk"):
            documents[unit.document].append(unit.pk)
        for document, unit_ids in documents.items():
            retire_units(unit_ids, document=document)


def arrival_place(location_id: int, transfer: Transfer) -> Location:
    """A place of the destination where goods come in; the site's putaways are planned from here on, one at a time.

    Raises `NoArrivalPlace`.
    """
    place = Location.objects.get(pk=location_id)
    if place.warehouse_id != transfer.destination_id or place.kind not in COMES_IN_AT or not place.is_active:
        raise NoArrivalPlace(location=place.code, warehouse=transfer.destination.code)
    # Putaways are planned one warehouse at a time; its lock comes before lots.
    Warehouse.objects.lock_one(transfer.destination_id)
    return place


def _carton_of(balance: StockBalance) -> HandlingUnit:
    if balance.unit is None:
        message = f"{balance} is on the road in no carton"  # only whole units are dispatched
        raise ValueError(message)
    return balance.unit


def _at_scale(named: Named, quantity: Decimal) -> Named:
    return Named(
        item_id=named.item_id,
        quantity=quantity,
        unit_id=named.unit_id,
        lot_id=named.lot_id,
        serial_id=named.serial_id,
        damaged=named.damaged,
        reason=named.reason.strip(),
    )
