"""Transfers at the desk."""

from apps.transfers.admin.transfer import TransferAdmin

__all__ = ["TransferAdmin"]
