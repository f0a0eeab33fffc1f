"""The app, by the name that its standard is written in."""

from django.apps import AppConfig


class EpcisConfig(AppConfig):
    """EPCIS."""

    name = "apps.epcis"
    verbose_name = "EPCIS"
