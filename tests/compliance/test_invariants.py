"""The rule on inspections is silent on good ones and speaks up on the fault it is there for."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.compliance.operations import approve_concession, return_rejected
from apps.core import clock
from tests.factories.compliance import a_plan, an_inspector, arrived, decided, inspections, recorded
from tests.factories.floor import a_floor
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "less is decided than was inspected": "update compliance_inspection set quantity = quantity + 1",
    "more was accepted than decided": (
        "update compliance_inspectiondecision set quantity = case disposition when 'accept' then 1 else 3 end"
        " where disposition in ('accept', 'rework')"
    ),
    "what is rejected was posted as available": (
        "update ledger_stockmove set target_status = 'available' where target_status = 'blocked'"
        " and source_status = 'inspection'"
    ),
    "more went back than was posted": "update compliance_inspectiondecision set returned = 2 where returned = 1",
    "a concession that nobody approved": "update compliance_inspection set approved_by_id = null",
    "a concession approved by who asked": (
        "alter table compliance_inspection drop constraint inspection_approved_by_another;"
        "update compliance_inspection set approved_by_id = decided_by_id"
    ),
    "a concession approved by an inspector": (
        "update compliance_inspectionresult set recorded_by_id = (select approved_by_id from compliance_inspection"
        " where approved_by_id is not null)"
    ),
    "an open one with a decision": "update compliance_inspection set state = 'open' where state = 'decided'",
}


@pytest.fixture
def settled(transactional_db):
    """An inspection with one of each decision, conceded by another, of which some went back; committed."""
    floor = a_floor()
    a_plan(floor.item, "Thread")
    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 10))
    recorded(inspection, (1, 1, True, 4), (1, 5, False, 10))
    decided(inspection, accept=2, reject=3, rework=2, use_as_is=3)
    boss = an_inspector(Role.INVENTORY_MANAGER)
    with transaction.atomic():
        approve_concession(inspection_id=inspection.pk, reason="no risk", by=boss, at=clock.now())
    with transaction.atomic():
        return_rejected(inspection_id=inspection.pk, quantity=D(1), by=boss, at=clock.now())


def test_a_good_inspection_breaks_no_rule(settled):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(settled, superuser_dsn, fault):
    assert "I32" in broken_by(FAULTS[fault], superuser_dsn)
