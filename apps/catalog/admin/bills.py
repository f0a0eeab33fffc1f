"""Bills of materials: drafted at the desk, put in force by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from apps.accounts.access import ITEMS
from apps.catalog.choices import BillKind, PartRole
from apps.catalog.models import BillLine, BillOfMaterials
from apps.catalog.operations import (
    MAY_ACTIVATE,
    MAY_DRAFT,
    Alternative,
    NewLine,
    activate_bill,
    discard_bill,
    draft_bill,
    end_bill,
)
from apps.catalog.queries import explosion_of, where_used
from apps.catalog.states import BillState
from apps.core import clock
from apps.core.admin import StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, day, link, quantity
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, number_field, text_field
from apps.journal.admin.page import Button

TONES = {BillState.DRAFT: Tone.PROGRESS, BillState.ACTIVE: Tone.DONE, BillState.DISCARDED: Tone.WAITING}
MOST_ROWS = 200
"""Of an indented list on a page; the paper has it whole."""


class AskLastDay(forms.Form):
    """Until when it is in force."""

    last_day = forms.DateField(widget=UnfoldAdminSingleDateWidget())


@admin.register(BillOfMaterials)
class BillOfMaterialsAdmin(DraftAdmin):
    """What items are made of, by version and date."""

    access = ITEMS
    drafted_by = MAY_DRAFT
    drafted = "Drafted; another puts it in force."
    list_display = (
        "number",
        "made",
        "version",
        "stands",
        "kind",
        "first_day",
        "last_day",
        "drafted_by",
        "activated_by",
    )
    list_select_related = ("item", "drafted_by", "activated_by")
    list_filter = (("state", StateFilter), "kind")
    search_fields = ("number", "item__number", "item__name", "lines__item__number")
    first_step = "Draft what an item is made of: one line a part. Another then puts it in force."
    buttons = (
        Button(
            name="activate",
            label="Put in force",
            operation=activate_bill,
            argument="bill_id",
            done="%s is in force.",
            roles=MAY_ACTIVATE,
            states=(BillState.DRAFT,),
            icon="done_all",
            grave=True,
        ),
        Button(
            name="discard",
            label="Discard",
            operation=discard_bill,
            argument="bill_id",
            done="%s is discarded.",
            roles=MAY_DRAFT,
            states=(BillState.DRAFT,),
            icon="cancel",
        ),
        Button(
            name="end",
            label="End",
            operation=end_bill,
            argument="bill_id",
            done="%s has its last day.",
            roles=MAY_ACTIVATE,
            states=(BillState.ACTIVE,),
            form=AskLastDay,
            icon="event_busy",
            grave=True,
        ),
    )

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What is made, how many, from when on."""
        return {
            "item": choose(BillOfMaterials, "item", request),
            "kind": forms.ChoiceField(choices=BillKind.choices, widget=UnfoldAdminSelectWidget()),
            "quantity": number_field(initial=1, help_text="How many the lines make; base units"),
            "valid_from": day_field(),
            "note": text_field(required=False, max_length=200),
        }

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """A part, or what may be taken instead of the part above it."""
        roles = [*PartRole.choices, ("instead", "Instead of the line above")]
        return {
            "item": choose(BillLine, "item", request),
            "quantity": number_field(help_text="Base units"),
            "role": forms.ChoiceField(choices=roles, required=False, widget=UnfoldAdminSelectWidget()),
            "scrap_percent": number_field(required=False, help_text="So much more is taken"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """A new version."""
        parts: list[tuple[dict[str, Any], list[Alternative]]] = []
        for line in lines:
            if line["role"] == "instead" and parts:
                parts[-1][1].append(Alternative(item_id=line["item"].pk, quantity=line["quantity"]))
            else:
                parts.append((line, []))
        return draft_bill, {
            "item_id": head["item"].pk,
            "kind": BillKind(head["kind"]),
            "quantity": head["quantity"],
            "valid_from": head["valid_from"],
            "remark": head["note"],
            "lines": [
                NewLine(
                    item_id=line["item"].pk,
                    quantity=line["quantity"],
                    role=PartRole(line["role"] if line["role"] in PartRole.values else PartRole.COMPONENT),
                    scrap_percent=line["scrap_percent"] or Decimal(0),
                    alternatives=tuple(others),
                )
                for line, others in parts
            ],
        }

    @admin.display(description="item", ordering="item__number")
    def made(self, bill: BillOfMaterials) -> SafeString:
        """What is made."""
        return link(bill.item)

    @admin.display(description="state", ordering="state")
    def stands(self, bill: BillOfMaterials) -> SafeString:
        """Where it stands."""
        return badge(bill.get_state_display(), TONES[BillState(bill.state)])

    @admin.display(description="from", ordering="valid_from")
    def first_day(self, bill: BillOfMaterials) -> str:
        """When it begins."""
        return day(bill.valid_from)

    @admin.display(description="until", ordering="valid_to")
    def last_day(self, bill: BillOfMaterials) -> str:
        """When it ends."""
        return day(bill.valid_to)

    def facts(self, document: BillOfMaterials) -> Iterable[Fact]:
        """What it makes, when it counts, who answers for it."""
        yield Fact("State", self.stands(document))
        yield Fact("Makes", link(document.item, f"{document.item.number} {document.item.name}"))
        yield Fact("Version", document.version)
        yield Fact("Quantity", quantity(document.quantity, document.item.unit))
        yield Fact("Kind", document.get_kind_display())
        yield Fact("From", day(document.valid_from))
        yield Fact("Until", day(document.valid_to) if document.valid_to else "another follows")
        yield Fact("Drafted by", document.drafted_by)
        yield Fact("Put in force by", document.activated_by or NOTHING)
        if document.note:
            yield Fact("Note", document.note)

    def papers(self, document: BillOfMaterials) -> Iterable[Paper]:
        """The indented list."""
        yield Paper("Bill of materials", f"/api/v1/bills-of-materials/{document.number}/paper")

    def tables(self, request: HttpRequest, document: BillOfMaterials) -> Iterable[Table]:
        """Its lines, the levels below them, and what the item goes into."""
        del request
        lines = document.lines.select_related("item__unit").prefetch_related("alternatives__item__unit")
        yield Table(
            title="Lines",
            columns=(
                Column("Line", number=True),
                Column("Item"),
                Column("What"),
                Column("Quantity", number=True),
                Column("Scrap %", number=True),
                Column("Instead of it"),
            ),
            rows=[
                (
                    line.line,
                    link(line.item, f"{line.item.number} {line.item.name}"),
                    line.get_role_display(),
                    quantity(line.quantity, line.item.unit),
                    line.scrap_percent or NOTHING,
                    ", ".join(each.item.number for each in line.alternatives.all()) or NOTHING,
                )
                for line in lines
            ],
        )
        on = clock.now().date()
        found = explosion_of(document, quantity=document.quantity, on=max(on, document.valid_from))
        yield Table(
            title="Over all levels",
            columns=(Column("Level"), Column("Item"), Column("Quantity", number=True)),
            rows=[
                (
                    f"{'· ' * (each.level - 1)}{each.level}",
                    link(each.item, f"{each.item.number} {each.item.name}"),
                    quantity(each.quantity, each.item.unit),
                )
                for each in found.parts[:MOST_ROWS]
            ],
        )
        yield Table(
            title="Goes into",
            columns=(Column("Item"), Column("Levels up", number=True), Column("In one", number=True)),
            rows=[
                (link(use.item), use.level, quantity(use.quantity, document.item.unit))
                for use in where_used(document.item, on=on)[:MOST_ROWS]
            ],
            empty="It goes into nothing else.",
        )
