"""An approved order goes to its supplier, who confirms it and says when each line comes."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry, OutboxMessage
from apps.purchasing.errors import LineNotOpen, OrderNotBinding, PromisedInThePast
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import (
    LineChange,
    acknowledge_purchase_order,
    amend_purchase_order,
    approve_purchase_order,
    close_purchase_order,
    send_purchase_order,
)
from apps.purchasing.pdf import purchase_order, receiving_sheet
from apps.purchasing.queries import order_on_paper, receiving_sheet_of
from apps.supply.models import ExpectedReceipt
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import a_buyer, an_order

ASKED = date(2027, 1, 15)
SOONER, LATER = date(2027, 1, 10), date(2027, 2, 1)


@transaction.atomic
def send(yard, **more):
    more = {"how": "email", "to": "orders@dairy.example", "by": yard.buyer} | more
    return send_purchase_order(order_id=yard.order.pk, at=clock.now(), **more)


@transaction.atomic
def acknowledge(yard, promised=None, **more):
    more = {"confirmation": "AB-77", "by": yard.buyer} | more
    return acknowledge_purchase_order(order_id=yard.order.pk, promised=promised, at=clock.now(), **more)


def due(yard):
    return list(ExpectedReceipt.objects.order_by("line").values_list("due_on", flat=True))


def test_an_order_is_noted_as_sent_and_printed_as_it_went(yard):
    printed = OutboxMessage.objects.filter(job="purchasing.print_purchase_order").count()

    order = send(yard)

    assert (order.sent_by, order.sent_how, order.state) == (yard.buyer.user, "email", "approved")
    assert order.sent_at is not None
    entry = AuditEntry.objects.get(verb="send")
    assert entry.detail == {"reason": "", "how": "E-mail", "to": "orders@dairy.example", "revision": 0}
    assert OutboxMessage.objects.filter(job="purchasing.print_purchase_order").count() == printed + 1


def test_what_is_expected_follows_the_dates_that_a_supplier_promises(yard):
    order = acknowledge(yard, {1: SOONER, 2: LATER})

    assert (order.acknowledged_by, order.confirmation) == (yard.buyer.user, "AB-77")
    assert list(order.lines.order_by("line").values_list("promised_on", flat=True)) == [SOONER, LATER, None, None]
    assert due(yard) == [SOONER, LATER, ASKED, ASKED]
    assert AuditEntry.objects.get(verb="acknowledge").detail == {
        "reason": "",
        "confirmation": "AB-77",
        "promised": "line 1: 2027-01-10, line 2: 2027-02-01",
    }


def test_one_date_holds_for_all_that_is_still_to_come_but_for_the_lines_named(yard):
    yard.receive(1, 10)

    acknowledge(yard, {2: SOONER}, all_on=LATER)

    assert due(yard) == [ASKED, SOONER, LATER, LATER]


def test_dates_move_when_it_is_confirmed_again(yard):
    acknowledge(yard, {1: SOONER})

    acknowledge(yard, {1: LATER}, confirmation="AB-78")

    assert due(yard)[0] == LATER
    assert PurchaseOrder.objects.get(pk=yard.order.pk).confirmation == "AB-78"


def test_what_cannot_be_promised_is_refused(yard):
    yard.receive(1, 10)
    today = yard.warehouse.local_date(clock.now())

    for promised, refused_as in (
        ({1: LATER}, LineNotOpen),
        ({9: LATER}, NotFound),
        ({2: today - timedelta(days=1)}, PromisedInThePast),
    ):
        with pytest.raises(refused_as):
            acknowledge(yard, promised)

    acknowledge(yard, {2: today})
    assert due(yard)[1] == today


def test_only_an_order_that_is_approved_as_it_stands_is_sent_and_confirmed(yard):
    draft = an_order(yard.warehouse, (yard.bolt, 1))
    amend_purchase_order(
        order_id=yard.order.pk, reason="x", changes=[LineChange(line=1, quantity=D(8))], by=yard.buyer, at=clock.now()
    )
    for order in (draft, yard.order):
        with pytest.raises(OrderNotBinding):
            send_purchase_order(order_id=order.pk, how="post", by=yard.buyer, at=clock.now())
    close_purchase_order(order_id=yard.order.pk, reason="x", by=yard.buyer, at=clock.now())
    with pytest.raises(OrderNotBinding) as refusal:
        acknowledge(yard)

    assert refusal.value.facts == {"order": yard.order.number, "state": "closed"}


@pytest.mark.parametrize("role", [Role.PICKER, Role.SALES, Role.AUDITOR])
def test_other_roles_send_and_confirm_nothing(yard, role):
    nobody = an_actor(UserFactory(roles=[role]))

    for verb in (send, acknowledge):
        with pytest.raises(NotAllowed):
            verb(yard, by=nobody)


def test_a_change_is_sent_and_confirmed_anew(yard):
    send(yard)
    acknowledge(yard, all_on=LATER)

    with transaction.atomic():
        order = amend_purchase_order(
            order_id=yard.order.pk,
            reason="less",
            changes=[LineChange(line=1, quantity=D(8)), LineChange(line=2, price=D(3))],
            by=yard.buyer,
            at=clock.now(),
        )

    assert (order.sent_at, order.sent_by, order.sent_how) == (None, None, "")
    assert (order.acknowledged_at, order.acknowledged_by, order.confirmation) == (None, None, "")
    assert due(yard) == [LATER] * 4
    with transaction.atomic():
        approve_purchase_order(order_id=order.pk, by=a_buyer(), at=clock.now())
    assert due(yard) == [ASKED, LATER, LATER, LATER], "a date that was confirmed for less is not one for more"


def test_another_date_asked_for_takes_the_place_of_all_that_were_promised(yard):
    acknowledge(yard, all_on=LATER)
    with transaction.atomic():
        amend_purchase_order(order_id=yard.order.pk, reason="x", due_on=SOONER, by=yard.buyer, at=clock.now())

    with transaction.atomic():
        approve_purchase_order(order_id=yard.order.pk, by=a_buyer(), at=clock.now())

    assert due(yard) == [SOONER] * 4


@pytest.mark.parametrize("lines", [1, 4])
def test_a_confirmation_takes_the_same_number_of_statements_for_any_number_of_lines(
    yard, lines, django_assert_num_queries
):
    promised = dict.fromkeys(range(1, lines + 1), LATER)

    # savepoint, order, roles, lines, warehouse, update, expected, order, trail, release
    with django_assert_num_queries(10):
        acknowledge(yard, promised)


def test_the_papers_say_the_suppliers_number_and_the_promised_dates(yard):
    acknowledge(yard, {1: LATER, 2: ASKED})
    user = yard.buyer.user

    (order,) = paper_reading.texts(purchase_order(order_on_paper(yard.order.pk, at=clock.now(), by=user)))
    confirmed = PurchaseOrder.objects.select_related("supplier", "warehouse").get(pk=yard.order.pk)
    (sheet,) = paper_reading.texts(receiving_sheet(receiving_sheet_of(confirmed, at=clock.now(), by=user)))

    assert "Your number AB-77" in order
    assert order.count("Expected 2027-02-01") == 1
    assert "Supplier's number AB-77" in sheet
    assert sheet.count("2027-02-01") == 1


def test_over_http_it_is_sent_and_confirmed(yard):
    buyer = a_person(yard.warehouse, roles=[Role.BUYER], username="bea")
    path = f"/purchase-orders/{yard.order.number}"

    sent = buyer.post(f"{path}/send", {"how": "edi"}, key="k").json()
    body = {"confirmation": "AB-77", "promised_on": "2027-02-01", "lines": [{"line": 1, "promised_on": "2027-01-10"}]}
    shown = buyer.post(f"{path}/acknowledge", body).json()

    assert (sent["sent_by"], sent["sent_how"], sent["acknowledged_at"]) == ("bea", "edi", None)
    assert buyer.post(f"{path}/send", {"how": "edi"}, key="k").json() == sent
    assert (shown["acknowledged_by"], shown["confirmation"]) == ("bea", "AB-77")
    assert [line["promised_on"] for line in shown["lines"]] == ["2027-01-10", *["2027-02-01"] * 3]
    refused(buyer.post(f"{path}/send", {"how": "pigeon"}), 400, "malformed")
    refused(buyer.post(f"{path}/acknowledge", {"promised_on": "2027-02-01"}), 400, "malformed")
    past = {"confirmation": "x", "lines": [{"line": 1, "promised_on": "2020-01-01"}]}
    refused(buyer.post(f"{path}/acknowledge", past), 409, "promised_in_the_past")
    stranger = a_person(WarehouseFactory(), roles=[Role.BUYER])
    for verb in ("send", "acknowledge"):
        assert stranger.post(f"{path}/{verb}", {"how": "edi", "confirmation": "x"}).status_code == 404


def test_at_the_desk_it_is_sent_and_confirmed_line_by_line(client, yard):
    client.force_login(UserFactory(is_superuser=True))
    name = "admin:purchasing_purchaseorder"

    def ask(verb, **answers):
        return client.post(reverse(f"{name}_do", args=[yard.order.pk, verb]), answers)

    ask("send", how="phone", to="Ada")
    assert ask("acknowledge", confirmation="AB-77", line="1").status_code == 200
    ask("acknowledge", confirmation="AB-77", promised_on="2027-02-01")
    ask("acknowledge", confirmation="AB-77", promised_on="2027-01-10", line="1")

    assert due(yard) == [SOONER, LATER, LATER, LATER]
    facts = {
        fact.label: str(fact.value)
        for fact in client.get(reverse(f"{name}_change", args=[yard.order.pk])).context["facts"]
    }
    assert "Telephone by user" in facts["Sent"]
    assert "AB-77" in facts["Confirmed"]
