"""Incidents at the desk."""

from apps.incidents.admin import cases, incidents, setup

__all__ = ["cases", "incidents", "setup"]
