"""Assembly orders that are released, issued and finished."""

from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction

from apps.accounts.roles import Role
from apps.assembly.operations import (
    Ingredient,
    Made,
    confirm_issue,
    draft_assembly,
    finish_assembly,
    issue_component,
    release_assembly,
)
from apps.assembly.states import WorkKind
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory


def a_planner():
    """Somebody who decides what is made."""
    return an_actor(UserFactory(roles=(Role.SUPERVISOR,)))


def a_workshop(site=None):
    """A warehouse with two bins and a bench."""
    site = site or WarehouseFactory()
    return SimpleNamespace(
        site=site,
        a=LocationFactory(warehouse=site, code="A", pick_sequence=1),
        b=LocationFactory(warehouse=site, code="B", pick_sequence=2),
        bench=LocationFactory(warehouse=site, code="BENCH", kind=LocationKind.PACK),
        by=a_planner(),
    )


@transaction.atomic
def an_order(shop, item=None, quantity=1, *, kind=WorkKind.ASSEMBLE, extra=(), **more):
    """A draft; `extra` as (item, quantity) go in beside what the bill says."""
    return draft_assembly(
        warehouse_id=shop.site.pk,
        kind=kind,
        item_id=item.pk if item else None,
        quantity=Decimal(quantity),
        bench_id=shop.bench.pk,
        due_on=shop.site.local_date(clock.now()),
        ingredients=[Ingredient(item_id=each.pk, quantity=Decimal(much)) for each, much in extra],
        by=shop.by,
        at=clock.now(),
        **more,
    )


@transaction.atomic
def put_to_work(shop, item=None, quantity=1, *, partly=False, **more):
    """Released, its components reserved."""
    order = an_order(shop, item, quantity, **more)
    return release_assembly(order_id=order.pk, partly=partly, by=shop.by, at=clock.now())


@transaction.atomic
def issue_all(order, by=None):
    """Every task of it is confirmed as asked."""
    by = by or an_actor()
    tasks = WarehouseTask.objects.open().filter(document=order.number, kind="issue").order_by("pk")
    return [confirm_issue(task_id=task.pk, quantity=task.quantity, by=by, at=clock.now()) for task in tasks]


@transaction.atomic
def bring(order, item, place, quantity, *, lot=None, serial=None, by=None, **more):
    """Goods brought to the bench without a task."""
    return issue_component(
        order_id=order.pk,
        item_id=item.pk,
        location_id=place.pk,
        quantity=Decimal(quantity),
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        by=by or an_actor(),
        at=clock.now(),
        **more,
    )


def made(quantity=1, **more):
    """So much comes out."""
    return Made(quantity=Decimal(quantity), **more)


@transaction.atomic
def finish(order, *outputs, quantity=None, place=None, by=None):
    """So much is made, at the bench unless a place is named."""
    return finish_assembly(
        order_id=order.pk,
        outputs=outputs,
        quantity=None if quantity is None else Decimal(quantity),
        location_id=place.pk if place else None,
        by=by or an_actor(),
        at=clock.now(),
    )
