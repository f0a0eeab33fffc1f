"""One step back and one forward: who supplied what a lot is made of, and to whom it went (EC 178/2002, Article 18)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.purchasing.models import ReceiptLine
from apps.traceability.queries.deliveries import Delivery, deliveries_of
from apps.traceability.queries.genealogy import goods_of, made_of, reach
from apps.traceability.queries.links import Goods


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """So much of a lot came from a supplier; base units."""

    is_certain: bool
    """False: it may be in the lot that was asked about, nobody recorded which goods went there."""
    supplier: str
    supplier_name: str
    contact: str
    phone: str
    email: str
    received_on: date
    warehouse: str
    receipt: str
    order: str
    lot_id: int
    item: str
    name: str
    lot: str
    supplier_lot: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A delivery of a lot, or of what was made of it."""

    is_certain: bool
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class OneStep:
    """Who supplied a lot or what is in it, and who got it or what was made of it. Consumers are not told apart."""

    back: tuple[Supplied, ...]
    forward: tuple[Sent, ...]


def one_step_of(lot_id: int) -> OneStep:
    """Both steps of a lot over all sites; the same statements however many deliveries there are."""
    below = made_of(goods_of([lot_id]))
    above = reach(lot_ids=[lot_id])
    surely_in = {node.id for node in below.certain if node.goods == Goods.LOT}
    perhaps_in = {node.id for node in below.possible if node.goods == Goods.LOT}
    sent = deliveries_of([*above.certain_lots, *above.possible_lots])
    return OneStep(
        back=_supplied(surely_in, perhaps_in),
        forward=tuple(Sent(is_certain=each.lot_id in above.certain_lots, delivery=each) for each in sent),
    )


def _supplied(certain: Collection[int], possible: Collection[int]) -> tuple[Supplied, ...]:
    rows = ReceiptLine.objects.counted().filter(lot__among=[*certain, *possible])
    rows = rows.select_related("receipt__warehouse", "receipt__supplier", "order_line__order", "lot__item__unit")
    return tuple(
        Supplied(
            is_certain=lot.pk in certain,
            supplier=row.receipt.supplier.number,
            supplier_name=row.receipt.supplier.name,
            contact=row.receipt.supplier.contact,
            phone=row.receipt.supplier.phone,
            email=row.receipt.supplier.email,
            received_on=row.receipt.warehouse.local_date(row.receipt.arrived_at),
            warehouse=row.receipt.warehouse.code,
            receipt=row.receipt.number,
            order=row.order_line.order.number if row.order_line is not None else "",
            lot_id=lot.pk,
            item=lot.item.number,
            name=lot.item.name,
            lot=lot.number,
            supplier_lot=lot.supplier_lot,
            unit=lot.item.unit.code,
            quantity=row.quantity,
        )
        for row in rows.order_by("receipt__supplier__number", "receipt__arrived_at", "pk")
        if (lot := row.lot) is not None
    )
