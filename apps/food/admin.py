"""Listed foods, what items are, codes of lots and plans at the desk; and on a lot's page its records to take out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanWidget

from apps.accounts.access import FOOD_PLANS, FOODS
from apps.core.admin import MasterDataAdmin, worker_of
from apps.core.admin.cells import NOTHING, day, link, moment
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.epcis.admin import ToldLotAdmin
from apps.food.models import FoodDetermination, ListedFood, TraceabilityLotCode, TraceabilityPlan
from apps.food.operations import MAY_DETERMINE, MAY_STATE, determine_food, publish_plan, state_code
from apps.journal.admin.draft import DraftAdmin, choose, day_field, text_field
from apps.ledger.models import Lot
from apps.traceability.operations.trail import MAY_READ_TRACES

LONGEST = 4000


@admin.register(ListedFood)
class ListedFoodAdmin(MasterDataAdmin):
    """The list, edition by edition: what leaves it gets a last day."""

    access = FOODS
    list_display = ("code", "name", "effective_on", "until_on", "is_verified", "source")
    list_filter = ("is_verified",)
    search_fields = ("code", "name", "note")
    first_step = "Enter the foods of the list with the day from which each is on it."


@admin.register(FoodDetermination)
class FoodDeterminationAdmin(DraftAdmin):
    """Which food an item is, by whose decision; the last one counts."""

    access = FOOD_PLANS
    drafted_by = MAY_DETERMINE
    draft_label = "Decide"
    drafted = "Decided; what was decided before stays on record."
    list_display = ("item", "what", "effective_on", "basis", "decided_by", "when")
    list_display_links = ("item",)
    list_select_related = ("item", "food", "decided_by")
    list_filter = ("food",)
    search_fields = ("item__number", "item__name", "food__name", "basis")
    first_step = "Decide for each item whether it is a food of the list; records are asked for by that."

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which item, which food, from when, why."""
        return {
            "item": choose(FoodDetermination, "item", request),
            "food": choose(FoodDetermination, "food", request, required=False, help_text="Empty: none of the list"),
            "effective_on": day_field(label="From"),
            "basis": text_field(max_length=200, help_text="Why, as what the label or the supplier says"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Decided at once."""
        del lines
        item, food = head.pop("item"), head.pop("food")
        return determine_food, {"item_id": item.pk, "food_id": food.pk if food is not None else None, **head}

    @admin.display(description="food", ordering="food__name")
    def what(self, decided: FoodDetermination) -> str:
        """The food, or that it is none."""
        return str(decided.food) if decided.food is not None else "not on the list"

    @admin.display(description="decided", ordering="created_at")
    def when(self, decided: FoodDetermination) -> str:
        """In universal time."""
        return moment(decided.created_at)

    def facts(self, document: FoodDetermination) -> Iterable[Fact]:
        """What was decided, why and by whom."""
        yield Fact("Item", link(document.item))
        yield Fact("Is", link(document.food) if document.food is not None else "not on the list")
        yield Fact("From", day(document.effective_on))
        yield Fact("Because", document.basis)
        yield Fact("Decided", moment(document.created_at))
        yield Fact("By", document.decided_by)


@admin.register(TraceabilityLotCode)
class TraceabilityLotCodeAdmin(DraftAdmin):
    """Codes of lots as they were written down, corrections with their reasons."""

    access = FOOD_PLANS
    drafted_by = MAY_STATE
    draft_label = "Write down"
    drafted = "The lot is traced by this code from now on."
    list_display = ("code", "lot", "item", "source", "reason", "stated_by", "when")
    list_select_related = ("lot__item", "party", "site", "stated_by")
    search_fields = ("code", "lot__number", "lot__item__number", "party__number", "reference")
    first_step = "Write down who assigned a lot's code where the delivery says so; records tell it from then on."

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """Which lot, which code, one source."""
        model = TraceabilityLotCode
        return {
            "lot": choose(model, "lot", request),
            "code": text_field(max_length=80, label="Traceability lot code"),
            "party": choose(model, "party", request, required=False, label="Assigned by", help_text="A partner"),
            "site": choose(
                model, "site", request, required=False, label="or by our site", help_text="Where the lot was made"
            ),
            "reference": text_field(
                max_length=200, required=False, label="or by", help_text="What leads to them: a GLN, an address"
            ),
            "is_exempt_source": forms.BooleanField(
                required=False, label="Bought of an exempt supplier", widget=UnfoldBooleanWidget()
            ),
            "reason": text_field(max_length=200, required=False, help_text="Of a correction"),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Written down at once."""
        del lines
        lot, party, site = head.pop("lot"), head.pop("party"), head.pop("site")
        told = {"party_id": party.pk if party else None, "site_id": site.pk if site else None}
        return state_code, {"lot_id": lot.pk, **told, **head}

    @admin.display(description="item", ordering="lot__item__number")
    def item(self, stated: TraceabilityLotCode) -> str:
        """Of the lot."""
        return str(stated.lot.item)

    @admin.display(description="assigned by")
    def source(self, stated: TraceabilityLotCode) -> str:
        """Whichever of the three is named."""
        return str(stated.party or stated.site or stated.reference)

    @admin.display(description="stated", ordering="created_at")
    def when(self, stated: TraceabilityLotCode) -> str:
        """In universal time."""
        return moment(stated.created_at)

    def facts(self, document: TraceabilityLotCode) -> Iterable[Fact]:
        """What was stated and why."""
        yield Fact("Lot", link(document.lot))
        yield Fact("Item", link(document.lot.item))
        yield Fact("Assigned by", self.source(document))
        yield Fact("Bought of an exempt supplier", "yes" if document.is_exempt_source else "no")
        yield Fact("Reason of the correction", document.reason or NOTHING)
        yield Fact("Stated", moment(document.created_at))
        yield Fact("By", document.stated_by)


@admin.register(TraceabilityPlan)
class TraceabilityPlanAdmin(DraftAdmin):
    """Plans, each kept when another follows."""

    access = FOOD_PLANS
    drafted_by = MAY_DETERMINE
    draft_label = "Publish"
    drafted = "The plan is published; those before it are kept."
    list_display = ("number", "effective_on", "contact", "phone", "published_by", "when")
    list_select_related = ("published_by",)
    search_fields = ("number", "contact", "records")
    first_step = "Publish how records of listed foods are kept, and who is asked about them."

    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """The plan's parts."""
        del request
        parts = {
            name: forms.CharField(
                max_length=LONGEST,
                label=TraceabilityPlan._meta.get_field(name).verbose_name.capitalize(),  # type: ignore[union-attr]
                widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
            )
            for name in ("records", "identification", "assignment")
        }
        return {
            "effective_on": day_field(label="From"),
            **parts,
            "contact": text_field(max_length=80, label="Whom to ask"),
            "phone": text_field(max_length=40),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Published at once."""
        del lines
        return publish_plan, head

    @admin.display(description="published", ordering="created_at")
    def when(self, plan: TraceabilityPlan) -> str:
        """In universal time."""
        return moment(plan.created_at)

    def facts(self, document: TraceabilityPlan) -> Iterable[Fact]:
        """Since when, and who answers."""
        yield Fact("From", day(document.effective_on))
        yield Fact("Whom to ask", f"{document.contact}, {document.phone}")
        yield Fact("Published", moment(document.created_at))
        yield Fact("By", document.published_by)

    def papers(self, document: TraceabilityPlan) -> Iterable[Paper]:
        """The plan itself."""
        yield Paper("Traceability plan (PDF)", reverse("traceabilityplan-pdf", args=[document.number]))

    def tables(self, request: HttpRequest, document: TraceabilityPlan) -> Iterable[Table]:
        """Its words."""
        del request
        parts = (
            ("How records are kept", document.records),
            ("How listed foods are identified", document.identification),
            ("How lot codes are assigned", document.assignment),
        )
        yield Table(title="The plan", columns=(Column("Part"), Column("Words")), rows=parts)


class FoodLotAdmin(ToldLotAdmin):
    """A lot, with its records as a regulator asks for them."""

    def papers(self, document: Lot) -> Iterable[Paper]:
        """Its events, alone and with what it was made of and into."""
        yield from super().papers(document)
        address = reverse("food-records-file")
        yield Paper("Food records (XLSX)", f"{address}?lot={document.pk}&traced=true")

    def tables(self, request: HttpRequest, document: Lot) -> Iterable[Table]:
        """What was stated of its code, for those who read traces."""
        yield from super().tables(request, document)
        stated = list(document.traceability_codes.select_related("party", "site", "stated_by"))
        if stated and worker_of(request).has_role(*MAY_READ_TRACES):
            yield Table(
                title="Traceability lot code",
                columns=(Column("Code"), Column("Assigned by"), Column("Because"), Column("Stated")),
                rows=[
                    (
                        link(said, said.code),
                        said.party or said.site or said.reference,
                        said.reason,
                        moment(said.created_at),
                    )
                    for said in stated
                ],
            )


# The page of a lot is of an app below, which knows nothing of foods.
admin.site.unregister(Lot)
admin.site.register(Lot, FoodLotAdmin)
