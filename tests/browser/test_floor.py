"""Counting, receiving and packing on the handheld's page."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.core import clock
from apps.core.codes import make_sscc
from apps.counting.models import CountLine, CycleCount
from apps.counting.states import CountScope
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, StockBalance
from apps.ledger.states import UnitKind
from apps.orders.models import PackedPick
from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt
from apps.purchasing.operations import AnnouncedLine, AnnouncedUnit, announce_shipment
from apps.shipping.models import Carton, Shipment
from apps.tasks.models import WarehouseTask
from tests.browser.handheld import LABEL
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.orders import a_sales_order, pick_all, released
from tests.factories.purchasing import an_approved_order
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bin_is_counted_blind_and_what_was_found_waits_for_a_manager(handheld, site, shot):
    lot = LotFactory(item=site.item, number="L7", expires_on="2028-03-31")
    stock(site.item, site.bin, 437, lot=lot)
    mug = ItemFactory(number="MUG", name="Mug, stone")
    count = a_count(site.bin)

    handheld.tap("Next task")
    handheld.sees("Count")
    shot("count")
    handheld.scan("Scan bin A-01-1", "A-01-2")
    handheld.is_stopped("A-01-2", "Expected A-01-1.")
    handheld.reads_it()
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan goods", LABEL)
    handheld.page.get_by_label("Counted, in EA").fill("430")
    expect(handheld.page.get_by_label("Lot")).to_have_value("L7")
    assert handheld.acts_without_scrolling()
    shot("count-goods")
    handheld.tap("Note it")
    handheld.scan("Scan goods", "MUG")
    handheld.page.get_by_label("Counted, in EA").fill("2")
    handheld.tap("Note it")
    handheld.hears("2 EA Mug, stone")
    shot("count-lines")
    assert "437" not in handheld.page.content()
    handheld.tap("That is all: 2 counted")

    handheld.hears("A-01-1 is counted")
    found = {(line.item.number, line.counted, line.variance) for line in CountLine.objects.filter(count=count)}
    assert found == {("CHOC-70", D(430), D(-7)), (mug.number, D(2), D(2))}
    assert CycleCount.objects.get().state == "counted"
    assert stands(site.item) == {"A-01-1": D(437)}
    assert_invariants()


def test_a_bin_with_nothing_in_it_is_counted_by_saying_so(handheld, site):
    a_count(site.bin)

    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.tap("The bin is empty")
    handheld.tap("Yes, it is empty")

    handheld.hears("A-01-1 is counted")
    assert CycleCount.objects.get().state == "approved"


def test_whether_a_bin_is_empty_is_one_tap(handheld, site):
    a_count(site.bin, scope=CountScope.EMPTY)

    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.tap("The bin is empty")

    handheld.hears("A-01-1 is counted")
    assert CycleCount.objects.get().state == "approved"


def test_what_nothing_here_bears_is_taken_down_as_it_was_read(handheld, site):
    a_count(site.bin)

    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan goods", "NOBODY-KNOWS")
    handheld.page.get_by_label("How many").fill("3")
    handheld.page.get_by_label("What it looks like").fill("a red box")
    handheld.tap("Note it")
    handheld.tap("That is all: 1 counted")

    handheld.hears("A-01-1 is counted")
    (finding,) = CycleCount.objects.get().findings.all()
    assert (finding.kind, finding.text, finding.quantity, finding.note) == (
        "barcode",
        "NOBODY-KNOWS",
        D(3),
        "a red box",
    )


def test_one_lot_in_two_conditions_is_counted_as_two_lines(handheld, site):
    lot = LotFactory(item=site.item, number="L7", expires_on="2028-03-31")
    stock(site.item, site.bin, 40, lot=lot)
    a_count(site.bin)

    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan goods", LABEL)
    handheld.page.get_by_label("Counted, in EA").fill("36")
    handheld.tap("Note it")
    handheld.tap("Choose goods")
    handheld.page.locator("#list").get_by_role("button", name="Dark chocolate 70 %").click()
    handheld.tap("The same in another condition")
    expect(handheld.page.get_by_role("button", name="Good", exact=True)).to_have_count(0)
    handheld.tap("Damaged")
    handheld.page.get_by_label("Counted, in EA").fill("4")
    handheld.tap("Note it")
    handheld.tap("That is all: 2 counted")

    handheld.hears("A-01-1 is counted")
    assert set(CountLine.objects.values_list("item__number", "lot__number", "status", "counted")) == {
        ("CHOC-70", "L7", "available", D(36)),
        ("CHOC-70", "L7", "damaged", D(4)),
    }
    assert_invariants()


def test_the_same_goods_are_not_noted_twice_in_one_condition(handheld, site):
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, number="L7", expires_on="2028-03-31"))
    a_count(site.bin)
    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    for _ in range(2):
        handheld.scan("Scan goods", "CHOC-70")
        handheld.page.get_by_label("Lot").fill("L7")
        handheld.page.get_by_label("Counted, in EA").fill("40")
        handheld.tap("Note it")

    handheld.is_stopped("These are on the list already.")


def test_a_condition_that_was_tapped_and_not_noted_changes_nothing(handheld, site):
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, number="L7", expires_on="2028-03-31"))
    a_count(site.bin)
    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan goods", LABEL)
    handheld.page.get_by_label("Counted, in EA").fill("40")
    handheld.tap("Note it")

    handheld.choose("Dark chocolate 70 %")
    handheld.tap("Change the quantity")
    handheld.tap("Condition")
    handheld.tap("Damaged")
    expect(handheld.page.locator(".what")).to_contain_text("Damaged")
    handheld.tap("Back")
    expect(handheld.page.get_by_role("button").filter(has_text="Dark chocolate 70 %")).not_to_contain_text("Damaged")
    handheld.tap("That is all: 1 counted")

    handheld.hears("A-01-1 is counted")
    assert CountLine.objects.get().status == "available"


def test_a_truck_is_received_by_its_labels_and_what_is_too_much_is_refused(handheld, site, shot):
    kettle = ItemFactory(number="KETTLE", name="Kettle 1.5 l", serials=True)
    order = an_approved_order(site.warehouse, (site.item, 48), (kettle, 2))

    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.sees(f"Receive {order.number}")
    handheld.scan("Scan the dock", "dock-in")
    handheld.hears("at DOCK-IN")
    handheld.scan("Scan the goods", LABEL)
    expect(handheld.page.get_by_label("Expires on")).to_have_value("2028-03-31")
    handheld.page.get_by_label("How many, in EA").fill("49")
    assert handheld.acts_without_scrolling()
    shot("receive-goods")
    handheld.tap("Take it in")

    handheld.is_stopped("48 of CHOC-70 may come in", "Enter less.")
    shot("receive-too-much")
    assert stands(site.item) == {}
    handheld.reads_it()
    handheld.page.get_by_label("How many, in EA").fill("48")
    handheld.tap("Take it in")
    handheld.hears("48 EA Dark chocolate 70 % came in")
    handheld.scan("Scan the goods", "KETTLE")
    for serial in ("K-1", "K-2"):
        handheld.scan("Scan each serial number", serial)
        expect(handheld.page.get_by_role("button", name=serial)).to_be_visible()
    handheld.tap("Take in 2 EA")
    handheld.hears("2 EA Kettle 1.5 l came in")
    handheld.sees("Receive 2 of 2")
    shot("receive-lines")
    handheld.tap("The truck is empty")

    handheld.hears("is closed; the goods can be put away")
    assert stands(site.item) == {"DOCK-IN": D(48)}
    assert (Lot.objects.get().number, str(Lot.objects.get().expires_on)) == ("L7", "2028-03-31")
    assert set(SerialNumber.objects.values_list("number", flat=True)) == {"K-1", "K-2"}
    assert (Receipt.objects.get().state, PurchaseOrder.objects.get().state) == ("closed", "closed")
    assert WarehouseTask.objects.count() == 3
    assert_invariants()


def test_goods_whose_answer_was_lost_come_in_once_though_their_line_is_opened_again(handheld, site, lose_first):
    order = an_approved_order(site.warehouse, (site.item, 48))
    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.scan("Scan the dock", "DOCK-IN")
    lost = lose_first("**/lines")

    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("16")
    handheld.tap("Take it in")
    handheld.is_stopped("No answer from the warehouse.", "Try again.")
    handheld.reads_it()
    handheld.tap("Back")
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("16")
    handheld.tap("Take it in")
    handheld.hears("16 EA Dark chocolate 70 % came in")

    assert lost == [201]
    assert stands(site.item) == {"DOCK-IN": D(16)}
    expect(handheld.page.get_by_text("16 of 48 EA")).to_be_visible()
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("16")
    handheld.tap("Take it in")
    expect(handheld.page.get_by_text("32 of 48 EA")).to_be_visible()
    assert stands(site.item) == {"DOCK-IN": D(32)}
    assert_invariants()


def test_a_label_scanned_on_its_line_tells_when_the_goods_were_made(handheld, site):
    order = an_approved_order(site.warehouse, (site.item, 48))
    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.scan("Scan the dock", "DOCK-IN")

    handheld.choose("Dark chocolate 70 %")
    handheld.scan("Scan the label for lot and expiry", "011061414100001911250331" + LABEL[16:])
    expect(handheld.page.get_by_label("Lot", exact=True)).to_have_value("L7")
    handheld.tap("Take it in")

    handheld.hears("48 EA Dark chocolate 70 % came in")
    assert (str(Lot.objects.get().made_on), str(Lot.objects.get().expires_on)) == ("2025-03-31", "2028-03-31")


def test_a_receipt_that_is_scanned_without_an_answer_can_be_scanned_again(handheld, site, lose_first):
    order = an_approved_order(site.warehouse, (site.item, 48))
    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.scan("Scan the dock", "DOCK-IN")
    handheld.hears("at DOCK-IN")
    receipt = Receipt.objects.get().number
    handheld.tap("Back")
    lost = lose_first(f"**/receipts/{receipt}")

    handheld.scan("Scan the order or pallet", receipt)
    handheld.is_stopped("No answer from the warehouse.")
    handheld.reads_it()
    handheld.scan("Scan the order or pallet", receipt)

    expect(handheld.page.get_by_text("0 of 48 EA")).to_be_visible()
    assert lost == [200]


def test_an_announced_pallet_comes_in_by_one_scan_and_a_carton_goes_back(handheld, site, shot):
    order = an_approved_order(site.warehouse, (site.item, 48))
    pallet, carton = make_sscc(3, "4012345", 1), make_sscc(3, "4012345", 2)
    told = {"order_id": order.pk, "line": 1, "item_id": site.item.pk, "lot_number": "L7"}
    goods = {**told, "expires_on": date(2028, 3, 31)}
    with transaction.atomic():
        notice = announce_shipment(
            warehouse_id=site.warehouse.pk,
            supplier_id=order.supplier_id,
            reference="DESP-1",
            expected_on=order.due_on,
            units=[AnnouncedUnit(sscc=pallet), AnnouncedUnit(sscc=carton, kind=UnitKind.CARTON)],
            lines=[
                AnnouncedLine(quantity=D(40), sscc=pallet, **goods),
                AnnouncedLine(quantity=D(8), sscc=carton, **goods),
            ],
            by=an_actor(),
            at=clock.now(),
        )

    handheld.choose("A truck at the dock")
    expect(handheld.page.get_by_text("2 units announced")).to_be_visible()
    shot("receive-deliveries")
    handheld.scan("Scan the order or pallet", f"(00){pallet}")
    handheld.sees(f"Receive {notice.number}")
    handheld.scan("Scan the dock", "DOCK-IN")
    handheld.scan("Scan the goods", f"(00){pallet}")
    shot("receive-pallet")
    handheld.tap("All as announced")
    handheld.hears(f"1 line of {pallet} came in")
    handheld.choose(f"Carton {carton}")
    handheld.tap("It goes back with the truck")
    handheld.choose("Another item than ordered")
    handheld.hears(f"1 line of {carton} go back")
    shot("receive-units")
    handheld.tap("The truck is empty")

    handheld.hears("is closed; the goods can be put away")
    assert stands(site.item) == {"DOCK-IN": D(40)}
    assert HandlingUnit.objects.get().sscc == pallet
    assert WarehouseTask.objects.filter(unit__sscc=pallet).count() == 1
    assert_invariants()


def test_goods_that_nobody_knows_are_set_aside_and_damaged_ones_go_back(handheld, site, shot):
    order = an_approved_order(site.warehouse, (site.item, 48))
    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.scan("Scan the dock", "DOCK-IN")

    handheld.scan("Scan the goods", "NOBODY-KNOWS-1")
    handheld.is_stopped("Nobody knows NOBODY-KNOWS-1.")
    handheld.tap("Set it aside")
    handheld.page.get_by_label("What it looks like").fill("blue box")
    handheld.page.get_by_label("How many, in pcs").fill("2")
    assert handheld.acts_without_scrolling()
    shot("receive-set-aside")
    handheld.tap("Leave it at DOCK-IN")
    handheld.hears("set aside at DOCK-IN")
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("3")
    handheld.tap("Problem")
    handheld.choose("It goes back with the truck")
    handheld.choose("Another item than ordered")
    expect(handheld.page.get_by_text("Goes back: Another item than ordered")).to_be_visible()
    shot("receive-goes-back")
    handheld.tap("Send it back")
    handheld.hears("3 EA Dark chocolate 70 % goes back")

    assert stands(site.item) == {}
    parked = ParkedGoods.objects.get()
    assert (parked.code, parked.pieces, parked.description) == ("NOBODY-KNOWS-1", D(2), "blue box")
    assert order.lines.get().received == D(3)
    assert_invariants()


def test_goods_without_a_lots_label_get_one(handheld, site):
    order = an_approved_order(site.warehouse, (site.item, 48))
    handheld.choose("A truck at the dock")
    handheld.scan("Scan the order or pallet", order.number)
    handheld.scan("Scan the dock", "DOCK-IN")

    handheld.choose("Dark chocolate 70 %")
    handheld.tap("Problem")
    handheld.choose("No lot on it")
    handheld.page.get_by_label("Expires on").fill("2028-03-31")
    handheld.tap("Take it in")
    handheld.hears("48 EA Dark chocolate 70 % came in")

    assert Lot.objects.get().number.startswith("L-")


def test_an_order_is_packed_into_two_cartons(handheld, site, shot):
    lot = LotFactory(item=site.item, number="L7", expires_on="2028-03-31")
    stock(site.item, site.bin, 12, lot=lot)
    order = a_sales_order(site.warehouse, (site.item, 12))
    pick_all(released(order), site.tote)

    handheld.choose("Picked goods into cartons")
    expect(handheld.page.get_by_text("Scan the order on the tote")).to_be_visible()
    shot("pack-orders")
    handheld.scan("Scan the order or shipment", order.number)
    handheld.tap("New carton")
    handheld.hears("Carton 1: SSCC")
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("13")
    handheld.tap("Into the carton")
    handheld.is_stopped("12 of", "13 is too much")
    handheld.reads_it()
    handheld.page.get_by_label("How many, in EA").fill("8")
    handheld.tap("Into the carton")
    handheld.hears("Packed into carton 1")
    expect(handheld.page.get_by_text("Put these into the carton")).to_be_visible()
    shot("pack-goods")
    handheld.tap("Close the carton")
    handheld.page.get_by_label("Weight in grams").fill("1250")
    handheld.tap("Close the carton")
    handheld.hears("Carton 1 is closed")
    handheld.tap("New carton")
    handheld.tap("All of it goes in")
    handheld.hears("Packed into carton 2")
    handheld.tap("Close the carton")
    handheld.sees("Close carton 2")
    handheld.tap("Close the carton")
    handheld.tap("All is packed")

    handheld.hears("is packed")
    assert Shipment.objects.get().state == "packed"
    assert list(PackedPick.objects.order_by("pk").values_list("quantity", flat=True)) == [D(8), D(4)]
    assert Carton.objects.get(sequence=1).weight_g == D(1250)
    assert sum(row.on_hand for row in StockBalance.objects.on_hand().filter(location=site.bench)) == D(12)
    assert_invariants()
