"""The desk's verbs run operations: they do what they say, or say why not and change nothing."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.journal.models import Command, OutboxMessage
from apps.ledger.models import Hold, Lot, StockTransaction
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder, Wave
from apps.orders.states import SalesOrderState
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.states import PurchaseOrderState
from apps.traceability.models import RecallCase
from tests.admin.pages import address
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import ChannelFactory, CustomerFactory, a_sales_order
from tests.factories.purchasing import an_order

pytestmark = pytest.mark.django_db(transaction=True)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def do(browser, document, verb, **answers):
    return browser.post(address(type(document), "do", document.pk, verb), answers)


@pytest.fixture
def site():
    return WarehouseFactory()


@pytest.fixture
def draft(site):
    return an_order(site, (ItemFactory(), 10))


def test_an_order_is_submitted_by_its_button(desk_of, site, draft):
    answer = do(desk_of(Role.BUYER, at=[site]), draft, "submit")

    draft.refresh_from_db()
    assert draft.state == PurchaseOrderState.SUBMITTED
    assert said(answer) == [f"{draft} waits for approval."]


def test_a_button_pressed_twice_does_its_work_once(desk_of, site, draft):
    browser = desk_of(Role.BUYER, at=[site])
    do(browser, draft, "submit", key="k")

    again = do(browser, draft, "submit", key="k")

    assert said(again)[-1] == f"{draft} waits for approval."
    assert Command.objects.filter(key="k").count() == 1


def test_a_refusal_is_a_message_and_changes_nothing(desk_of, site, draft):
    answer = do(desk_of(Role.BUYER, at=[site]), draft, "approve")

    draft.refresh_from_db()
    assert draft.state == PurchaseOrderState.DRAFT
    assert said(answer) == [f"{draft} is draft and cannot become approved."]


def test_whoever_raised_an_order_is_told_that_another_approves_it(desk_of, site):
    browser = desk_of(Role.BUYER, at=[site])
    order = an_order(site, (ItemFactory(), 10), by=Actor(user=User.objects.latest("pk")))
    do(browser, order, "submit")

    answer = do(browser, order, "approve")

    order.refresh_from_db()
    assert order.state == PurchaseOrderState.SUBMITTED
    assert "approve" in said(answer)[-1]


def test_a_verb_that_needs_a_reason_asks_for_it(desk_of, site, draft):
    browser = desk_of(Role.BUYER, at=[site])

    asked = browser.get(address(PurchaseOrder, "do", draft.pk, "cancel"))
    without = do(browser, draft, "cancel", reason="")

    assert asked.status_code == without.status_code == 200
    draft.refresh_from_db()
    assert draft.state == PurchaseOrderState.DRAFT
    do(browser, draft, "cancel", reason="Ordered twice")
    draft.refresh_from_db()
    assert draft.state == PurchaseOrderState.CANCELLED


def test_a_verb_of_another_role_is_forbidden(desk_of, site, draft):
    assert do(desk_of(Role.AUDITOR, at=[site]), draft, "submit").status_code == 403


def test_a_verb_on_a_document_elsewhere_is_not_found(desk_of, draft):
    assert do(desk_of(Role.BUYER, at=[WarehouseFactory()]), draft, "submit").status_code == 404


def test_a_verb_is_not_run_by_following_a_link(desk_of, site, draft):
    desk_of(Role.BUYER, at=[site]).get(address(PurchaseOrder, "do", draft.pk, "submit"))

    draft.refresh_from_db()
    assert draft.state == PurchaseOrderState.DRAFT


def test_a_purchase_order_is_drafted_by_hand(desk_of, site):
    supplier, item = PartyFactory(is_supplier=True), ItemFactory()

    desk_of(Role.BUYER, at=[site]).post(
        address(PurchaseOrder, "add"),
        {
            "warehouse": site.pk,
            "supplier": supplier.pk,
            "due_on": "2027-03-01",
            "lines-TOTAL_FORMS": 2,
            "lines-INITIAL_FORMS": 0,
            "lines-0-item": item.pk,
            "lines-0-quantity": "12",
            "lines-0-price": "2.5",
        },
    )

    order = PurchaseOrder.objects.get()
    assert (order.supplier, order.due_on, order.state) == (supplier, date(2027, 3, 1), "draft")
    assert list(order.lines.values_list("item", "quantity", "price")) == [(item.pk, D(12), D("2.5"))]


def test_a_draft_that_is_refused_says_why_and_stays_filled(desk_of, site):
    answer = desk_of(Role.BUYER, at=[site]).post(
        address(PurchaseOrder, "add"),
        {
            "warehouse": site.pk,
            "supplier": PartyFactory(is_supplier=False).pk,
            "due_on": "2027-03-01",
            "reference": "R-1",
            "lines-TOTAL_FORMS": 1,
            "lines-INITIAL_FORMS": 0,
            "lines-0-item": ItemFactory().pk,
            "lines-0-quantity": "12",
            "lines-0-price": "1",
        },
    )

    assert answer.status_code == 200
    assert b'value="R-1"' in answer.content
    assert not PurchaseOrder.objects.exists()


def test_a_sales_order_is_taken_down_by_hand(desk_of, site):
    customer, item = CustomerFactory(), ItemFactory()

    desk_of(Role.SALES, at=[site]).post(
        address(SalesOrder, "add"),
        {
            "warehouse": site.pk,
            "channel": ChannelFactory().pk,
            "customer": customer.pk,
            "due_on": "2027-03-01",
            "lines-TOTAL_FORMS": 1,
            "lines-INITIAL_FORMS": 0,
            "lines-0-item": item.pk,
            "lines-0-quantity": "3",
            "lines-0-price": "9",
        },
    )

    order = SalesOrder.objects.get()
    assert (order.customer, order.state) == (customer, SalesOrderState.DRAFT)
    assert list(order.lines.values_list("item", "quantity")) == [(item.pk, D(3))]


def chosen(browser, action, *orders):
    return browser.post(address(SalesOrder), {"action": action, "_selected_action": [order.pk for order in orders]})


def test_chosen_orders_are_allocated_and_go_to_the_floor_in_one_wave(desk_of, site):
    item = ItemFactory()
    stock(item, LocationFactory(warehouse=site), 10)
    orders = [a_sales_order(site, (item, 2)) for _ in range(2)]
    browser = desk_of(Role.SUPERVISOR, at=[site])

    chosen(browser, "allocate", *orders)
    chosen(browser, "release", *orders)

    wave = Wave.objects.get()
    assert wave.picks.count() == 2
    assert set(SalesOrder.objects.values_list("state", flat=True)) == {SalesOrderState.RELEASED}


def test_orders_without_stock_are_not_released_and_it_is_said(desk_of, site):
    order = a_sales_order(site, (ItemFactory(), 2))

    answer = chosen(desk_of(Role.SUPERVISOR, at=[site]), "release", order)

    order.refresh_from_db()
    assert order.state == SalesOrderState.CONFIRMED
    assert said(answer) == [f"{order} is confirmed and cannot become released."]
    assert not Wave.objects.exists()


def test_an_action_is_not_offered_to_who_may_not(desk_of, site):
    order = a_sales_order(site, (ItemFactory(), 2), confirm=False)

    chosen(desk_of(Role.AUDITOR, at=[site]), "confirm", order)

    order.refresh_from_db()
    assert order.state == SalesOrderState.DRAFT


def test_a_lot_is_held_and_released(desk_of, site):
    lot = LotFactory()
    browser = desk_of(Role.QUALITY, at=[site])

    do(browser, lot, "hold", reason="quality", note="Torn wrapper")
    page = browser.get(address(Lot, "change", lot.pk))
    hold = Hold.objects.get(lot=lot)

    assert b"On hold: Waiting for quality. Torn wrapper" in page.content
    do(browser, hold, "release", note="Repacked")
    assert not Hold.objects.open().exists()


def test_a_recall_is_opened_for_chosen_lots(desk_of, site):
    lots = [LotFactory(), LotFactory()]

    desk_of(Role.QUALITY, at=[site]).post(
        address(RecallCase, "add"),
        {"lots": [lot.pk for lot in lots], "reason": "Glass in the jar", "source": "ours", "depth": "retail"},
    )

    case = RecallCase.objects.get()
    assert set(case.lots.all()) == set(lots)
    assert Hold.objects.open().count() == 2


def test_a_receipts_posting_is_not_undone_alone(desk_of, site):
    posting = StockTransaction.objects.get(pk=stock(ItemFactory(), LocationFactory(warehouse=site), 5))
    browser = desk_of(Role.SUPERVISOR, at=[site])

    page = browser.get(address(StockTransaction, "change", posting.pk))
    answer = do(browser, posting, "reverse", reason="Wrong")

    assert page.context["verbs"] == []
    assert len(said(answer)) == 1
    assert StockTransaction.objects.count() == 1


def test_an_effect_that_was_given_up_is_tried_again(desk_of):
    at = clock.now()
    message = OutboxMessage.objects.create(job="x", created_at=at, due_at=at, attempts=12, dead_at=at)

    desk_of(Role.ADMIN).post(address(OutboxMessage), {"action": "try_again", "_selected_action": [message.pk]})

    message.refresh_from_db()
    assert (message.attempts, message.dead_at) == (0, None)


def test_goods_on_a_dock_are_shown_with_their_unit(manager, site):
    item = ItemFactory(number="BOLT")
    stock(item, LocationFactory(warehouse=site, kind=LocationKind.DOCK), 1234)

    page = manager.get(address(type(item.balances.get())))

    assert b"1,234 <small>EA</small>" in page.content
