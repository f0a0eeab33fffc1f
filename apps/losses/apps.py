"""The app."""

from django.apps import AppConfig


class LossesConfig(AppConfig):
    """Loss prevention."""

    name = "apps.losses"
    verbose_name = "Loss prevention"
