"""The pages of loss prevention."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.losses.pages import access_page, odd_page, shrinkage_page

PAGES = {"shrinkage": shrinkage_page, "odd-adjustments": odd_page, "access-log": access_page}

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/{name}", admin.site.admin_view(page), name=f"desk-{name}")
    for name, page in PAGES.items()
]
