"""A yard with two doors, and the people who book trucks and stand at the doors."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.locations.choices import LocationKind
from apps.locations.operations import book_appointment
from tests.factories.accounts import UserFactory
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at


@pytest.fixture
def gate(db):
    """Two doors at a warehouse in Paris; `noon` is tomorrow, so that all of its day is still to come."""
    warehouse = WarehouseFactory(code="MAIN", timezone="Europe/Paris")
    doors = [LocationFactory(warehouse=warehouse, code=f"DOOR-{n}", kind=LocationKind.DOCK) for n in (1, 2)]
    boss = Actor(user=works_at(UserFactory(username="boss", roles=[Role.SUPERVISOR]), warehouse))
    hand = Actor(user=works_at(UserFactory(username="hand", roles=[Role.PICKER]), warehouse))
    now = clock.now().replace(second=0, microsecond=0)
    noon = (now + timedelta(days=1)).replace(hour=12, minute=0)

    def book(hours=0, *, minutes=60, door=0, since=noon, at=now, by=boss, direction="inbound", **more):
        begin = since + timedelta(hours=hours)
        return book_appointment(
            dock_id=doors[door].pk,
            direction=direction,
            starts_at=begin,
            ends_at=begin + timedelta(minutes=minutes),
            by=by,
            at=at,
            **more,
        )

    return SimpleNamespace(warehouse=warehouse, doors=doors, boss=boss, hand=hand, now=now, noon=noon, book=book)
