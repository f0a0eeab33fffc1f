"""Where a recall stands: the figures of a status report (21 CFR 7.53(b)), and what is still loose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.ledger.models import Hold
from apps.traceability.models import RecallCase
from apps.traceability.queries.consignees import ConsigneeStanding, consignees_of
from apps.traceability.queries.deliveries import ZERO
from apps.traceability.queries.reach import cartons_with, stock_of
from apps.traceability.states import CheckResult, ContactMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """So many consignees were told by one method on one day, in universal time."""

    on: date
    method: str
    consignees: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTotals:
    """One lot over all consignees, base units."""

    item: str
    lot: str
    unit: str
    shipped: Decimal
    on_hand: Decimal
    returned: Decimal
    destroyed: Decimal
    corrected: Decimal
    received_back: Decimal
    accounted: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallStatus:
    """The figures of a status report."""

    consignees: tuple[ConsigneeStanding, ...]
    told: tuple[Told, ...]
    lots: tuple[LotTotals, ...]
    drawn: int
    results: dict[str, int]
    """How many checks ended how; `open` for those not made yet."""
    frozen_lots: int
    frozen_stock: int
    """Sorts of place at which some of what it holds still stands."""
    cartons: tuple[str, ...]

    @property
    def notified(self) -> int:
        """Consignees that were told."""
        return sum(1 for each in self.consignees if each.notified_at is not None)

    @property
    def responded(self) -> int:
        """Consignees that answered."""
        return sum(1 for each in self.consignees if each.responded_at is not None)

    @property
    def silent(self) -> tuple[ConsigneeStanding, ...]:
        """Told, and have not answered."""
        return tuple(each for each in self.consignees if each.is_silent)

    @property
    def untold(self) -> tuple[ConsigneeStanding, ...]:
        """Not told yet."""
        return tuple(each for each in self.consignees if each.notified_at is None)

    @property
    def loose_ends(self) -> tuple[str, ...]:
        """What is not done, in sentences; whoever approves the closure reads them."""
        open_checks = self.results.get("open", 0)
        ends = (
            (len(self.untold), "not told yet"),
            (len(self.silent), "told and silent"),
        )
        said = [f"{count} consignee{'s' if count != 1 else ''} {what}" for count, what in ends if count]
        if open_checks:
            said.append(f"{open_checks} effectiveness check{'s' if open_checks != 1 else ''} not made")
        if self.cartons:
            said.append(f"{len(self.cartons)} packed carton{'s' if len(self.cartons) != 1 else ''} to be emptied")
        if self.frozen_stock:
            said.append(
                f"frozen goods stand at {self.frozen_stock} kind{'s' if self.frozen_stock != 1 else ''} of place"
            )
        return tuple(said)


def status_of(case: RecallCase) -> RecallStatus:
    """What the status report of a case says; a number of queries that does not grow with its consignees."""
    standings = consignees_of(case)
    told = Counter(
        (each.notified_at.date(), ContactMethod(each.method).label)
        for each in standings
        if each.notified_at is not None
    )
    results = Counter(each.check_result or "open" for each in standings if each.check_result is not None)
    frozen = list(Hold.objects.open().filter(recalls=case).order_by("lot").values_list("lot", flat=True).distinct())
    return RecallStatus(
        consignees=standings,
        told=tuple(Told(on=on, method=method, consignees=count) for (on, method), count in sorted(told.items())),
        lots=_totals(standings),
        drawn=sum(results.values()),
        results={name: results[name] for name in (*CheckResult.values, "open") if results[name]},
        frozen_lots=len(frozen),
        frozen_stock=len(stock_of(frozen)),
        cartons=cartons_with(frozen),
    )


def _totals(standings: Sequence[ConsigneeStanding]) -> tuple[LotTotals, ...]:
    rows: dict[int, LotTotals] = {}
    for standing in standings:
        for each in standing.lots:
            before = rows.get(each.lot_id)
            rows[each.lot_id] = LotTotals(
                item=each.item,
                lot=each.lot,
                unit=each.unit,
                shipped=each.shipped + (before.shipped if before else ZERO),
                on_hand=(each.on_hand or ZERO) + (before.on_hand if before else ZERO),
                returned=each.returned + (before.returned if before else ZERO),
                destroyed=each.destroyed + (before.destroyed if before else ZERO),
                corrected=each.corrected + (before.corrected if before else ZERO),
                received_back=each.received_back + (before.received_back if before else ZERO),
                accounted=each.accounted + (before.accounted if before else ZERO),
            )
    return tuple(rows[pk] for pk in sorted(rows))
