"""What an accountant books for an entry: two or three lines that add up to nothing."""

from __future__ import annotations

from decimal import Decimal

from apps.valuation.rules.money import ZERO
from apps.valuation.states import AccountUse, EntryKind

OTHER_SIDE = {
    EntryKind.RECEIVED: AccountUse.NOT_INVOICED,
    EntryKind.SENT_BACK: AccountUse.NOT_INVOICED,
    EntryKind.SOLD: AccountUse.COST_OF_GOODS,
    EntryKind.RETURNED: AccountUse.COST_OF_GOODS,
    EntryKind.FOUND: AccountUse.ADJUSTMENT,
    EntryKind.LOST: AccountUse.ADJUSTMENT,
    EntryKind.SCRAPPED: AccountUse.SCRAP,
    EntryKind.RECOVERED: AccountUse.SCRAP,
    EntryKind.CONSUMED: AccountUse.WORK_IN_PROGRESS,
    EntryKind.PRODUCED: AccountUse.WORK_IN_PROGRESS,
    EntryKind.LEFT_SITE: AccountUse.INVENTORY,
    EntryKind.CAME_TO_SITE: AccountUse.INVENTORY,
    EntryKind.LANDED: AccountUse.LANDED_CLEARING,
    EntryKind.PRICE: AccountUse.NOT_INVOICED,
    EntryKind.RESTATED: AccountUse.REVALUATION,
    EntryKind.CLOSED: AccountUse.WORK_IN_PROGRESS,
}
VARIANCE = {
    EntryKind.LANDED: AccountUse.COST_VARIANCE,
    EntryKind.STATED: AccountUse.COST_VARIANCE,
    EntryKind.CLOSED: AccountUse.WORK_VARIANCE,
}


def lines_of(kind: str, corrects: str, value: Decimal, variance: Decimal) -> list[tuple[AccountUse, Decimal]]:
    """Accounts with what is debited (more than nothing) or credited (less) to each; what is nothing is left out.

    Stock and variance stand on one side, where it came from or went to on the other. A cost that was stated later is
    booked against what its goods had been booked against.
    """
    of = EntryKind(corrects) if kind == EntryKind.STATED and corrects else EntryKind(kind)
    lines = [
        (AccountUse.INVENTORY, value),
        (VARIANCE.get(EntryKind(kind), AccountUse.PRICE_VARIANCE), variance),
        (OTHER_SIDE.get(of, AccountUse.REVALUATION), -(value + variance)),
    ]
    return [(use, amount) for use, amount in lines if amount != ZERO]
