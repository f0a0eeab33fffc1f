"""A dead spot: work goes on, nothing is lost by a reload, nothing happens twice, and what is refused is seen."""

import re
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.accounts.operations import revoke_token
from apps.core import clock
from apps.journal.models import Command
from apps.ledger.models import StockTransaction
from apps.orders.models import Pick
from apps.tasks.models import Conflict, WarehouseTask
from apps.tasks.states import TaskState
from tests.browser.handheld import LABEL, Handheld
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.orders import a_sales_order, released
from tests.factories.storage import goods_at, putaways_of
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(site):
    return LotFactory(item=site.item, number="L7", expires_on="2028-03-31")


@pytest.fixture
def page(roaming):
    return roaming.new_page()


@pytest.fixture
def hand(page, site):
    """Signed on, with the page's shell kept by its service worker."""
    hand = Handheld(page)
    hand.enrol(site.device.plain_token)
    hand.sign_on("ines", "2580")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return hand


@pytest.fixture
def ten_picks(site, lot):
    stock(site.item, site.bin, 100, lot=lot)
    for _ in range(10):
        released(a_sales_order(site.warehouse, (site.item, 2)))
    return list(Pick.objects.order_by("pk"))


def pick_one(hand, *, tote=False):
    hand.scan("Scan bin A-01-1", "A-01-1")
    hand.scan("Scan the goods", LABEL)
    if tote:
        hand.scan("Scan the tote you pick into", "TOTE-1")
    hand.scan("Scan TOTE-1 or tap below", "TOTE-1")
    hand.hears("2 EA picked into TOTE-1")


def test_ten_picks_without_an_answer_and_a_reload_are_ten_picks_when_it_is_back(hand, roaming, site, ten_picks, shot):
    hand.tap("Take tasks along")
    hand.hears("10 tasks taken along")
    shot("along-home")
    hand.tap("Next task")
    hand.sees("Pick 1 of 10")
    hand.scan("Scan bin A-01-1", "A-01-1")
    roaming.set_offline(True)

    hand.scan("Scan the goods", "011061414100001910L8")
    hand.is_stopped("This is lot L8.")
    hand.reads_it()
    hand.scan("Scan the goods", LABEL)
    hand.scan("Scan the tote you pick into", "TOTE-1")
    hand.scan("Scan TOTE-1 or tap below", "TOTE-1")
    hand.sees("Pick 2 of 10")
    for _ in range(4):
        pick_one(hand)
    expect(hand.page.locator("#line")).to_contain_text("5 not told yet")
    shot("offline-pick")
    hand.page.reload()
    expect(hand.page.locator("#line")).to_contain_text("5 not told yet")
    hand.tap("Next task")
    hand.sees("Pick 6 of 10")
    for _ in range(5):
        pick_one(hand)
    expect(hand.page.locator("#line")).to_contain_text("10 not told yet")
    hand.page.get_by_role("button", name="Show").click()
    hand.sees("Not told yet 10")
    shot("offline-untold")
    assert set(Pick.objects.values_list("state", flat=True)) == {"to_pick"}

    roaming.set_offline(False)
    hand.tap("Try now")

    hand.sees("Stillage")
    expect(hand.page.locator("#line")).to_be_hidden()
    assert set(Pick.objects.values_list("state", "picked", "tote__code")) == {("picked", D(2), "TOTE-1")}
    assert stands(site.item) == {"A-01-1": D(80), "TOTE-1": D(20)}
    assert Command.objects.filter(operation__contains="confirm_task").count() == 10
    told = StockTransaction.objects.filter(kind="pick", occurred_at__isnull=False).order_by("occurred_at")
    assert told.count() == 10
    assert clock.now() - told[0].occurred_at < timedelta(minutes=10)
    assert not Conflict.objects.exists()
    assert_invariants()


def test_a_queue_is_told_by_itself_when_there_is_an_answer_again(hand, roaming, site, ten_picks):
    hand.tap("Take tasks along")
    hand.tap("Next task")
    roaming.set_offline(True)
    pick_one(hand, tote=True)
    expect(hand.page.locator("#line")).to_contain_text("1 not told yet")

    roaming.set_offline(False)

    expect(hand.page.locator("#line")).to_be_hidden()
    assert stands(site.item) == {"A-01-1": D(98), "TOTE-1": D(2)}


def test_what_another_did_meanwhile_is_a_conflict_on_the_page_and_in_the_inbox(hand, roaming, site, ten_picks, shot):
    hand.tap("Take tasks along")
    hand.tap("Next task")
    roaming.set_offline(True)
    pick_one(hand, tote=True)
    pick_one(hand)
    (late,) = WarehouseTask.objects.filter(pk=ten_picks[0].task_id)
    WarehouseTask.objects.filter(pk=late.pk).update(version=9)

    roaming.set_offline(False)

    expect(hand.page.locator("#line")).to_contain_text("1 conflict")
    hand.page.get_by_role("button", name="Show").click()
    expect(hand.page.locator(".conflict")).to_contain_text("2 EA picked into TOTE-1")
    expect(hand.page.locator(".conflict")).to_contain_text("has changed: you saw version 2, it is now 9")
    shot("offline-conflict")
    conflict = Conflict.objects.get()
    assert (conflict.worker, conflict.device, conflict.task) == (site.worker, site.device, late)
    assert (conflict.code, conflict.said["quantity"]) == ("task_stale", "2")
    expect(hand.page.locator(".conflict")).to_contain_text(conflict.number)
    hand.tap("Seen")
    hand.sees("Stillage")
    expect(hand.page.locator("#line")).to_be_hidden()
    assert stands(site.item) == {"A-01-1": D(98), "TOTE-1": D(2)}
    assert_invariants()


