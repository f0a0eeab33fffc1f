"""The company, its warehouses and their places, and who may work where."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from apps.accounts.access import PEOPLE, PLACES, SITES
from apps.accounts.models import User
from apps.core import clock
from apps.core.admin import MasterDataAdmin, OwnFilter, TableDataAdmin
from apps.core.admin.cells import NOTHING
from apps.core.admin.resources import DeskResource, resource_of
from apps.core.api.pdf import pdf_response
from apps.journal.actor import Actor
from apps.locations.errors import NoPlaceToLabel, TooManyLabels
from apps.locations.models import (
    Aisle,
    Company,
    DeviceAccess,
    Location,
    TransitTime,
    Warehouse,
    WarehouseAccess,
    Zone,
)
from apps.locations.models.place import LocationQuerySet
from apps.locations.operations import open_warehouse
from apps.locations.pdf import aisle_signs, bin_labels, dock_signs
from apps.locations.queries import bin_labels_of
from apps.locations.signs import aisle_signs_of, dock_signs_of

OPENED_WITH = (
    "code",
    "name",
    "kind",
    "timezone",
    "gln",
    "street",
    "postal_code",
    "city",
    "region",
    "country",
)


@admin.register(Company)
class CompanyAdmin(MasterDataAdmin):
    """The one company."""

    access = SITES
    list_display = ("name", "currency", "gs1_prefix", "city", "country")
    first_step = "Say who you are: the name stands on every paper, the GS1 prefix in every carton's number."

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """One, and only one."""
        return super().has_add_permission(request, obj) and not Company.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        del request, obj
        return False

    def save_model(self, request: HttpRequest, obj: Company, form: object, change: bool) -> None:  # noqa: FBT001 - Django's
        """The one company has the one key."""
        obj.pk = 1
        super().save_model(request, obj, form, change)


class SiteResource(resource_of(Warehouse)):  # type: ignore[misc]
    """Sites from a file: a new one is opened, with the places that goods come from and go to."""

    def do_instance_save(self, instance: Warehouse, is_create: bool) -> None:  # noqa: FBT001 - the library's
        """The import's own transaction is around it, so that a preview opens nothing."""
        if is_create:
            _open(instance, self.user)
        else:
            super().do_instance_save(instance, is_create)


def _open(site: Warehouse, user: User) -> None:
    """Open the site that a form or a file describes; it becomes that row."""
    given = {name: getattr(site, name) for name in OPENED_WITH}
    opened = open_warehouse(**given, by=Actor(user=user), at=clock.now())
    site.pk = opened.pk
    site._state.adding = False  # noqa: SLF001 - Django's documented name
    if not site.is_active:
        site.save(update_fields=["is_active"])


