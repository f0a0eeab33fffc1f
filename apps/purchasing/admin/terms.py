"""What suppliers ask, and up to which value who may bind the company."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import APPROVALS, PRICES
from apps.accounts.roles import Role
from apps.core.admin import MasterDataAdmin, worker_of
from apps.core.admin.cells import money, quantity
from apps.locations.queries import company_currency
from apps.purchasing.models import ApprovalLimit, SupplierItem


@admin.register(SupplierItem)
class SupplierItemAdmin(MasterDataAdmin):
    """What suppliers ask for our items."""

    access = PRICES
    list_display = (
        "supplier",
        "item",
        "supplier_code",
        "from_quantity",
        "price",
        "multiple_quantity",
        "over_tolerance_percent",
        "lead_time_days",
        "lead_time_spread_days",
    )
    list_select_related = ("supplier", "item__unit")
    search_fields = ("supplier__number", "supplier__name", "item__number", "supplier_code")
    autocomplete_fields = ("supplier", "item")
    first_step = "Add a supplier's price, or import their list; orders then find it by themselves."

    @admin.display(description="from", ordering="minimum_quantity")
    def from_quantity(self, price: SupplierItem) -> SafeString:
        """The price holds from this quantity on."""
        return quantity(price.minimum_quantity, price.item.unit)


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(MasterDataAdmin):
    """Up to which value a role approves orders; nobody sets the limit of a role of their own."""

    access = APPROVALS
    list_display = ("role", "up_to")
    search_fields = ("role",)
    first_step = "Say up to which value a role approves purchase orders; without any limit nobody is limited."

    @admin.display(description="up to", ordering="most")
    def up_to(self, limit: ApprovalLimit) -> SafeString | str:
        """In the company's currency."""
        if limit.most is None:
            return "any value"
        return money(limit.most, company_currency())

    def formfield_for_choice_field(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Only roles that the person does not hold."""
        worker = worker_of(request)
        kwargs["choices"] = [
            (value, label)
            for value, label in db_field.flatchoices
            if worker.is_superuser or not worker.has_role(Role(value))
        ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not of a role that the person holds: nobody lifts their own limit."""
        if not super().has_change_permission(request, obj):
            return False
        worker = worker_of(request)
        return not isinstance(obj, ApprovalLimit) or worker.is_superuser or not worker.has_role(Role(obj.role))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: without any limit nobody would be limited."""
        del request, obj
        return False

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Never: a file would not ask whose role it is."""
        del request
        return False
