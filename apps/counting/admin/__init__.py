"""Counting at the desk."""

from apps.counting.admin import counts, inventory, plan, policy

__all__ = ["counts", "inventory", "plan", "policy"]
