"""Suppliers, as buyers see them."""

from __future__ import annotations

from apps.catalog.models import Party


class Supplier(Party):
    """A party that is bought from."""

    class Meta:
        proxy = True
        ordering = ("number",)
