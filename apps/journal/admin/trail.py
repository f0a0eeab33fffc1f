"""The audit trail and the approvals."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import RangeDateTimeFilter

from apps.accounts.access import AUDIT_TRAIL
from apps.core.admin import ReadOnlyAdmin
from apps.core.admin.cells import moment
from apps.journal.models import Approval, AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what to which document, when, with what."""

    access = AUDIT_TRAIL
    list_display = ("when", "user", "verb", "kind", "number", "warehouse_code", "device")
    list_select_related = ("user", "device")
    list_filter = ("kind", "verb", ("at", RangeDateTimeFilter))
    search_fields = ("number", "user__username", "verb")
    first_step = "Decisions leave a line here: approve, override, hold, cancel, ship."

    @admin.display(description="when", ordering="at")
    def when(self, entry: AuditEntry) -> SafeString:
        """In universal time, since the trail spans warehouses."""
        return moment(entry.at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Lines of the person's warehouses, and those that belong to none."""
        rows: QuerySet[AuditEntry] = super().get_queryset(request)
        person = cast("Any", request.user)
        if person.is_superuser:
            return rows
        return rows.filter(
            Q(warehouse_code="") | Q(warehouse_code__in=person.warehouse_access.values("warehouse__code"))
        )


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    """Who asked, who decided."""

    access = AUDIT_TRAIL
    list_display = ("at", "kind", "number", "asked_by", "decided_by", "decision", "reason")
    first_step = "A decision of one person on what another asked for leaves a line here."
    list_select_related = ("asked_by", "decided_by")
    list_filter = ("decision", "kind")
    search_fields = ("number", "asked_by__username", "decided_by__username")
