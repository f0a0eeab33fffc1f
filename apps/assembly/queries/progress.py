"""What each line of an order has, and still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from apps.assembly.models import AssemblyIssue, AssemblyLine, AssemblyOrder
from apps.assembly.rules import ZERO
from apps.assembly.states import LineRole
from apps.catalog.models import BillAlternative
from apps.catalog.rules import rounded_up
from apps.ledger.models import Reservation


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A component line, as the line counts: what stands in for its item is counted as so much of that."""

    line: AssemblyLine
    reserved: Decimal
    issued: Decimal
    """Less what went back or to scrap."""
    consumed: Fraction
    alternatives: dict[int, Fraction]
    """What may be taken instead, by item, and how much of it does for one."""

    @property
    def open(self) -> Decimal:
        """Neither reserved nor issued."""
        return max(self.line.quantity - self.reserved - self.issued, ZERO)

    def worth(self, item_id: int) -> Fraction:
        """How much of an item does for one of the line's own."""
        return Fraction(1) if item_id == self.line.item_id else self.alternatives.get(item_id, Fraction(1))


def wanted_of(order: AssemblyOrder) -> list[Wanted]:
    """The component lines with how far each is; in a fixed number of queries."""
    lines = list(order.lines.filter(role=LineRole.COMPONENT).select_related("item__unit", "bill_line", "lot", "serial"))
    issues: dict[int, list[AssemblyIssue]] = {line.pk: [] for line in lines}
    for issue in AssemblyIssue.objects.filter(line__order=order).order_by("pk"):
        issues[issue.line_id].append(issue)
    reserved: dict[int, Decimal] = dict.fromkeys(issues, ZERO)
    rows = Reservation.objects.pending().filter(document=order.number)
    for own, origin, quantity in rows.values_list("assembly_claim__line", "origin__assembly_claim__line", "quantity"):
        if (pk := own or origin) in reserved:
            reserved[pk] += quantity
    others: dict[int, dict[int, Fraction]] = {}
    of = {line.bill_line_id: line.bill_line for line in lines if line.bill_line is not None}
    for each in BillAlternative.objects.filter(line__in=of):
        others.setdefault(each.line_id, {})[each.item_id] = Fraction(each.quantity) / Fraction(
            of[each.line_id].quantity
        )
    found = []
    for line in lines:
        instead = others.get(line.bill_line_id or 0, {})
        net = sum(
            (
                Fraction(i.quantity - i.returned - i.scrapped) / _worth(line, instead, i.item_id)
                for i in issues[line.pk]
            ),
            Fraction(0),
        )
        consumed = sum((Fraction(i.consumed) / _worth(line, instead, i.item_id) for i in issues[line.pk]), Fraction(0))
        found.append(
            Wanted(
                line=line,
                reserved=reserved[line.pk],
                issued=rounded_up(net, line.item.scale),
                consumed=consumed,
                alternatives=instead,
            )
        )
    return found


def worth_of(line: AssemblyLine, item_id: int) -> Fraction:
    """How much of an item does for one of what the line asks for."""
    if item_id == line.item_id or line.bill_line is None:
        return Fraction(1)
    other = BillAlternative.objects.filter(line=line.bill_line, item=item_id).first()
    return Fraction(other.quantity) / Fraction(line.bill_line.quantity) if other is not None else Fraction(1)


def _worth(line: AssemblyLine, instead: dict[int, Fraction], item_id: int) -> Fraction:
    return Fraction(1) if item_id == line.item_id else instead.get(item_id, Fraction(1))
