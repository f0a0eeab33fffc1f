"""Reference data: there from the start, added once, and never over a person's edits."""

import json
from datetime import date
from decimal import Decimal as D
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from apps.accounts.models import SYSTEM, User
from apps.catalog.models import Category, ReasonCode, Unit
from apps.safety.models import HazardClass, StorageCondition

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("ensure_reference_data", stdout=out, **options)
    return out.getvalue()


def test_a_migrated_database_has_its_reference_data():
    assert Unit.objects.get(code="KG").scale == 3
    assert HazardClass.objects.count() == 20
    assert HazardClass.objects.get(code="5.1").source.endswith("defined in 49 CFR 173.127")
    chilled = StorageCondition.objects.get(code="CHILLED")
    assert (chilled.min_celsius, chilled.max_celsius) == (D(2), D(8))
    assert StorageCondition.objects.get(code="FROZEN").max_celsius == D(-18)


def test_a_reason_stays_as_a_person_worded_it():
    ReasonCode.objects.filter(kind="short", code="EMPTY").update(text="Nothing there", is_active=False)

    load()

    empty = ReasonCode.objects.get(kind="short", code="EMPTY")
    assert (empty.text, empty.is_active) == ("Nothing there", False)
    assert ReasonCode.objects.filter(kind="short").count() == 4


def test_loading_again_adds_nothing():
    assert load() == "Reference data: nothing new.\n"


def test_jobs_act_as_an_account_that_nobody_can_sign_in_with(client):
    system = User.objects.get(username=SYSTEM)

    assert (system.is_active, system.has_usable_password(), system.is_superuser) == (False, False, False)


def test_what_is_missing_comes_back():
    Unit.objects.filter(code="M3").delete()

    assert load() == "Reference data: 1 units.\n"


def test_a_schedule_stays_as_a_person_left_it():
    schedule = PeriodicTask.objects.get(task="ledger.expire_reservations")
    schedule.interval = IntervalSchedule.objects.create(every=5, period="minutes")
    schedule.enabled = False
    schedule.save()

    load()

    schedule.refresh_from_db()
    assert (schedule.interval.every, schedule.interval.period, schedule.enabled) == (5, "minutes", False)


def test_a_schedule_follows_its_job_when_that_gets_another_name():
    PeriodicTask.objects.filter(name="Check the ledger").update(task="ledger.old_name")

    load()

    assert PeriodicTask.objects.get(name="Check the ledger").task == "ledger.check_ledger"


def test_the_ledger_is_checked_quickly_every_five_minutes_and_wholly_at_night():
    quick, whole = (
        PeriodicTask.objects.get(name=name) for name in ("Check the ledger", "Check the ledger's whole history")
    )

    assert (json.loads(quick.kwargs), quick.interval.every, quick.interval.period) == ({}, 300, "seconds")
    assert (json.loads(whole.kwargs), whole.crontab.hour) == ({"everything": True}, "2")


def test_a_person_may_rename_a_unit():
    Unit.objects.filter(code="EA").update(name="piece")

    load()

    assert Unit.objects.get(code="EA").name == "piece"


def test_a_rule_of_law_is_replaced_only_by_a_later_one():
    HazardClass.objects.filter(code="3").update(name="old", effective_on=date(2000, 1, 1))
    HazardClass.objects.filter(code="8").update(name="newer", effective_on=date(2099, 1, 1))

    load()

    assert HazardClass.objects.get(code="3").name == "Flammable and combustible liquid"
    assert HazardClass.objects.get(code="8").name == "newer"


def test_an_industry_brings_its_categories_once():
    assert load(profile="food") == "Reference data: 9 categories.\n"
    assert load(profile="food") == "Reference data: nothing new.\n"
    assert Category.objects.get(parent__code="FOOD", code="FOOD/CHILLED").name == "Chilled"


def test_an_unknown_industry_is_named():
    with pytest.raises(CommandError, match=r"no profiles/ships\.json"):
        load(profile="ships")
