"""Stocking policies, and what ordering and keeping costs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.accounts.access import POLICIES, PRICES
from apps.core import clock
from apps.core.admin import MasterDataAdmin, OwnFilter
from apps.core.admin.cells import Tone, badge, grouped, quantity
from apps.core.admin.page import Column, Table
from apps.core.decimals import plain
from apps.journal.desk import act
from apps.planning.models import HoldingRate, OrderingCost, StockingPolicy
from apps.planning.operations import reckon_policies
from apps.planning.queries import Basis, bases_for, ladder
from apps.planning.states import PolicyMethod, ServiceKind


class LowFilter(SimpleListFilter):
    """Policies in force by whether less is available than their minimum."""

    title = "running short"
    parameter_name = "low"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Only what runs short."""
        del request, model_admin
        return [("yes", "Below the minimum")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows asked for."""
        del request
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=StockingPolicy.objects.low(clock.now()).values("pk"))


@admin.register(StockingPolicy)
class StockingPolicyAdmin(MasterDataAdmin):
    """How much of each item a warehouse keeps."""

    access = POLICIES
    list_display = ("item", "warehouse", "there", "coming", "least", "most", "set_by", "supplier", "is_active")
    list_select_related = ("item__unit", "warehouse", "supplier")
    list_filter = (LowFilter, ("warehouse", OwnFilter), "method", "is_active")
    search_fields = ("item__number", "item__name", "supplier__number", "supplier__name")
    autocomplete_fields = ("item", "supplier")
    actions = ("reckon_now",)
    readonly_fields = ("why", "what_if")
    fieldsets = (
        (None, {"fields": ("warehouse", "item", "minimum", "target", "supplier", "is_active")}),
        (
            "Service level",
            {"fields": ("method", "service_percent", "service_kind", "demand_model", "review_days", "why", "what_if")},
        ),
    )
    first_step = "Say how much of an item to keep: at the minimum it is proposed for reorder, up to the target."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what there is and what comes."""
        rows: Any = super().get_queryset(request)
        return rows.with_position(clock.now())  # type: ignore[no-any-return]

    @admin.display(description="available", ordering="available")
    def there(self, policy: Any) -> SafeString:
        """May be promised now; in orange when less than the minimum."""
        cell = quantity(policy.available, policy.item.unit)
        return badge(cell, Tone.LATE) if policy.is_active and policy.available < policy.minimum else cell

    @admin.display(description="on order")
    def coming(self, policy: Any) -> SafeString:
        """Expected, and on orders that wait for approval."""
        return quantity(policy.inbound + policy.raised, policy.item.unit)

    @admin.display(description="minimum", ordering="minimum")
    def least(self, policy: StockingPolicy) -> SafeString:
        """At or below it more is ordered."""
        return quantity(policy.minimum, policy.item.unit)

    @admin.display(description="target", ordering="target")
    def most(self, policy: StockingPolicy) -> SafeString:
        """So much is ordered up to."""
        return quantity(policy.target, policy.item.unit)

    @admin.display(description="set", ordering="service_percent")
    def set_by(self, policy: StockingPolicy) -> str:
        """By hand, or from which service level."""
        if policy.method == PolicyMethod.HAND or policy.service_percent is None:
            return "by hand"
        return f"{plain(policy.service_percent)} %, {'cycles' if policy.service_kind == ServiceKind.CYCLE else 'units'}"

    @admin.display(description="Why")
    def why(self, policy: StockingPolicy) -> SafeString | str:
        """The sentences of the last morning."""
        if not policy.reasons:
            return "Set by hand." if policy.method == PolicyMethod.HAND else "To be reckoned next morning, or at once."
        return format_html_join(mark_safe("<br>"), "{}", ((each["because"],) for each in policy.reasons))

    @admin.display(description="What if")
    def what_if(self, policy: StockingPolicy) -> SafeString | str:
        """What some service levels would ask for, before one is saved."""
        if policy._state.adding:  # noqa: SLF001 - Django's documented name
            return "Save the policy first."
        (basis,) = bases_for([policy], clock.now())
        if basis.missing:
            return basis.missing
        return render_to_string("admin/stillage/table.html", {"table": _ladder(basis)})

    @admin.action(description="Reckon from the service level now", permissions=["change"])
    def reckon_now(self, request: HttpRequest, policies: QuerySet[StockingPolicy]) -> None:
        """Those that follow one; the others stay."""
        sites: dict[int, list[int]] = {}
        for pk, warehouse_id in policies.order_by("pk").values_list("pk", "warehouse"):
            sites.setdefault(warehouse_id, []).append(pk)
        for warehouse_id, pks in sites.items():
            act(
                request,
                reckon_policies,
                done="Reckoned: the figures of %s changed.",
                render=len,
                warehouse_id=warehouse_id,
                policy_ids=pks,
            )


def _ladder(basis: Basis) -> Table:
    unit = basis.policy.item.unit
    return Table(
        title="What service levels ask for",
        columns=(
            Column("Service level"),
            *(
                Column(title, number=True)
                for title in ("Minimum", "Target", "Safety stock", "Demand", "Lead time", "Forecast", "Tied up")
            ),
        ),
        rows=[
            (
                f"{plain(each.percent)} %",
                *(
                    quantity(amount, unit)
                    for amount in (
                        each.minimum,
                        each.target,
                        each.safety,
                        each.for_demand,
                        each.for_lead_time,
                        each.for_forecast,
                    )
                ),
                grouped(each.tied_up) if each.tied_up is not None else "n/a",
            )
            for each in ladder(basis)
        ],
    )


@admin.register(OrderingCost)
class OrderingCostAdmin(MasterDataAdmin):
    """What an order with a supplier costs, whatever is on it."""

    access = PRICES
    list_display = ("supplier", "cost")
    list_select_related = ("supplier",)
    search_fields = ("supplier__number", "supplier__name")
    autocomplete_fields = ("supplier",)
    first_step = "Say what placing and receiving an order costs, and policies order what is cheapest in all."


@admin.register(HoldingRate)
class HoldingRateAdmin(MasterDataAdmin):
    """What it costs to keep goods for a year."""

    access = PRICES
    list_display = ("of", "percent")
    list_select_related = ("category",)
    search_fields = ("category__name",)
    autocomplete_fields = ("category",)
    first_step = "Say what a year of keeping costs, as a share of the value; without a category it is of all the rest."

    @admin.display(description="category", ordering="category__name")
    def of(self, rate: HoldingRate) -> str:
        """All the rest when it names none."""
        return str(rate.category or "All others")
