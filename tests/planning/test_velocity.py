"""How fast items move: by their pick lines, once a month, and not against what somebody said."""

from datetime import timedelta

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.planning.jobs import rate_velocities as job
from apps.planning.operations import rate_velocities
from apps.planning.rules import pareto
from apps.storage.models import ItemVelocity
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.orders import a_sales_order, a_supervisor, pick_all, released


@pytest.fixture
def floor(db):
    return a_floor()


@transaction.atomic
def rated(floor, at=None):
    return rate_velocities(warehouse_id=floor.warehouse.pk, by=a_supervisor(), at=at or clock.now())


def picked(floor, item, lines):
    stock(item, floor.a, lines)
    for _ in range(lines):
        pick_all(released(a_sales_order(floor.warehouse, (item, 1))), floor.tote)


def kept():
    return dict(ItemVelocity.objects.values_list("item__number", "velocity"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, ""),
        ({1: 5}, "A"),
        ({1: 80, 2: 15, 3: 5}, "ABC"),
        ({1: 79, 2: 16, 3: 5}, "AAC"),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, "AAAAB"),
        ({3: 1, 2: 90, 1: 9}, "BAC"),
    ],
)
def test_an_item_belongs_to_the_share_of_pick_lines_that_it_begins_in(lines, said):
    found = pareto(lines)

    assert "".join(found[item] for item in sorted(found)) == said


def test_what_is_picked_most_is_fast_and_a_second_call_changes_nothing(floor):
    slow = ItemFactory(number="SLOW")
    picked(floor, floor.item, 4)
    picked(floor, slow, 1)

    assert len(rated(floor)) == 2

    assert kept() == {"BOLT": "A", "SLOW": "B"}
    assert rated(floor) == []
    assert AuditEntry.objects.get(kind="velocities").detail == {"changed": 0, "added": 2}
    assert ItemVelocity.history.count() == 2


def test_what_somebody_said_stays_and_what_is_picked_no_more_is_slow(floor):
    fixed = ItemFactory(number="FIXED")
    picked(floor, floor.item, 1)
    picked(floor, fixed, 1)
    ItemVelocity.objects.create(warehouse=floor.warehouse, item=fixed, velocity="C")
    rated(floor)
    assert kept() == {"BOLT": "A", "FIXED": "C"}

    [changed] = rated(floor, clock.now() + timedelta(days=91))

    assert (changed.item, changed.velocity, changed.is_fixed) == (floor.item, "C", False)
    assert ItemVelocity.history.filter(item=floor.item).count() == 2


def test_only_who_plans_has_items_rated(floor):
    with pytest.raises(NotAllowed):
        rate_velocities(warehouse_id=floor.warehouse.pk, by=an_actor(UserFactory(roles=["picker"])), at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_the_job_rates_once_a_month(time_machine):
    time_machine.move_to("2030-05-01T06:15:00Z")
    floor = a_floor()
    picked(floor, floor.item, 1)

    assert (job(), kept()) == (1, {"BOLT": "A"})
    other = ItemFactory(number="OTHER")
    picked(floor, other, 3)
    assert (job(), kept()) == (1, {"BOLT": "A"})

    time_machine.move_to("2030-06-01T06:15:00Z")
    assert (job(), kept()) == (1, {"BOLT": "A", "OTHER": "A"})
