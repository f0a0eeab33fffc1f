"""Bases of the admin: who may see and change, what cells look like, the two kinds of pages."""

from apps.core.admin.access import Access, AccessMixin, visible, worker_of
from apps.core.admin.bases import DeskAdmin, DeskInline, MasterDataAdmin, ReadOnlyAdmin, TableDataAdmin
from apps.core.admin.filters import OwnFilter, StateFilter, day_of, due_filter, today_at

__all__ = [
    "Access",
    "AccessMixin",
    "DeskAdmin",
    "DeskInline",
    "MasterDataAdmin",
    "OwnFilter",
    "ReadOnlyAdmin",
    "StateFilter",
    "TableDataAdmin",
    "day_of",
    "due_filter",
    "today_at",
    "visible",
    "worker_of",
]
