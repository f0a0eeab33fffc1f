"""On what terms goods come back: reasons and policies."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from apps.accounts.access import CHANNELS
from apps.core.admin import MasterDataAdmin
from apps.returns.models import ReturnPolicy, ReturnReason


@admin.register(ReturnReason)
class ReturnReasonAdmin(MasterDataAdmin):
    """What each reason of a return implies."""

    access = CHANNELS
    list_display = ("reason", "code", "fault", "bound_by_policy", "proposes")
    list_select_related = ("reason",)
    list_filter = ("fault", "bound_by_policy")
    search_fields = ("reason__code", "reason__text")
    first_step = "Say who bears a reason of a return, and whether goods come back for it however late."

    @admin.display(description="code", ordering="reason__code")
    def code(self, row: ReturnReason) -> str:
        """As it is given."""
        return row.reason.code


@admin.register(ReturnPolicy)
class ReturnPolicyAdmin(MasterDataAdmin):
    """What may come back, for how long, in what condition, at what fee."""

    access = CHANNELS
    list_display = ("code", "name", "priority", "names", "days", "worst_condition", "fee_percent", "is_active")
    list_select_related = ("category", "customer", "channel")
    list_filter = ("is_active", "worst_condition")
    search_fields = ("code", "name", "category__code", "customer__number", "channel__code")
    autocomplete_fields = ("category", "customer", "channel")
    first_step = "Say for how many days and in what condition goods come back; without a policy all do."
    fieldsets: ClassVar = (
        (None, {"fields": (("code", "name"), ("priority", "is_active"))}),
        ("For goods of", {"fields": (("category", "customer", "channel"),)}),
        ("They come back", {"fields": (("days", "worst_condition", "fee_percent"),)}),
    )

    @admin.display(description="for")
    def names(self, policy: ReturnPolicy) -> str:
        """Which goods."""
        named = (policy.category, policy.customer, policy.channel)
        return ", ".join(str(each) for each in named if each is not None) or "everything"
