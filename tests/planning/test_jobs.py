"""Beat proposes reorders each morning, once, by the clock of the warehouse."""

from datetime import date

import pytest
from django_celery_beat.models import PeriodicTask

from apps.accounts.models import SYSTEM
from apps.journal.models import AuditEntry, Command
from apps.planning.jobs import propose_reorders
from apps.planning.models import ReorderProposal
from tests.factories.locations import WarehouseFactory
from tests.factories.planning import StockingPolicyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lyon(time_machine):
    """Six in the morning of the first of May."""
    time_machine.move_to("2030-05-01T04:15:00Z")
    policy = StockingPolicyFactory(warehouse=WarehouseFactory(code="LYS", timezone="Europe/Paris"))
    return policy.warehouse


def test_a_run_twice_has_one_effect(lyon):
    assert (propose_reorders(), propose_reorders(added_later=True)) == (1, 1)

    proposal = ReorderProposal.objects.get()
    assert (proposal.warehouse, proposal.proposed_on) == (lyon, date(2030, 5, 1))
    assert AuditEntry.objects.get(kind="reorders").user.username == SYSTEM
    command = Command.objects.get()
    assert (command.actor, command.key) == ("job:planning.propose_reorders", "LYS 2030-05-01")
    assert command.answer == {"proposed": [proposal.number], "withdrawn": []}


def test_a_late_run_proposes_what_came_short_on_a_later_day(lyon, time_machine):
    propose_reorders()
    StockingPolicyFactory(warehouse=lyon)
    propose_reorders()
    assert ReorderProposal.objects.count() == 1

    time_machine.move_to("2030-05-03T19:15:00Z")

    assert (propose_reorders(), propose_reorders()) == (1, 1)
    assert list(ReorderProposal.objects.order_by("pk").values_list("proposed_on", flat=True)) == [
        date(2030, 5, 1),
        date(2030, 5, 3),
    ]


def test_each_warehouse_has_its_own_morning(lyon, time_machine):
    StockingPolicyFactory(warehouse=WarehouseFactory(code="NYC", timezone="America/New_York"))
    StockingPolicyFactory(warehouse=WarehouseFactory(code="SHUT", is_active=False))

    assert propose_reorders() == 1
    time_machine.move_to("2030-05-01T09:15:00Z")
    assert propose_reorders() == 2

    assert sorted(ReorderProposal.objects.values_list("warehouse__code", flat=True)) == ["LYS", "NYC"]


def test_beat_knows_the_jobs_of_the_morning():
    jobs = set(PeriodicTask.objects.filter(crontab__hour="*").values_list("task", flat=True))

    assert {"planning.propose_reorders", "counting.plan_counts"} <= jobs
