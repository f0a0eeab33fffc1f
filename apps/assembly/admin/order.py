"""Assembly orders, as those who plan them see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget

from apps.accounts.access import FLOOR
from apps.assembly.admin.ask import AskBack, AskFinish, AskPartly, AskScrap
from apps.assembly.admin.tables import issues_table, made_table, to_come_table
from apps.assembly.models import AssemblyLine, AssemblyOrder
from apps.assembly.operations import (
    MAY_PLAN,
    Ingredient,
    cancel_assembly,
    draft_assembly,
    finish_assembly,
    release_assembly,
    reserve_components,
    return_component,
    scrap_component,
)
from apps.assembly.operations.draft import BENCHES
from apps.assembly.queries import apart_of, at_bench, wanted_of
from apps.assembly.states import ENDED, ON_FLOOR, AssemblyState, WorkKind
from apps.core.admin import OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, moment, named, quantity
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.core.decimals import plain
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.ledger.admin.cells import MovesStock, moves_table
from apps.tasks.admin import tasks_table

TONES = {
    AssemblyState.DRAFT: Tone.WAITING,
    AssemblyState.RELEASED: Tone.READY,
    AssemblyState.IN_WORK: Tone.PROGRESS,
    AssemblyState.CANCELLING: Tone.LATE,
    AssemblyState.DONE: Tone.DONE,
    AssemblyState.CANCELLED: Tone.WAITING,
}


@admin.register(AssemblyOrder)
class AssemblyOrderAdmin(MovesStock, DraftAdmin):
    """What is made, taken apart, reworked, repacked, refurbished; and services for orders."""

    access = FLOOR
    drafted_by = MAY_PLAN
    list_display = ("number", "stands", "kind", "makes", "progress", "due", "sales_order", "bench", "warehouse")
    list_select_related = ("warehouse", "item__unit", "bench")
    list_filter = (("state", StateFilter), "kind", ("warehouse", OwnFilter))
    search_fields = ("number", "item__number", "item__name", "sales_order", "origin", "note")
    first_step = "Plan what is to be made at which bench; its release reserves the components."
    buttons = (
        Button(
            name="release",
            label="Release",
            operation=release_assembly,
            argument="order_id",
            done="%s is on the floor.",
            roles=MAY_PLAN,
            states=(AssemblyState.DRAFT,),
            form=AskPartly,
            icon="play_arrow",
        ),
        Button(
            name="finish",
            label="Finish",
            operation=finish_assembly,
            argument="order_id",
            done="%s: what was made stands at the bench and is put away by task.",
            roles=MAY_PLAN,
            when=lambda document: document.state in ON_FLOOR and document.left > 0,
            form=AskFinish,
            icon="task_alt",
        ),
        Button(
            name="reserve",
            label="Reserve what it lacks",
            operation=reserve_components,
            argument="order_id",
            done="%s has what is there.",
            roles=MAY_PLAN,
            states=ON_FLOOR,
            icon="bookmark_add",
        ),
        Button(
            name="back",
            label="Back to the bin",
            operation=return_component,
            done="%s: the goods are back.",
            given=lambda document: {},  # noqa: ARG005 - the form names the issue
            roles=MAY_PLAN,
            when=lambda document: document.state not in ENDED and bool(at_bench(document)),
            form=AskBack,
            icon="undo",
        ),
        Button(
            name="scrap",
            label="Scrap",
            operation=scrap_component,
            done="%s: the goods are scrapped.",
            given=lambda document: {},  # noqa: ARG005 - the form names the issue
            roles=MAY_PLAN,
            when=lambda document: document.state not in ENDED and bool(at_bench(document)),
            form=AskScrap,
            icon="delete",
            grave=True,
        ),
        Button(
            name="cancel",
            label="Make nothing more",
            operation=cancel_assembly,
            argument="order_id",
            done="%s is given up.",
            roles=MAY_PLAN,
            states=(AssemblyState.DRAFT, *ON_FLOOR),
            form=AskReason,
            icon="cancel",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What is done, with how much of what, where, by when and for whom."""
        return {
            "kind": forms.ChoiceField(choices=WorkKind.choices, widget=UnfoldAdminSelectWidget()),
            "item": choose(AssemblyOrder, "item", request, required=False, help_text="Empty for a service"),
            "quantity": number_field(help_text="Base units"),
            "bench": choose(AssemblyOrder, "bench", request, help_text=f"One of {', '.join(BENCHES)}"),
            "due_on": day_field(),
            "lot": choose(AssemblyLine, "lot", request, required=False, help_text="This one is worked and no other"),
            "serial": choose(AssemblyLine, "serial", request, required=False),
            "sales_order": text_field(required=False, max_length=40),
            "note": text_field(required=False, max_length=200, help_text="What is to be done, in words"),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What goes in beside what a bill says."""
        return {
            "item": choose(AssemblyLine, "item", request, required=False),
            "quantity": number_field(required=False, help_text="Base units, for the whole order"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Planned; nothing is reserved yet."""
        return draft_assembly, {
            "warehouse_id": head["bench"].warehouse_id,
            "kind": WorkKind(head["kind"]),
            "item_id": head["item"].pk if head["item"] else None,
            "quantity": head["quantity"],
            "bench_id": head["bench"].pk,
            "due_on": head["due_on"],
            "lot_id": head["lot"].pk if head["lot"] else None,
            "serial_id": head["serial"].pk if head["serial"] else None,
            "sales_order": head["sales_order"],
            "remark": head["note"],
            "ingredients": [
                Ingredient(item_id=line["item"].pk, quantity=line["quantity"] or Decimal(0))
                for line in lines
                if line["item"]
            ],
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssemblyOrder]:
        """With what a page needs of its head."""
        rows: QuerySet[AssemblyOrder] = super().get_queryset(request)
        return rows.select_related(*self.list_select_related)

    @admin.display(description="state", ordering="state")
    def stands(self, order: AssemblyOrder) -> SafeString:
        """Where it stands."""
        return badge(order.get_state_display(), TONES[AssemblyState(order.state)])

    @admin.display(description="item", ordering="item__number")
    def makes(self, order: AssemblyOrder) -> object:
        """What is worked, or the service."""
        return link(order.item) if order.item is not None else order.note or NOTHING

    @admin.display(description="made")
    def progress(self, order: AssemblyOrder) -> str:
        """How much of how much."""
        return f"{order.made.normalize():f} of {order.quantity.normalize():f}"

    @admin.display(description="due", ordering="due_on")
    def due(self, order: AssemblyOrder) -> str:
        """By when."""
        return day(order.due_on)

    def facts(self, document: AssemblyOrder) -> Iterable[Fact]:
        """What is made where, by which bill, for whom."""
        zone = document.warehouse.timezone
        yield Fact("State", self.stands(document))
        yield Fact("Work", document.get_kind_display())
        yield Fact("Item", self.makes(document))
        yield Fact("Made", self.progress(document))
        yield Fact("Bill", link(document.bill) if document.bill is not None else NOTHING)
        yield Fact("Bench", link(document.bench))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Due", day(document.due_on))
        yield Fact("For order", document.sales_order or NOTHING)
        yield Fact("Planned by", document.drafted_by)
        yield Fact("Released", moment(document.released_at, zone))
        yield Fact("Ended", moment(document.ended_at, zone))
        if document.origin:
            yield Fact("Asked for by", named(document.origin))
        stands = ", ".join(f"{plain(each.quantity)} {each.status} at {each.location}" for each in apart_of(document))
        if stands:
            yield Fact("Goods stand", stands)
        if document.note:
            yield Fact("Note", document.note)
        if document.end_reason:
            yield Fact("Ended because", document.end_reason)

    def papers(self, document: AssemblyOrder) -> Iterable[Paper]:
        """For the bench."""
        yield Paper("Work order", f"/api/v1/assembly-orders/{document.number}/paper")

    def tables(self, request: HttpRequest, document: AssemblyOrder) -> Iterable[Table]:
        """What goes in, what is at the bench, what came out and holds what; tasks and moves."""
        yield Table(
            title="Goes in",
            columns=(
                Column("Line", number=True),
                Column("Item"),
                Column("Needed", number=True),
                Column("Reserved", number=True),
                Column("Issued", number=True),
                Column("Lacks", number=True),
            ),
            rows=[
                (
                    each.line.line,
                    link(each.line.item, f"{each.line.item.number} {each.line.item.name}"),
                    quantity(each.line.quantity, each.line.item.unit),
                    quantity(each.reserved, each.line.item.unit),
                    quantity(each.issued, each.line.item.unit),
                    badge(f"{each.open.normalize():f}", Tone.LATE) if each.open else NOTHING,
                )
                for each in wanted_of(document)
            ],
            empty="Nothing goes in.",
        )
        yield issues_table(document)
        yield to_come_table(document)
        yield made_table(document)
        yield tasks_table(request, document.number)
        yield moves_table(request, document.number)
