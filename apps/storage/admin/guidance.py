"""Pick faces and how they are filled up, and where received goods were sent and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from unfold.decorators import action

from apps.accounts.access import FLOOR, PLACES
from apps.core.admin import MasterDataAdmin, OwnFilter, StateFilter
from apps.core.admin.cells import NOTHING, link, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.core.decimals import plain
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import status_badge
from apps.storage.models import FacePool, ItemVelocity, PickFace, Putaway, PutawayRule, Replenishment
from apps.storage.pages import may_ask
from apps.tasks.admin import amount_of, task_badge, what_of


class AsksWhere:
    """A list from which one asks where goods would go."""

    actions_list = ("where",)

    @action(description="Where would it go?", url_path="where", permissions=["ask"], icon="explore")  # type: ignore[untyped-decorator]
    def where(self, request: HttpRequest) -> HttpResponse:
        """The page of its own."""
        del request
        return HttpResponseRedirect(reverse("desk-putaway-ranking"))

    def has_ask_permission(self, request: HttpRequest) -> bool:
        """Whoever sees putaways."""
        return may_ask(request)


@admin.register(PickFace)
class PickFaceAdmin(MasterDataAdmin):
    """Items' own bins to pick from."""

    access = PLACES
    list_display = ("item", "location", "warehouse", "least", "most", "is_dynamic", "assigned_at")
    list_select_related = ("item__unit", "location__warehouse")
    list_filter = (("location__warehouse", OwnFilter), "is_dynamic")
    search_fields = ("item__number", "location__code")
    autocomplete_fields = ("item", "location")
    first_step = "Give a fast mover a bin of its own at hand height, with a minimum that calls for more."

    def get_readonly_fields(self, request: HttpRequest, obj: PickFace | None = None) -> Any:
        """A face out of a pool may be left to its item for good, and no other becomes dynamic by hand."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is not None and obj.is_dynamic else (*fields, "is_dynamic")

    @admin.display(description="warehouse")
    def warehouse(self, face: PickFace) -> str:
        """Where."""
        return face.location.warehouse.code

    @admin.display(description="minimum", ordering="minimum")
    def least(self, face: PickFace) -> SafeString:
        """Below this it is filled up."""
        return quantity(face.minimum, face.item.unit)

    @admin.display(description="maximum", ordering="maximum")
    def most(self, face: PickFace) -> SafeString:
        """What fits."""
        return quantity(face.maximum, face.item.unit)


@admin.register(FacePool)
class FacePoolAdmin(MasterDataAdmin):
    """Zones whose free pick faces are given to what is waited for."""

    access = PLACES
    list_display = ("zone", "minimum_each", "maximum_each", "measure", "idle_days", "is_active")
    list_filter = (("zone__warehouse", OwnFilter), "measure", "is_active")
    search_fields = ("zone__code", "zone__name", "zone__warehouse__code")
    autocomplete_fields = ("zone",)
    first_step = "Name a zone of pick faces that no item owns: each is given to an item that orders wait for."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A pool is named after its zone."""
        return super().get_queryset(request).select_related("zone__warehouse")

    @admin.display(description="minimum", ordering="minimum")
    def minimum_each(self, pool: FacePool) -> str:
        """Below this a face is filled up."""
        return plain(pool.minimum)

    @admin.display(description="maximum", ordering="maximum")
    def maximum_each(self, pool: FacePool) -> str:
        """What a face should hold."""
        return plain(pool.maximum)


