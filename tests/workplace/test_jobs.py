"""Beat makes what is due by each site's calendar, and tells of what expires; twice or late it is the same."""

from datetime import date

import pytest
from django_celery_beat.models import PeriodicTask

from apps.accounts.models import SYSTEM
from apps.journal.models import AuditEntry
from apps.workplace.jobs import plan_inspections, remind_expiring
from apps.workplace.models import CertificateReminder, WorkplaceInspection
from tests.factories.accounts import UserFactory
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.workplace import a_certificate, a_checklist, a_thing

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_site_has_its_own_day_and_a_run_twice_or_late_makes_nothing_more(time_machine):
    time_machine.move_to("2026-12-31T23:30:00Z")
    checklist = a_checklist()
    for code, zone in (("LYS", "Europe/Paris"), ("NYC", "America/New_York")):
        a_thing(WarehouseFactory(code=code, timezone=zone), checklist, f"TRUCK-{code}")
    a_thing(WarehouseFactory(code="SHUT", is_active=False), checklist, "TRUCK-SHUT")

    assert (plan_inspections(), plan_inspections(added_later=True)) == (2, 0)
    time_machine.move_to("2027-01-05T12:00:00Z")
    assert plan_inspections() == 0

    made = WorkplaceInspection.objects.order_by("asset__number").values_list("asset__number", "due_on")
    assert list(made) == [("TRUCK-LYS", date(2027, 1, 1)), ("TRUCK-NYC", date(2026, 12, 31))]


def test_a_reminder_is_made_once(time_machine):
    time_machine.move_to("2026-06-15T04:35:00Z")
    held = a_certificate(UserFactory(), expires_on=date(2026, 7, 1))

    assert (remind_expiring(), remind_expiring(added_later=True)) == (1, 0)

    assert [(row.certificate, row.days, row.made_on) for row in CertificateReminder.objects.all()] == [
        (held, 30, date(2026, 6, 15))
    ]
    entry = AuditEntry.objects.get(kind="certificate")
    assert (entry.verb, entry.user.username) == ("remind", SYSTEM)
    assert entry.detail == {"days": 30, "expires_on": "2026-07-01"}


def test_a_reminder_is_of_the_day_where_its_holder_works(time_machine):
    time_machine.move_to("2026-06-01T23:30:00Z")  # 2 June in Paris
    sites = [WarehouseFactory(timezone=zone) for zone in ("Europe/Paris", "America/New_York")]
    for site in sites:
        a_certificate(works_at(UserFactory(), site), expires_on=date(2026, 7, 2))

    assert remind_expiring() == 2

    told = CertificateReminder.objects.order_by("days").values_list("days", "made_on")
    assert list(told) == [(30, date(2026, 6, 2)), (60, date(2026, 6, 1))]


def test_beat_knows_the_jobs():
    known = set(PeriodicTask.objects.values_list("task", flat=True))

    assert {"workplace.plan_inspections", "workplace.remind_expiring"} <= known
