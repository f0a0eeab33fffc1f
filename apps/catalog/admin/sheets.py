"""Safety data sheets at the desk: filed by safety, read by every desk, changed by nobody."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.accounts.access import SAFETY_DATA
from apps.accounts.models import User
from apps.catalog.api.sheets import sheet_response
from apps.catalog.models import SafetySheet, SheetRule
from apps.catalog.models.item import ItemQuerySet
from apps.catalog.models.safety_sheet import SafetySheetQuerySet
from apps.catalog.operations import check_sheet, file_sheet
from apps.catalog.queries import lacking_sheet
from apps.core import clock
from apps.core.admin import DeskAdmin, MasterDataAdmin
from apps.core.admin.cells import day
from apps.core.errors import DomainError, NotFound
from apps.journal.actor import Actor


class InForceFilter(SimpleListFilter):
    """The last revisions: those that are believed today, and those that are not any more."""

    title = "in force"
    parameter_name = "force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What safety asks for."""
        del request, model_admin
        return [("yes", "In force"), ("over", "To be reviewed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As of today."""
        del request
        today = clock.now().date()
        if self.value() == "over":
            return cast("SafetySheetQuerySet", queryset).newest().filter(review_by__lt=today)
        return cast("SafetySheetQuerySet", queryset).in_force(today) if self.value() == "yes" else queryset


class SheetLackingFilter(SimpleListFilter):
    """Hazardous items of which nobody can read how they are handled."""

    title = "safety data sheet"
    parameter_name = "sheet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What safety asks for."""
        del request, model_admin
        return [("none", "Hazardous, none in force")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """As of today."""
        del request
        if self.value() != "none":
            return queryset
        return lacking_sheet(cast("ItemQuerySet", queryset), on=clock.now().date())


class SafetySheetForm(forms.ModelForm):  # type: ignore[type-arg]
    """A revision with its PDF; what the operation would refuse stands at its field."""

    document = forms.FileField(label="PDF")
    review_by = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text="Empty: as the rule says"
    )

    def clean(self) -> dict[str, Any]:
        """Held to the rules before anything is kept."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("document") and told.get("item") and told.get("revised_on"):
            self.content = told["document"].read()
            try:
                told["review_by"] = check_sheet(
                    item=told["item"],
                    content=self.content,
                    revised_on=told["revised_on"],
                    review_by=told["review_by"],
                    on=clock.now().date(),
                )
            except DomainError as refusal:
                self.add_error(None, str(refusal))
        return told


@admin.register(SafetySheet)
class SafetySheetAdmin(DeskAdmin):
    """Revisions of safety data sheets, with what is to be reviewed."""

    access = SAFETY_DATA
    form = SafetySheetForm
    fields = ("item", ("language", "revision"), ("revised_on", "review_by"), "supplier", "document")
    list_display = ("number", "item", "language", "revision", "shown_revised", "shown_review", "supplier", "paper")
    list_select_related = ("item",)
    list_filter = (InForceFilter, "language")
    search_fields = ("number", "item__number", "supplier")
    autocomplete_fields = ("item",)
    first_step = "File the sheet of a hazardous item as its supplier sent it."

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: another revision is filed."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        del request, obj
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """One that is filed has no field for its PDF, and a link to it."""
        filed = ("number", "item", "language", "revision", "revised_on", "review_by", "supplier", "paper")
        return super().get_fields(request, obj) if obj is None else filed

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The link is no field of the form."""
        return super().get_readonly_fields(request, obj) if obj is None else ("number", "paper")

    @admin.display(description="Revised", ordering="revised_on")
    def shown_revised(self, sheet: SafetySheet) -> SafeString | str:
        """The day."""
        return day(sheet.revised_on)

    @admin.display(description="Review by", ordering="review_by")
    def shown_review(self, sheet: SafetySheet) -> SafeString | str:
        """The day."""
        return day(sheet.review_by)

    @admin.display(description="PDF")
    def paper(self, sheet: SafetySheet) -> SafeString:
        """Where it is read."""
        return format_html('<a href="{}">Open</a>', reverse("admin:catalog_safetysheet_file", args=[sheet.pk]))

    def save_model(self, request: HttpRequest, obj: SafetySheet, form: Any, change: bool) -> None:  # noqa: FBT001
        """Filed by the operation."""
        del change
        filed = file_sheet(
            item_id=obj.item_id,
            language=obj.language,
            revision=obj.revision,
            revised_on=obj.revised_on,
            review_by=obj.review_by,
            supplier=obj.supplier,
            document=b64encode(form.content).decode(),
            by=Actor(user=cast("User", request.user)),
            at=clock.now(),
        )
        obj.pk, obj.number = filed.pk, filed.number

    def get_urls(self) -> list[URLPattern]:
        """With that of a sheet's PDF."""
        name = "catalog_safetysheet_file"
        return [path("<int:pk>/file", self.admin_site.admin_view(self.file), name=name), *super().get_urls()]

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF, to who may see its row. Raises `NotFound`."""
        sheet = self.get_object(request, str(pk))
        if sheet is None or not self.has_view_permission(request, sheet):
            raise NotFound(kind="safety data sheet", number=str(pk))
        return sheet_response(sheet)


@admin.register(SheetRule)
class SheetRuleAdmin(MasterDataAdmin):
    """For how long sheets are believed."""

    access = SAFETY_DATA
    list_display = ("months", "effective_on", "is_verified", "source")
    first_step = "Say for how many months a sheet is believed after its revision."
