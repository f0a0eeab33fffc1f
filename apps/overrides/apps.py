"""The app."""

from django.apps import AppConfig


class OverridesConfig(AppConfig):
    """Overrides of hazard rules and limits."""

    name = "apps.overrides"
    verbose_name = "Overrides"