def test_two_tabs_tell_a_queue_once(hand, roaming, site, ten_picks):
    hand.tap("Take tasks along")
    hand.tap("Next task")
    roaming.set_offline(True)
    pick_one(hand, tote=True)
    other = roaming.new_page()
    other.goto("/scan/")
    expect(other.locator("#line")).to_contain_text("1 not told yet")

    roaming.set_offline(False)

    expect(hand.page.locator("#line")).to_be_hidden()
    expect(other.locator("#line")).to_be_hidden()
    assert stands(site.item) == {"A-01-1": D(98), "TOTE-1": D(2)}
    assert Command.objects.filter(operation__contains="confirm_task").count() == 1


@pytest.mark.parametrize("more", ["710ABC12\x1d", "43010ABC\x1d", "70031230104500\x1d", "17280331"])
def test_the_lot_on_a_label_is_read_without_asking_whatever_stands_before_it(hand, more):
    lot = hand.page.evaluate(
        "code => import('/static/stillage/scan/gs1.js').then(({ read }) => read(code).lot)",
        f"0106141410000019{more}10L7",
    )

    assert lot == "L7"


def test_a_single_task_survives_a_reload_in_a_dead_spot(hand, roaming, site, ten_picks):
    hand.tap("Next task")
    hand.sees("Pick")
    hand.page.get_by_label("Scan bin A-01-1").wait_for()
    roaming.set_offline(True)

    hand.page.reload()
    hand.tap("Next task")
    hand.sees("Pick")
    hand.scan("Scan bin A-01-1", "A-01-1")
    hand.scan("Scan the goods", LABEL)

    hand.hears("Dark chocolate 70 %, lot L7")


def test_what_was_taken_along_and_not_done_is_handed_back(hand, ten_picks):
    hand.tap("Take tasks along")
    hand.hears("10 tasks taken along")
    assert WarehouseTask.objects.filter(state=TaskState.ASSIGNED).count() == 10

    hand.tap("Hand back 10 tasks")

    hand.hears("Handed back")
    assert WarehouseTask.objects.filter(state=TaskState.READY).count() == 10


def test_a_device_that_is_revoked_is_out_at_its_next_call_and_keeps_what_it_could_not_tell(
    hand, roaming, site, ten_picks
):
    hand.tap("Take tasks along")
    hand.tap("Next task")
    roaming.set_offline(True)
    pick_one(hand, tote=True)
    with transaction.atomic():
        revoke_token(device_id=site.device.pk, at=clock.now())

    roaming.set_offline(False)

    hand.sees("This device")
    expect(hand.page.locator("#line")).to_contain_text("1 not told yet")
    assert stands(site.item) == {"A-01-1": D(100)}


def test_ten_codes_in_two_seconds_are_all_taken_in_order(hand, site, lot, ten_picks):
    hand.tap("Next task")
    hand.page.get_by_label("Scan bin A-01-1").wait_for()
    # The item, then its lot: this keyboard cannot type a label's separator.
    burst = ["A-01-1", "CHOC-70", "L7", "TOTE-1", "TOTE-1", "A-01-1", "CHOC-70", "L7", "TOTE-1", "A-01-1"]

    for code in burst:
        hand.page.keyboard.type(code, delay=12)
        hand.page.keyboard.press("Enter")

    # Two picks done, and the bin of the third is scanned.
    for _ in range(200):
        if Pick.objects.filter(state="picked").count() == 2:
            break
        hand.page.wait_for_timeout(100)
    expect(hand.page.get_by_label("Scan the goods")).to_be_visible()
    assert Pick.objects.filter(state="picked").count() == 2
    assert stands(site.item) == {"A-01-1": D(96), "TOTE-1": D(4)}


def test_a_pick_is_taken_back_by_the_button_that_comes_after_it(hand, site, lot):
    stock(site.item, site.bin, 40, lot=lot)
    released(a_sales_order(site.warehouse, (site.item, 2)))
    hand.tap("Next task")
    pick_one(hand, tote=True)
    hand.sees("Nothing to do")

    hand.tap("Undo the last pick")
    hand.choose("Yes, they are in A-01-1 again")

    hand.hears("is undone")
    assert stands(site.item) == {"A-01-1": D(40)}
    assert_invariants()


def test_the_shell_is_kept_and_no_answer_of_the_api_is(hand, site):
    names = hand.page.evaluate(
        "caches.keys().then(async (keys) => (await Promise.all(keys.map(async (key) =>"
        " (await (await caches.open(key)).keys()).map((each) => new URL(each.url).pathname)))).flat())"
    )

    assert "/scan/" in names
    assert any(re.fullmatch(r"/static/stillage/scan/main(\.\w+)?\.js", name) for name in names)
    assert not [name for name in names if name.startswith("/api/")]


def test_a_putaway_whose_answer_was_lost_is_told_again_under_its_key(hand, site, lot, roaming):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    right = row.task.target.code
    hand.tap("Next task")
    hand.scan(f"Scan bin {right}", right)
    roaming.route("**/confirm", lambda route: (route.fetch(), route.abort()))
    hand.tap("Put away 40 EA")

    hand.hears(f"40 EA put away into {right}")
    hand.sees("Nothing to do")
    assert stands(site.item) == {right: D(40)}
    assert Command.objects.filter(operation__contains="confirm_task").count() == 1
