"""The pages of traces."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.traceability.pages import common_origins_page, trace_page

urlpatterns = [
    # No beginning of another address, or the menu would show it as open beside that one.
    path(f"{settings.ADMIN_PATH}/tracing", admin.site.admin_view(trace_page), name="desk-trace"),
    path(
        f"{settings.ADMIN_PATH}/common-origins", admin.site.admin_view(common_origins_page), name="desk-common-origins"
    ),
]
