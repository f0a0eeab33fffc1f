"""The floor's work on the handheld's page, at the size of a handheld: what is scanned is what is posted."""

from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest

from apps.accounts.models import SignOn, SignOnFailure
from apps.core import clock
from apps.journal.models import Command
from apps.orders.models import Pick
from apps.storage.models import Putaway
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind, TaskState
from tests.browser.handheld import LABEL, Handheld
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.orders import a_sales_order, released
from tests.factories.storage import goods_at, putaways_of
from tests.factories.tasks import a_task
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(site):
    return LotFactory(item=site.item, number="L7", expires_on="2028-03-31")


def test_a_wrong_pin_is_told_and_the_right_one_signs_on(page, site, shot):
    hand = Handheld(page)
    hand.enrol(site.device.plain_token)
    shot("sign-on")

    hand.try_pin("ines", "0000")

    hand.is_stopped("The name or the PIN is wrong.")
    shot("wrong-pin")
    hand.reads_it()
    assert not SignOn.objects.exists()
    assert SignOnFailure.objects.count() == 1
    hand.sign_on("ines", "2580")
    hand.hears("Signed on as Inês")
    shot("home")
    assert SignOn.objects.get(ended_at=None).user == site.worker


def test_after_five_wrong_pins_the_device_is_locked_and_says_so(page, site):
    hand = Handheld(page)
    hand.enrol(site.device.plain_token)
    for _ in range(5):
        hand.try_pin("ines", "0000")
        hand.is_stopped("wrong")
        hand.reads_it()

    hand.try_pin("ines", "2580")

    hand.is_stopped("Locked after too many wrong tries.", "Ask your supervisor")
    assert not SignOn.objects.exists()


def test_a_device_whose_token_was_withdrawn_is_asked_for_one_again(handheld, site):
    site.device.revoked_at = site.device.created_at
    site.device.save(update_fields=["revoked_at"])

    handheld.tap("Next task")

    handheld.sees("This device")
    assert "unknown, expired or revoked" in handheld.page.get_by_role("alert").inner_text()


def test_signing_off_lets_the_device_go(handheld):
    handheld.tap("Sign off")

    handheld.sees("Sign on")
    assert not SignOn.objects.filter(ended_at=None).exists()


def test_a_bin_and_an_item_are_looked_up_by_scanning_them(handheld, site, lot, shot):
    stock(site.item, site.bin, 40, lot=lot)

    handheld.scan("Scan anything", "a-01-1")

    handheld.sees("Location")
    assert handheld.where == "A-01-1"
    assert "Dark chocolate 70 %" in handheld.page.locator(".work").inner_text()
    shot("look-up-bin")
    handheld.scan("Scan anything", "]C10110614141000019")
    handheld.sees("Item")
    assert "40 EA here" in handheld.page.locator(".work").inner_text()
    shot("look-up-item")
    handheld.scan("Scan anything", "nothing-like-this")
    handheld.is_stopped("nothing-like-this is not known here.")


def test_a_putaway_to_a_wrong_bin_is_stopped_and_to_the_right_one_posted(handheld, site, lot, shot):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    right, wrong = row.task.target.code, next(b.code for b in (site.bin, site.other) if b != row.task.target)

    handheld.tap("Next task")
    handheld.sees("Put away")
    assert handheld.where == right
    assert handheld.acts_without_scrolling()
    shot("putaway")
    handheld.scan(f"Scan bin {right}", wrong)

    handheld.is_stopped(f"This is {wrong}.", f"Expected {right}.")
    shot("putaway-wrong-bin")
    assert stands(site.item) == {"DOCK-IN": D(40)}
    handheld.reads_it()
    handheld.scan(f"Scan bin {right}", right)
    handheld.hears(right)
    assert handheld.acts_without_scrolling()
    shot("putaway-amount")
    handheld.tap("Put away 40 EA")
    handheld.hears(f"40 EA put away into {right}")
    handheld.sees("Nothing to do")
    assert stands(site.item) == {right: D(40)}
    assert WarehouseTask.objects.get().done_by == site.worker
    assert_invariants()


def test_a_putaway_elsewhere_needs_a_reason_and_keeps_it(handheld, site, lot, shot):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    right, other = row.task.target.code, next(b.code for b in (site.bin, site.other) if b != row.task.target)

    handheld.tap("Next task")
    handheld.scan(f"Scan bin {right}", other)
    handheld.tap(f"Use {other} instead")
    shot("reasons")
    handheld.tap("The proposed bin is full")
    handheld.page.get_by_label("How many, in EA").fill("30")
    handheld.tap("Put away 30 EA")

    handheld.hears(f"30 EA put away into {other}")
    handheld.scan(f"Scan bin {right}", right)
    assert stands(site.item) == {other: D(30), "DOCK-IN": D(10)}
    assert Putaway.objects.get(task=row.task).override_reason == "The proposed bin is full"
    assert WarehouseTask.objects.get(state=TaskState.ASSIGNED).quantity == D(10)
    assert_invariants()


