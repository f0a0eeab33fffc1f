"""The book is that of the moment at which each thing was seen: what moves meanwhile is no difference."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D
from time import sleep

import pytest
from django.db import transaction

from apps.core import clock
from apps.counting.operations import approve_count
from apps.counting.queries.review import reviewed
from apps.ledger.models import StockBalance, StockMove, StockTransaction
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from tests.factories.api import a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.invariants import assert_invariants


@pytest.fixture
def floor(transactional_db):
    """Ten bolts and four nuts stand in A; each posting is a moment of its own."""
    floor = a_floor()
    floor.nut = ItemFactory(number="NUT")
    with transaction.atomic():
        stock(floor.item, floor.a, 10)
        stock(floor.nut, floor.a, 4)
    return floor


def taken(floor, quantity, *, item=None, source=None, target=None, by=None):
    with transaction.atomic():
        return post(
            [
                Move(
                    item_id=(item or floor.item).pk,
                    quantity=D(quantity),
                    source=Place(location_id=(source or floor.a).pk),
                    target=Place(location_id=(target or floor.tote).pk),
                )
            ],
            warehouse_id=floor.warehouse.pk,
            kind=TransactionKind.PICK,
            by=by or an_actor(),
            at=clock.now(),
        )


def test_a_pick_between_two_scans_of_a_count_is_no_difference(floor, time_machine):
    """PEERS 7 no. 4: the count of A starts, a pick leaves A, the count is posted."""
    count = a_count(floor.a)
    sleep(1.1)  # the ledger's clock is the database's, and a scan is told in seconds
    taken(floor, 3)
    moved = StockMove.objects.latest("pk").recorded_at

    # The bolts were scanned before the pick, the nuts after it; the whole is told half a minute later.
    time_machine.move_to(moved + timedelta(seconds=30))
    counted(count, found(floor.item, 10, ago=31), found(floor.nut, 4, ago=1))

    count.refresh_from_db()
    assert (count.state, count.quantity) == ("approved", D(0))
    assert {line.item_id: line.expected for line in count.lines.all()} == {floor.item.pk: D(10), floor.nut.pk: D(4)}
    assert not StockTransaction.objects.filter(kind="adjust").exists()


def test_a_loss_is_posted_as_it_was_seen_whatever_left_since_and_the_review_shows_both(floor):
    count = a_count(floor.a)
    counted(count, found(floor.item, 9), found(floor.nut, 4))
    taken(floor, 6)
    with transaction.atomic():
        approve_count(count_id=count.pk, reason="one is missing", by=a_decider(), at=clock.now())

    count.refresh_from_db()
    first = reviewed(count)[0]
    assert (first.latest.variance, first.moved_since) == (D(-1), D(-6))
    assert StockBalance.objects.get(location=floor.a, item=floor.item).on_hand == D(3)
    assert_invariants()


def test_the_position_is_the_last_move_before_the_scan(floor):
    count = a_count(floor.a)
    before = StockBalance.objects.get(location=floor.a, item=floor.item).last_move_id
    seen = clock.now()
    taken(floor, 3)

    counted(count, found(floor.item, 10), found(floor.nut, 4), by=replace(an_actor(), occurred_at=seen))

    assert count.lines.get(item=floor.item).position_id == before


def test_what_left_or_came_while_it_was_counted_need_not_be_named(floor, time_machine):
    """Nobody names the nuts: they left before the counter came to them."""
    count = a_count(floor.a)
    sleep(1.1)
    taken(floor, 4, item=floor.nut)
    time_machine.move_to(StockMove.objects.latest("pk").recorded_at + timedelta(seconds=30))

    counted(count, found(floor.item, 10, ago=31))

    count.refresh_from_db()
    assert (count.state, count.quantity) == ("approved", D(0))


def test_a_count_told_late_is_compared_with_the_book_of_its_moment(floor, time_machine):
    count = a_count(floor.a)
    seen = clock.now()
    taken(floor, 5)
    time_machine.move_to(seen + timedelta(hours=2))

    # Counted before the pick, out of reach; nine were there.
    late = replace(an_actor(), occurred_at=seen)
    counted(count, found(floor.item, 9), found(floor.nut, 4), by=late)

    line = count.lines.get(item=floor.item)
    assert (line.expected, line.variance) == (D(10), D(-1)), "the pick after it is not in it"
    with transaction.atomic():
        approve_count(count_id=count.pk, reason="missing", by=a_decider(), at=clock.now())
    assert StockBalance.objects.get(location=floor.a, item=floor.item).on_hand == D(4)
    assert_invariants()


def test_a_late_count_comes_through_the_queue_with_a_clock_that_runs_wrong(floor):
    worker = a_worker(floor.warehouse)
    a_count(floor.a)
    bundle = worker.post("/tasks/bundle", {"warehouse": floor.warehouse.code, "most": 5, "kinds": ["count"]}).json()
    (task,) = bundle["tasks"]
    seen = clock.now()
    sleep(0.5)
    taken(floor, 5)

    # The handheld's clock is two hours slow; it counted before the pick.
    slow = timedelta(hours=2)
    entry = {
        "key": "late-1",
        "path": f"tasks/{task['number']}/confirm",
        "occurred_at": (seen - slow).isoformat(),
        "body": {
            "version": task["version"],
            "lines": [{"item": "BOLT", "quantity": "10"}, {"item": "NUT", "quantity": "4"}],
        },
    }
    sent = (clock.now() - slow).isoformat()
    answer = worker.post("/commands", {"entries": [entry], "sent_at": sent}).json()
    again = worker.post("/commands", {"entries": [entry], "sent_at": sent}).json()

    assert [result["status"] for result in answer["results"]] == [200], answer
    assert again["results"] == answer["results"]
    (count,) = worker.get("/cycle-counts").json()["results"]
    assert count["state"] == "approved"


def test_a_replayed_count_of_a_task_that_another_did_is_a_conflict(floor):
    worker, other = a_worker(floor.warehouse), an_actor()
    count = a_count(floor.a)
    counted(count, found(floor.item, 10), found(floor.nut, 4), by=other)

    refused(
        worker.post(f"/tasks/{count.task.number}/confirm", {"lines": [{"item": "BOLT", "quantity": "9"}]}),
        409,
        "task_stale",
    )
    assert count.lines.count() == 2
