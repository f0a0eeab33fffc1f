"""The desk's pages about outbound work."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.orders.pages import dry_run_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/outbound-dry-run", admin.site.admin_view(dry_run_page), name="desk-outbound-dry-run"),
]
