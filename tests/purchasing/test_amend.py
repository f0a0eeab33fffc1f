"""An approved order is changed: what was approved is kept, and another approves the change."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.models import Approval, AuditEntry, OutboxMessage
from apps.planning.models import WAITING
from apps.purchasing.errors import (
    AboveApprovalLimit,
    BelowReceived,
    ItemNotBought,
    NoLines,
    NothingChanged,
    OrderNotReceivable,
    OwnChange,
    SelfApproval,
)
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import (
    LineChange,
    OrderLine,
    amend_purchase_order,
    approve_purchase_order,
    cancel_purchase_order,
    close_purchase_order,
    close_receipt,
    open_receipt,
    reject_change,
)
from apps.purchasing.queries import order_on_paper, receiving_sheet_of
from apps.purchasing.states import PurchaseOrderState
from apps.supply.models import ExpectedReceipt
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import a_buyer, an_order
from tests.invariants import assert_invariants

LATER = date(2027, 2, 1)


def change(line, quantity=None, price=None):
    return LineChange(
        line=line,
        quantity=None if quantity is None else D(quantity),
        price=None if price is None else D(price),
    )


@transaction.atomic
def amend(yard, *changes, by=None, **more):
    more.setdefault("reason", "supplier is short")
    return amend_purchase_order(order_id=yard.order.pk, changes=changes, by=by or yard.buyer, at=clock.now(), **more)


@transaction.atomic
def approve(yard, by=None):
    return approve_purchase_order(order_id=yard.order.pk, by=by or a_buyer(), at=clock.now())


def now(yard):
    return PurchaseOrder.objects.get(pk=yard.order.pk)


def expected(yard):
    rows = ExpectedReceipt.objects.filter(document=yard.order.number).order_by("line")
    return [(row.line, row.quantity, row.received, row.due_on, row.closed_at is None) for row in rows]


def test_a_change_keeps_what_was_approved_and_waits_for_approval(yard):
    was = yard.order
    nut = ItemFactory(number="NUT")

    order = amend(
        yard,
        change(1, 8),
        change(2, price="3"),
        change(3, 0),
        added=[OrderLine(item_id=nut.pk, quantity=D(5), price=D(1))],
        due_on=LATER,
        terms="60 days",
    )

    assert (order.state, order.revision, order.approved_by, order.approved_at) == ("amended", 1, None, None)
    assert (order.amended_by, order.due_on, order.terms) == (yard.buyer.user, LATER, "60 days")
    assert list(order.lines.order_by("line").values_list("line", "quantity", "price")) == [
        (1, D(8), D("2.5")),
        (2, D(100), D(3)),
        (3, D(0), D("2.5")),
        (4, D("5.5"), D("2.5")),
        (5, D(5), D(1)),
    ]
    kept = order.revisions.get()
    assert (kept.number, kept.approved_by, kept.approved_at) == (0, was.approved_by, was.approved_at)
    assert (kept.replaced_by, kept.reason, kept.due_on, kept.total) == (
        yard.buyer.user,
        "supplier is short",
        was.due_on,
        D("293.75"),
    )
    assert kept.lines[0] == {"line": 1, "item": "BOLT", "quantity": "10", "price": "2.5"}
    assert AuditEntry.objects.get(verb="amend").detail == {
        "reason": "supplier is short",
        "revision": 1,
        "changes": "due 2027-01-15 → 2027-02-01; terms (none) → 60 days; line 1: quantity 10 → 8; "
        "line 2: price 2.5 → 3; line 3: cancelled; line 5 added: 5 NUT at 1",
    }


def test_until_it_is_approved_anew_goods_stay_expected_as_before_and_none_come_in(yard):
    before = expected(yard)

    amend(yard, change(1, 8))

    assert expected(yard) == before
    assert PurchaseOrderState.AMENDED not in WAITING, "planning would count it twice"
    with pytest.raises(OrderNotReceivable) as refusal, transaction.atomic():
        yard.receive(1, 1)
    assert refusal.value.state == "amended"
    with pytest.raises(OrderNotReceivable), transaction.atomic():
        open_receipt(order_ids=[yard.order.pk], dock_id=yard.dock.pk, by=yard.worker, at=clock.now())


def test_approved_anew_what_is_expected_follows_and_the_order_is_printed_again(yard):
    yard.receive(1, 4)
    nut = ItemFactory(number="NUT")
    amend(
        yard,
        change(1, 20),
        change(3, 0),
        added=[OrderLine(item_id=nut.pk, quantity=D(5), price=D(1))],
        due_on=LATER,
    )
    boss = a_buyer()

    order = approve(yard, boss)

    assert (order.state, order.revision, order.approved_by) == ("receiving", 1, boss.user)
    assert expected(yard) == [
        (1, D(20), D(4), LATER, True),
        (2, D(100), D(0), LATER, True),
        (3, D(2), D(0), date(2027, 1, 15), False),
        (4, D("5.5"), D(0), LATER, True),
        (5, D(5), D(0), LATER, True),
    ]
    assert OutboxMessage.objects.filter(job="purchasing.print_purchase_order").count() == 2
    latest = Approval.objects.filter(number=order.number).latest("pk")
    assert (latest.asked_by, latest.decided_by) == (yard.buyer.user, boss.user)
    yard.receive(1, 16)
    assert_invariants()


def test_an_order_of_which_nothing_came_is_approved_again(yard):
    amend(yard, change(1, 8))

    assert approve(yard).state == PurchaseOrderState.APPROVED


def test_a_line_that_was_cancelled_may_be_asked_for_again(yard):
    amend(yard, change(1, 0))
    approve(yard)
    amend(yard, change(1, 3))

    approve(yard)

    assert expected(yard)[0] == (1, D(3), D(0), date(2027, 1, 15), True)
    assert [kept.number for kept in now(yard).revisions.all()] == [1, 0]


def test_whoever_raised_or_changed_an_order_does_not_approve_the_change(yard):
    amend(yard, change(1, 8))

    with pytest.raises(OwnChange) as refusal, transaction.atomic():
        approve(yard, yard.buyer)
    with pytest.raises(SelfApproval), transaction.atomic():
        approve(yard, Actor(user=yard.order.raised_by))

    assert refusal.value.facts == {"order": yard.order.number, "who": yard.buyer.user.username}
    assert now(yard).state == PurchaseOrderState.AMENDED


def test_nobody_approves_their_own_change_because_another_changed_the_order_after_them(yard):
    other = an_actor(UserFactory(roles=[Role.SUPERVISOR]))
    amend(yard, change(1, 8))
    amend(yard, change(1, 9), by=other)

    for each in (yard.buyer, other):
        with pytest.raises(OwnChange), transaction.atomic():
            approve(yard, each)

    assert now(yard).state == PurchaseOrderState.AMENDED


def test_whoever_approved_may_change_and_then_another_approves(yard):
    first = Actor(user=yard.order.approved_by)
    amend(yard, change(1, 8), by=first)

    with pytest.raises(OwnChange), transaction.atomic():
        approve(yard, first)

    assert approve(yard).state == PurchaseOrderState.APPROVED


def test_a_change_above_the_limit_takes_a_higher_role(yard):
    amend(yard, change(1, 10, 100000))

    with pytest.raises(AboveApprovalLimit), transaction.atomic():
        approve(yard)

    assert approve(yard, an_actor(UserFactory(roles=[Role.ADMIN]))).state == PurchaseOrderState.APPROVED


def test_a_change_that_waits_may_be_changed_further_and_is_one_revision(yard):
    amend(yard, change(1, 8))

    order = amend(yard, change(1, 9), by=a_buyer())

    assert (order.revision, order.revisions.count(), order.lines.get(line=1).quantity) == (1, 1, D(9))
    assert order.revisions.get().lines[0]["quantity"] == "10"


@pytest.mark.parametrize(
    ("changes", "more", "refused_as"),
    [
        ([], {}, NothingChanged),
        ([change(1, 10, "2.5")], {"due_on": date(2027, 1, 15)}, NothingChanged),
        ([change(1, 3)], {}, BelowReceived),
        ([change(1, 0)], {}, BelowReceived),
        ([change(1, "8.5")], {}, InvalidQuantity),
        ([change(9, 1)], {}, NotFound),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(yard, changes, more, refused_as):
    yard.receive(1, 4)

    with pytest.raises(refused_as):
        amend(yard, *changes, **more)

    order = now(yard)
    assert (order.state, order.revision, order.revisions.count()) == ("receiving", 0, 0)
    assert order.approved_by is not None


def test_less_than_has_come_is_refused_with_the_figures(yard):
    yard.receive(1, 4)

    with pytest.raises(BelowReceived) as refusal:
        amend(yard, change(1, 3))

    assert refusal.value.facts == {"line": 1, "item": "BOLT", "received": D(4), "asked": D(3)}


def test_something_is_left_of_a_changed_order(yard):
    with pytest.raises(NoLines):
        amend(yard, *(change(line, 0) for line in (1, 2, 3, 4)))


def test_what_is_added_is_checked_as_when_an_order_is_raised(yard):
    old = ItemFactory(lifecycle="retired")

    with pytest.raises(ItemNotBought):
        amend(yard, added=[OrderLine(item_id=old.pk, quantity=D(1), price=D(1))])


def test_other_roles_and_other_states_change_nothing(yard):
    for role in (Role.PICKER, Role.SALES, Role.QUALITY, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            amend(yard, change(1, 8), by=an_actor(UserFactory(roles=[role])))
    draft = an_order(yard.warehouse, (yard.bolt, 1))
    close_purchase_order(order_id=yard.order.pk, reason="done", by=yard.buyer, at=clock.now())
    for order in (draft, yard.order):
        with pytest.raises(IllegalTransition):
            amend_purchase_order(order_id=order.pk, reason="x", changes=[change(1, 8)], by=yard.buyer, at=clock.now())


def test_cut_to_what_has_come_an_order_closes_when_that_is_approved(yard):
    yard.receive(1, 4)
    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())
    amend(yard, change(1, 4), change(2, 0), change(3, 0), change(4, 0))

    order = approve(yard)

    assert order.state == PurchaseOrderState.CLOSED
    assert not ExpectedReceipt.objects.filter(document=order.number, closed_at=None).exists()
    assert_invariants()


def test_cut_to_what_has_come_with_the_truck_at_the_dock_it_closes_with_the_truck(yard):
    yard.receive(1, 4)
    amend(yard, change(1, 4), change(2, 0), change(3, 0), change(4, 0))
    assert approve(yard).state == PurchaseOrderState.RECEIVING

    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())

    assert now(yard).state == PurchaseOrderState.CLOSED


def test_a_truck_may_leave_while_a_change_waits(yard):
    yard.receive(1, 4)
    amend(yard, change(1, 4), change(2, 0), change(3, 0), change(4, 0))

    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())

    assert now(yard).state == PurchaseOrderState.AMENDED
    assert approve(yard).state == PurchaseOrderState.CLOSED


def test_a_changed_order_is_cancelled_only_while_nothing_has_come(yard):
    amend(yard, change(1, 8))
    with transaction.atomic():
        undone = transaction.savepoint()
        cancelled = cancel_purchase_order(order_id=yard.order.pk, reason="no", by=yard.buyer, at=clock.now())
        assert cancelled.state == PurchaseOrderState.CANCELLED
        transaction.savepoint_rollback(undone)
    approve(yard)
    yard.receive(1, 4)
    amend(yard, change(1, 9))

    with pytest.raises(IllegalTransition):
        cancel_purchase_order(order_id=yard.order.pk, reason="no", by=yard.buyer, at=clock.now())

    closed = close_purchase_order(order_id=yard.order.pk, reason="no", by=yard.buyer, at=clock.now())
    assert closed.state == PurchaseOrderState.CLOSED


def test_the_papers_say_the_revision_and_leave_out_what_was_cancelled(yard):
    amend(yard, change(1, 0))

    paper = order_on_paper(yard.order.pk, at=clock.now(), by=yard.buyer.user)
    sheet = receiving_sheet_of(yard.order, at=clock.now(), by=yard.buyer.user)

    assert (paper.revision, paper.approved_by, paper.lines[0].quantity) == (1, "", D(0))
    assert [line.line for line in sheet.lines] == [2, 3, 4]


@pytest.mark.parametrize("count", [1, 15])
def test_a_change_takes_the_same_number_of_statements_for_any_number_of_lines(yard, count, django_assert_num_queries):
    added = [OrderLine(item_id=yard.bolt.pk, quantity=D(1), price=D(1))] * count

    # savepoint, order, roles, lines, items, supplier, prices, update, insert, revision, warehouse, trail,
    # order, release
    with django_assert_num_queries(14):
        amend(yard, change(1, 8), added=added)


def test_over_http_an_order_is_changed_and_shows_what_was_approved(yard):
    buyer = a_person(yard.warehouse, roles=[Role.BUYER], username="bea")
    path = f"/purchase-orders/{yard.order.number}"
    milk = {"item": "MILK", "quantity": "5"}
    ask = {"reason": "less", "lines": [{"line": 1, "quantity": "8"}]}

    refused(buyer.post(f"{path}/amend", ask | {"added": [milk]}), 409, "no_price")
    body = ask | {"added": [milk | {"price": "2"}]}
    changed = buyer.post(f"{path}/amend", body, key="k")

    assert changed.status_code == 200
    shown = changed.json()
    assert (shown["state"], shown["revision"], shown["amended_by"], shown["approved_by"]) == ("amended", 1, "bea", None)
    assert [(line["line"], line["item"], line["quantity"]) for line in shown["lines"]][::4] == [
        (1, "BOLT", "8"),
        (5, "MILK", "5"),
    ]
    (kept,) = shown["revisions"]
    assert (kept["number"], kept["reason"], kept["total"]) == (0, "less", "293.75")
    assert kept["lines"][0] == {"line": 1, "item": "BOLT", "quantity": "10", "price": "2.5"}
    assert buyer.post(f"{path}/amend", body, key="k").json() == shown
    refused(buyer.post(f"{path}/approve"), 409, "own_change")
    refused(buyer.post(f"{path}/amend", {"reason": "x"}), 400, "nothing_changed")
    refused(buyer.post(f"{path}/amend", {"lines": [{"line": 1, "quantity": "8"}]}), 400, "malformed")
    stranger = a_person(WarehouseFactory(), roles=[Role.BUYER])
    assert stranger.post(f"{path}/amend", {"reason": "x"}).status_code == 404


def test_a_buyer_changes_a_line_at_the_desk_and_sees_what_was_approved(client, yard):
    client.force_login(UserFactory(is_superuser=True))
    name = "admin:purchasing_purchaseorder"

    def ask(**answers):
        return client.post(reverse(f"{name}_do", args=[yard.order.pk, "amend"]), {"reason": "less"} | answers)

    for wrong in (
        {"quantity": "8"},
        {"item": "NOSUCH", "quantity": "1"},
        {"item": "MILK"},
        {"item": "MILK", "line": 1},
    ):
        assert ask(**wrong).status_code == 200
    assert now(yard).state == PurchaseOrderState.APPROVED
    ask(line="1", quantity="8")
    ask(item="MILK", quantity="5", price="2", due_on="2027-02-01")

    order = now(yard)
    assert (order.state, order.revision, order.due_on) == ("amended", 1, LATER)
    assert list(order.lines.order_by("line").values_list("item__number", "quantity"))[::4] == [
        ("BOLT", D(8)),
        ("MILK", D(5)),
    ]
    page = client.get(reverse(f"{name}_change", args=[order.pk])).content.decode()
    assert "Approved before" in page
    assert "line 1: quantity 10 → 8" in page


def reject(yard, by=None):
    return reject_change(order_id=yard.order.pk, reason="too dear", by=by or yard.buyer, at=clock.now())


def test_a_change_that_is_rejected_leaves_the_order_as_it_was_approved(yard):
    before = list(yard.order.lines.order_by("line").values_list("line", "quantity", "price"))
    approved_by = now(yard).approved_by
    more = OrderLine(item_id=yard.milk.pk, quantity=D(5), price=D(2))
    amend(yard, change(1, 8, "9.99"), added=[more], due_on=LATER, terms="cash")

    order = reject(yard)

    assert (order.state, order.due_on, order.terms) == ("approved", date(2027, 1, 15), "")
    assert (order.approved_by, order.amended_by) == (approved_by, None)
    rows = list(order.lines.order_by("line").values_list("line", "quantity", "price"))
    assert rows == [*before, (5, D(0), D(2))]
    entry = AuditEntry.objects.of("purchase order", order.number).get(verb="reject change")
    assert (entry.user, entry.detail["reason"]) == (yard.buyer.user, "too dear")
    [line] = yard.receive(1, 10)
    assert line.quantity == D(10)
    assert_invariants()


def test_an_order_of_which_something_came_is_received_on_after_a_rejected_change(yard):
    yard.receive(1, 4)
    amend(yard, change(1, 5))

    assert reject(yard).state == "receiving"
    assert now(yard).lines.get(line=1).quantity == D(10)


def test_only_a_waiting_change_is_rejected_by_who_may_decide(yard):
    with pytest.raises(IllegalTransition):
        reject(yard)
    amend(yard, change(1, 8))
    with pytest.raises(NotAllowed):
        reject(yard, by=yard.worker)

    assert now(yard).lines.get(line=1).quantity == D(8)


def test_a_change_is_rejected_over_http_and_may_be_made_again(yard):
    buyer = a_person(yard.warehouse, roles=[Role.BUYER])
    path = f"/purchase-orders/{yard.order.number}"
    ask = {"reason": "less", "lines": [{"line": 1, "quantity": "8"}]}
    buyer.post(f"{path}/amend", ask)

    rejected = buyer.post(f"{path}/reject-change", {"reason": "too dear"}).json()
    again = buyer.post(f"{path}/amend", ask).json()

    assert (rejected["state"], rejected["lines"][0]["quantity"]) == ("approved", "10")
    assert (again["state"], again["revision"]) == ("amended", 2)
    refused(buyer.post(f"{path}/reject-change", {}), 400, "malformed")
