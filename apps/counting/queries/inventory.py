"""How far a full inventory is, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from apps.core.decimals import plain
from apps.counting.models import CountLine, Inventory
from apps.counting.states import UNDER_WAY, CountState

RESULT_COLUMNS = (
    "location",
    "state",
    "item",
    "lot",
    "serial",
    "status",
    "book",
    "counted",
    "missing",
    "surplus",
    "value",
    "counted by",
    "approved by",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts by where they stand; value is of the variances that were posted."""

    places: int
    to_count: int
    to_decide: int
    decided: int
    varied: int
    value: Decimal

    @property
    def percent(self) -> int:
        """Of the places, those that are decided."""
        return self.decided * 100 // self.places if self.places else 100


def progress_of(inventory: Inventory) -> Progress:
    """One query."""
    told = inventory.counts.exclude(state=CountState.CANCELLED).aggregate(
        places=Count("pk"),
        to_count=Count("pk", filter=Q(state__in=(CountState.OPEN, CountState.RECOUNT))),
        to_decide=Count("pk", filter=Q(state=CountState.COUNTED)),
        varied=Count("pk", filter=Q(quantity__gt=0) & ~Q(state__in=UNDER_WAY)),
        value=Sum("value", filter=Q(state=CountState.APPROVED)),
    )
    return Progress(
        places=told["places"],
        to_count=told["to_count"],
        to_decide=told["to_decide"],
        decided=told["places"] - told["to_count"] - told["to_decide"],
        varied=told["varied"],
        value=told["value"] or Decimal(0),
    )


def results_of(inventory: Inventory) -> list[tuple[str, ...]]:
    """What was found, by place, of counts that are decided: nobody is led who may still count."""
    done = (CountState.APPROVED, CountState.REJECTED)
    lines = (
        CountLine.objects.filter(count__inventory=inventory, count__state__in=done)
        .filter(Q(round=1, count__first_counted_by=None) | Q(round=2, count__first_counted_by__isnull=False))
        .select_related("item", "lot", "serial", "count__location", "count__counted_by", "count__approved_by")
        .order_by("count__location__pick_sequence", "count__location__code", "pk")
    )
    return [
        (
            line.count.location.code,
            line.count.get_state_display(),
            line.item.number,
            line.lot.number if line.lot else "",
            line.serial.number if line.serial else "",
            line.status,
            plain(line.expected),
            plain(line.counted),
            # Without a sign: a spreadsheet takes what begins with a minus for a formula.
            plain(max(-line.variance, Decimal(0))),
            plain(max(line.variance, Decimal(0))),
            plain(abs(line.variance_value)),
            str(line.count.counted_by or ""),
            str(line.count.approved_by or ""),
        )
        for line in lines
    ]
