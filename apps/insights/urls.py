"""Pages of the desk that are not about one table."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.insights.pages import search_page, stock_position_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/search", admin.site.admin_view(search_page), name="desk-search"),
    path(
        f"{settings.ADMIN_PATH}/stock-position",
        admin.site.admin_view(stock_position_page),
        name="desk-stock-position",
    ),
]
