"""Pick rounds on the handheld's page: claimed, given totes, walked; and what pickers meet at the bin."""

from decimal import Decimal as D

import pytest
from playwright.sync_api import expect

from apps.ledger.models import StockBalance
from apps.locations.models import Aisle, Zone
from apps.orders.models import Pick, PickRound
from tests.browser.handheld import LABEL
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, released
from tests.factories.rounds import a_tote, claimed, equipped, planned, walked
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(site):
    return LotFactory(item=site.item, number="L7", expires_on="2028-03-31")


@pytest.fixture
def mug(site):
    return ItemFactory(number="MUG", name="Mug, stone", colour="dark green")


@pytest.fixture
def aisle(site):
    """The site's bins in an aisle of twelve bays, measured, on both sides."""
    made = Aisle.objects.create(warehouse=site.warehouse, code="A-01")
    for number in range(3, 13):
        LocationFactory(warehouse=site.warehouse, code=f"A-01-{number}")
    for number in range(1, 13):
        place = type(site.bin).objects.get(code=f"A-01-{number}")
        place.aisle, place.bay = made, (number + 1) // 2
        place.x_mm, place.y_mm = 2000 * (number % 2), 1200 * place.bay
        place.save()
    return made


def test_a_cluster_round_is_picked_into_the_totes_of_its_slots(handheld, site, lot, mug, aisle, shot):
    stock(site.item, site.bin, 40, lot=lot)
    stock(mug, site.other, 10)
    wave = released(
        a_sales_order(site.warehouse, (site.item, 12), (mug, 2)), a_sales_order(site.warehouse, (site.item, 8))
    )
    (cart,) = planned(wave)
    for code in ("TOTE-2", "TOTE-3"):
        a_tote(site.warehouse, code)

    handheld.choose("A cart with totes")
    handheld.sees("Pick rounds")
    shot("rounds")
    handheld.choose(cart.number)
    expect(handheld.page.get_by_text("3 picks")).to_be_visible()
    shot("round-head")
    handheld.tap("Take this round")
    handheld.sees("Put totes")
    assert handheld.where == "Slot 1"
    assert handheld.acts_without_scrolling()
    shot("round-totes")
    handheld.scan("Scan an empty tote for slot 1", "TOTE-2")
    handheld.scan("Scan an empty tote for slot 2", "TOTE-2")
    handheld.is_stopped("TOTE-2")
    handheld.reads_it()
    handheld.scan("Scan an empty tote for slot 2", "TOTE-3")

    for turn in range(1, 4):
        handheld.sees(f"Pick {turn} of 3")
        place = handheld.where
        expect(handheld.page.locator(".aisle")).to_be_visible()
        assert handheld.acts_without_scrolling()
        shot(f"round-pick-{turn}")
        handheld.scan(f"Scan bin {place}", place)
        handheld.scan("Scan the goods", LABEL if place == "A-01-1" else "MUG")
        expect(handheld.page.locator(".where")).to_contain_text("Slot")
        slot = handheld.where
        right, wrong = ("TOTE-2", "TOTE-3") if slot == "Slot 1" else ("TOTE-3", "TOTE-2")
        if turn == 1:
            assert handheld.acts_without_scrolling()
            shot("round-slot")
            handheld.scan(f"Scan {right} or tap below", wrong)
            handheld.is_stopped(f"This is {wrong}.", f"Expected {right}, in {slot.lower()}.")
            shot("round-wrong-tote")
            handheld.reads_it()
        handheld.scan(f"Scan {right} or tap below", right)
        handheld.hears(f"picked into {right}")

    handheld.sees("Round done")
    shot("round-done")
    done = PickRound.objects.get()
    assert (done.state, done.picker) == ("done", site.worker)
    first, second = (slot.order for slot in done.slots.order_by("slot"))
    totes = {(pick.allocation.line.order, str(pick.tote)) for pick in Pick.objects.all()}
    assert totes == {(first, "TOTE-2"), (second, "TOTE-3")}
    assert stands(mug) == {"A-01-2": D(8), next(code for order, code in totes if order.lines.count() == 2): D(2)}
    assert_invariants()


def test_a_round_is_handed_back_by_who_leaves(handheld, site, lot):
    stock(site.item, site.bin, 40, lot=lot)
    (cart,) = planned(released(a_sales_order(site.warehouse, (site.item, 12))))

    handheld.choose("A cart with totes")
    handheld.choose(cart.number)
    handheld.tap("Take this round")
    handheld.tap("Problem")
    handheld.choose("Pause: hand the round back")

    handheld.hears(f"{cart.number} is handed back")
    assert (PickRound.objects.get().state, PickRound.objects.get().picker) == ("ready", None)


def test_goods_of_a_batch_are_sorted_into_the_totes_of_their_orders(handheld, site, lot, shot):
    stock(site.item, site.bin, 40, lot=lot)
    orders = [a_sales_order(site.warehouse, (site.item, amount)) for amount in (12, 8)]
    (cart,) = planned(released(*orders), "batch")
    for code in ("TOTE-2", "TOTE-3"):
        a_tote(site.warehouse, code)

    handheld.choose("A cart with totes")
    handheld.choose(cart.number)
    handheld.tap("Take this round")
    handheld.scan("Scan an empty tote for slot 1", "TOTE-1")
    for _ in orders:
        handheld.scan("Scan bin A-01-1", "A-01-1")
        handheld.scan("Scan the goods", LABEL)
        handheld.scan("Scan TOTE-1 or tap below", "TOTE-1")
        handheld.hears("picked into TOTE-1")
    handheld.sees("Round done")
    handheld.tap("Sort the goods")
    for code in ("TOTE-2", "TOTE-3"):
        handheld.sees("Sort TOTE-1")
        shot("sort")
        handheld.scan("Scan the goods", LABEL)
        shot("sort-into")
        handheld.scan("Scan the order's tote", code)
        handheld.hears(f"into {code}")

    expect(handheld.page.get_by_text("All is sorted")).to_be_visible()
    assert stands(site.item) == {"A-01-1": D(20), "TOTE-2": D(12), "TOTE-3": D(8)}
    assert_invariants()


