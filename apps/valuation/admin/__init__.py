"""Costs at the desk."""

from apps.valuation.admin import book, landed, rules

__all__ = ["book", "landed", "rules"]
