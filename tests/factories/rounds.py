"""Pick rounds, made and walked by the operations."""

from decimal import Decimal

from django.db import transaction

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.orders.batching import Capacity
from apps.orders.models import PickRound
from apps.orders.operations import claim_round, confirm_pick, plan_rounds, put_tote
from apps.orders.states import PickMethod
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_supervisor


@transaction.atomic
def planned(wave, method=PickMethod.CLUSTER, *, totes=8, by=None, **more):
    """The wave's rounds."""
    return plan_rounds(
        wave_id=wave.pk,
        method=PickMethod(method),
        capacity=Capacity(totes=totes, **more),
        by=by or a_supervisor(),
        at=clock.now(),
    )


@transaction.atomic
def claimed(cart, by=None):
    """The round in somebody's hands, who is given back with it."""
    by = by or an_actor()
    return claim_round(round_id=cart.pk, by=by, at=clock.now()), by


def a_tote(warehouse, code):
    """An empty tote."""
    return LocationFactory(warehouse=warehouse, code=code, kind=LocationKind.TOTE)


@transaction.atomic
def equipped(cart, by, *, prefix="T"):
    """An empty tote in each slot; them by slot."""
    totes = {slot.slot: a_tote(cart.warehouse, f"{prefix}-{cart.number}-{slot.slot}") for slot in cart.slots.all()}
    for slot, tote in totes.items():
        put_tote(round_id=cart.pk, slot=slot, tote_id=tote.pk, by=by, at=clock.now())
    return totes


@transaction.atomic
def walked(cart, by, *, most=None):
    """The open picks of a round in their turn, each in full into its slot's tote, or so many of them."""
    stops = cart.stops.filter(pick__state="to_pick").select_related("pick", "slot")[:most]
    return [
        confirm_pick(
            task_id=stop.pick.task_id,
            quantity=Decimal(stop.pick.quantity),
            tote_id=stop.slot.tote_id,
            by=by,
            at=clock.now(),
        )
        for stop in stops
    ]


def again(cart):
    """The round as it is now."""
    return PickRound.objects.get(pk=cart.pk)
