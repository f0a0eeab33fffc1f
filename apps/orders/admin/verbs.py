"""What can be done with an order at the desk after it was taken: hold it, change it, route it, and what that asks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget, UnfoldBooleanWidget

from apps.catalog.models import Item
from apps.core import clock
from apps.core.admin.cells import Tone as Colour
from apps.core.admin.cells import badge, day, quantity
from apps.core.admin.page import Column, Outlook, Table
from apps.core.querysets import storable
from apps.journal.admin.draft import day_field, number_field, text_field
from apps.journal.admin.page import Button, DocumentForm
from apps.orders.models import FloorLimit, SalesOrder
from apps.orders.models.order import HoldKind
from apps.orders.operations import (
    LineChange,
    ShipTo,
    change_sales_order,
    hold_order,
    release_order_hold,
    release_wave,
    route_order,
)
from apps.orders.operations.release import MAY_OVERFILL
from apps.orders.operations.trail import SELLERS
from apps.orders.queries import LineOutlook, propose_route
from apps.orders.states import MAY_CHANGE, SALES_ORDER_FLOW, Change, SalesOrderState

WHY = {"required": False, "max_length": 200, "label": "Reason"}


class OverfillForm(DocumentForm):
    """Why more goes to the floor than its limits take."""

    override_reason = text_field(max_length=200, label="Because")


class HoldForm(DocumentForm):
    """Of which kind, and why."""

    kind = forms.ChoiceField(choices=HoldKind.choices, widget=UnfoldAdminSelectWidget())
    reason = text_field(max_length=200)


class ReleaseHoldForm(DocumentForm):
    """Which of its holds, and what was found."""

    kind = forms.ChoiceField(widget=UnfoldAdminSelectWidget())
    note_text = text_field(required=False, max_length=200, label="Note")

    def __init__(self, data: Any, *, document: SalesOrder) -> None:
        super().__init__(data, document=document)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (hold.kind, f"{hold.get_kind_display()}: {hold.reason}") for hold in document.holds.open().order_by("pk")
        ]


class ChangeLineForm(DocumentForm):
    """Which line, or which item anew, and how much of it."""

    line = forms.ChoiceField(widget=UnfoldAdminSelectWidget(), required=False, help_text="Empty: add an item")
    item = text_field(required=False, max_length=40, help_text="Number of an item to add")
    quantity = number_field(help_text="Base units; 0 removes the line")
    reason = text_field(**WHY)

    def __init__(self, data: Any, *, document: SalesOrder) -> None:
        super().__init__(data, document=document)
        lines = document.lines.filter(grows=None).select_related("item").order_by("line")
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            ("", "–"),  # noqa: RUF001 - a dash, where nothing is chosen
            *((str(line.line), f"{line.line}: {line.quantity.normalize():f} {line.item}") for line in lines),
        ]

    def clean(self) -> dict[str, Any]:
        """As the operation takes it."""
        given = super().clean() or self.cleaned_data
        line, number = given.get("line"), given.get("item")
        if bool(line) == bool(number):
            raise forms.ValidationError("Choose a line to change, or name an item to add.")
        item = Item.objects.filter(number=storable(number)).first() if number else None
        if number and item is None:
            raise forms.ValidationError({"item": "There is no such item."})
        change = LineChange(
            line=int(line) if line else None,
            item_id=item.pk if item else None,
            quantity=given.get("quantity") or Decimal(0),
        )
        return {"lines": [change], "reason": given.get("reason", "")}


class TermsForm(DocumentForm):
    """When it leaves, before whom, and whether at once."""

    due_on = day_field(label="Due")
    priority = forms.IntegerField(
        min_value=0, max_value=32767, widget=UnfoldAdminTextInputWidget(), help_text="Higher goes first"
    )
    ship_complete = forms.BooleanField(required=False, widget=UnfoldBooleanWidget())
    reason = text_field(**WHY)

    def __init__(self, data: Any, *, document: SalesOrder) -> None:
        super().__init__(data, document=document)
        for name in ("due_on", "priority", "ship_complete"):
            self.fields[name].initial = getattr(document, name)


class AddressForm(DocumentForm):
    """Where it goes."""

    ship_to = text_field(max_length=120)
    street = text_field(required=False, max_length=120)
    postal_code = text_field(required=False, max_length=20)
    city = text_field(required=False, max_length=80)
    region = text_field(required=False, max_length=80)
    country = text_field(required=False, max_length=60)
    reason = text_field(**WHY)

    def __init__(self, data: Any, *, document: SalesOrder) -> None:
        super().__init__(data, document=document)
        for name, field in self.fields.items():
            field.initial = getattr(document, name, "")

    def clean(self) -> dict[str, Any]:
        """As the operation takes it."""
        given = dict(super().clean() or self.cleaned_data)
        reason = given.pop("reason", "")
        return {"ship_to": ShipTo(**given) if "ship_to" in given else None, "reason": reason}


def _lives(order: SalesOrder) -> bool:
    return not SALES_ORDER_FLOW.is_final(order.state) and order.state != SalesOrderState.CANCELLING


def _may(change: Change) -> tuple[str, ...]:
    return tuple(state for state, changes in MAY_CHANGE.items() if change in changes)


def sites_outlook(request: HttpRequest, order: SalesOrder) -> Outlook:
    """Which sites would serve, every site's score, and why."""
    del request
    routing = propose_route(order, at=clock.now())
    serving = {part.site: part for part in routing.choice.parts}
    return Outlook(
        note=f"{routing.choice.because} ({routing.rule}).",
        possible=True,
        tables=(
            Table(
                title="Sites",
                columns=(Column("Site"), Column("Serves"), Column("Score", number=True), Column("Why")),
                rows=[
                    (
                        score.site,
                        badge("serves", Colour.READY) if score.site in serving else "",
                        f"{score.total:.2f}",
                        ", ".join(score.reasons),
                    )
                    for score in routing.choice.scores
                ],
            ),
        ),
    )