def test_a_pick_goes_from_its_bin_into_the_tote_when_bin_and_goods_are_right(handheld, site, lot, shot):
    stock(site.item, site.bin, 40, lot=lot)
    released(a_sales_order(site.warehouse, (site.item, 12)))

    handheld.tap("Next task")
    handheld.sees("Pick")
    assert handheld.acts_without_scrolling()
    shot("pick")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", "011061414100001910L8")
    handheld.is_stopped("This is lot L8.", "Expected lot L7.")
    shot("pick-wrong-lot")
    handheld.reads_it()
    handheld.scan("Scan the goods", LABEL)
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    handheld.hears("TOTE-1")
    shot("pick-amount")
    handheld.scan("Scan TOTE-1 or tap below", "TOTE-1")

    handheld.hears("12 EA picked into TOTE-1")
    handheld.sees("Nothing to do")
    assert stands(site.item) == {"A-01-1": D(28), "TOTE-1": D(12)}
    pick = Pick.objects.get()
    assert (pick.state, pick.picked, pick.tote) == ("picked", D(12), site.tote)
    assert_invariants()


def test_a_short_pick_says_why_and_what_was_left(handheld, site, lot, shot):
    stock(site.item, site.bin, 12, lot=lot)
    released(a_sales_order(site.warehouse, (site.item, 12)))

    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", "CHOC-70")
    handheld.tap("The label says L7")
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    handheld.page.get_by_label("How many, in EA").fill("9")
    handheld.tap("Pick 9 EA")
    handheld.tap("Not in the bin")
    handheld.tap("Yes, it is empty")

    handheld.hears("9 EA picked into TOTE-1")
    pick = Pick.objects.get()
    assert (pick.state, pick.picked, pick.short_reason, pick.bin_empty) == ("short", D(9), "Not in the bin", True)
    assert_invariants()


def test_a_task_that_changed_meanwhile_is_shown_afresh(handheld, site, lot):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    right = row.task.target.code
    handheld.tap("Next task")
    handheld.scan(f"Scan bin {right}", right)
    WarehouseTask.objects.filter(pk=row.task.pk).update(version=9)

    handheld.tap("Put away 40 EA")

    handheld.is_stopped("has changed: you saw version 2, it is now 9")
    handheld.reads_it()
    handheld.scan(f"Scan bin {right}", right)
    handheld.tap("Put away 40 EA")
    handheld.hears("40 EA put away")
    assert stands(site.item) == {right: D(40)}


def test_a_task_is_handed_back(handheld, site, lot):
    putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    handheld.tap("Next task")

    handheld.tap("Problem")
    handheld.choose("Hand the task back")

    handheld.hears("is handed back")
    task = WarehouseTask.objects.get(kind=TaskKind.PUTAWAY)
    assert (task.state, task.assigned_to) == (TaskState.READY, None)


def test_a_confirm_whose_answer_was_lost_is_told_again_and_nothing_happens_twice(handheld, site, lot, lose_first):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    right = row.task.target.code
    lost = lose_first("**/confirm")
    handheld.tap("Next task")
    handheld.scan(f"Scan bin {right}", right)
    begun = clock.now()
    with (
        handheld.page.expect_request("**/confirm") as first,
        handheld.page.expect_request("**/commands") as again,
    ):
        handheld.tap("Put away 40 EA")

    handheld.hears(f"40 EA put away into {right}")
    handheld.sees("Nothing to do")
    told = clock.now()
    assert lost == [200]
    (entry,) = again.value.post_data_json["entries"]
    assert entry["key"] == first.value.headers["idempotency-key"]
    # Only the second says a time: that of the first. The page counts in milliseconds.
    assert "occurred-at" not in first.value.headers
    assert begun - timedelta(milliseconds=1) <= datetime.fromisoformat(entry["occurred_at"]) <= told
    assert Command.objects.filter(operation__contains="confirm_task").count() == 1
    assert stands(site.item) == {right: D(40)}
    assert_invariants()


def test_the_second_of_two_picks_shows_in_bold_what_differs_from_the_first_bin(handheld, site):
    for place, number, day in ((site.bin, "L1", "2028-01-31"), (site.other, "L2", "2028-02-29")):
        stock(site.item, place, 6, lot=LotFactory(item=site.item, number=number, expires_on=day))
    released(a_sales_order(site.warehouse, (site.item, 12)))

    handheld.tap("Next task")
    handheld.sees("Pick 1 of 2")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", "01106141410000191728013110L1")
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    handheld.tap("Pick 6 EA")

    handheld.sees("Pick 2 of 2")
    assert handheld.page.locator(".where b").inner_text() == "2"
    assert "Into TOTE-1" in handheld.page.locator(".work").inner_text()


def test_a_kind_that_moves_goods_is_worked_from_bin_to_bin_whatever_it_is_called(handheld, site, lot):
    stock(site.item, site.bin, 40, lot=lot)
    task = a_task(site.item, site.bin, 16, target=site.other, lot=lot)
    sent = []

    def rename(route):
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"kind": "top_up"})

    def take_down(route):
        sent.append(route.request.post_data_json)
        route.fulfill(json={"number": task.number})
        handheld.page.unroute("**/tasks/next")

    handheld.page.route("**/tasks/next", rename)
    handheld.page.route("**/confirm", take_down)
    handheld.tap("Next task")
    handheld.sees("Top up")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", LABEL)
    handheld.scan("Scan bin A-01-2", "A-01-2")
    handheld.tap("Top up 16 EA")

    handheld.hears("16 EA moved into A-01-2")
    assert sent == [{"version": 2, "quantity": "16", "location": "A-01-2", "lot": "L7"}]
