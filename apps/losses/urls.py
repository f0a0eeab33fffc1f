"""The page of losses."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.losses.pages import shrinkage_page

urlpatterns = [path(f"{settings.ADMIN_PATH}/shrinkage", admin.site.admin_view(shrinkage_page), name="desk-shrinkage")]
