"""Bills of materials."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.catalog.choices import BillKind, PartRole
from apps.catalog.operations import Alternative, NewLine, activate_bill, draft_bill
from apps.core import clock
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor

LONG_AGO = date(2020, 1, 1)


def a_drafter():
    """Somebody who may draft bills."""
    return an_actor(UserFactory(roles=(Role.INVENTORY_MANAGER,)))


def part(item, quantity=1, *, scrap=0, alternatives=(), role=PartRole.COMPONENT):
    """A line: so much of an item; alternatives as (item, quantity)."""
    return NewLine(
        item_id=item.pk,
        quantity=Decimal(quantity),
        role=role,
        scrap_percent=Decimal(scrap),
        alternatives=tuple(Alternative(item_id=each.pk, quantity=Decimal(much)) for each, much in alternatives),
    )


@transaction.atomic
def a_draft_bill(item, *lines, since=LONG_AGO, by=None, **more):
    """A version that nobody has put in force; a line may be an item, of which one is taken."""
    return draft_bill(
        item_id=item.pk,
        lines=[line if isinstance(line, NewLine) else part(line) for line in lines],
        valid_from=since,
        by=by or a_drafter(),
        at=clock.now(),
        **more,
    )


@transaction.atomic
def a_bill(item, *lines, since=LONG_AGO, **more):
    """A version in force."""
    bill = a_draft_bill(item, *lines, since=since, **more)
    return activate_bill(bill_id=bill.pk, by=a_drafter(), at=clock.now())


def a_kit(item, *lines, **more):
    """A phantom kit in force."""
    return a_bill(item, *lines, kind=BillKind.PHANTOM, **more)
