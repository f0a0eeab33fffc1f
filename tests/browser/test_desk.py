"""The desk in a real browser: sign in, approve an order, let a wave go to the floor."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.models import CycleCount
from apps.journal.actor import Actor
from apps.ledger.models import Block, Lot, StockBalance
from apps.orders.models import SalesOrder, Wave
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import submit_purchase_order
from apps.supply.models import ExpectedReceipt
from apps.tasks.models import WarehouseTask
from apps.traceability.models import RecallCase
from tests.admin.pages import address
from tests.browser.handheld import PORTRAIT
from tests.factories.accounts import UserFactory
from tests.factories.desk import a_desk
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import works_at
from tests.factories.orders import a_sales_order, released
from tests.factories.purchasing import an_order
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-pallet-of-tea"  # noqa: S105 - of this test's own user


@pytest.fixture
def desk(page: Page, site) -> Page:
    """The desk, with a supervisor signed in who also buys and may see the machinery."""
    user = works_at(UserFactory(username="sam", roles=[Role.SUPERVISOR, Role.BUYER, Role.AUDITOR]), site.warehouse)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


def test_a_purchase_order_is_approved_at_the_desk(desk, site):
    order = an_order(site.warehouse, (site.item, 48))
    with transaction.atomic():
        submit_purchase_order(order_id=order.pk, by=Actor(user=order.raised_by), at=clock.now())

    desk.goto(address(PurchaseOrder))
    desk.get_by_role("link", name=order.number).click()
    desk.get_by_role("button", name="Approve").click()

    expect(desk.get_by_text(f"{order.number} is approved; its goods are expected.")).to_be_visible()
    order.refresh_from_db()
    assert (order.state, order.approved_by.username) == ("approved", "sam")
    assert ExpectedReceipt.objects.get().document == order.number
    assert_invariants()


def test_orders_are_chosen_allocated_and_released_in_one_wave(desk, site):
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, expires_on="2028-03-31"))
    orders = [a_sales_order(site.warehouse, (site.item, quantity)) for quantity in (5, 7)]

    for action in ("allocate", "release"):
        desk.goto(address(SalesOrder))
        desk.get_by_label("Select all objects on this page for an action").check()
        desk.locator("select[name=action]").select_option(action)
        desk.get_by_role("button", name="Run").click()
        expect(desk.locator("#main")).to_contain_text(orders[0].number)

    wave = Wave.objects.get()
    assert wave.released_by.username == "sam"
    assert {pick.allocation.line.order.number for pick in wave.picks.all()} == {order.number for order in orders}
    assert WarehouseTask.objects.open().count() == 2
    assert_invariants()


def test_no_page_of_the_desk_is_wider_than_a_phone(desk, site, shot):
    a_desk(12, warehouse=site.warehouse)
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, expires_on="2028-03-31"))
    order = a_sales_order(site.warehouse, (site.item, 5), (site.item, 7))
    released(order)
    desk.set_viewport_size(PORTRAIT)
    pages = {
        "home": reverse("admin:index"),
        "search": reverse("desk-search") + "?q=chocolate",
        "stock-position": reverse("desk-stock-position"),
        "stock-as-of": reverse("desk-stock-as-of"),
        "putaway-ranking": reverse("desk-putaway-ranking") + f"?warehouse=LEITH&item={site.item.number}&quantity=8",
        "signs": reverse("desk-signs") + "?warehouse=LEITH",
        "order": address(SalesOrder, "change", order.pk),
    }
    for model in (SalesOrder, PurchaseOrder, StockBalance, Lot, RecallCase, CycleCount, Block):
        pages[f"{model.__name__}-list"] = address(model)
        pages[model.__name__] = address(model, "change", model.objects.order_by("pk").values_list("pk", flat=True)[0])
    wide = {}

    for name, where in pages.items():
        answer = desk.goto(where)
        assert answer.ok, where
        shot(f"desk-{name}")
        width = desk.evaluate("document.documentElement.scrollWidth")
        if width > PORTRAIT["width"]:
            wide[name] = width

    assert wide == {}
