"""Counts that are opened and counted."""

from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.models import CountProgram
from apps.counting.operations import open_count, record_count
from apps.counting.rules import CountedLine
from apps.counting.states import ProgramKind
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor


def a_decider():
    """Somebody who may ask for counts and decide them."""
    return an_actor(UserFactory(roles=(Role.INVENTORY_MANAGER,)))


@transaction.atomic
def a_count(location, *, by=None, **more):
    """A count that waits in the queue."""
    return open_count(location_id=location.pk, by=by or a_decider(), at=clock.now(), **more)


def a_program(floor, kind=ProgramKind.CLASS, code="ALL", **more):
    """A reason to count bins of the floor's warehouse."""
    return CountProgram.objects.create(warehouse=floor.warehouse, code=code, kind=kind, **more)


def found(item, quantity, *, lot=None, serial=None, status="available", ago=0):
    """So much of an item is there."""
    return CountedLine(
        item_id=item.pk,
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        status=status,
        quantity=Decimal(quantity),
        seconds_ago=ago,
    )


@transaction.atomic
def counted(count, *lines, by=None, version=None, findings=()):
    """The count with what was found."""
    return record_count(
        task_id=count.task_id,
        version=version,
        lines=lines,
        findings=findings,
        by=by or an_actor(),
        at=clock.now(),
    )
