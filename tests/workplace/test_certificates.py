"""Certificates are entered by safety, count until their last day, and are revoked with a reason."""

from datetime import UTC, date, datetime

import pytest

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.workplace.errors import CertificateDates, CertificateRevoked, OwnCertificate
from apps.workplace.models import Certificate, CertificateKind, CertificateReminder
from apps.workplace.operations import add_certificate, remind_expiring, revoke_certificate
from apps.workplace.queries import holds_certificate
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.workplace import a_certificate, somebody

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
DAY = date(2026, 6, 1)


@pytest.fixture
def site(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def safety(site):
    return somebody(site, Role.SAFETY, username="sam")


@pytest.fixture
def driver(site):
    return somebody(site, Role.PICKER, username="ann")


def entered(driver, by, *, trained=DAY, evaluated=DAY, kind="TRUCK-REACH"):
    return add_certificate(
        person_id=driver.user.pk,
        kind_id=CertificateKind.objects.get(code=kind).pk,
        trained_on=trained,
        evaluated_on=evaluated,
        evaluator="Ms Ito",
        by=by,
        at=NOW,
    )


def test_its_last_day_is_reckoned_from_its_kind(driver, safety):
    certificate = entered(driver, safety, evaluated=date(2026, 6, 10))

    assert certificate.number.startswith("CT-")
    assert (certificate.expires_on, certificate.entered_by) == (date(2029, 6, 10), safety.user)
    assert entered(driver, safety, kind="HAZCOM").expires_on is None
    entry = AuditEntry.objects.filter(kind="certificate", number=certificate.number).get()
    assert (entry.verb, entry.detail) == ("enter", {"person": "ann", "held": "TRUCK-REACH"})


def test_only_safety_and_the_admin_enter_and_revoke(driver, site, safety):
    certificate = entered(driver, safety)
    for role in (Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.PICKER):
        other = somebody(site, role)
        with pytest.raises(NotAllowed):
            entered(driver, other)
        with pytest.raises(NotAllowed):
            revoke_certificate(certificate_id=certificate.pk, reason="x", by=other, at=NOW)

    assert list(Certificate.objects.values_list("pk", "revoked_at")) == [(certificate.pk, None)]
    assert entered(driver, somebody(site, Role.ADMIN)).person == driver.user


def test_nobody_certifies_themselves(safety):
    with pytest.raises(OwnCertificate) as refusal:
        entered(safety, safety)

    assert refusal.value.facts == {"person": "sam"}
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("trained", "evaluated"), [(date(2026, 6, 2), date(2026, 6, 1)), (date(2026, 6, 1), date(2026, 6, 16))]
)
def test_training_comes_first_and_both_have_been(driver, safety, trained, evaluated):
    with pytest.raises(CertificateDates) as refusal:
        entered(driver, safety, trained=trained, evaluated=evaluated)

    assert refusal.value.facts == {"trained_on": str(trained), "evaluated_on": str(evaluated)}
    assert not Certificate.objects.exists()


def test_it_is_revoked_once_with_a_reason(driver, safety, site):
    certificate = entered(driver, safety)

    revoked = revoke_certificate(certificate_id=certificate.pk, reason="Near miss at dock 2", by=safety, at=NOW)

    assert (revoked.revoked_at, revoked.revoked_by, revoked.reason) == (NOW, safety.user, "Near miss at dock 2")
    assert not holds_certificate(person_id=driver.user.pk, kind_id=certificate.kind_id, warehouse_id=site.pk, at=NOW)
    with pytest.raises(CertificateRevoked) as refusal:
        revoke_certificate(certificate_id=certificate.pk, reason="again", by=safety, at=NOW)
    assert refusal.value.facts == {"certificate": certificate.number}
    certificate.refresh_from_db()
    assert certificate.reason == "Near miss at dock 2"


def test_it_counts_through_its_last_day_by_the_calendar_of_the_site(driver):
    # The last of December is over in Tokyo while it lasts in Los Angeles.
    east, west = WarehouseFactory(timezone="Asia/Tokyo"), WarehouseFactory(timezone="America/Los_Angeles")
    held = a_certificate(driver.user, expires_on=date(2026, 12, 31))
    at = datetime(2026, 12, 31, 16, tzinfo=UTC)

    def counts(site):
        return holds_certificate(person_id=driver.user.pk, kind_id=held.kind_id, warehouse_id=site.pk, at=at)

    assert (counts(east), counts(west)) == (False, True)


def test_it_is_told_once_for_each_threshold_and_not_when_there_is_a_longer_one(driver, safety, site):
    system = an_actor()
    soon = a_certificate(driver.user, expires_on=date(2026, 7, 10))
    renewed = somebody(site, Role.PICKER)
    a_certificate(renewed.user, expires_on=date(2026, 7, 1))
    a_certificate(renewed.user, expires_on=date(2029, 7, 1))

    def told(on):
        told = remind_expiring(warehouse_id=site.pk, on=on, by=system, at=NOW)
        assert remind_expiring(warehouse_id=None, on=on, by=system, at=NOW) == []  # they work somewhere
        return [(row.certificate, row.days) for row in told]

    assert told(date(2026, 5, 1)) == []
    assert told(date(2026, 5, 20)) == [(soon, 60)]
    assert told(date(2026, 5, 20)) == []
    assert told(date(2026, 7, 5)) == [(soon, 7)]
    assert told(date(2026, 7, 11)) == []
    assert list(CertificateReminder.objects.order_by("-days").values_list("days", flat=True)) == [60, 7]


def test_whoever_answers_for_nobody_sees_their_own_alone(driver, site, safety):
    mine, theirs = a_certificate(driver.user), a_certificate(safety.user)
    elsewhere = somebody(WarehouseFactory(), Role.SAFETY)

    def seen(by):
        return set(Certificate.objects.for_user(by.user))

    assert seen(driver) == {mine}
    assert seen(safety) == seen(somebody(site, Role.SUPERVISOR)) == {mine, theirs}
    assert seen(elsewhere) == set()


def test_the_kinds_that_come_with_the_program_are_marked_as_not_verified(db):
    kinds = {kind.code: kind for kind in CertificateKind.objects.all()}

    assert kinds["TRUCK-REACH"].valid_months == 36
    assert kinds["TRUCK-REACH"].source.startswith("29 CFR 1910.178(l)(4)(iii)")
    assert not any(kind.is_verified for kind in kinds.values())
    assert all(kind.source for kind in kinds.values())


def test_a_day_has_been_by_the_calendar_where_the_person_works(safety, driver, site):
    site.timezone = "Pacific/Auckland"
    site.save()
    tomorrow = date(2026, 6, 16)  # 22:00 there on the 15th, at NOW
    late = {"by": safety, "at": datetime(2026, 6, 15, 13, tzinfo=UTC)}  # one in the morning of the 16th there

    with pytest.raises(CertificateDates):
        entered(driver, safety, evaluated=tomorrow)
    kind = CertificateKind.objects.get(code="TRUCK-REACH")
    made = add_certificate(
        person_id=driver.user.pk, kind_id=kind.pk, trained_on=DAY, evaluated_on=tomorrow, evaluator="Ms Ito", **late
    )

    assert made.evaluated_on == tomorrow
