"""The rule on counts is silent on good ones and speaks up on the fault it is there for."""

import pytest
from django.db import transaction

from apps.core import clock
from apps.counting.operations import approve_count
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "a count approved by its counter": (
        "alter table counting_cyclecount drop constraint cycle_count_approved_by_another;"
        "update counting_cyclecount set approved_by_id = counted_by_id"
    ),
    "a count approved by who asked for it": (
        "alter table counting_cyclecount drop constraint cycle_count_approved_by_no_other_part;"
        "update counting_cyclecount set approved_by_id = asked_by_id"
    ),
    "a count by who picked there last": "update counting_cyclecount set last_picked_by_id = counted_by_id",
    "a posting by the counter": (
        "update ledger_stocktransaction set by_id = (select counted_by_id from counting_cyclecount)"
        " where kind = 'adjust'"
    ),
    "a posting of something else": "update counting_countline set counted = counted + 1",
    "a posting for nobody": "update ledger_stocktransaction set document = '' where kind = 'adjust'",
}


@pytest.fixture
def approved(transactional_db):
    """A count with a loss, approved by another, committed."""
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    with transaction.atomic():
        count = counted(a_count(floor.a), found(floor.item, 7), found(floor.item, 1, status="damaged"))
        approve_count(count_id=count.pk, reason="seen twice", by=a_decider(), at=clock.now())


def test_a_good_count_breaks_no_rule(approved):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(approved, superuser_dsn, fault):
    assert "I20" in broken_by(FAULTS[fault], superuser_dsn)
