"""Serial numbers and handling units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from apps.accounts.access import STOCK
from apps.accounts.roles import Role
from apps.core.admin import OwnFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, named
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import Button, PageAdmin
from apps.ledger.admin.cells import balances_table, table_of_moves
from apps.ledger.models import HandlingUnit, SerialNumber, StockBalance, StockMove
from apps.ledger.operations import close_unit, reopen_unit, retire_unit, unnest_unit
from apps.ledger.queries.units import tree_of

ANY_ROLE = tuple(role for role in Role if role != Role.AUDITOR)
"""Whoever works on the floor."""


@admin.register(SerialNumber)
class SerialNumberAdmin(PageAdmin):
    """Single units by the number on them."""

    access = STOCK
    list_display = ("number", "item", "lot", "created_at")
    list_select_related = ("item", "lot")
    list_filter = (("item", AutocompleteSelectFilter),)
    search_fields = ("number", "item__number", "lot__number")
    first_step = "Serial numbers are scanned when goods of an item with serial numbers are received."

    def facts(self, document: SerialNumber) -> Iterable[Fact]:
        """Which unit of what."""
        yield Fact("Item", link(document.item, f"{document.item.number} {document.item.name}"))
        yield Fact("Lot", link(document.lot))

    def tables(self, request: HttpRequest, document: SerialNumber) -> Iterable[Table]:
        """Where it is and has been."""
        yield balances_table(request, document.balances.filter(on_hand__gt=0))
        yield table_of_moves(request, document.moves.all(), empty="None where you work.")


@admin.register(HandlingUnit)
class HandlingUnitAdmin(PageAdmin):
    """Pallets, cartons, totes and containers."""

    access = STOCK
    list_display = ("number", "kind", "location", "parent", "warehouse", "document", "stands")
    list_select_related = ("location", "parent", "warehouse")
    list_filter = (
        ("warehouse", OwnFilter),
        "kind",
        ("closed_at", admin.EmptyFieldListFilter),
        ("retired_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("number", "sscc", "location__code", "labels__number", "document")
    first_step = "Packing opens cartons; receiving opens pallets."
    buttons = (
        Button(
            name="close",
            label="Close",
            operation=close_unit,
            argument="unit_id",
            done="%s takes nothing until it is opened.",
            roles=ANY_ROLE,
            when=lambda unit: _is_own(unit) and unit.closed_at is None,
            icon="lock",
        ),
        Button(
            name="open",
            label="Open",
            operation=reopen_unit,
            argument="unit_id",
            done="%s is open.",
            roles=ANY_ROLE,
            when=lambda unit: _is_own(unit) and unit.closed_at is not None,
            icon="lock_open",
        ),
        Button(
            name="unnest",
            label="Take out",
            operation=unnest_unit,
            argument="unit_id",
            done="%s stands by itself.",
            roles=ANY_ROLE,
            when=lambda unit: _is_own(unit) and unit.parent_id is not None,
            icon="logout",
        ),
        Button(
            name="retire",
            label="Retire",
            operation=retire_unit,
            argument="unit_id",
            done="%s is out of use.",
            roles=ANY_ROLE,
            when=lambda unit: (
                _is_own(unit)
                and not unit.children.exists()
                and not StockBalance.objects.on_hand().filter(unit=unit).exists()
            ),
            icon="delete_sweep",
            grave=True,
        ),
    )

    @admin.display(description="state")
    def stands(self, unit: HandlingUnit) -> SafeString:
        """Open, closed or out of use."""
        if unit.retired_at is not None:
            return badge("Out of use", Tone.WAITING)
        return badge("Closed", Tone.READY) if unit.closed_at is not None else badge("Open", Tone.PROGRESS)

    def facts(self, document: HandlingUnit) -> Iterable[Fact]:
        """What it is and where."""
        yield Fact("Kind", document.get_kind_display())
        yield Fact("State", self.stands(document))
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Location", link(document.location))
        yield Fact("Inside", link(document.parent))
        yield Fact("SSCC", document.sscc or NOTHING)
        if document.document:
            yield Fact("Serves", named(document.document))
        former = [label.number for label in document.labels.all()]
        if former:
            yield Fact("Was labelled", ", ".join(former))

    def tables(self, request: HttpRequest, document: HandlingUnit) -> Iterable[Table]:
        """How it is nested, what is in it, and how that came and went."""
        tree = tree_of(document)
        yield Table(
            title="Nested",
            columns=(Column("Unit"), Column("Kind"), Column("Location"), Column("Goods", number=True)),
            rows=[
                (
                    format_html("{}{}", mark_safe("&emsp;" * branch.level), link(branch.unit)),  # noqa: S308 - ours
                    branch.unit.get_kind_display(),
                    link(branch.unit.location),
                    branch.kinds,
                )
                for branch in tree
            ],
            empty="It stands by itself.",
        )
        inside = [branch.unit.pk for branch in tree if branch.inside] or [document.pk]
        goods = StockBalance.objects.on_hand().filter(unit__in=inside).order_by("unit__number", "item__number")
        yield balances_table(request, goods)
        yield table_of_moves(
            request,
            StockMove.objects.filter(Q(source_unit=document) | Q(target_unit=document)),
            empty="Nothing was ever put into it where you work.",
        )

    def family(self, document: HandlingUnit) -> Sequence[str]:
        """The trail knows it by the number that it bore at the time."""
        return [document.number, *(label.number for label in document.labels.all())]


def _is_own(unit: HandlingUnit) -> bool:
    """Whether it serves no document and is in use."""
    return not unit.document and unit.retired_at is None
