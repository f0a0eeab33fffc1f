"""Sales orders, made and moved along by the operations."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import factory
import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.orders.models import Channel, OutboundRule, Pick
from apps.orders.models.order import ChannelKind
from apps.orders.operations import (
    OrderLine,
    PackLine,
    allocate_order,
    complete_packing,
    confirm_pick,
    confirm_sales_order,
    open_carton,
    open_shipment,
    pack_picks,
    raise_sales_order,
    release_wave,
)
from apps.shipping.operations import close_carton
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import an_actor


class ChannelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Channel
        django_get_or_create = ("code",)

    code = "WEB"
    name = "Web shop"
    kind = ChannelKind.WEB


class CustomerFactory(PartyFactory):
    """A party that buys."""

    is_customer = True


def a_supervisor():
    """Somebody who may sell, allocate and release."""
    return an_actor(UserFactory(roles=[Role.SUPERVISOR]))


@contextmanager
def refusing(refusal):
    """As the edge does it: a refusal, the ledger's too, undoes what the operation did and no more."""
    with pytest.raises(refusal) as caught, transaction.atomic():
        yield caught


@transaction.atomic
def a_sales_order(warehouse, *lines, by=None, confirm=True, at=None, **more):
    """An order for (item, quantity) pairs, confirmed unless told otherwise, due in two days."""
    by = by or a_supervisor()
    at = at or clock.now()
    more.setdefault("due_on", warehouse.local_date(at) + timedelta(days=2))
    order = raise_sales_order(
        warehouse_id=warehouse.pk,
        channel_id=(more.pop("channel", None) or ChannelFactory()).pk,
        customer_id=(more.pop("customer", None) or CustomerFactory()).pk,
        lines=[OrderLine(item_id=item.pk, quantity=Decimal(quantity)) for item, quantity in lines],
        by=by,
        at=at,
        **more,
    )
    return confirm_sales_order(order_id=order.pk, by=by, at=at) if confirm else order


@transaction.atomic
def allocated(order, by=None):
    """The order, allocated."""
    return allocate_order(order_id=order.pk, by=by or a_supervisor(), at=clock.now())


@transaction.atomic
def released(*orders, by=None):
    """A wave of the orders, allocated before."""
    by = by or a_supervisor()
    for order in orders:
        allocated(order, by)
    return release_wave(
        warehouse_id=orders[0].warehouse_id, order_ids=[order.pk for order in orders], by=by, at=clock.now()
    )


@transaction.atomic
def pick(one, quantity, tote, *, by=None, **more):
    """Confirm a pick."""
    return confirm_pick(
        task_id=one.task_id,
        quantity=Decimal(quantity),
        tote_id=tote.pk if tote else None,
        by=by or an_actor(),
        at=clock.now(),
        **more,
    )


def pick_all(wave, tote, by=None):
    """Every pick of a wave, in full."""
    by = by or an_actor()
    return [pick(one, one.quantity, tote, by=by) for one in wave.picks.order_by("task__sequence")]


@transaction.atomic
def packed(order, by=None):
    """A shipment with all that is picked of an order in one closed carton, packing complete."""
    by = by or an_actor()
    at = clock.now()
    shipment = open_shipment(order_id=order.pk, by=by, at=at)
    carton = open_carton(shipment_id=shipment.pk, by=by, at=at)
    contents = [
        PackLine(pick_id=one.pk, quantity=one.picked)
        for one in Pick.objects.filter(allocation__line__order=order, picked__gt=0, packings=None)
    ]
    pack_picks(carton_id=carton.pk, contents=contents, by=by, at=at)
    close_carton(carton_id=carton.pk, by=by, at=at)
    return complete_packing(shipment_id=shipment.pk, by=by, at=at)


class OutboundRuleFactory(factory.django.DjangoModelFactory):
    """A rule about allocation that changes nothing, unless told otherwise."""

    class Meta:
        model = OutboundRule
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"RULE-{n}")
    name = "as the site says"
    about = "allocate"
    strategy = factory.LazyAttribute(lambda rule: "fefo" if rule.about == "allocate" else "")

    @factory.post_generation
    def excluded_zones(self, create, zones, **_):
        if create and zones:
            self.excluded_zones.set(zones)
