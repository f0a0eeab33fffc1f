"""What would happen to orders without doing it: no lock is taken and nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.ledger.models import StockBalance
from apps.ledger.operations import Candidate
from apps.ledger.states import StockStatus
from apps.locations.choices import PICKABLE, VIRTUAL
from apps.orders.choices import RuleAbout
from apps.orders.models import SalesOrder
from apps.orders.queries.guidance import Guidance, facts_of, facts_of_line, guidance_of
from apps.orders.queries.progress import LineProgress, progress_of
from apps.orders.queries.wants import Want, shelves_of, wants_of
from apps.orders.rules import Shelf, WhyNot, why_not
from apps.orders.rules.guidance import Verdict, verdicts

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """So much from one place."""

    candidate: Candidate
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Goods that a line does not get, and why."""

    candidate: Candidate
    why: WhyNot


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutcome:
    """What a line would get."""

    want: Want
    portions: tuple[Portion, ...]
    barred: tuple[Barred, ...]
    promised_before: Decimal
    """Free and eligible, but needed for promises made before."""

    @property
    def short(self) -> Decimal:
        """What it would still lack."""
        return self.want.demand.quantity - sum((portion.quantity for portion in self.portions), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """An allocation in thought: what each open line would get, in the order of the promises."""

    orders: Mapping[int, SalesOrder]
    progress: Mapping[int, Sequence[LineProgress]]
    outcomes: tuple[LineOutcome, ...]
    guidance: Guidance


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDryRun:
    """A line with the rules that were asked and what it would get; `outcome` is None when it needs nothing."""

    line: LineProgress
    verdicts: tuple[Verdict, ...]
    outcome: LineOutcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What the rules say of an order, and what would be allocated from where."""

    order: SalesOrder
    release: tuple[Verdict, ...]
    pick: tuple[Verdict, ...]
    pack: tuple[Verdict, ...]
    lines: tuple[LineDryRun, ...]


def dry_run_of(order: SalesOrder, *, at: datetime) -> DryRun:
    """Which rules decide about an order and its lines, why the others do not, and what it would get now."""
    rehearsal = rehearse([order], today=order.warehouse.local_date(at), explain=True)
    facts = facts_of([order])[order.pk]
    outcomes = {outcome.want.line.line.pk: outcome for outcome in rehearsal.outcomes}
    guides = rehearsal.guidance.guides

    def about(what: RuleAbout) -> tuple[Verdict, ...]:
        return tuple(verdicts(guides, facts, about=what))

    return DryRun(
        order=order,
        release=about(RuleAbout.RELEASE),
        pick=about(RuleAbout.PICK),
        pack=about(RuleAbout.PACK),
        lines=tuple(
            LineDryRun(
                line=each,
                verdicts=tuple(
                    verdicts(
                        guides,
                        facts_of_line(each.line.item, customer_id=order.customer_id, channel_id=order.channel_id),
                        about=RuleAbout.ALLOCATE,
                    )
                ),
                outcome=outcomes.get(each.line.pk),
            )
            for each in rehearsal.progress[order.pk]
        ),
    )


def rehearse(orders: Collection[SalesOrder], *, today: date, explain: bool = False) -> Rehearsal:
    """Allocate orders of one warehouse in thought, as `allocate_orders` would now; with `explain` it says why not.

    Drafts are served as if they were confirmed now: behind everybody.
    """
    by_pk = {order.pk: order for order in orders}
    warehouse_id = next(iter(by_pk.values())).warehouse_id
    progress = progress_of(by_pk)
    guidance = guidance_of(warehouse_id)
    wants = wants_of(by_pk, progress, today=today, guidance=guidance)
    items = {want.line.line.item_id for want in wants}
    found, barred = seen(warehouse_id=warehouse_id, item_ids=items, all_of_it=explain)
    shelves = shelves_of(
        found, wants, orders=by_pk, warehouse_id=warehouse_id, today=today, guidance=guidance, barred=barred
    )
    stands = {each.balance_id: each for each in found}
    return Rehearsal(
        orders=by_pk,
        progress=progress,
        outcomes=tuple(_serve(want, shelves[want.line.line.item_id], stands, explain=explain) for want in wants),
        guidance=guidance,
    )


def _serve(want: Want, shelf: Shelf, stands: Mapping[int, Candidate], *, explain: bool) -> LineOutcome:
    before = shelf.eligible(want.demand) - shelf.room_for(want.demand) if explain else ZERO
    barred = [
        Barred(candidate=stands[offer.balance_id], why=why)
        for offer in (shelf.offers if explain else ())
        if (why := why_not(offer, want.demand)) is not None
    ]
    portions = [Portion(candidate=stands[take.balance_id], quantity=take.quantity) for take in shelf.take(want.demand)]
    return LineOutcome(want=want, portions=tuple(portions), barred=tuple(barred), promised_before=before)


def seen(
    *, warehouse_id: int, item_ids: Collection[int], all_of_it: bool = False
) -> tuple[list[Candidate], dict[int, WhyNot]]:
    """What the ledger would let be reserved, read without a lock; with `all_of_it` also the rest, and why it is not."""
    rows = StockBalance.objects.on_hand().filter(warehouse=warehouse_id, item__in=item_ids)
    rows = rows.exclude(location__kind__in=VIRTUAL) if all_of_it else rows.pickable()
    found, barred = [], {}
    for row in rows.with_hold().select_related("lot", "location").order_by("pk"):
        found.append(
            Candidate(
                balance_id=row.pk,
                item_id=row.item_id,
                lot_id=row.lot_id,
                serial_id=row.serial_id,
                owner_id=row.owner_id,
                unit_id=row.unit_id,
                location_id=row.location_id,
                free=row.free,
                lot_number=row.lot.number if row.lot is not None else None,
                expires_on=row.lot.expires_on if row.lot is not None else None,
                lot_created_at=row.lot.created_at if row.lot is not None else None,
                location_code=row.location.code,
                location_kind=row.location.kind,
                pick_sequence=row.location.pick_sequence,
                first_in=row.last_move_id or 0,
            )
        )
        why = _why_barred(row)
        if why is not None:
            barred[row.pk] = why
    return found, barred


def _why_barred(row: StockBalance) -> WhyNot | None:
    if row.status != StockStatus.AVAILABLE:
        return WhyNot.STATUS
    if getattr(row, "hold", ""):
        return WhyNot.HELD
    if row.location.kind not in PICKABLE or not row.location.is_active:
        return WhyNot.PLACE
    return WhyNot.SPOKEN_FOR if row.free <= 0 else None
