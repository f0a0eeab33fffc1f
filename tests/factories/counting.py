"""Counts that are opened and counted."""

from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.operations import open_count, record_count
from apps.counting.rules import CountedLine
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor


def a_decider():
    """Somebody who may ask for counts and decide them."""
    return an_actor(UserFactory(roles=(Role.INVENTORY_MANAGER,)))


@transaction.atomic
def a_count(location, *, by=None):
    """A count that waits in the queue."""
    return open_count(location_id=location.pk, by=by or a_decider(), at=clock.now())


def found(item, quantity, *, lot=None, serial=None, status="available"):
    """So much of an item is there."""
    return CountedLine(
        item_id=item.pk,
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        status=status,
        quantity=Decimal(quantity),
    )


@transaction.atomic
def counted(count, *lines, by=None, version=None):
    """The count with what was found."""
    return record_count(task_id=count.task_id, version=version, lines=lines, by=by or an_actor(), at=clock.now())
