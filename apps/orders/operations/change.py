"""Changes after an order was taken: stock and tasks follow, and nobody else's promise suffers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.choices import BillKind
from apps.catalog.models import Item
from apps.catalog.queries import bills_in_force
from apps.core.decimals import plain
from apps.core.errors import NotFound
from apps.core.quantities import parse_quantity
from apps.journal.actor import Actor
from apps.orders.errors import AddressedAlready, AlreadyPacked, NoSuchLine, NothingLeft, OrderOver
from apps.orders.models import OrderedKit, PackedPick, SalesOrder, SalesOrderLine
from apps.orders.operations.allocate import note_progress
from apps.orders.operations.kits import parts_of, refuse_unsold
from apps.orders.operations.recall import (
    ask_to_put_back,
    call_off_picks_of,
    close_work,
    give_up,
    make_less,
    settle,
    spoken_for,
)
from apps.orders.operations.release import retime_picks
from apps.orders.operations.sell import note_dates
from apps.orders.operations.trail import check_may_sell, note
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.queries.routing import asked_lines
from apps.orders.rules import keeps_until
from apps.orders.states import MAY_CHANGE, Change, SalesOrderState
from apps.shipping.models import Shipment
from apps.shipping.states import ShipmentState
from apps.supply.operations import SupplyLine, lessen_promises, promise, put_off

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A line is to ask for so much (base units), nothing removes it; without a line's number it is a new one."""

    quantity: Decimal
    line: int | None = None
    item_id: int | None = None
    price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipTo:
    """Where the order goes, all of it anew."""

    ship_to: str
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


def change_sales_order(
    *,
    order_id: int,
    by: Actor,
    at: datetime,
    reason: str = "",
    lines: Sequence[LineChange] = (),
    ship_to: ShipTo | None = None,
    due_on: date | None = None,
    priority: int | None = None,
    ship_complete: bool | None = None,
) -> SalesOrder:
    """Change what a customer asked for. What did not grow keeps its place in the queue; growth queues anew.

    Less: reservations and picks that nobody has begun are given up, picked goods beyond it are to be put back, packed
    ones stay ordered. Raises `OrderOver`, `NoSuchLine`, `ItemNotSold`, `AlreadyPacked`, `AddressedAlready`,
    `NothingLeft`, `InvalidQuantity`, `NotAllowed`.
    """
    order = SalesOrder.objects.select_related("warehouse").lock_one(order_id)
    check_may_sell(by, f"change {order}")
    work = _Work(order, reason, by, at)
    if lines:
        work.must(Change.LINES)
        work.change_lines(lines)
    if ship_to is not None:
        work.must(Change.ADDRESS)
        work.readdress(ship_to)
    if due_on is not None and due_on != order.due_on:
        work.must(Change.DATES)
        work.put_off(due_on)
    terms = {"priority": priority, "ship_complete": ship_complete}
    for name, value in terms.items():
        if value is not None:
            work.must(Change.TERMS)
            work.tell(name, value)
    order.save(update_fields=sorted(work.changed))
    if work.changed & {"priority", "due_on"}:
        retime_picks(order, at=at)
    close_work([order], at)
    settle([order], at)
    note("change", order, by=by, at=at, reason=reason, **work.told)
    return order


