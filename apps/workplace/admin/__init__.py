"""The workplace at the desk."""

from apps.workplace.admin import board, certificates, setup

__all__ = ["board", "certificates", "setup"]
