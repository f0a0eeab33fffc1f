"""Schemathesis over the whole API as four roles: nothing breaks, and every answer is one that the description knows."""

import os

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.api.endpoints import endpoints
from tests.api.fuzzing import findings
from tests.api.known import Known
from tests.factories.api import a_person, a_worker
from tests.factories.locations import WarehouseFactory
from tests.factories.shipping import a_company
from tests.factories.world import a_busy_site, a_world

ROLES = ("picker", "supervisor", "inventory manager", "auditor")
PARTS = 6
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "4"))
SEED = os.environ.get("FUZZ_SEED")


@pytest.fixture
def one_connection():
    """A request does not close the connection that holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_is_one_that_the_description_knows(db, one_connection, part):
    a_company()
    here, there = WarehouseFactory(code="HERE"), WarehouseFactory(code="THERE")
    a_world(1, there)
    a_busy_site(here, other=there)
    callers = [a_worker(here, roles=(role,)) for role in ROLES]
    known = [Known(site, a_person(site).user) for site in (here, there)]

    found = findings(
        [endpoint.template for endpoint in endpoints()][part::PARTS],
        callers,
        *known,
        examples=EXAMPLES,
        seed=int(SEED) if SEED else None,
        everyone=SEED is not None,
    )

    assert found == [], f"{len(found)} answers\n" + "\n".join(found)
