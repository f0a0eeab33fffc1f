"""What is inspected and what people are certified for: master data with its sources."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import WORKPLACE
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.core.admin.bases import DeskInline
from apps.core.admin.cells import NOTHING, Tone, badge
from apps.workplace.models import AssetKind, CertificateKind, Checklist, ChecklistLine, SiteAsset
from apps.workplace.queries import out_of_service


@admin.register(CertificateKind)
class CertificateKindAdmin(MasterDataAdmin):
    """What people are certified for, each with the paragraph it comes from."""

    access = WORKPLACE
    list_display = ("code", "name", "valid_months", "source", "effective_on", "is_verified")
    list_filter = ("is_verified",)
    search_fields = ("code", "name", "source")
    first_step = "Name what some of the work needs a certificate for, and for how many months it counts."


@admin.register(AssetKind)
class AssetKindAdmin(MasterDataAdmin):
    """Kinds of things, and what is out of service when one fails."""

    access = WORKPLACE
    list_display = ("code", "name", "takes_out", "critical_days", "other_days")
    list_filter = ("takes_out",)
    search_fields = ("code", "name")
    first_step = "Name a kind of thing that is inspected, such as extinguishers."


class ChecklistLineInline(DeskInline):
    """What is looked at."""

    access = WORKPLACE
    model = ChecklistLine


@admin.register(Checklist)
class ChecklistAdmin(MasterDataAdmin):
    """What is looked at, how often, and by which paragraph."""

    access = WORKPLACE
    list_display = ("code", "name", "kind", "every", "period", "source", "effective_on", "is_verified", "is_active")
    list_select_related = ("kind",)
    list_filter = ("is_verified", "is_active", "kind")
    search_fields = ("code", "name", "source")
    autocomplete_fields = ("kind",)
    inlines = (ChecklistLineInline,)
    first_step = "Write down what is looked at on a kind of thing, how often, and the paragraph that asks for it."


@admin.register(SiteAsset)
class SiteAssetAdmin(MasterDataAdmin):
    """The things of each site, and whether they are in service."""

    access = WORKPLACE
    list_display = ("number", "name", "kind", "warehouse", "where", "service", "is_active")
    list_select_related = ("kind", "warehouse", "location", "aisle", "zone__warehouse")
    list_filter = (("warehouse", OwnFilter), "kind", "is_active")
    search_fields = ("number", "name")
    autocomplete_fields = ("kind", "warehouse", "location", "aisle", "zone")
    first_step = "Add extinguishers, exits, racks and trucks by the number on them; what is due is asked for by itself."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With whether each is out of service."""
        rows: Any = super().get_queryset(request)
        return rows.annotate(is_out=out_of_service())  # type: ignore[no-any-return]

    @admin.display(description="at")
    def where(self, asset: SiteAsset) -> str:
        """Its place, aisle or zone."""
        return str(asset.location or asset.aisle or asset.zone or NOTHING)

    @admin.display(description="service", ordering="is_out")
    def service(self, asset: Any) -> SafeString:
        """In service or not."""
        return badge("Out of service", Tone.BLOCKED) if asset.is_out else badge("In service", Tone.DONE)
