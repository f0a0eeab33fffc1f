"""Planning: propose what runs short, and make purchase orders of what a buyer chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.accounts.roles import Role
from apps.catalog.choices import Lifecycle
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse
from apps.planning.errors import NoSupplier, NothingChosen
from apps.planning.models import PROPOSAL_NUMBERS, ReorderProposal, StockingPolicy
from apps.planning.queries import Advice, advice_for
from apps.planning.states import ProposalState
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import OrderLine, raise_purchase_order

MAY_PLAN = (Role.BUYER, Role.INVENTORY_MANAGER, Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a run has changed: what it proposed, and what it withdrew since it is no longer needed."""

    proposed: list[ReorderProposal]
    withdrawn: list[ReorderProposal]


def propose_reorders(*, warehouse_id: int, by: Actor, at: datetime, on: date | None = None) -> Proposed:
    """Propose a reorder of each item that has come down to its minimum, even with all that is on order; for a day.

    A proposal that waits is left as it is while its item is still short, and withdrawn when it is not; what was
    dismissed is not proposed again on the same day. So a second run, or a late one, changes nothing that the first
    has done. Raises `NotAllowed`.
    """
    check_may_plan(by, "propose reorders")
    # Runs, and buyers who order what is proposed, take turns: what is ordered meanwhile must not be proposed again.
    warehouse = Warehouse.objects.lock_one(warehouse_id)
    today = on or warehouse.local_date(at)
    policies = StockingPolicy.objects.filter(warehouse=warehouse, item__lifecycle=Lifecycle.ACTIVE)
    short = {policy.item_id: policy for policy in policies.to_reorder(at).select_related("item__unit")}
    mine = ReorderProposal.objects.filter(warehouse=warehouse)
    waiting = mine.open().lock()
    withdrawn = [
        _decide(proposal, ProposalState.WITHDRAWN, by, today, "There is enough, or enough is on order.")
        for proposal in waiting
        if proposal.item_id not in short
    ]
    dismissed = mine.filter(state=ProposalState.DISMISSED, decided_on=today).values_list("item", flat=True)
    done = {proposal.item_id for proposal in waiting} | set(dismissed)
    wanted = sorted((policy for item_id, policy in short.items() if item_id not in done), key=lambda each: each.item_id)
    proposed = _propose(advice_for(wanted), warehouse, today, at)
    if proposed or withdrawn:
        record(
            "proposed",
            kind="reorders",
            number=today.isoformat(),
            by=by,
            at=at,
            warehouse_code=warehouse.code,
            proposed=len(proposed),
            withdrawn=len(withdrawn),
        )
    return Proposed(proposed=proposed, withdrawn=withdrawn)


def order_proposals(*, proposal_ids: Sequence[int], by: Actor, at: datetime) -> list[PurchaseOrder]:
    """Draft one purchase order for each supplier and warehouse; whoever does so raises it, and another approves it.

    Raises `NotAllowed`, `NothingChosen`, `NoSupplier`, `IllegalTransition` when one is decided already, and what
    raising a purchase order refuses; then none is ordered.
    """
    check_may_plan(by, "order what is proposed")
    if not proposal_ids:
        raise NothingChosen
    sites = ReorderProposal.objects.filter(pk__in=proposal_ids).values("warehouse")
    warehouses = {site.pk: site for site in Warehouse.objects.filter(pk__in=sites).lock()}
    together: dict[tuple[int, int], list[ReorderProposal]] = {}
    for proposal in ReorderProposal.objects.select_related("item").lock(proposal_ids):
        proposal.must_allow(ProposalState.ORDERED)
        if proposal.supplier_id is None:
            raise NoSupplier(proposal=proposal.number, item=proposal.item.number)
        together.setdefault((proposal.warehouse_id, proposal.supplier_id), []).append(proposal)
    return [
        _order(proposals, warehouses[warehouse_id], supplier_id, by, at)
        for (warehouse_id, supplier_id), proposals in sorted(together.items(), key=lambda each: each[0])
    ]


def dismiss_proposal(*, proposal_id: int, reason: str, by: Actor, at: datetime) -> ReorderProposal:
    """Not to be ordered now; it may be proposed again from the next day on. Raises `NotAllowed`."""
    proposal = ReorderProposal.objects.select_related("warehouse").lock_one(proposal_id)
    check_may_plan(by, f"dismiss {proposal}")
    proposal.must_allow(ProposalState.DISMISSED)
    record(
        "dismiss",
        kind="reorder proposal",
        number=proposal.number,
        by=by,
        at=at,
        warehouse_code=proposal.warehouse.code,
        reason=reason,
    )
    return _decide(proposal, ProposalState.DISMISSED, by, proposal.warehouse.local_date(at), reason)


def _propose(advice: Sequence[Advice], warehouse: Warehouse, on: date, at: datetime) -> list[ReorderProposal]:
    numbers = PROPOSAL_NUMBERS.next_many(len(advice)) if advice else []
    return ReorderProposal.objects.bulk_create(
        [
            ReorderProposal(
                number=number,
                created_at=at,
                warehouse=warehouse,
                item_id=each.policy.item_id,
                available=each.figures.available,
                inbound=each.figures.inbound,
                raised=each.figures.raised,
                minimum=each.figures.minimum,
                target=each.figures.target,
                quantity=each.quantity,
                supplier_id=each.supplier_id,
                price=each.price,
                due_on=on + timedelta(days=each.lead_time_days),
                reasons=list(each.reasons),
                proposed_on=on,
            )
            for number, each in zip(numbers, advice, strict=True)
        ]
    )


def _order(
    proposals: Sequence[ReorderProposal], warehouse: Warehouse, supplier_id: int, by: Actor, at: datetime
) -> PurchaseOrder:
    """One order for what one supplier sends to one warehouse, due when the slowest of it has come."""
    today = warehouse.local_date(at)
    slowest = max(proposal.due_on - proposal.proposed_on for proposal in proposals)
    order = raise_purchase_order(
        warehouse_id=warehouse.pk,
        supplier_id=supplier_id,
        # At the supplier's list as it is now: the price of the proposal may have changed since.
        lines=[OrderLine(item_id=proposal.item_id, quantity=proposal.quantity) for proposal in proposals],
        due_on=today + slowest,
        by=by,
        at=at,
    )
    for proposal in proposals:
        proposal.order = order
        _decide(proposal, ProposalState.ORDERED, by, today)
    record(
        "order",
        kind="purchase order",
        number=order.number,
        by=by,
        at=at,
        warehouse_code=warehouse.code,
        proposals=[proposal.number for proposal in proposals],
    )
    return order


def _decide(proposal: ReorderProposal, to: ProposalState, by: Actor, on: date, reason: str = "") -> ReorderProposal:
    proposal.decided_by, proposal.decided_on, proposal.reason = by.user, on, reason
    return proposal.advance(to, "decided_by", "decided_on", "reason", "order")


def check_may_plan(by: Actor, act: str) -> None:
    """A buyer, whoever runs the warehouse, or the plan of the day itself."""
    if not by.job and not by.user.has_role(*MAY_PLAN):
        raise NotAllowed(who=by.user.get_username(), act=act)
