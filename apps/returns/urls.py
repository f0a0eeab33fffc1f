"""The page of return rates."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.returns.pages import return_rates_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/return-rates", admin.site.admin_view(return_rates_page), name="desk-return-rates"),
]