def outlook_table(rows: Sequence[LineOutlook]) -> Table:
    """When what is open of an order can leave, why not sooner, and what would bring it sooner."""
    return Table(
        title="When it can leave",
        columns=(
            Column("Line"),
            Column("Open", number=True),
            Column("Promised"),
            Column("Can leave"),
            Column("In time", number=True),
            Column("Because"),
            Column("What would help"),
        ),
        rows=[
            (
                each.progress.line.line,
                quantity(each.progress.back_ordered, each.progress.line.item.unit),
                day(each.progress.line.promised_on),
                day(each.answer.earliest_on) if each.answer.earliest_on else badge("no date known", Colour.LATE),
                quantity(each.in_time, each.progress.line.item.unit),
                each.because,
                each.would_change,
            )
            for each in rows
        ],
    )


AFTER_TAKING = (
    Button(
        name="overfill",
        label="Release although the floor is full",
        operation=release_wave,
        given=lambda order: {"warehouse_id": order.warehouse_id, "order_ids": [order.pk]},
        done="Wave %s is on the floor.",
        roles=MAY_OVERFILL,
        states=(SalesOrderState.ALLOCATED,),
        when=lambda order: FloorLimit.objects.filter(warehouse=order.warehouse_id).exists(),
        form=OverfillForm,
        icon="waves",
    ),
    Button(
        name="hold",
        label="Hold",
        operation=hold_order,
        argument="order_id",
        done="%s waits until the hold is released.",
        roles=SELLERS,
        when=_lives,
        form=HoldForm,
        icon="pan_tool",
    ),
    Button(
        name="release-hold",
        label="Release a hold",
        operation=release_order_hold,
        argument="order_id",
        done="The hold on %s is released.",
        roles=SELLERS,
        when=lambda order: order.holds.open().exists(),
        form=ReleaseHoldForm,
        icon="lock_open",
    ),
    Button(
        name="change-line",
        label="Change lines",
        operation=change_sales_order,
        argument="order_id",
        done="%s asks for that now; stock and tasks follow.",
        roles=SELLERS,
        states=_may(Change.LINES),
        form=ChangeLineForm,
        icon="edit_note",
    ),
    Button(
        name="change-terms",
        label="Change dates and priority",
        operation=change_sales_order,
        argument="order_id",
        done="%s is changed.",
        roles=SELLERS,
        states=_may(Change.TERMS),
        form=TermsForm,
        icon="event",
    ),
    Button(
        name="change-address",
        label="Change the address",
        operation=change_sales_order,
        argument="order_id",
        done="%s goes there now.",
        roles=SELLERS,
        states=_may(Change.ADDRESS),
        form=AddressForm,
        icon="edit_location",
    ),
    Button(
        name="route",
        label="Choose the site",
        operation=route_order,
        argument="order_id",
        done="%s is with the site that serves it best.",
        roles=SELLERS,
        states=(SalesOrderState.DRAFT, SalesOrderState.CONFIRMED),
        when=lambda order: order.parent_id is None,
        outlook=sites_outlook,
        icon="alt_route",
    ),
)
