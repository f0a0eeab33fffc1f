"""The pages that say where goods would go, and what labels and signs can be printed."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.storage.pages import ranking_page
from apps.storage.sign_pages import sign_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/putaway-ranking", admin.site.admin_view(ranking_page), name="desk-putaway-ranking"),
    path(f"{settings.ADMIN_PATH}/labels-and-signs", admin.site.admin_view(sign_page), name="desk-signs"),
]
