"""The page that says where goods would go."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.storage.pages import ranking_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/putaway-ranking", admin.site.admin_view(ranking_page), name="desk-putaway-ranking"),
]
