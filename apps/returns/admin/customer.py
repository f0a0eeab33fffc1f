"""Customer returns, as those who sell, take in and judge see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from apps.accounts.access import OUTBOUND
from apps.accounts.roles import Role
from apps.catalog.choices import ReasonKind
from apps.catalog.models import ReasonCode
from apps.core.admin import OwnFilter, StateFilter, visible
from apps.core.admin.cells import link, moment
from apps.core.admin.page import Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, number_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import moves_table
from apps.ledger.operations.decide import MAY_UNDO
from apps.ledger.states import TransactionKind
from apps.locations.models import Location
from apps.returns.admin.ask import AskPlace, AskRefusal, AskVerdict
from apps.returns.admin.parts import against, goods_table, refusals_table, return_badge, verdicts_table
from apps.returns.models import CustomerReturn, CustomerReturnLine, ReturnInspection
from apps.returns.operations import (
    announce_customer_return,
    cancel_customer_return,
    close_customer_return,
    inspect_customer_return,
    receive_customer_return,
    refuse_return,
    undo_return_receipt,
)
from apps.returns.operations.take_in import TAKES_RETURNS
from apps.returns.operations.trail import MAY_INSPECT, MAY_OPEN
from apps.returns.rules import ReturnedGoods
from apps.returns.states import OPEN, CustomerReturnState, ReturnCondition
from apps.tasks.admin import tasks_table

RECEIVERS = (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.QUALITY, Role.SALES, Role.ADMIN)
"""Whoever may see returns at the desk and changes things; on the floor anybody takes them in."""


def _is_awaited(document: CustomerReturn) -> bool:
    """Something of it is to come still."""
    return document.state in OPEN and any(line.to_come for line in document.lines.all())


def _may_be_undone(document: CustomerReturn) -> bool:
    """Something came, or the return closed with a recalled lot that was blocked as it came."""
    if document.state == CustomerReturnState.CLOSED:
        return ReturnInspection.objects.filter(
            line__customer_return=document, transaction__kind=TransactionKind.RETURN
        ).exists()
    return document.state == CustomerReturnState.RECEIVED


@admin.register(CustomerReturn)
class CustomerReturnAdmin(DraftAdmin):
    """What customers send back, from its announcement to the verdict."""

    access = OUTBOUND
    drafted_by = MAY_OPEN
    draft_label = "Announce the return"
    drafted = "The return is expected."
    list_display = ("number", "stands", "customer", "order_of", "reason", "opened", "opened_by", "warehouse")
    list_select_related = ("warehouse", "order__warehouse", "customer", "opened_by", "overridden_by")
    list_filter = (("state", StateFilter), ("warehouse", OwnFilter), ("order", admin.EmptyFieldListFilter))
    search_fields = ("number", "order__number", "customer__number", "customer__name", "lines__item__number")
    first_step = "Announce what a customer sends back of an order here; at the dock it is taken in by its number."
    buttons = (
        Button(
            name="receive",
            label="Receive all",
            operation=receive_customer_return,
            argument="return_id",
            done="%s stands at the dock and waits for inspection.",
            roles=RECEIVERS,
            when=_is_awaited,
            form=AskPlace,
            icon="move_to_inbox",
        ),
        Button(
            name="inspect",
            label="Inspect",
            operation=inspect_customer_return,
            argument="return_id",
            done="%s: the decision is kept.",
            roles=MAY_INSPECT,
            when=lambda document: any(line.to_inspect for line in document.lines.all()),
            form=AskVerdict,
            icon="search_check",
        ),
        Button(
            name="refuse",
            label="Refuse",
            operation=refuse_return,
            argument="return_id",
            done="%s: so much is not taken in.",
            roles=RECEIVERS,
            when=_is_awaited,
            form=AskRefusal,
            icon="do_not_disturb_on",
        ),
        Button(
            name="undo",
            label="Undo the latest receipt",
            operation=undo_return_receipt,
            argument="return_id",
            done="What came last by %s is taken back, as if it had never come.",
            roles=MAY_UNDO,
            when=_may_be_undone,
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="close",
            label="Nothing more comes",
            operation=close_customer_return,
            argument="return_id",
            done="%s is closed.",
            roles=MAY_OPEN,
            states=(CustomerReturnState.RECEIVED,),
            form=AskReason,
            icon="done_all",
        ),
        Button(
            name="cancel",
            label="Cancel",
            operation=cancel_customer_return,
            argument="return_id",
            done="%s is cancelled.",
            roles=MAY_OPEN,
            states=(CustomerReturnState.ANNOUNCED,),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Of which order, and why."""
        reasons = ReasonCode.objects.filter(kind=ReasonKind.RETURN, is_active=True).values_list("code", "text")
        return {
            "order": choose(CustomerReturn, "order", request, help_text="Without one: by the API, as a blind return"),
            "reason": forms.ChoiceField(choices=[*reasons], widget=UnfoldAdminSelectWidget()),
            "note": text_field(required=False, max_length=200),
            "warehouse": choose(
                CustomerReturn, "warehouse", request, required=False, help_text="Where it comes to; empty: who sold it"
            ),
            "override": text_field(
                required=False, max_length=200, help_text="Why it is taken back against the policy; a supervisor's word"
            ),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which line of the order, how much, and of which lot or serial number where there were several."""
        return {
            "line": forms.IntegerField(min_value=1, help_text="Of the order", widget=UnfoldAdminTextInputWidget()),
            "quantity": number_field(help_text="Base units"),
            "condition": forms.ChoiceField(
                choices=[("", "Not said"), *ReturnCondition.choices], required=False, widget=UnfoldAdminSelectWidget()
            ),
            "lot": choose(CustomerReturnLine, "lot", request, required=False),
            "serial": choose(CustomerReturnLine, "serial", request, required=False),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Announced, and held against the order from then on."""
        return announce_customer_return, {
            "order_id": head["order"].pk,
            "reason": head["reason"],
            "remark": head["note"],
            "warehouse_id": head["warehouse"].pk if head["warehouse"] else None,
            "override": head["override"],
            "lines": [
                ReturnedGoods(
                    order_line=line["line"],
                    quantity=line["quantity"],
                    condition=line["condition"],
                    lot_id=line["lot"].pk if line["lot"] else None,
                    serial_id=line["serial"].pk if line["serial"] else None,
                )
                for line in lines
            ],
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[CustomerReturn]:
        """With what a page needs of its head."""
        rows: QuerySet[CustomerReturn] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @admin.display(description="state", ordering="state")
    def stands(self, document: CustomerReturn) -> SafeString:
        """Where it stands."""
        return return_badge(document)

    @admin.display(description="order", ordering="order__number")
    def order_of(self, document: CustomerReturn) -> SafeString:
        """Which order, or that it is matched to none."""
        return against(document)

    @admin.display(description="announced", ordering="created_at")
    def opened(self, document: CustomerReturn) -> SafeString:
        """By the clock of the warehouse."""
        return moment(document.created_at, document.warehouse.timezone)

    def note(self, document: CustomerReturn) -> str:
        """What to know before anything else."""
        return "Not matched to an order: nobody can tell what was shipped." if document.is_blind else ""

    def facts(self, document: CustomerReturn) -> Iterable[Fact]:
        """Who sends what order's goods back, why, and when it came."""
        zone = document.warehouse.timezone
        yield Fact("State", return_badge(document))
        yield Fact("Customer", link(document.customer, document.customer.name))
        yield Fact("Order", against(document))
        yield Fact("Warehouse", document.warehouse)
        if document.order is not None and document.order.warehouse_id != document.warehouse_id:
            yield Fact("Sold by", document.order.warehouse)
        yield Fact("Because", document.reason)
        if document.note:
            yield Fact("Note", document.note)
        if document.override_reason:
            yield Fact("Against the policy", f"{document.override_reason} ({document.overridden_by})")
        yield Fact("Announced by", document.opened_by)
        yield Fact("Came", moment(document.received_at, zone))
        yield Fact("Ended", moment(document.closed_at, zone))
        if document.end_reason:
            yield Fact("Ended because", document.end_reason)

    def papers(self, document: CustomerReturn) -> Iterable[Paper]:
        """What lies in the parcel."""
        yield Paper("Return slip", f"/api/v1/customer-returns/{document.number}/slip")
        yield Paper("Return label", f"/api/v1/customer-returns/{document.number}/label")

    def tables(self, request: HttpRequest, document: CustomerReturn) -> Iterable[Table]:
        """What is announced, here and decided on; the putaways; what was posted."""
        yield goods_table(document)
        yield verdicts_table(document)
        yield refusals_table(document)
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)

    def _form(self, button: Button, request: HttpRequest, document: Any) -> forms.Form | None:
        """Places are offered of the warehouses that the person works at; the operation knows which of them fit."""
        form = super()._form(button, request, document)
        place: Any = form.fields.get("location_id") if form is not None else None
        if place is not None:
            rows = visible(Location.objects.filter(kind__in=TAKES_RETURNS, is_active=True), request)
            place.choices = [
                (each.pk, f"{each.warehouse.code} {each.code}")
                for each in rows.select_related("warehouse").order_by("warehouse__code", "code")
            ]
        return form
