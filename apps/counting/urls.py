"""The page of how good the book is."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.counting.pages import count_accuracy_page

urlpatterns = [
    path(
        f"{settings.ADMIN_PATH}/count-accuracy", admin.site.admin_view(count_accuracy_page), name="desk-count-accuracy"
    ),
]