@admin.register(PutawayRule)
class PutawayRuleAdmin(AsksWhere, MasterDataAdmin):
    """Which goods go where."""

    access = PLACES
    list_display = ("code", "name", "warehouse", "priority", "strength", "zone_code", "location_kind", "is_active")
    list_filter = (("warehouse", OwnFilter), "strength", "is_active")
    search_fields = ("code", "name", "zone__code", "item__number", "category__code")
    autocomplete_fields = ("warehouse", "item", "category", "hazard_class", "storage_condition", "zone")
    first_step = "Say where certain goods go: frozen goods only to the cold zone, fast movers rather near the door."
    fieldsets: ClassVar = (
        (None, {"fields": (("warehouse", "code"), ("name", "is_active"), ("priority", "strength", "points"))}),
        (
            "Goods that are",
            {
                "fields": (
                    ("item", "category"),
                    ("hazard_class", "storage_condition"),
                    ("status", "comes_on", "velocity"),
                )
            },
        ),
        ("go to", {"fields": (("zone", "location_kind"),)}),
        ("Who says so", {"fields": ("source", "note")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A zone says its warehouse's code in its name."""
        return super().get_queryset(request).select_related("warehouse", "zone")

    @admin.display(description="zone", ordering="zone__code")
    def zone_code(self, rule: PutawayRule) -> str:
        """Where."""
        return rule.zone.code if rule.zone is not None else NOTHING


@admin.register(ItemVelocity)
class ItemVelocityAdmin(MasterDataAdmin):
    """How fast items move."""

    access = PLACES
    list_display = ("item", "warehouse", "velocity", "is_fixed")
    list_select_related = ("item", "warehouse")
    list_filter = (("warehouse", OwnFilter), "velocity", "is_fixed")
    search_fields = ("item__number", "item__name")
    autocomplete_fields = ("item", "warehouse")
    first_step = "Say which items move fast, and which zones are meant for them: proposals bring them together."


class HomeFilter(SimpleListFilter):
    """By whether a bin was found."""

    title = "home"
    parameter_name = "home"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What needs somebody."""
        del request, model_admin
        return [("none", "No bin found")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The open ones without a home."""
        del request
        return queryset.homeless() if self.value() == "none" else queryset


@admin.register(Putaway)
class PutawayAdmin(AsksWhere, PageAdmin):
    """Proposed bins with their reasons, and overrides."""

    access = FLOOR
    list_display = ("task", "stands", "item", "amount", "proposed", "override_reason")
    list_select_related = ("task__item__unit", "task__unit", "task__warehouse", "proposed")
    list_filter = (HomeFilter, ("task__state", StateFilter), ("task__warehouse", OwnFilter))
    search_fields = ("task__number", "task__document", "task__item__number", "task__unit__number", "proposed__code")
    first_step = "Closing a receipt proposes a bin for everything on the dock."

    @admin.display(description="state", ordering="task__state")
    def stands(self, putaway: Putaway) -> SafeString:
        """Where the task stands."""
        return task_badge(putaway.task)

    @admin.display(description="item")
    def item(self, putaway: Putaway) -> object:
        """What, or which handling unit."""
        return what_of(putaway.task)

    @admin.display(description="quantity")
    def amount(self, putaway: Putaway) -> SafeString:
        """How much."""
        return amount_of(putaway.task)

    def trail_number(self, document: Putaway) -> str:
        """The trail names the task."""
        return document.task.number

    def facts(self, document: Putaway) -> Iterable[Fact]:
        """What goes where."""
        yield Fact("Task", link(document.task))
        yield Fact("State", task_badge(document.task))
        yield Fact("Item", link(document.task.item))
        yield Fact("Handling unit", link(document.task.unit))
        yield Fact("Quantity", amount_of(document.task))
        yield Fact("Status", status_badge(document.status))
        yield Fact("Proposed bin", link(document.proposed))
        passed = (f"{each['code']} ({each['reason']})" for each in document.passed_over)
        yield Fact("Could not be put to", ", ".join(passed) or NOTHING)
        yield Fact("Put to another bin because", document.override_reason or NOTHING)

    def tables(self, request: HttpRequest, document: Putaway) -> Iterable[Table]:
        """Why this bin."""
        del request
        yield Table(
            title="Why this bin",
            columns=(Column("Rule"), Column("Points", number=True), Column("Because")),
            rows=[
                (reason.get("rule", ""), reason.get("points", ""), reason.get("because") or reason.get("sentence", ""))
                if isinstance(reason, dict)
                else ("", "", reason)
                for reason in document.reasons
            ],
            empty="No bin was proposed: none fits.",
        )


@admin.register(Replenishment)
class ReplenishmentAdmin(PageAdmin):
    """Pick faces that are filled up, and what was not there."""

    access = FLOOR
    list_display = ("task", "stands", "item", "amount", "brings_from", "face", "short_reason")
    list_select_related = ("task__item__unit", "task__warehouse", "task__source", "task__target")
    list_filter = (("task__state", StateFilter), ("task__warehouse", OwnFilter))
    search_fields = ("task__number", "task__item__number", "task__source__code", "task__target__code")
    first_step = "Give pick faces a minimum: every ten minutes those below it are filled up from the reserve."

    @admin.display(description="state", ordering="task__state")
    def stands(self, replenishment: Replenishment) -> SafeString:
        """Where the task stands."""
        return task_badge(replenishment.task)

    @admin.display(description="item")
    def item(self, replenishment: Replenishment) -> str:
        """What."""
        return replenishment.task.goods.number

    @admin.display(description="quantity")
    def amount(self, replenishment: Replenishment) -> SafeString:
        """How much is asked for."""
        return quantity(replenishment.task.quantity, replenishment.task.goods.unit)

    @admin.display(description="from")
    def brings_from(self, replenishment: Replenishment) -> str:
        """The place in the reserve."""
        return replenishment.task.source.code

    @admin.display(description="pick face")
    def face(self, replenishment: Replenishment) -> str:
        """The bin that is filled up."""
        return replenishment.task.target.code if replenishment.task.target is not None else NOTHING

    def facts(self, document: Replenishment) -> Iterable[Fact]:
        """What goes where."""
        unit = document.task.goods.unit
        yield Fact("Task", link(document.task))
        yield Fact("State", task_badge(document.task))
        yield Fact("Item", link(document.task.item))
        yield Fact("Lot", link(document.task.lot))
        yield Fact("From", link(document.task.source))
        yield Fact("Pick face", link(document.task.target))
        yield Fact("Asked for", quantity(document.task.quantity, unit))
        yield Fact("Brought", quantity(document.brought, unit))
        yield Fact("Less was brought because", document.short_reason or NOTHING)

    def tables(self, request: HttpRequest, document: Replenishment) -> Iterable[Table]:
        """Why."""
        del request
        yield Table(
            title="Why",
            columns=(Column("Because"),),
            rows=[(reason,) for reason in document.reasons],
            empty="No reason was kept.",
        )