def test_totes_of_two_zones_come_together_at_the_bench(handheld, site, lot, mug, shot):
    for place in (site.bin, site.other):
        place.zone = Zone.objects.create(warehouse=site.warehouse, code=f"Z{place.pk}", name="A zone")
        place.save()
    stock(site.item, site.bin, 12, lot=lot)
    stock(mug, site.other, 4)
    order = a_sales_order(site.warehouse, (site.item, 12), (mug, 4))
    totes = []
    for cart in planned(released(order), "zone"):
        mine, by = claimed(cart)
        totes += equipped(mine, by).values()
        walked(mine, by)

    handheld.choose("A cart with totes")
    handheld.tap("Bring together")
    shot("together")
    handheld.scan("Scan the tote", totes[0].code)
    expect(handheld.page.get_by_text(order.number)).to_be_visible()
    shot("together-place")
    handheld.scan("Scan the place", "PACK-1")
    handheld.hears(f"{totes[0].code} is at PACK-1; more is to come")
    handheld.scan("Scan the tote", totes[1].code)
    handheld.scan("Scan the place", "PACK-1")

    handheld.hears(f"{order.number} is together at PACK-1")
    assert (stands(site.item), stands(mug)) == ({"PACK-1": D(12)}, {"PACK-1": D(4)})
    assert_invariants()


def at_the_bin(handheld, place="A-01-1"):
    """The pick in hand, its bin scanned, and the list of what may be wrong."""
    handheld.tap("Next task")
    handheld.sees("Pick")
    handheld.scan(f"Scan bin {place}", place)
    handheld.tap("Problem")


def test_other_goods_are_taken_instead_and_then_picked(handheld, site, lot, shot):
    stock(site.item, site.bin, 12, lot=lot)
    stock(site.item, site.other, 20, lot=LotFactory(item=site.item, number="L9", expires_on="2028-09-30"))
    released(a_sales_order(site.warehouse, (site.item, 12)))

    at_the_bin(handheld)
    shot("pick-problems")
    handheld.choose("Take other goods instead")
    handheld.sees("Other goods")
    shot("pick-substitute")
    handheld.scan("Scan the bin of the other goods", "A-01-2")
    handheld.choose("Not to be reached")

    handheld.hears("Now from A-01-2")
    handheld.sees("Pick")
    handheld.scan("Scan bin A-01-2", "A-01-2")
    handheld.scan("Scan the goods", "011061414100001917280930\x1d10L9")
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    handheld.scan("Scan TOTE-1 or tap below", "TOTE-1")
    handheld.hears("12 EA picked into TOTE-1")
    pick = Pick.objects.get()
    assert pick.task.lot is not None
    assert (pick.state, pick.task.lot.number, pick.allocation.override_reason) == ("picked", "L9", "Not to be reached")
    assert stands(site.item) == {"A-01-1": D(12), "A-01-2": D(8), "TOTE-1": D(12)}
    assert_invariants()


def test_damaged_goods_stay_and_the_rest_is_picked(handheld, site, lot, shot):
    stock(site.item, site.bin, 12, lot=lot)
    released(a_sales_order(site.warehouse, (site.item, 12)))

    at_the_bin(handheld)
    handheld.choose("Goods are damaged")
    handheld.page.get_by_label("Damaged, in EA").fill("2")
    assert handheld.acts_without_scrolling()
    shot("pick-damaged")
    handheld.tap("These are damaged")
    handheld.page.get_by_role("dialog").get_by_role("button").first.click()

    handheld.hears("2 EA damaged")
    handheld.sees("Pick")
    expect(handheld.page.get_by_text("10 EA")).to_be_visible()
    rows = StockBalance.objects.on_hand().filter(item=site.item).values_list("status", "on_hand")
    assert dict(rows) == {"available": D(10), "damaged": D(2)}
    assert_invariants()


def test_a_part_is_taken_now_and_the_rest_is_asked_for_again(handheld, site, lot):
    stock(site.item, site.bin, 12, lot=lot)
    released(a_sales_order(site.warehouse, (site.item, 12)))

    at_the_bin(handheld)
    handheld.choose("A part now, the rest later")
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    expect(handheld.page.get_by_text("Into TOTE-1")).to_be_visible()
    handheld.page.get_by_label("How many, in EA").fill("5")
    handheld.tap("Take these, the rest comes later")

    handheld.hears("5 EA picked, the rest comes later")
    handheld.sees("Pick")
    expect(handheld.page.get_by_text("7 EA")).to_be_visible()
    assert stands(site.item) == {"A-01-1": D(7), "TOTE-1": D(5)}
    assert_invariants()


def test_a_skipped_pick_gives_way_to_the_next(handheld, site, lot, mug):
    stock(site.item, site.bin, 12, lot=lot)
    stock(mug, site.other, 4)
    released(a_sales_order(site.warehouse, (site.item, 12), (mug, 4)))

    handheld.tap("Next task")
    handheld.sees("Pick")
    first = handheld.where
    handheld.tap("Problem")
    handheld.choose("Come back later")
    handheld.choose("Something stands before it")

    handheld.hears(f"{first} comes later")
    handheld.sees("Pick")
    expect(handheld.page.locator(".where")).not_to_have_text(first)
    assert sorted(Pick.objects.values_list("state", flat=True)) == ["to_pick", "to_pick"]
