"""Who decides what: the tolerance, another counter, tiers, and nobody about their own."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import SYSTEM, User
from apps.accounts.roles import Role
from apps.catalog.models import ReasonCode
from apps.core import clock
from apps.core.errors import NotFound
from apps.counting.errors import BeyondTier, NotIndependent, OwnCount
from apps.counting.models import ApprovalTier, CountTolerance, CycleCount
from apps.counting.operations import approve_count, reject_count
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, Move, Place, post, reserve
from apps.ledger.states import TransactionKind
from apps.storage.models import ItemVelocity
from tests.admin.pages import address
from tests.concurrency.crowd import together
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import works_at
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """A hundred bolts at 2 each stand in A."""
    return a_hundred()


def a_hundred(item=None):
    floor = a_floor(item)
    stock(floor.item, floor.a, 100, cost=2)
    return floor


def a_tolerance(floor, percent, value=None, abc_class=""):
    return CountTolerance.objects.create(warehouse=floor.warehouse, percent=percent, value=value, abc_class=abc_class)


@transaction.atomic
def approved(count, *, by=None, **more):
    return approve_count(count_id=count.pk, by=by or a_decider(), at=clock.now(), **({"reason": "seen"} | more))


def on_hand(floor):
    return StockBalance.objects.get(location=floor.a, item=floor.item).on_hand


def test_within_the_tolerance_the_rule_posts(floor):
    a_tolerance(floor, 2)
    counter = an_actor()

    count = counted(a_count(floor.a), found(floor.item, 98), by=counter)

    assert (count.state, count.by_rule, count.approved_by.username) == ("approved", True, SYSTEM)
    assert (count.quantity, count.value) == (D(2), D(4))
    assert (on_hand(floor), count.transaction.by.username) == (D(98), SYSTEM)
    assert AuditEntry.objects.get(verb="approve").number == count.number
    assert_invariants()


@pytest.mark.parametrize(("percent", "value", "there"), [(2, None, 97), (2, None, 103), (50, 5, 97), (0, None, 99)])
def test_beyond_it_another_counts_again_by_itself(floor, percent, value, there):
    a_tolerance(floor, percent, value)
    first = an_actor()

    count = counted(a_count(floor.a), found(floor.item, there), by=first)

    assert (count.state, count.first_counted_by, count.task.not_for_id) == ("recount", first.user, first.user.pk)
    assert on_hand(floor) == D(100)
    count = counted(count, found(floor.item, there))
    assert (count.state, count.round) == ("counted", 2)
    approved(count)
    assert on_hand(floor) == D(there)
    assert_invariants()


def test_a_recount_within_the_tolerance_is_posted_by_rule(floor):
    a_tolerance(floor, 2)

    count = counted(counted(a_count(floor.a), found(floor.item, 50)), found(floor.item, 99))

    assert (count.state, count.by_rule, on_hand(floor)) == ("approved", True, D(99))


def test_the_class_of_the_item_says_which_tolerance(floor):
    a_tolerance(floor, 0, abc_class="A")
    a_tolerance(floor, 10)
    ItemVelocity.objects.create(warehouse=floor.warehouse, item=floor.item, velocity="A")

    assert counted(a_count(floor.a), found(floor.item, 99)).state == "recount"


def test_what_the_ledger_refuses_to_the_rule_waits_for_a_person(floor):
    a_tolerance(floor, 5)
    balance = StockBalance.objects.get(location=floor.a)
    reserve([Claim(balance_id=balance.pk, quantity=D(100))], warehouse_id=floor.warehouse.pk, document="SO-1")

    count = counted(a_count(floor.a), found(floor.item, 98))

    assert (count.state, count.approved_by, on_hand(floor)) == ("counted", None, D(100))


def picked_by(floor, picker):
    post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(1),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=floor.tote.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.PICK,
        by=picker,
        at=clock.now(),
    )


def test_who_picked_there_last_neither_counts_nor_approves(floor):
    picker = a_decider()
    picked_by(floor, picker)
    count = a_count(floor.a)

    with pytest.raises(NotIndependent) as refusal:
        counted(count, found(floor.item, 90), by=picker)
    assert refusal.value.facts == {
        "count": count.number,
        "who": picker.user.username,
        "part": "picked there last",
    }
    count = counted(count, found(floor.item, 90))
    assert count.last_picked_by == picker.user
    with pytest.raises(NotIndependent):
        approved(count, by=picker)
    assert on_hand(floor) == D(99)


def test_who_asked_for_it_neither_counts_nor_approves(floor):
    asker = a_decider()
    count = a_count(floor.a, by=asker)

    with pytest.raises(NotIndependent):
        counted(count, found(floor.item, 90), by=asker)
    count = counted(count, found(floor.item, 90))
    with pytest.raises(NotIndependent) as refusal:
        approved(count, by=asker)
    assert refusal.value.part == "asked for it"
    with pytest.raises(IntegrityError, match="cycle_count_approved_by_no_other_part"):
        CycleCount.objects.filter(pk=count.pk).update(approved_by=asker.user)


def test_who_counted_first_does_not_approve_the_second_count(floor):
    first = a_decider()
    count = counted(a_count(floor.a), found(floor.item, 90), by=first)
    with transaction.atomic():
        count = reject_count(count_id=count.pk, reason="odd", by=a_decider(), at=clock.now())
    count = counted(count, found(floor.item, 91))

    with pytest.raises(OwnCount):
        approved(count, by=first)


def test_tiers_go_by_value_by_quantity_and_by_what_was_approved_in_thirty_days(floor, time_machine):
    ApprovalTier.objects.create(role=Role.SUPERVISOR, most_value=20, most_quantity=8, most_in_30_days=30)
    boss = an_actor(UserFactory(roles=(Role.SUPERVISOR,)))

    def varied(by):
        return counted(a_count(floor.a), found(floor.item, on_hand(floor) - by))

    with pytest.raises(BeyondTier) as refusal:
        approved(varied(9), by=boss)  # of nine, worth 18
    assert (refusal.value.quantity, refusal.value.value, refusal.value.so_far) == (D(9), D(18), D(0))
    CycleCount.objects.under_way().update(state="cancelled")
    approved(varied(8), by=boss)
    second = varied(8)  # 16 and 16 are more than 30
    with pytest.raises(BeyondTier) as refusal:
        approved(second, by=boss)
    assert refusal.value.so_far == D(16)
    with pytest.raises(BeyondTier):
        approved(second)  # an inventory manager has no tier
    time_machine.move_to(clock.now() + timedelta(days=31))
    approved(second, by=boss)
    assert on_hand(floor) == D(84)


def test_two_approvals_at_once_do_not_pass_under_the_same_limit(transactional_db):
    ApprovalTier.objects.create(role=Role.SUPERVISOR, most_in_30_days=30)
    boss = an_actor(UserFactory(roles=(Role.SUPERVISOR,)))
    counts = []
    for each in ("BOLT", "NUT"):
        floor = a_hundred(ItemFactory(number=each))
        counts.append(counted(a_count(floor.a), found(floor.item, 90)))  # worth 20

    def decide(count):
        try:
            return approved(count, by=boss).state
        except BeyondTier:
            return "beyond"

    answers = together(*[lambda count=count: decide(count) for count in counts], in_transaction=False)

    assert sorted(answers) == ["approved", "beyond"]


def test_reasons_are_data(floor):
    ReasonCode.objects.update_or_create(kind="count", code="BROKEN", defaults={"text": "Broken", "is_active": True})
    count = counted(a_count(floor.a), found(floor.item, 90))

    with pytest.raises(NotFound):
        approved(count, reason="", reason_code="NO-SUCH")
    count = approved(count, reason="", reason_code="BROKEN")

    assert (count.reason, count.reason_code, count.transaction.reason) == ("Broken", "BROKEN", "Broken")


def test_ones_own_count_is_approved_by_no_route(transactional_db, client):
    """By the API, by the page's button, by a bulk action, by the raw row: none of them."""
    floor = a_hundred()
    caller = a_person(floor.warehouse, roles=(Role.ADMIN,), is_superuser=True, is_staff=True)
    count = counted(a_count(floor.a), found(floor.item, 90), by=an_actor(caller.user))
    works_at(caller.user, floor.warehouse)
    client.force_login(caller.user, backend="django.contrib.auth.backends.ModelBackend")

    refused(caller.post(f"/cycle-counts/{count.number}/approve", {"reason": "mine"}), 409, "own_count")
    client.post(address(CycleCount, "do", count.pk, "approve"), {"reason": "mine"})
    actions = client.get(address(CycleCount, "changelist")).context["cl"].model_admin.get_actions
    client.post(address(CycleCount, "changelist"), {"action": "approve", "_selected_action": [count.pk], "index": 0})
    client.post(address(CycleCount, "change", count.pk), {"state": "approved", "approved_by": caller.user.pk})
    with pytest.raises(IntegrityError, match="cycle_count_approved_by_another"):
        CycleCount.objects.filter(pk=count.pk).update(approved_by=caller.user)

    count.refresh_from_db()
    assert callable(actions)
    assert (count.state, count.approved_by, on_hand(floor)) == ("counted", None, D(100))
    assert User.objects.filter(pk=caller.user.pk).exists()
