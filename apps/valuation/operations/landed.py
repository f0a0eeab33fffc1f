"""Landed costs: what an invoice for freight, duty or the like adds to the cost of goods, also after the fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.models import Item, Party
from apps.core.decimals import plain
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import StockMove
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.errors import CostRefused, InvoicedBefore, NoRate, NothingToSpreadBy, NotValued
from apps.valuation.models import LANDED_COST_NUMBERS, CostEvent, Cursor, ExchangeRate, LandedCost, LandedCostLine
from apps.valuation.operations.say import check_may_value, costs_of, received_by
from apps.valuation.rules.money import UNIT, ZERO, cents, spread, worth
from apps.valuation.states import Basis, EventKind, LandedCostState


def post_landed_cost(
    *,
    warehouse_id: int,
    supplier_id: int,
    invoice: str,
    invoiced_on: date,
    kind: str,
    basis: str,
    amount: Decimal,
    receipts: Sequence[str],
    currency: str = "",
    exchange_rate: Decimal | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> LandedCost:
    """Spread an invoice over the goods of these receipts, to the cent.

    What is still in stock is worth more from here on; the part of goods that have left is a variance of the cost of
    goods. Without a rate, that of the invoice's day counts, or the last before it. Raises `NotAllowed`, `CostRefused`,
    `InvoicedBefore`, `NoRate`, `NotValued`, `NothingToSpreadBy`.
    """
    check_may_value(by, "post a landed cost")
    if amount <= 0 or cents(amount) != amount:
        raise CostRefused(amount=plain(amount), problem="an invoice is of more than nothing, to the cent")
    warehouse = Warehouse.objects.get(pk=warehouse_id)
    supplier = Party.objects.get(pk=supplier_id)
    # Who enters the same invoice at the same moment takes turns here.
    position = Cursor.objects.lock_one(1).position
    before = LandedCost.objects.filter(
        supplier=supplier, invoice=invoice.strip(), kind=kind, state=LandedCostState.POSTED
    ).first()
    if before is not None:
        raise InvoicedBefore(invoice=invoice, supplier=supplier.name, landed_cost=before.number)
    currency, rate = rate_of(currency, exchange_rate, invoiced_on)
    value = worth(amount, rate)
    moves = _moves(receipts, warehouse, by)
    weights = _weights(moves, Basis(basis))
    landed = LandedCost.objects.create(
        number=LANDED_COST_NUMBERS.next(),
        created_at=at,
        warehouse=warehouse,
        supplier=supplier,
        invoice=invoice.strip(),
        invoiced_on=invoiced_on,
        kind=kind,
        basis=basis,
        currency=currency,
        exchange_rate=rate,
        invoiced=amount,
        amount=value,
        note=note,
        posted_by=by.user,
    )
    LandedCostLine.objects.bulk_create(
        LandedCostLine(landed_cost=landed, move=move, weight=weight, amount=part)
        for move, weight, part in zip(moves, weights, spread(value, weights), strict=True)
    )
    _say(landed, position, 1, note, by, at)
    _record("post", landed, by, at, receipts=list(receipts))
    return landed


def cancel_landed_cost(*, landed_cost_id: int, reason: str, by: Actor, at: datetime) -> LandedCost:
    """Take a landed cost back: as much less as it had added, of what is still in stock and of what has left.

    Raises `NotAllowed`, `IllegalTransition`.
    """
    check_may_value(by, "cancel a landed cost")
    landed = LandedCost.objects.select_related("warehouse", "supplier").lock_one(landed_cost_id)
    landed.must_allow(LandedCostState.CANCELLED)
    position = Cursor.objects.lock_one(1).position
    _say(landed, position, -1, reason, by, at)
    landed.cancelled_by, landed.cancelled_at, landed.reason = by.user, at, reason
    _record("cancel", landed, by, at, reason=reason)
    return landed.advance(LandedCostState.CANCELLED, "cancelled_by", "cancelled_at", "reason")


def rate_of(currency: str, exchange_rate: Decimal | None, day: date) -> tuple[str, Decimal]:
    """A currency and what one of it costs in the company's. Raises `NoRate`, `CostRefused`."""
    own = company_currency()
    currency = currency.strip().upper() or own
    if currency == own:
        return own, Decimal(1)
    if exchange_rate is None:
        known = ExchangeRate.objects.on(currency, day)
        if known is None:
            raise NoRate(currency=currency, day=day.isoformat())
        exchange_rate = known.rate
    if exchange_rate <= 0:
        raise CostRefused(amount=plain(exchange_rate), problem="a rate is more than zero")
    return currency, exchange_rate


def _moves(receipts: Sequence[str], warehouse: Warehouse, by: Actor) -> list[StockMove]:
    moves = [move for move in received_by(receipts, by) if move.warehouse_id == warehouse.pk]
    for document in receipts:
        if not any(move.transaction.document == document for move in moves):
            raise NotValued(document=document)
    if not moves:
        raise NotValued(document="nothing")
    return moves


def _weights(moves: Sequence[StockMove], basis: Basis) -> list[Decimal]:
    if basis == Basis.QUANTITY:
        return [move.quantity for move in moves]
    if basis == Basis.VALUE:
        costs = costs_of(move.pk for move in moves)
        return [max(costs[move.pk], ZERO) for move in moves]
    measure = _grams if basis == Basis.WEIGHT else _litres
    weights = []
    for move in moves:
        each = measure(move.item)
        if each is None:
            raise NothingToSpreadBy(item=move.item.number, basis=basis.label.lower())
        weights.append((move.quantity * each).quantize(UNIT))
    return weights


def _grams(item: Item) -> Decimal | None:
    return item.weight_g


def _litres(item: Item) -> Decimal | None:
    if item.length_mm is None or item.width_mm is None or item.height_mm is None:
        return None
    return Decimal(item.length_mm * item.width_mm * item.height_mm) / 1_000_000


def _say(landed: LandedCost, position: int, sign: int, reason: str, by: Actor, at: datetime) -> None:
    CostEvent.objects.bulk_create(
        CostEvent(
            kind=EventKind.LANDED,
            item_id=line.move.item_id,
            position=position,
            move=line.move,
            amount=sign * line.amount,
            document=landed.number,
            reason=reason,
            at=at,
            by=by.user,
        )
        for line in landed.lines.select_related("move").order_by("pk")
        if line.amount
    )


def _record(verb: str, landed: LandedCost, by: Actor, at: datetime, **detail: object) -> None:
    record(
        verb,
        kind="landed cost",
        number=landed.number,
        by=by,
        at=at,
        warehouse_code=landed.warehouse.code,
        amount=plain(landed.amount),
        **detail,
    )
