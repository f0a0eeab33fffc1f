"""Claims without a return, as those who sell see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import OUTBOUND
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment, quantity
from apps.core.admin.page import Fact
from apps.core.paper.formats import money
from apps.journal.admin.draft import DraftAdmin, choose, number_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.returns.models import CustomerClaim
from apps.returns.operations import accept_claim, open_claim, reject_claim
from apps.returns.operations.trail import MAY_OPEN
from apps.returns.queries.claims import handled_by
from apps.returns.states import ClaimKind, ClaimState

TONES = {ClaimState.OPEN: Tone.READY, ClaimState.ACCEPTED: Tone.BLOCKED, ClaimState.REJECTED: Tone.DONE}


class AskAcceptance(AskReason):
    """Why, and what the customer gets."""

    credit = number_field(required=False)


@admin.register(CustomerClaim)
class CustomerClaimAdmin(DraftAdmin):
    """What was wrong with lines that were shipped, and who picked and packed them."""

    access = OUTBOUND
    drafted_by = MAY_OPEN
    draft_label = "Open the claim"
    drafted = "The claim is open."
    list_display = ("number", "stands", "kind", "order_line", "customer", "affected", "opened", "warehouse")
    list_select_related = ("warehouse", "order_line__order", "order_line__item__unit", "customer", "carton__unit")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), "kind")
    search_fields = ("number", "order_line__order__number", "customer__number", "order_line__item__number")
    first_step = (
        "A customer says that something was wrong and sends nothing back: say so here, against the order's line."
    )
    buttons = (
        Button(
            name="accept",
            label="Accept",
            operation=accept_claim,
            argument="claim_id",
            done="%s is accepted.",
            roles=MAY_OPEN,
            states=(ClaimState.OPEN,),
            form=AskAcceptance,
            icon="thumb_up",
        ),
        Button(
            name="reject",
            label="Reject",
            operation=reject_claim,
            argument="claim_id",
            done="%s is rejected.",
            roles=MAY_OPEN,
            states=(ClaimState.OPEN,),
            form=AskReason,
            icon="thumb_down",
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """About which line, what was wrong, how much of it."""
        return {
            "order_line": choose(CustomerClaim, "order_line", request),
            "kind": forms.ChoiceField(choices=ClaimKind.choices, widget=UnfoldAdminSelectWidget()),
            "quantity": number_field(help_text="Base units that are affected"),
            "note": text_field(required=False, max_length=200),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Opened against the line."""
        del lines
        return open_claim, {
            "order_line_id": head["order_line"].pk,
            "kind": head["kind"],
            "quantity": head["quantity"],
            "remark": head["note"],
        }

    @admin.display(description="state", ordering="state")
    def stands(self, claim: CustomerClaim) -> SafeString:
        """Where it stands."""
        return badge(claim.get_state_display(), TONES[ClaimState(claim.state)])

    @admin.display(description="affected")
    def affected(self, claim: CustomerClaim) -> SafeString:
        """How much."""
        return quantity(claim.quantity, claim.order_line.item.unit)

    @admin.display(description="opened", ordering="created_at")
    def opened(self, claim: CustomerClaim) -> SafeString:
        """By the clock of the warehouse."""
        return moment(claim.created_at, claim.warehouse.timezone)

    def facts(self, document: CustomerClaim) -> Iterable[Fact]:
        """What was wrong with which line, who handled it, and how it ended."""
        handled = handled_by([document])[document.pk]
        yield Fact("State", self.stands(document))
        yield Fact("Wrong", document.get_kind_display())
        yield Fact("Order", link(document.order_line.order))
        yield Fact("Line", document.order_line.line)
        yield Fact("Item", link(document.order_line.item))
        yield Fact("Affected", self.affected(document))
        yield Fact("Customer", link(document.customer, document.customer.name))
        yield Fact("Carton", document.carton or NOTHING)
        yield Fact("Note", document.note or NOTHING)
        yield Fact("Picked by", ", ".join(handled.pickers) or NOTHING)
        yield Fact("Packed by", ", ".join(handled.packers) or NOTHING)
        yield Fact("Opened by", document.opened_by)
        if document.decided_by is not None:
            yield Fact("Decided by", document.decided_by)
            yield Fact("Because", document.decision)
        if document.credit is not None:
            yield Fact("Credit", money(document.credit))
