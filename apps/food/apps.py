"""The app."""

from django.apps import AppConfig


class FoodConfig(AppConfig):
    """Records of foods."""

    name = "apps.food"
    verbose_name = "Food records"
