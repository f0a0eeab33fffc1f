"""Who holds which certificate: entered and revoked by safety, with what expires."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import TRAINING
from apps.core import clock
from apps.core.admin.cells import Tone, badge, day, link
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.draft import DraftAdmin, choose, day_field, text_field
from apps.journal.admin.page import AskReason, Button
from apps.workplace.models import Certificate
from apps.workplace.operations import MAY_CERTIFY, add_certificate, revoke_certificate
from apps.workplace.rules import REMIND_DAYS


class StandingFilter(SimpleListFilter):
    """Certificates by whether they count now."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What somebody asks for who plans training."""
        del request, model_admin
        soon = f"Expiring in {max(REMIND_DAYS)} days"
        return [("force", "In force"), ("expiring", soon), ("expired", "Expired"), ("revoked", "Revoked")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows asked for."""
        del request
        rows: Any = queryset
        today = clock.now().date()
        match self.value():
            case "force":
                return rows.in_force(today)  # type: ignore[no-any-return]
            case "expiring":
                return rows.in_force(today).filter(expires_on__lte=today + timedelta(days=max(REMIND_DAYS)))  # type: ignore[no-any-return]
            case "expired":
                return rows.expired(today)  # type: ignore[no-any-return]
            case "revoked":
                return rows.filter(revoked_at__isnull=False)  # type: ignore[no-any-return]
        return queryset


@admin.register(Certificate)
class CertificateAdmin(DraftAdmin):
    """Who was trained and evaluated for what, and until when that counts."""

    access = TRAINING
    drafted_by = MAY_CERTIFY
    draft_label = "Enter"
    drafted = "The certificate is entered."
    list_display = ("number", "person", "kind", "standing", "evaluated", "last_day", "evaluator")
    list_select_related = ("kind", "person")
    list_filter = (StandingFilter, "kind")
    search_fields = ("number", "person__username", "person__last_name", "kind__code", "kind__name")
    first_step = "Enter who was trained and evaluated for what; tasks that need it are offered to nobody else."
    buttons = (
        Button(
            name="revoke",
            label="Revoke",
            operation=revoke_certificate,
            argument="certificate_id",
            done="%s does not count from now on.",
            roles=MAY_CERTIFY,
            when=lambda certificate: certificate.revoked_at is None,
            form=AskReason,
            icon="block",
            grave=True,
        ),
    )

    @admin.display(description="standing")
    def standing(self, certificate: Certificate) -> SafeString:
        """Whether it counts now."""
        today = clock.now().date()
        if certificate.revoked_at is not None:
            return badge("Revoked", Tone.BLOCKED)
        if certificate.expires_on is None or certificate.expires_on > today + timedelta(days=max(REMIND_DAYS)):
            return badge("In force", Tone.DONE)
        if certificate.expires_on < today:
            return badge("Expired", Tone.BLOCKED)
        return badge("Expiring", Tone.LATE)

    @admin.display(description="evaluated", ordering="evaluated_on")
    def evaluated(self, certificate: Certificate) -> str:
        """On which day."""
        return day(certificate.evaluated_on)

    @admin.display(description="last day", ordering="expires_on")
    def last_day(self, certificate: Certificate) -> str:
        """Until when it counts."""
        return day(certificate.expires_on)

    def head_fields(self, request: HttpRequest) -> dict[str, Field]:
        """Who, what, when, by whom."""
        return {
            "person": choose(Certificate, "person", request),
            "kind": choose(Certificate, "kind", request),
            "trained_on": day_field(),
            "evaluated_on": day_field(),
            "evaluator": text_field(max_length=120),
        }

    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """Entered as it is."""
        del lines
        person, kind = head.pop("person"), head.pop("kind")
        return add_certificate, {"person_id": person.pk, "kind_id": kind.pk, **head}

    def facts(self, document: Certificate) -> Iterable[Fact]:
        """Who, what, until when, by which rule."""
        kind = document.kind
        yield Fact("Standing", self.standing(document))
        yield Fact("Person", document.person)
        yield Fact("Kind", link(kind, kind.name))
        yield Fact("Trained", day(document.trained_on))
        yield Fact("Evaluated", f"{day(document.evaluated_on)} by {document.evaluator}")
        yield Fact("Last day", day(document.expires_on))
        yield Fact("Rule", kind.source if kind.is_verified else f"{kind.source} (not verified)")
        if document.reason:
            yield Fact("Revoked because", document.reason)

    def tables(self, request: HttpRequest, document: Certificate) -> Iterable[Table]:
        """When somebody was reminded."""
        del request
        yield Table(
            title="Reminders",
            columns=(Column("Days before", number=True), Column("On")),
            rows=[(row.days, day(row.made_on)) for row in document.reminders.all()],
            empty="None yet.",
        )