class _Work:
    """One change of a locked order: each part as it is done, and what the trail will say of it."""

    def __init__(self, order: SalesOrder, reason: str, by: Actor, at: datetime) -> None:
        self.order, self.reason, self.by, self.at = order, reason or "order changed", by, at
        self.told: dict[str, str] = {}
        self.changed: set[str] = set()

    def must(self, change: Change) -> None:
        """Refuse what the order's state does not let change."""
        if change not in MAY_CHANGE[self.order.state]:
            raise OrderOver(order=self.order.number, state=self.order.state)

    def tell(self, name: str, value: object) -> None:
        """Set a field, and say what it was."""
        was = getattr(self.order, name)
        if was != value:
            setattr(self.order, name, value)
            self.changed.add(name)
            self.told[name] = f"{was} → {value}"

    def readdress(self, address: ShipTo) -> None:
        """Another address, as long as no open shipment bears the old one."""
        shipment = (
            Shipment.objects.filter(order_shipment__order=self.order)
            .exclude(state__in=(ShipmentState.SHIPPED, ShipmentState.CANCELLED))
            .first()
        )
        if shipment is not None:
            raise AddressedAlready(order=self.order.number, shipment=shipment.number)
        for field in fields(address):
            self.tell(field.name, getattr(address, field.name))

    def put_off(self, due_on: date) -> None:
        """Another day; what is reserved and would not keep until then is given up."""
        self.tell("due_on", due_on)
        put_off(document=self.order.number, due_on=due_on)
        until = keeps_until(
            due_on=due_on,
            today=self.order.warehouse.local_date(self.at),
            min_remaining_days=self.order.min_remaining_days,
        )
        stale = [
            claim
            for claim in spoken_for(self.order)
            if any(
                each.balance.lot is not None
                and each.balance.lot.expires_on is not None
                and each.balance.lot.expires_on < until
                for each in claim.reservations
            )
        ]
        give_up(stale, reason="put off")
        call_off_picks_of(stale)
        note_progress([self.order] if stale else [])
        if self.order.state != SalesOrderState.DRAFT:
            note_dates(self.order, asked_lines(self.order), self.at)

    def change_lines(self, changes: Sequence[LineChange]) -> None:
        """Every line's new quantity, new lines behind the others."""
        progress = progress_of([self.order.pk])[self.order.pk]
        of_line = {each.line.line: each for each in progress}
        for change in changes:
            if change.line is None:
                self._add(change)
                continue
            base = of_line.get(change.line)
            if base is None:
                raise NoSuchLine(order=self.order.number, line=change.line)
            self._set(base, [each for each in progress if each.line.grows_id == base.line.pk], change)
        if not self.order.lines.filter(quantity__gt=0).exists():
            raise NothingLeft(order=self.order.number)

    def _set(self, base: LineProgress, grown: list[LineProgress], change: LineChange) -> None:
        """A line, with what it grew by, is to ask for so much: the growth goes first."""
        item = base.line.item
        wanted = parse_quantity(change.quantity, scale=item.scale, zero=True)
        before = sum((each.ordered for each in grown), base.ordered)
        if change.price is not None and change.price != base.line.price:
            self.told[f"line {change.line} price"] = f"{plain(base.line.price)} → {plain(change.price)}"
            SalesOrderLine.objects.filter(pk__in=[each.line.pk for each in (base, *grown)]).update(price=change.price)
        if wanted == before:
            return
        self.told[f"line {change.line}"] = f"{plain(before)} → {plain(wanted)}"
        if wanted > before:
            self._grow(base, wanted - before)
            return
        less = before - wanted
        for each in (*reversed(grown), base):
            cut = min(less, each.ordered)
            if cut > 0:
                self._shrink(each, each.ordered - cut)
                less -= cut

    def _grow(self, base: LineProgress, more: Decimal) -> None:
        if self.order.state == SalesOrderState.DRAFT:
            base.line.quantity += more
            base.line.save(update_fields=["quantity"])
        else:
            self._append(base.line.item, more, base.line.price, grows=base.line, kit=base.line.kit)

    def _add(self, change: LineChange) -> None:
        item = Item.objects.filter(pk=change.item_id or 0).first()
        if item is None:
            raise NotFound(kind="item", number=str(change.item_id))
        quantity, price = parse_quantity(change.quantity, scale=item.scale), change.price or ZERO
        today = self.order.warehouse.local_date(self.at)
        bill = bills_in_force([item.pk], on=today, kind=BillKind.PHANTOM).get(item.pk)
        if bill is None:
            self._told_of(self._append(item, quantity, price))
            return
        refuse_unsold(item)
        last = self.order.kits.order_by("-line").values_list("line", flat=True).first() or 0
        line = max(last, self.order.lines.order_by("-line").values_list("line", flat=True).first() or 0) + 1
        kit = OrderedKit.objects.create(
            order=self.order, line=line, item=item, bill=bill, quantity=quantity, price=price
        )
        for each in parts_of(kit, bill, on=today):
            self._told_of(self._append(each.item, each.quantity, each.price, kit=kit))

    def _told_of(self, line: SalesOrderLine) -> None:
        self.told[f"line {line.line}"] = f"{plain(line.quantity)} {line.item.number}"

    def _append(
        self,
        item: Item,
        quantity: Decimal,
        price: Decimal,
        *,
        grows: SalesOrderLine | None = None,
        kit: OrderedKit | None = None,
    ) -> SalesOrderLine:
        """A line behind the others, promised now. Of a kit the kit is sold, whatever its parts are."""
        if kit is None:
            refuse_unsold(item)
        last = self.order.lines.order_by("-line").values_list("line", flat=True).first() or 0
        line = SalesOrderLine.objects.create(
            order=self.order, line=last + 1, item=item, quantity=quantity, price=price, grows=grows, kit=kit
        )
        if self.order.state != SalesOrderState.DRAFT:
            promise(
                [SupplyLine(line=line.line, item_id=item.pk, quantity=quantity, due_on=self.order.due_on)],
                warehouse_id=self.order.warehouse_id,
                document=self.order.number,
                at=self.at,
            )
            note_dates(self.order, asked_lines(self.order), self.at, only=line)
        return line

    def _shrink(self, each: LineProgress, to: Decimal) -> None:
        """A line asks for less: what is reserved goes first, then picks not begun, then picked goods."""
        if to < each.packed:
            raise AlreadyPacked(
                order=self.order.number,
                line=each.line.line,
                packed=each.packed,
                cartons=list(
                    PackedPick.objects.filter(pick__allocation__line=each.line)
                    .order_by("pk")
                    .values_list("carton__unit__number", flat=True)
                    .distinct()
                ),
            )
        excess = each.allocated + each.picked - to
        for claim in spoken_for(self.order):
            if excess > 0 and claim.line_id == each.line.pk:
                less = min(excess, claim.quantity)
                make_less(self.order, claim, less, at=self.at)
                excess -= less
        if excess > 0:
            ask_to_put_back(self.order, reason=self.reason, by=self.by, at=self.at, line_id=each.line.pk, most=excess)
        each.line.quantity = to
        each.line.save(update_fields=["quantity"])
        if self.order.state != SalesOrderState.DRAFT:
            note_progress([self.order])
            lessen_promises(document=self.order.number, quantities={each.line.line: to}, at=self.at)
