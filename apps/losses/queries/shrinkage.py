"""What adjustments took off the book in some days, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from apps.core.clock import day_bounds
from apps.counting.models import CountLine, CycleCount
from apps.counting.states import CountState
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Warehouse
from apps.losses.models import WorkShift
from apps.losses.queries.footage import Cameras
from apps.losses.rules import Hours, Loss, Shrinkage, add_up, shift_at
from apps.losses.states import LossBy
from apps.valuation.models import CostEntry

GONE = (LocationKind.ADJUSTMENT, LocationKind.SCRAP)
"""Where goods are that are off the book: moves there are losses, moves from there stand against them."""
NO_ZONE = "no zone"
NO_REASON = "no reason given"
BY = {LossBy.REASON: "reason", LossBy.ZONE: "zone", LossBy.SHIFT: "shift"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days of some sites by their own calendars, both counted in."""

    sites: Sequence[Warehouse]
    since: date
    until: date

    def within(self, site: str, at: str) -> Q:
        """A filter of rows that name their site and moment so."""
        found = Q(pk__in=[])
        for each in self.sites:
            begin, end = day_bounds(self.since, each.timezone)[0], day_bounds(self.until, each.timezone)[1]
            found |= Q(**{site: each.pk, f"{at}__gte": begin, f"{at}__lt": end})
        return found


def losses_in(days: Days) -> list[Loss]:
    """Each adjustment and reversal, the latest first, with its shift and footage; a fixed number of queries."""
    return _told(StockMove.objects.filter(days.within("warehouse", "recorded_at")), days.sites)


def losses_of(posting_ids: Collection[int], site: Warehouse) -> list[Loss]:
    """The same of some postings of a site, whenever they were."""
    return _told(StockMove.objects.filter(transaction__among=list(posting_ids), warehouse=site), [site])


def _told(moved: QuerySet[StockMove], sites: Sequence[Warehouse]) -> list[Loss]:
    rows = _rows(moved)
    reasons, costs = _reasons(rows), _costs(rows)
    shifts = _shifts(sites)
    cameras = Cameras({_place(row)["zone"] for row in rows if _place(row)["zone"] is not None})
    zones = {site.pk: ZoneInfo(site.timezone) for site in sites}
    return [_loss(row, reasons, costs, shifts, cameras, zones[row["warehouse"]]) for row in rows]


def shrinkage_of(days: Days, *, by: LossBy, losses: Sequence[Loss] | None = None) -> Shrinkage:
    """Losses by reason, zone or shift; the share is of the book at cost of what was counted in these days.

    `losses` are those of the days, where they were looked up already.
    """
    name = BY[by]
    counted = CycleCount.objects.filter(days.within("warehouse", "counted_at"), state=CountState.APPROVED)
    last = Q(round=1, count__first_counted_by=None) | Q(round=2, count__first_counted_by__isnull=False)
    book = CountLine.objects.filter(last, count__in=counted).aggregate(book=Sum(F("expected") * F("unit_cost")))["book"]
    rows = losses_in(days) if losses is None else losses
    return add_up(rows, by=lambda loss: str(getattr(loss, name)), book=book or Decimal(0))


def _rows(moved: QuerySet[StockMove]) -> list[dict[str, Any]]:
    """Moves off the book and back on it, with when the goods were missed and when somebody was last there before.

    Missed is when they were counted, else when it was posted. Somebody was there who moved the item from or to the
    place, or whose count of the place was approved.
    """
    place = Case(When(target__kind__in=GONE, then=F("source")), default=F("target"))
    counts = CycleCount.objects.order_by()
    counted_at = counts.filter(transaction=OuterRef("posting")).values("counted_at")[:1]
    there = StockMove.objects.filter(item=OuterRef("item"), recorded_at__lt=OuterRef("missed")).order_by("-recorded_at")
    counted = counts.filter(location=OuterRef("place"), state=CountState.APPROVED, counted_at__lt=OuterRef("missed"))
    opened = Q(transaction__kind=TransactionKind.OPENING) | Q(transaction__reverses__kind=TransactionKind.OPENING)
    found: Any = (
        moved.exclude(opened)
        .filter(Q(target__kind__in=GONE) | Q(source__kind__in=GONE))
        .order_by("-recorded_at", "-pk")
        .annotate(place=place, posting=Coalesce(F("transaction__reverses"), F("transaction")))
        .annotate(missed=Coalesce(Subquery(counted_at), F("recorded_at")))
        .annotate(
            last_out=Subquery(there.filter(source=OuterRef("place")).values("recorded_at")[:1]),
            last_in=Subquery(there.filter(target=OuterRef("place")).values("recorded_at")[:1]),
            last_count=Subquery(counted.order_by("-counted_at").values("counted_at")[:1]),
        )
        .values(
            "pk",
            "transaction",
            "posting",
            "warehouse",
            "item",
            "quantity",
            "unit_cost",
            "missed",
            "last_out",
            "last_in",
            "last_count",
            warehouse_code=F("warehouse__code"),
            item_number=F("item__number"),
            unit=F("item__unit__code"),
            lot_number=F("lot__number"),
            document=F("transaction__document"),
            reason=F("transaction__reason"),
            who=F("transaction__by__username"),
            from_kind=F("source__kind"),
            from_code=F("source__code"),
            from_zone=F("source__zone"),
            from_zone_code=F("source__zone__code"),
            to_kind=F("target__kind"),
            to_code=F("target__code"),
            to_zone=F("target__zone"),
            to_zone_code=F("target__zone__code"),
        )
    )
    return list(found)


