"""Two people and one cart, one tote, one pick: one gets it, and nothing is lost."""

from decimal import Decimal as D

import pytest

from apps.accounts.models import User
from apps.core import clock
from apps.core.invariants import check_invariants
from apps.journal.actor import Actor
from apps.ledger.models import Reservation, StockBalance
from apps.locations.choices import LocationKind
from apps.orders.errors import NothingToPlan, NothingToUnpick, PickNotOpen, RoundTaken, ToteInUse
from apps.orders.models import Pick, PickRound, RoundPick
from apps.orders.operations import (
    claim_round,
    confirm_pick,
    damage_pick,
    hand_back_round,
    plan_rounds,
    put_tote,
    split_pick,
    substitute_pick,
    unpick,
)
from apps.orders.states import PickMethod
from apps.tasks.errors import TaskStale
from tests.concurrency.crowd import together
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import a_sales_order, a_supervisor, pick, released
from tests.factories.rounds import a_tote, claimed, equipped, planned


@pytest.fixture
def hall(transactional_db):
    """A wave of two orders for two bolts each, of which six are here; afterwards every invariant holds."""
    warehouse = WarehouseFactory(code="MAIN")
    bolt = ItemFactory(number="BOLT")
    stock(bolt, LocationFactory(warehouse=warehouse, code="A"), 6)
    LocationFactory(warehouse=warehouse, code="TOTE", kind=LocationKind.TOTE)
    wave = released(a_sales_order(warehouse, (bolt, 2)), a_sales_order(warehouse, (bolt, 2)))
    yield warehouse, bolt, wave
    assert [str(violation) for violation in check_invariants()] == []


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def on_hand(item):
    """All there is, damaged too."""
    return sum(StockBalance.objects.on_hand().filter(item=item).values_list("on_hand", flat=True))


def kinds(answers, kind):
    return [answer for answer in answers if isinstance(answer, kind)]


def test_two_plans_of_one_wave_share_no_pick(hall):
    _, _, wave = hall
    boss = a_supervisor()

    def plan():
        return plan_rounds(wave_id=wave.pk, method=PickMethod.SINGLE, by=fresh(boss), at=clock.now())

    answers = together(plan, plan)

    assert len(kinds(answers, list)) + len(kinds(answers, NothingToPlan)) == 2
    assert RoundPick.objects.count() == 2
    assert PickRound.objects.count() == 2


def test_of_two_pickers_one_gets_the_round(hall):
    _, _, wave = hall
    (cart,) = planned(wave)
    people = [an_actor(), an_actor()]

    answers = together(
        *[lambda who=who: claim_round(round_id=cart.pk, by=fresh(who), at=clock.now()) for who in people]
    )

    assert len(kinds(answers, PickRound)) == len(kinds(answers, RoundTaken)) == 1
    assert PickRound.objects.get().picker == kinds(answers, PickRound)[0].picker


def test_of_two_carts_one_gets_the_tote(hall):
    warehouse, _, wave = hall
    tote, people = a_tote(warehouse, "T-9"), [an_actor(), an_actor()]
    carts = planned(wave, "single")
    for cart, who in zip(carts, people, strict=True):
        claimed(cart, who)

    answers = together(
        *[
            lambda cart=cart, who=who: put_tote(
                round_id=cart.pk, slot=1, tote_id=tote.pk, by=fresh(who), at=clock.now()
            )
            for cart, who in zip(carts, people, strict=True)
        ]
    )

    assert len(kinds(answers, PickRound)) == len(kinds(answers, ToteInUse)) == 1


def test_a_confirm_and_a_hand_back_at_once_lose_nothing(hall):
    _, bolt, wave = hall
    (cart,) = planned(wave)
    _, by = claimed(cart)
    totes = equipped(cart, by)
    stop = cart.stops.select_related("pick", "slot")[0]

    answers = together(
        lambda: confirm_pick(
            task_id=stop.pick.task_id,
            quantity=D(2),
            tote_id=totes[stop.slot.slot].pk,
            by=fresh(by),
            at=clock.now(),
        ),
        lambda: hand_back_round(round_id=cart.pk, by=fresh(by), at=clock.now()),
    )

    assert len(kinds(answers, PickRound)) == 1
    done = Pick.objects.get(pk=stop.pick.pk)
    assert (done.state == "picked") == bool(kinds(answers, Pick))
    assert on_hand(bolt) == 6


@pytest.mark.parametrize("verb", ["damage", "split", "substitute"])
def test_a_confirm_and_an_exception_at_once_are_one_of_both(hall, verb):
    warehouse, bolt, wave = hall
    one, who = wave.picks.order_by("pk")[0], [an_actor(), an_actor()]
    tote = warehouse.locations.get(code="TOTE")
    balance = Reservation.objects.get(allocation__pick=one).balance_id

    def confirm():
        return confirm_pick(
            task_id=one.task_id, version=1, quantity=D(2), tote_id=tote.pk, by=fresh(who[0]), at=clock.now()
        )

    def exception():
        given = {"pick_id": one.pk, "by": fresh(who[1]), "at": clock.now()}
        if verb == "damage":
            return damage_pick(quantity=D(1), reason="wet", **given)
        if verb == "split":
            return split_pick(quantity=D(1), tote_id=tote.pk, **given)
        return substitute_pick(balance_id=balance, reason="nearer", **given)

    answers = together(confirm, exception)

    assert len(kinds(answers, Pick)) == 1
    assert len(kinds(answers, PickNotOpen)) + len(kinds(answers, TaskStale)) == 1
    assert on_hand(bolt) == 6


def test_goods_go_back_to_a_bin_once(hall):
    warehouse, bolt, wave = hall
    tote, target = warehouse.locations.get(code="TOTE"), warehouse.locations.get(code="A")
    one = pick(wave.picks.order_by("pk")[0], 2, tote)
    people = [an_actor(), an_actor()]

    answers = together(
        *[lambda who=who: unpick(pick_id=one.pk, target_id=target.pk, by=fresh(who), at=clock.now()) for who in people]
    )

    assert len(kinds(answers, Pick)) == len(kinds(answers, NothingToUnpick)) == 1
    assert stands(bolt) == {"A": D(6)}
