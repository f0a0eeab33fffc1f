"""Two sites to send goods between."""

import pytest

from tests.factories.transfers import two_sites


@pytest.fixture
def sites(db):
    """Paris sends, Lyon wants."""
    return two_sites()
