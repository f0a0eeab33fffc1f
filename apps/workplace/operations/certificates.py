"""Certificates are entered, revoked, and reminded of."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import WarehouseAccess
from apps.workplace.errors import CertificateDates, CertificateRevoked, OwnCertificate
from apps.workplace.models import CERTIFICATE_NUMBERS, Certificate, CertificateKind, CertificateReminder
from apps.workplace.queries import latest_day_of, without_successor
from apps.workplace.rules import REMIND_DAYS, expires_on, reminder_due

MAY_CERTIFY = (Role.SAFETY, Role.ADMIN)
"""Who enters and revokes certificates."""


def add_certificate(
    *, person_id: int, kind_id: int, trained_on: date, evaluated_on: date, evaluator: str, by: Actor, at: datetime
) -> Certificate:
    """Somebody was trained and evaluated; it counts from the evaluation for as many months as its kind says.

    Whether a day has been, the calendar of the sites where the person works says: the one that is furthest on.
    Raises `NotAllowed`, `OwnCertificate`, `CertificateDates`.
    """
    _check_may(by, "enter certificates")
    person = User.objects.get(pk=person_id)
    if person == by.user:
        raise OwnCertificate(person=person.get_username())
    if not trained_on <= evaluated_on <= latest_day_of(person_id, at=at):
        raise CertificateDates(trained_on=str(trained_on), evaluated_on=str(evaluated_on))
    kind = CertificateKind.objects.get(pk=kind_id)
    certificate = Certificate.objects.create(
        number=CERTIFICATE_NUMBERS.next(),
        kind=kind,
        person=person,
        trained_on=trained_on,
        evaluated_on=evaluated_on,
        evaluator=evaluator,
        expires_on=expires_on(evaluated_on, kind.valid_months),
        created_at=at,
        entered_by=by.user,
    )
    _note("enter", certificate, by, at, person=person.get_username(), held=kind.code)
    return certificate


def revoke_certificate(*, certificate_id: int, reason: str, by: Actor, at: datetime) -> Certificate:
    """From now on it does not count: what its holder has in hand cannot be confirmed, only handed back.

    29 CFR 1910.178(l)(4)(ii) names what asks for a refresher. Raises `NotAllowed`, `CertificateRevoked`.
    """
    _check_may(by, "revoke certificates")
    for certificate in Certificate.objects.lock([certificate_id]):
        if certificate.revoked_at is not None:
            raise CertificateRevoked(certificate=certificate.number)
        certificate.revoked_at, certificate.revoked_by, certificate.reason = at, by.user, reason
        certificate.save(update_fields=["revoked_at", "revoked_by", "reason"])
        _note("revoke", certificate, by, at, reason=reason)
        return certificate
    raise NotFound(kind="certificate", number=str(certificate_id))


def remind_expiring(*, warehouse_id: int | None, on: date, by: Actor, at: datetime) -> list[CertificateReminder]:
    """Tell once, for each threshold that has come, of certificates that will expire and have no successor.

    Of those who work at the site, on its day; without a site, of those who work at none.
    """
    soon = without_successor(on).filter(expires_on__lte=on + timedelta(days=max(REMIND_DAYS)))
    placed = WarehouseAccess.objects.filter(user=OuterRef("person"))
    here = Exists(placed) if warehouse_id is None else Exists(placed.filter(warehouse=warehouse_id))
    soon = soon.filter(~here if warehouse_id is None else here)
    # Locked, so that of two runs at once the second finds what the first has told.
    expiring = Certificate.objects.lock(soon.order_by("pk").values_list("pk", flat=True))
    told = set(CertificateReminder.objects.filter(certificate__in=expiring).values_list("certificate", "days"))
    new = []
    for certificate in expiring:
        days = reminder_due(certificate.expires_on, on=on) if certificate.expires_on is not None else None
        if days is not None and (certificate.pk, days) not in told:
            new.append(CertificateReminder(certificate=certificate, days=days, made_on=on))
            _note("remind", certificate, by, at, days=days, expires_on=str(certificate.expires_on))
    return CertificateReminder.objects.bulk_create(new)


def _check_may(by: Actor, act: str) -> None:
    if not by.user.has_role(*MAY_CERTIFY):
        raise NotAllowed(who=by.user.get_username(), act=act)


def _note(verb: str, certificate: Certificate, by: Actor, at: datetime, **more: Any) -> None:
    record(verb, kind="certificate", number=certificate.number, by=by, at=at, **more)
