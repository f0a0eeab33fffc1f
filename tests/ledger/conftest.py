"""A warehouse with two bins and a tote."""

import pytest

from tests.factories.floor import a_floor


@pytest.fixture
def floor(db):
    """Places and people to post with."""
    return a_floor()
