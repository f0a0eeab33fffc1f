"""A warehouse that several connections and processes see."""

import pytest

from tests.concurrency import crowd
from tests.factories.floor import a_floor
from tests.invariants import assert_invariants


@pytest.fixture
def floor(transactional_db):
    """Places and people to post with; afterwards the ledger must hold."""
    crowd.retried.clear()
    yield a_floor()
    assert_invariants()
