"""Operations to command: one that writes a row, so that what was kept and what was undone can be seen."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from apps.catalog.models import Unit
from apps.core.errors import DomainError
from tests.factories.accounts import UserFactory


@dataclass(kw_only=True, eq=False)
class NoMoreUnits(DomainError):
    """There are enough."""

    code: ClassVar[str] = "no_more_units"
    message: ClassVar[str] = "No more than %(most)s."
    recover: ClassVar[tuple[str, ...]] = ("stop",)

    most: int


def make_unit(*, code, by, at, refuse=False, fail=False):
    """Make a unit, then refuse or break when told to."""
    unit = Unit.objects.create(code=code, name=f"by {by.user.username}")
    if refuse:
        raise NoMoreUnits(most=1)
    if fail:
        msg = "a bug"
        raise RuntimeError(msg)
    return unit


@pytest.fixture
def clerk(db):
    return UserFactory(username="clerk")


@pytest.fixture
def committed_clerk(transactional_db):
    return UserFactory(username="clerk")
