"""The reorders that a buyer decides about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.core.admin import OwnFilter, StateFilter, worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, money, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, pick_one
from apps.journal.admin.page import AskReason, Button
from apps.journal.desk import act
from apps.locations.models import Warehouse
from apps.planning.models import ReorderProposal
from apps.planning.operations import MAY_PLAN, Proposed, dismiss_proposal, order_proposals, propose_reorders
from apps.planning.states import ProposalState

TONES = {
    ProposalState.PROPOSED: Tone.READY,
    ProposalState.ORDERED: Tone.DONE,
    ProposalState.DISMISSED: Tone.BLOCKED,
    ProposalState.WITHDRAWN: Tone.WAITING,
}


def proposal_badge(proposal: ReorderProposal) -> SafeString:
    """Where the proposal stands, in its colour."""
    return badge(proposal.get_state_display(), TONES[ProposalState(proposal.state)])


@admin.register(ReorderProposal)
class ReorderProposalAdmin(DraftAdmin):
    """What runs short, with the figures and the reason; chosen ones become purchase orders."""

    access = INBOUND
    drafted_by = MAY_PLAN
    draft_label = "Propose now"
    drafted = "What runs short is proposed."
    list_display = ("number", "stands", "item", "amount", "party", "there", "coming", "least", "due_day", "warehouse")
    list_select_related = ("item__unit", "warehouse", "supplier")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), ("supplier", OwnFilter))
    search_fields = ("number", "item__number", "item__name", "supplier__number", "supplier__name", "order__number")
    actions = ("order",)
    first_step = "Give items a stocking policy; each morning, or at once by Add, what runs short is proposed here."
    buttons = (
        Button(
            name="dismiss",
            label="Dismiss",
            operation=dismiss_proposal,
            argument="proposal_id",
            done="%s is dismissed.",
            roles=MAY_PLAN,
            states=(ProposalState.PROPOSED,),
            form=AskReason,
            icon="close",
        ),
    )

    def has_plan_permission(self, request: HttpRequest) -> bool:
        """Who may ask a supplier for goods."""
        return worker_of(request).has_role(*MAY_PLAN)

    @admin.action(description="Make purchase orders", permissions=["plan"])
    def order(self, request: HttpRequest, proposals: QuerySet[ReorderProposal]) -> None:
        """One for each supplier and warehouse, all or none."""
        act(
            request,
            order_proposals,
            done="%s: drafted, to be submitted and approved by another.",
            render=lambda orders: ", ".join(order.number for order in orders),
            proposal_ids=list(proposals.order_by("pk").values_list("pk", flat=True)),
        )

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Which warehouse."""
        return {"warehouse": pick_one(Warehouse, request)}

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """The morning's run, at once."""
        del lines
        return propose_reorders, {"warehouse_id": head["warehouse"].pk}

    def answer_of(self, result: Proposed) -> list[str]:
        """The numbers of what it proposed, perhaps none."""
        return [proposal.number for proposal in result.proposed]

    def next_page(self, answer: list[str]) -> str:
        """What waits for a buyer."""
        del answer
        return f"{reverse('admin:planning_reorderproposal_changelist')}?state__exact={ProposalState.PROPOSED}"

    @admin.display(description="state", ordering="state")
    def stands(self, proposal: ReorderProposal) -> SafeString:
        """Where it stands."""
        return proposal_badge(proposal)

    @admin.display(description="to order", ordering="quantity")
    def amount(self, proposal: ReorderProposal) -> SafeString:
        """How much."""
        return quantity(proposal.quantity, proposal.item.unit)

    @admin.display(description="supplier", ordering="supplier__name")
    def party(self, proposal: ReorderProposal) -> str:
        """From whom."""
        return proposal.supplier.name if proposal.supplier else badge("nobody", Tone.LATE)

    @admin.display(description="available", ordering="available")
    def there(self, proposal: ReorderProposal) -> SafeString:
        """When it was proposed."""
        return quantity(proposal.available, proposal.item.unit)

    @admin.display(description="on order")
    def coming(self, proposal: ReorderProposal) -> SafeString:
        """When it was proposed: expected, and on orders that waited for approval."""
        return quantity(proposal.inbound + proposal.raised, proposal.item.unit)

    @admin.display(description="minimum", ordering="minimum")
    def least(self, proposal: ReorderProposal) -> SafeString:
        """Of the policy, then."""
        return quantity(proposal.minimum, proposal.item.unit)

    @admin.display(description="would come", ordering="due_on")
    def due_day(self, proposal: ReorderProposal) -> str:
        """If it were ordered on the day of the proposal."""
        return day(proposal.due_on)

    def note(self, document: ReorderProposal) -> str:
        """Why it cannot be ordered."""
        if document.state != ProposalState.PROPOSED or document.supplier_id is not None:
            return ""
        return " ".join(reason["because"] for reason in document.reasons if reason["rule"] == "no supplier")

    def facts(self, document: ReorderProposal) -> Iterable[Fact]:
        """What, how much, from whom, by when."""
        unit, supplier = document.item.unit, document.supplier
        yield Fact("State", proposal_badge(document))
        yield Fact("Item", link(document.item, f"{document.item} {document.item.name}"))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("To order", self.amount(document))
        yield Fact("Supplier", link(supplier, supplier and supplier.name))
        yield Fact("Price", money(document.price, supplier.currency if supplier else ""))
        yield Fact("Would come", day(document.due_on))
        yield Fact("Available", self.there(document))
        yield Fact("Expected", quantity(document.inbound, unit))
        yield Fact("On orders not approved", quantity(document.raised, unit))
        yield Fact("Minimum", self.least(document))
        yield Fact("Target", quantity(document.target, unit))
        yield Fact("Proposed", day(document.proposed_on))
        yield Fact("Purchase order", link(document.order))
        yield Fact("Decided by", document.decided_by or NOTHING)
        if document.reason:
            yield Fact("Because", document.reason)

    def tables(self, request: HttpRequest, document: ReorderProposal) -> Iterable[Table]:
        """Why so much, and why from them."""
        del request
        yield Table(
            title="Why",
            columns=(Column("Rule"), Column("Because")),
            rows=[(reason["rule"], reason["because"]) for reason in document.reasons],
            empty="No reason was kept.",
        )
