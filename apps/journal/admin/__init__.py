"""What was commanded, what was done, what is still to be sent; and the base of documents' pages."""

from apps.journal.admin.machinery import CommandAdmin, OutboxMessageAdmin, PeriodicTaskAdmin
from apps.journal.admin.trail import ApprovalAdmin, AuditEntryAdmin

__all__ = ["ApprovalAdmin", "AuditEntryAdmin", "CommandAdmin", "OutboxMessageAdmin", "PeriodicTaskAdmin"]
