"""The page of food records."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.food.pages import food_records_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/food-records", admin.site.admin_view(food_records_page), name="desk-food-records")
]