def _place(row: dict[str, Any]) -> dict[str, Any]:
    """Where the goods are missed, or were found."""
    side = "from" if row["to_kind"] in GONE else "to"
    return {
        "code": row[f"{side}_code"],
        "zone": row[f"{side}_zone"],
        "zone_code": row[f"{side}_zone_code"],
    }


def _reasons(rows: Sequence[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """Why counts were approved, by posting: the code of the reason, else its words; and who counted."""
    keys = sorted({row["posting"] for row in rows})
    counts = CycleCount.objects.filter(transaction__among=keys)
    told = counts.values_list("transaction", "reason_code", "reason", "counted_by__username")
    return {posting: (code or words, who or "") for posting, code, words, who in told}


def _costs(rows: Sequence[dict[str, Any]]) -> dict[int, Decimal]:
    """What each move took off the book at cost, as the book of costs has it; what is not in it yet, as it was counted.

    A move without either is in no sum.
    """
    entries = CostEntry.objects.filter(move__among=[row["pk"] for row in rows]).order_by()
    booked = {move: -value for move, value in entries.values_list("move").annotate(Sum("value")) if move is not None}
    lines = CountLine.objects.filter(
        count__transaction__among=sorted({row["posting"] for row in rows}), unit_cost__gt=0
    )
    told = lines.order_by("pk").values_list("count__transaction", "item", "unit_cost")
    counted = {(posting, item): cost for posting, item, cost in told}
    costs = {}
    for row in rows:
        cost = counted.get((row["posting"], row["item"]), row["unit_cost"])
        if row["pk"] in booked:
            costs[row["pk"]] = booked[row["pk"]]
        elif cost is not None:
            costs[row["pk"]] = cost * _taken(row)
    return costs


def _taken(row: dict[str, Any]) -> Decimal:
    """What a move took off the book; negative: put on it."""
    quantity: Decimal = row["quantity"]
    return quantity if row["to_kind"] in GONE else -quantity


def _shifts(sites: Sequence[Warehouse]) -> dict[int, list[Hours]]:
    found: defaultdict[int, list[Hours]] = defaultdict(list)
    for shift in WorkShift.objects.filter(warehouse__in=[site.pk for site in sites]):
        found[shift.warehouse_id].append(
            Hours(name=shift.name, begins=shift.begins, ends=shift.ends, weekdays=frozenset(shift.weekdays))
        )
    return found


def _loss(
    row: dict[str, Any],
    reasons: dict[int, tuple[str, str]],
    costs: dict[int, Decimal],
    shifts: dict[int, list[Hours]],
    cameras: Cameras,
    zone: ZoneInfo,
) -> Loss:
    place = _place(row)
    at = row["missed"].astimezone(zone)
    before = [moment for name in ("last_out", "last_in", "last_count") if (moment := row[name]) is not None]
    why, who = reasons.get(row["posting"], ("", ""))
    since = max(before).astimezone(zone) if before else None
    return Loss(
        move_id=row["pk"],
        transaction_id=row["transaction"],
        at=at,
        warehouse=row["warehouse_code"],
        zone=place["zone_code"] or NO_ZONE,
        place=place["code"],
        item=row["item_number"],
        lot=row["lot_number"] or "",
        unit=row["unit"],
        quantity=_taken(row),
        value=costs.get(row["pk"]),
        is_explained=LocationKind.SCRAP in {row["to_kind"], row["from_kind"]},
        reason=why or row["reason"] or NO_REASON,
        document=row["document"],
        by=row["who"],
        counted_by=who,
        shift=shift_at(shifts.get(row["warehouse"], ()), at),
        since=since,
        footage=cameras.footage(place["zone"], since=since or at, until=at),
    )
