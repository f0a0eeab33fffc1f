"""How goods are valued, rates of the day, and the accountant's accounts."""

from __future__ import annotations

from django.contrib import admin

from apps.accounts.access import COSTS
from apps.core.admin import MasterDataAdmin
from apps.valuation.models import Account, CostRule, ExchangeRate


@admin.register(CostRule)
class CostRuleAdmin(MasterDataAdmin):
    """By which method items are valued from their first goods on, and what it costs to hold them."""

    access = COSTS
    list_display = ("__str__", "method", "holding_percent")
    list_select_related = ("category",)
    list_filter = ("method",)
    search_fields = ("category__code", "category__name")
    autocomplete_fields = ("category",)
    first_step = "Say how a category's items are valued; without a rule of its own the one of all others holds."


@admin.register(ExchangeRate)
class ExchangeRateAdmin(MasterDataAdmin):
    """What foreign currencies cost on a day."""

    access = COSTS
    list_display = ("currency", "on", "rate")
    list_filter = ("currency",)
    search_fields = ("currency",)
    first_step = "Enter or import the rates of the days on which you get invoices in other currencies."


@admin.register(Account)
class AccountAdmin(MasterDataAdmin):
    """The accounts that the cost journal names."""

    access = COSTS
    list_display = ("use", "number", "name")
    search_fields = ("number", "name")
    first_step = "Give each use the number that your accountant has for it."
