"""Work at a bench on the handheld's page: brought by scan, more with a reason, an alternative, given back, finished."""

import re
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from apps.accounts.roles import Role
from apps.assembly.models import AssemblyIssue, AssemblyOrder, AssemblyOutput
from tests.admin.pages import address
from tests.browser.handheld import DESK
from tests.factories.accounts import UserFactory
from tests.factories.assembly import a_planner, issue_all, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import works_at
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-pallet-of-tea"  # noqa: S105 - of this test's own user


@pytest.fixture
def soap(site):
    """Two bars of soap of four fat and two boxes, for which foil stands in; they expire with the fat."""
    shop = SimpleNamespace(site=site.warehouse, bench=site.bench, by=a_planner())
    shop.fat = ItemFactory(number="FAT", name="Fat", perishable=True)
    shop.box, shop.foil = ItemFactory(number="BOX", name="Box"), ItemFactory(number="FOIL", name="Foil")
    shop.soap = ItemFactory(number="SOAP", name="Soap", perishable=True, expires_with_parts=True)
    a_bill(shop.soap, part(shop.fat, 2), part(shop.box, 1, alternatives=[(shop.foil, 3)]))
    stock(shop.fat, site.bin, 9, lot=LotFactory(item=shop.fat, number="F-1", expires_on="2028-03-31"))
    stock(shop.box, site.other, 9)
    stock(shop.foil, site.other, 9)
    shop.order = put_to_work(shop, shop.soap, 2)
    return shop


def test_components_are_brought_by_scan_and_an_order_is_finished(handheld, site, soap, shot):
    handheld.choose("Bench")
    handheld.scan("Scan the work order or the bench", "PACK-1")
    handheld.sees("Assemble")
    shot("assembly-order")
    handheld.scan("Scan where the goods stand", "A-01-1")
    handheld.sees("Issue")
    handheld.scan("Scan the goods", "F-1")
    handheld.page.get_by_label("How many").fill("5")
    shot("assembly-issue")
    assert handheld.acts_without_scrolling()
    handheld.tap("Put it on the bench")
    handheld.tap("Some of it was spoilt")
    handheld.hears("5 EA on the bench")
    handheld.scan("Scan where the goods stand", "A-01-2")
    handheld.scan("Scan the goods", "FOIL")
    expect(handheld.page.get_by_text("Instead of a component")).to_be_visible()
    handheld.page.get_by_label("How many").fill("3")
    handheld.scan("Scan PACK-1 or tap below", "PACK-1")
    handheld.hears("3 on the bench")
    handheld.scan("Scan where the goods stand", "A-01-2")
    handheld.scan("Scan the goods", "BOX")
    handheld.tap("Put it on the bench")
    handheld.hears("1 EA on the bench")

    handheld.tap("Something is finished")
    handheld.sees("Finish")
    expect(handheld.page.get_by_label("Expires on")).to_have_value("2028-03-31")
    handheld.scan("Scan the lot", "S-1")
    shot("assembly-finish")
    assert handheld.acts_without_scrolling()
    handheld.page.get_by_label("How many").fill("1")
    handheld.tap("Finish 1 EA")
    handheld.hears("1 finished")
    expect(handheld.page.get_by_text("1 of 2 made")).to_be_visible()
    handheld.tap("Something is finished")
    handheld.scan("Scan the lot", "S-1")
    handheld.tap("Finish 1 EA")
    handheld.hears("1 finished")
    handheld.tap("Give back")
    handheld.choose("FAT")
    handheld.scan("Scan the bin it goes to", "A-01-1")

    handheld.hears("1 EA back in A-01-1")
    order = AssemblyOrder.objects.get()
    assert (order.state, order.made) == ("done", D(2))
    over = AssemblyIssue.objects.get(item=soap.fat)
    assert (over.quantity, over.reason, over.returned) == (D(5), "Some of it was spoilt", D(1))
    assert set(AssemblyOutput.objects.values_list("lot__number", "lot__expires_on")) == {("S-1", date(2028, 3, 31))}
    assert stands(soap.soap) == {"PACK-1": D(2)}
    assert_invariants()


def test_units_with_serial_numbers_are_scanned_one_by_one(handheld, site, shot):
    shop = SimpleNamespace(site=site.warehouse, bench=site.bench, by=a_planner())
    clock, screw = ItemFactory(number="CLOCK", name="Clock", serials=True), ItemFactory(number="SCREW")
    a_bill(clock, part(screw, 4))
    stock(screw, site.bin, 20)
    order = put_to_work(shop, clock, 2)
    issue_all(order)
    handheld.choose("Bench")
    handheld.choose("Assemble CLOCK")
    handheld.tap("Something is finished")
    handheld.scan("Scan each serial number", "C-1")
    handheld.hears("C-1")
    handheld.scan("Scan each serial number", "C-1")
    handheld.is_stopped("C-1 is in it already.")
    handheld.reads_it()
    handheld.scan("Scan each serial number", "A-01-1")
    handheld.is_stopped("Expected Clock.")
    handheld.reads_it()
    handheld.scan("Scan each serial number", "C-2")
    handheld.scan("Scan each serial number", "C-3")
    handheld.is_stopped("No more than 2 EA come out.")
    handheld.reads_it()
    shot("assembly-serials")
    handheld.tap("Finish 2 EA")

    handheld.hears("2 finished")
    assert sorted(str(each.serial) for each in AssemblyOutput.objects.all()) == ["C-1", "C-2"]
    order.refresh_from_db()
    assert order.state == "done"


def test_the_desk_finishes_an_order(page, site, soap, shot):
    issue_all(soap.order)
    boss = works_at(UserFactory(username="sam", roles=[Role.SUPERVISOR]), site.warehouse)
    boss.set_password(PASSWORD)
    boss.save(update_fields=["password"])
    page.set_viewport_size(DESK)
    page.goto("/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    page.goto(address(AssemblyOrder, "change", soap.order.pk))
    page.locator("a.sg-button", has_text="Finish").click()
    shot("assembly-desk-finish")
    page.get_by_label("SOAP: lot").fill("S-9")
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_text("what was made stands at the bench")).to_be_visible()
    shot("assembly-desk-order")
    soap.order.refresh_from_db()
    assert (soap.order.state, soap.order.made) == ("done", D(2))
    assert AssemblyOutput.objects.values_list("lot__expires_on", flat=True).get() == date(2028, 3, 31)
