"""Tomorrow is planned once for each warehouse, in its own evening."""

from datetime import date

import pytest
from celery import current_app
from django_celery_beat.models import PeriodicTask

from apps.insights.jobs import plan_tomorrow
from apps.journal.models import AuditEntry
from tests.factories.catalog import ItemFactory
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order
from tests.factories.purchasing import an_approved_order, an_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon(time_machine):
    """A warehouse in its evening of the 1st of May, with work for the 2nd, before and after."""
    time_machine.move_to("2030-05-01T16:10:00Z")
    warehouse = WarehouseFactory(code="LYS", timezone="Europe/Paris")
    bolt, nut = ItemFactory(), ItemFactory()
    for day in (30, 2, 3):
        due_on = date(2030, 4 if day == 30 else 5, day)
        an_approved_order(warehouse, (bolt, 10), (nut, 5), due_on=due_on)
        a_sales_order(warehouse, (bolt, 1), due_on=due_on)
    an_order(warehouse, (bolt, 10), due_on=date(2030, 5, 2))
    a_sales_order(warehouse, (bolt, 1), due_on=date(2030, 5, 2), confirm=False)
    return warehouse


def test_the_evening_notes_what_tomorrow_brings_and_what_is_late(lyon):
    assert plan_tomorrow() == 1

    entry = AuditEntry.objects.get(verb="planned")
    assert (entry.number, entry.warehouse_code, entry.user.username) == ("2030-05-02", "LYS", "system")
    assert entry.detail == {
        "purchases": 2,
        "purchases_late": 1,
        "lines_to_receive": 4,
        "orders": 2,
        "orders_late": 1,
        "lines_to_ship": 2,
    }


def test_a_day_is_planned_once(lyon, time_machine):
    plan_tomorrow()
    time_machine.move_to("2030-05-01T17:10:00Z")

    assert plan_tomorrow(added_later=True) == 1
    assert AuditEntry.objects.filter(verb="planned").count() == 1


def test_each_warehouse_has_its_own_evening(lyon, time_machine):
    WarehouseFactory(code="NYC", timezone="America/New_York")
    plan_tomorrow()
    time_machine.move_to("2030-05-01T22:10:00Z")

    assert plan_tomorrow() == 1
    assert list(AuditEntry.objects.filter(verb="planned").order_by("pk").values_list("warehouse_code", "number")) == [
        ("LYS", "2030-05-02"),
        ("NYC", "2030-05-02"),
    ]


def test_every_schedule_names_a_job_that_there_is():
    current_app.loader.import_default_modules()

    assert set(PeriodicTask.objects.values_list("task", flat=True)) - set(current_app.tasks) <= {
        "celery.backend_cleanup"
    }
