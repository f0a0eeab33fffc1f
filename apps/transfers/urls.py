"""The page of what is on the road."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.transfers.pages import in_transit_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/in-transit", admin.site.admin_view(in_transit_page), name="desk-in-transit"),
]
