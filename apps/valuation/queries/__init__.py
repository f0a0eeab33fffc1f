"""Questions about costs."""

from apps.valuation.queries.standing import is_behind, standing

__all__ = ["is_behind", "standing"]