@admin.register(Warehouse)
class WarehouseAdmin(MasterDataAdmin):
    """Sites with stock of their own."""

    access = SITES
    list_display = ("code", "name", "kind", "timezone", "city", "country", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name")
    first_step = "Add a warehouse, then its zones and locations; an import takes a whole rack plan at once."
    fieldsets: ClassVar = (
        (None, {"fields": (("code", "name"), ("kind", "is_active"), ("timezone", "gln"))}),
        ("Address", {"fields": ("street", ("postal_code", "city"), ("region", "country"), ("latitude", "longitude"))}),
        ("Emergencies with dangerous goods", {"fields": (("emergency_phone", "emergency_contact"),)}),
    )

    def get_resource_classes(self, request: HttpRequest) -> list[type[DeskResource]]:
        """A file opens sites as the form does."""
        del request
        return [SiteResource]

    def save_model(self, request: HttpRequest, obj: Warehouse, form: object, change: bool) -> None:  # noqa: FBT001 - Django's
        """A new site is opened; the admin's own transaction is around it, so the edge cannot be."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            _open(obj, cast("User", request.user))


@admin.register(TransitTime)
class TransitTimeAdmin(MasterDataAdmin):
    """How long goods travel from one of our sites to another."""

    access = PLACES
    list_display = ("origin", "target", "days")
    first_step = "Say how many days goods travel between two sites; without it they are expected on the next day."
    list_select_related = ("origin", "target")
    search_fields = ("origin__code", "target__code")
    autocomplete_fields = ("origin", "target")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """It says both sites' codes in its name."""
        return super().get_queryset(request).select_related("origin", "target")


@admin.register(Zone)
class ZoneAdmin(MasterDataAdmin):
    """Parts of a warehouse."""

    access = PLACES
    list_display = ("code", "name", "warehouse", "storage_condition", "velocity", "pick_sequence")
    first_step = "Add a zone: places with one storage condition that are walked in one go."
    list_select_related = ("warehouse", "storage_condition")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("code", "name", "warehouse__code")
    autocomplete_fields = ("warehouse", "storage_condition", "depot")
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    ("warehouse", "code"),
                    "name",
                    ("storage_condition", "velocity"),
                    "pick_sequence",
                )
            },
        ),
        (
            "How it is walked",
            {
                "fields": (("front_mm", "middle_mm", "back_mm"), "depot"),
                "description": (
                    "Where the bins of each aisle have measures, the shortest walk is found by them. Cross aisles that "
                    "are left out run before and behind the bays."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A zone says its warehouse's code in its name."""
        return super().get_queryset(request).select_related("warehouse", "storage_condition")


@admin.register(Aisle)
class AisleAdmin(MasterDataAdmin):
    """Walkways between racks."""

    access = PLACES
    list_display = ("code", "warehouse", "direction", "width_mm")
    first_step = "Add an aisle, or import the places with theirs."
    list_select_related = ("warehouse",)
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("code", "warehouse__code")
    autocomplete_fields = ("warehouse",)
    actions = ("print_signs",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """An aisle says its warehouse's code in its name."""
        return super().get_queryset(request).select_related("warehouse")

    @admin.action(description="Print signs", permissions=["view"])
    def print_signs(self, request: HttpRequest, aisles: QuerySet[Aisle]) -> HttpResponse | None:
        """A sheet for each end of the aisles that were ticked."""
        try:
            signs = aisle_signs_of(Location.objects.filter(aisle__in=aisles))
        except NoPlaceToLabel:
            messages.warning(request, "An aisle without a place in use has no sign.")
            return None
        return pdf_response("aisle-signs", aisle_signs(signs))


@admin.register(Location)
class LocationAdmin(MasterDataAdmin):
    """Bins, docks, benches, totes, and the virtual places goods come from and go to."""

    access = PLACES
    list_display = ("code", "warehouse", "kind", "zone_code", "pick_sequence", "is_active")
    first_step = "Add a dock, a packing bench and some bins, or import a list of places."
    list_select_related = ("warehouse", "zone")
    list_filter = (("warehouse", OwnFilter), "kind", "is_active")
    search_fields = ("code", "zone__code")
    autocomplete_fields = ("warehouse", "zone", "aisle", "storage_condition")
    actions = ("print_labels", "print_dock_signs")
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    ("warehouse", "code"),
                    ("kind", "is_active", "is_cross_dock"),
                    ("zone", "aisle"),
                    ("pick_sequence", "door_use"),
                )
            },
        ),
        ("Where it is", {"fields": (("bay", "level"), ("x_mm", "y_mm", "z_mm"))}),
        (
            "What it takes",
            {
                "fields": (
                    ("max_weight_g", "max_volume_mm3", "max_units"),
                    ("mixes_items", "mixes_lots"),
                    "storage_condition",
                )
            },
        ),
    )

    @admin.display(description="zone", ordering="zone__code")
    def zone_code(self, location: Location) -> str:
        """Its zone."""
        return location.zone.code if location.zone else NOTHING

    @admin.action(description="Print labels", permissions=["view"])
    def print_labels(self, request: HttpRequest, places: QuerySet[Location]) -> HttpResponse | None:
        """A label for each place that was ticked, in walking order."""
        try:
            labels = bin_labels_of(places)
        except TooManyLabels as refusal:
            messages.error(request, str(refusal))
            return None
        if labels:
            return pdf_response("bin-labels", bin_labels(labels))
        messages.warning(request, "Virtual places have no label: nothing can be stuck to them.")
        return None

    @admin.action(description="Print dock signs", permissions=["view"])
    def print_dock_signs(self, request: HttpRequest, places: LocationQuerySet) -> HttpResponse | None:
        """A sheet for each of the doors that were ticked."""
        try:
            return pdf_response("dock-signs", dock_signs(dock_signs_of(places)))
        except NoPlaceToLabel:
            messages.warning(request, "None of them is a dock door or a staging place in use.")
            return None


@admin.register(WarehouseAccess)
class WarehouseAccessAdmin(TableDataAdmin):
    """Who works where, and so sees what."""

    access = PEOPLE
    list_display = ("user", "warehouse")
    list_select_related = ("user", "warehouse")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("user__username", "warehouse__code")
    autocomplete_fields = ("user", "warehouse")
    first_step = "Let somebody work at a warehouse; until then they see nothing of it."


@admin.register(DeviceAccess)
class DeviceAccessAdmin(TableDataAdmin):
    """Which device is used where."""

    access = PEOPLE
    list_display = ("device", "warehouse")
    first_step = "Enrol a device at a warehouse, and it is here."
    list_select_related = ("device", "warehouse")
    list_filter = (("warehouse", OwnFilter),)
    search_fields = ("device__number", "warehouse__code")
    autocomplete_fields = ("device", "warehouse")
