"""What may come back and what inspection may decide: pure rules on values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apps.ledger.states import StockStatus
from apps.returns.states import Disposition, Grade, ReturnCondition
from apps.safety.rules import TemperatureRange

ZERO = Decimal(0)

STATUS_AFTER: Mapping[str, StockStatus] = {
    Disposition.RESTOCK: StockStatus.AVAILABLE,
    Disposition.DAMAGED: StockStatus.DAMAGED,
    Disposition.QUARANTINE: StockStatus.BLOCKED,
    Disposition.REFURBISH: StockStatus.DAMAGED,
    Disposition.SUPPLIER: StockStatus.BLOCKED,
}
"""The status that inspection gives goods that stay; scrapped and given away ones are gone."""

LEAVES = (Disposition.SCRAP, Disposition.DONATE)
"""Goods are gone for good, so a certificate says where."""

FOR_USE = (Disposition.RESTOCK, Disposition.REFURBISH, Disposition.DONATE)
"""Somebody will use them: never what is held or expired, nor what lost its temperature, nor what nobody graded."""

UNFIT: Mapping[str, tuple[Disposition, ...]] = {
    Grade.C: (Disposition.RESTOCK,),
    Grade.D: (Disposition.RESTOCK, Disposition.DONATE),
}
"""What does not become of goods of a poor grade."""

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedGoods:
    """So much (base units) of an order's line comes back; named by lot or serial number where there were several."""

    order_line: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None
    carton_id: int | None = None
    """The parcel that it went out in, where that is known."""
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedGoods:
    """So much (base units) of an item comes back without an order to hold it against."""

    item_id: int
    quantity: Decimal
    lot_id: int | None = None
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsForSupplier:
    """So much (base units) of a receipt's line goes back to its supplier, from the status in which it stands here."""

    receipt_line_id: int
    quantity: Decimal
    status: str
    serial_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """What a receipt brought, and what of it went back or is about to."""

    received: Decimal
    returned: Decimal

    @property
    def left(self) -> Decimal:
        """What may still go back."""
        return self.received - self.returned


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedGoods:
    """So much (base units) of a line of the return is here."""

    line: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What went to customers, and what of it is back or announced to come."""

    shipped: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What may still come back."""
        return self.shipped - self.returned


def is_controlled(needed: TemperatureRange | None) -> bool:
    """Whether goods need a temperature; a condition without bounds (ambient) asks for none."""
    return needed is not None and (needed.low is not None or needed.high is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A policy: which goods it is about (what is empty does not matter), and what it allows."""

    policy_id: int
    code: str
    priority: int
    categories: frozenset[int] | None = None
    """A category with all below it."""
    customer: int | None = None
    channel: int | None = None
    days: int | None = None
    worst_condition: str = ""
    fee_percent: Decimal = ZERO

    @property
    def turn(self) -> tuple[int, int, str]:
        """Higher priority first, then what names more, then by code."""
        named = (self.categories, self.customer, self.channel)
        return -self.priority, -sum(each is not None for each in named), self.code

    def is_about(self, *, category: int | None, customer: int, channel: int) -> bool:
        """Whether goods of this category, sold to this customer through this channel, are meant."""
        return (
            (self.categories is None or category in self.categories)
            and self.customer in {None, customer}
            and self.channel in {None, channel}
        )

    def objection(self, *, days: int | None, condition: str) -> str:
        """Why goods do not come back so many days after delivery and in this condition; empty when they do."""
        if self.days is not None and days is not None and days > self.days:
            return f"{days} days after delivery, {self.days} are allowed"
        if condition and self.worst_condition:
            order = ReturnCondition.values
            if order.index(condition) > order.index(self.worst_condition):
                return f"{condition}, and no worse than {self.worst_condition} is allowed"
        return ""


def deciding(terms: Iterable[Terms], *, category: int | None, customer: int, channel: int) -> Terms | None:
    """The policy that decides about goods; None where none is about them."""
    fitting = [each for each in terms if each.is_about(category=category, customer=customer, channel=channel)]
    return min(fitting, key=lambda each: each.turn, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a customer gets for goods that came back, to the cent."""

    value: Decimal
    fee: Decimal

    @property
    def amount(self) -> Decimal:
        """Less the restocking fee."""
        return self.value - self.fee


def credit_of(quantity: Decimal, price: Decimal, fee_percent: Decimal) -> Credit:
    """At the price that was paid; the fee is a part of the rounded value, so that no cent is lost between them."""
    value = (quantity * price).quantize(CENT, ROUND_HALF_UP)
    return Credit(value=value, fee=(value * fee_percent / 100).quantize(CENT, ROUND_HALF_UP))
