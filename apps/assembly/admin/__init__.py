"""Assembly orders at the desk."""

from apps.assembly.admin.order import AssemblyOrderAdmin

__all__ = ["AssemblyOrderAdmin"]
