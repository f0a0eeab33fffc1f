"""The page of what stock is worth."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.valuation.pages import inventory_value_page

urlpatterns = [
    path(
        f"{settings.ADMIN_PATH}/inventory-value", admin.site.admin_view(inventory_value_page), name="desk-stock-value"
    ),
]
