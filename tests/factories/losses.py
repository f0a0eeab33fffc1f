"""Losses: counts that find less than the book has, and the days that they are of."""

from django.db import transaction

from apps.core import clock
from apps.counting.operations import approve_count
from apps.losses.queries import Days
from tests.factories.counting import a_count, a_decider, counted, found


def missing(floor, quantity, place=None, by=None):
    """A count finds so many fewer; approved as theft."""
    place = place or floor.a
    there = floor.item.balances.get(location=place).on_hand
    count = counted(a_count(place), found(floor.item, there - quantity), by=by)
    with transaction.atomic():
        return approve_count(count_id=count.pk, by=a_decider(), at=clock.now(), reason="THEFT")


def today(floor):
    day = floor.warehouse.local_date(clock.now())
    return Days(sites=[floor.warehouse], since=day, until=day)
