"""A purchase order's life: raised with prices, approved by another, cancelled or closed short."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.catalog.choices import Lifecycle
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.models import Approval, AuditEntry, OutboxMessage
from apps.locations.models import Company
from apps.purchasing.errors import (
    AgainstTerms,
    ItemNotBought,
    NoExchangeRate,
    NoLines,
    NoPrice,
    NotASupplier,
    ReferenceTaken,
    SelfApproval,
)
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import (
    OrderLine,
    approve_purchase_order,
    cancel_purchase_order,
    close_purchase_order,
    raise_purchase_order,
    submit_purchase_order,
)
from apps.purchasing.states import PurchaseOrderState
from apps.supply.models import ExpectedReceipt
from apps.valuation.models import ExchangeRate
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import SupplierItemFactory, a_buyer, an_approved_order, an_order

DUE = date(2027, 1, 15)


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def supplier(db):
    return PartyFactory(number="MILL", is_supplier=True)


@pytest.fixture
def bolt(db):
    return ItemFactory(number="BOLT")


def raised(warehouse, supplier, *lines, by=None, **more):
    return raise_purchase_order(
        warehouse_id=warehouse.pk,
        supplier_id=supplier.pk,
        lines=lines,
        due_on=DUE,
        by=by or an_actor(),
        at=clock.now(),
        **more,
    )


def a_line(item, quantity=1, **more):
    return OrderLine(item_id=item.pk, quantity=D(quantity), **({"price": D("2.50")} | more))


def state(order):
    return PurchaseOrder.objects.get(pk=order.pk).state


def test_an_order_is_drafted_with_its_lines_in_order(warehouse, supplier, bolt):
    wire = ItemFactory(number="WIRE", scale=2)
    by = an_actor()

    order = raised(
        warehouse,
        supplier,
        a_line(bolt, 10, supplier_code="B-10"),
        a_line(wire, "2.5", over_tolerance_percent=D(5)),
        by=by,
        reference="Q-7",
        terms="30 days net",
    )

    assert (order.state, order.raised_by, order.due_on, order.reference, order.terms) == (
        PurchaseOrderState.DRAFT,
        by.user,
        DUE,
        "Q-7",
        "30 days net",
    )
    assert order.ordered_on == warehouse.local_date(order.created_at)
    lines = order.lines.values_list("line", "item__number", "quantity", "price", "supplier_code", "received")
    assert list(lines) == [(1, "BOLT", D(10), D("2.5"), "B-10", 0), (2, "WIRE", D("2.5"), D("2.5"), "", 0)]
    assert order.lines.get(line=2).most == D("2.625")
    assert not ExpectedReceipt.objects.exists()


@pytest.mark.parametrize(("quantity", "price"), [(1, "5"), (10, "4")])
def test_a_line_without_a_price_takes_the_suppliers_for_its_quantity(warehouse, supplier, bolt, quantity, price):
    SupplierItemFactory(supplier=supplier, item=bolt, minimum_quantity=0, price=5, supplier_code="B")
    SupplierItemFactory(supplier=supplier, item=bolt, minimum_quantity=10, price=4, supplier_code="B-BOX")
    SupplierItemFactory(item=bolt, price=1)

    line = raised(warehouse, supplier, a_line(bolt, quantity, price=None)).lines.get()

    assert line.price == D(price)
    assert line.supplier_code == ("B" if quantity == 1 else "B-BOX")


@pytest.mark.parametrize(
    ("quantity", "price", "fits"),
    [(9, None, False), (10, None, False), (12, None, True), (100, None, True), (110, None, False), (9, D(1), True)],
)
def test_an_order_keeps_to_the_suppliers_least_quantity_and_multiple(warehouse, supplier, bolt, quantity, price, fits):
    SupplierItemFactory(supplier=supplier, item=bolt, minimum_quantity=D(10), multiple_quantity=D(12), price=D(3))
    SupplierItemFactory(supplier=supplier, item=bolt, minimum_quantity=D(100), multiple_quantity=D(100), price=D(2))
    lines = [OrderLine(item_id=bolt.pk, quantity=D(quantity), price=price)]

    def ask():
        return raise_purchase_order(
            warehouse_id=warehouse.pk,
            supplier_id=supplier.pk,
            lines=lines,
            due_on=date(2027, 1, 15),
            by=a_buyer(),
            at=clock.now(),
        )

    if fits:
        assert ask().lines.get().quantity == D(quantity)
        return
    with pytest.raises(AgainstTerms) as refusal:
        ask()
    assert (refusal.value.facts["least"], refusal.value.facts["asked"]) == (D(10), D(quantity))
    assert not PurchaseOrder.objects.exists()


def test_without_a_suppliers_price_the_standard_cost_counts_in_the_orders_currency(warehouse, supplier):
    Company.objects.create(pk=1, name="We", currency="EUR")
    bolt = ItemFactory(standard_cost=D(3))

    order = raised(warehouse, supplier, a_line(bolt, price=None), currency="USD", exchange_rate=D("0.8"))

    assert order.lines.get().price == D("3.75")


@pytest.mark.parametrize(
    ("asked", "suppliers", "rate", "expected"),
    [
        ("", "", None, ("EUR", D(1))),
        ("", "EUR", None, ("EUR", D(1))),
        ("EUR", "USD", D(2), ("EUR", D(1))),
        ("", "USD", D("0.9"), ("USD", D("0.9"))),
    ],
)
def test_an_orders_currency_is_the_one_asked_else_the_suppliers_else_the_companys(
    warehouse, bolt, asked, suppliers, rate, expected
):
    Company.objects.create(pk=1, name="We", currency="EUR")
    supplier = PartyFactory(is_supplier=True, currency=suppliers)

    order = raised(warehouse, supplier, a_line(bolt), currency=asked, exchange_rate=rate)

    assert (order.currency, order.exchange_rate) == expected


def test_without_a_rate_agreed_that_of_the_day_counts_or_the_last_before_it(warehouse, supplier, bolt):
    Company.objects.create(pk=1, name="We", currency="EUR")
    today = warehouse.local_date(clock.now())
    for days, rate in ((-30, "0.80"), (-2, "0.85"), (1, "0.99")):
        ExchangeRate.objects.create(currency="USD", on=today + timedelta(days=days), rate=D(rate))

    order = raised(warehouse, supplier, a_line(bolt), currency="USD")

    assert (order.currency, order.exchange_rate) == ("USD", D("0.85"))


def test_an_order_in_another_currency_needs_the_rate(warehouse, supplier, bolt):
    Company.objects.create(pk=1, name="We", currency="EUR")

    with pytest.raises(NoExchangeRate) as refusal:
        raised(warehouse, supplier, a_line(bolt), currency="USD")
    assert not PurchaseOrder.objects.exists()

    assert refusal.value.facts == {"currency": "USD", "company": "EUR"}


@pytest.mark.parametrize("party", [{"is_supplier": False}, {"is_supplier": True, "is_active": False}])
def test_only_an_active_supplier_gets_an_order(warehouse, bolt, party):
    with pytest.raises(NotASupplier):
        raised(warehouse, PartyFactory(**party), a_line(bolt))

    assert not PurchaseOrder.objects.exists()


@pytest.mark.parametrize("lifecycle", [Lifecycle.DRAFT, Lifecycle.PHASING_OUT, Lifecycle.RETIRED])
def test_only_active_items_are_bought(warehouse, supplier, lifecycle):
    with pytest.raises(ItemNotBought) as refusal:
        raised(warehouse, supplier, a_line(ItemFactory(number="OLD", lifecycle=lifecycle)))

    assert refusal.value.facts == {"item": "OLD", "lifecycle": lifecycle}
    assert not PurchaseOrder.objects.exists()


def test_an_order_needs_lines_prices_items_and_quantities(warehouse, supplier, bolt):
    for lines, refused in (
        ([], NoLines),
        ([a_line(bolt, price=None)], NoPrice),
        ([OrderLine(item_id=0, quantity=D(1))], NotFound),
        ([a_line(bolt, "0.5")], InvalidQuantity),
        ([a_line(bolt, 0)], InvalidQuantity),
    ):
        with pytest.raises(refused):
            raised(warehouse, supplier, *lines)

    assert not PurchaseOrder.objects.exists()


def test_a_suppliers_reference_names_one_order(warehouse, supplier, bolt):
    raised(warehouse, supplier, a_line(bolt), reference="Q-7")

    with pytest.raises(ReferenceTaken):
        raised(warehouse, supplier, a_line(bolt), reference="Q-7")

    raised(warehouse, PartyFactory(is_supplier=True), a_line(bolt), reference="Q-7")
    assert PurchaseOrder.objects.count() == 2


@pytest.mark.parametrize("count", [1, 15])
def test_raising_takes_the_same_number_of_statements_for_any_number_of_lines(
    warehouse, supplier, bolt, count, django_assert_num_queries
):
    by = an_actor()

    # warehouse, supplier, company, number, items, prices, savepoint, order, release, lines
    with django_assert_num_queries(10):
        raised(warehouse, supplier, *[a_line(bolt)] * count, by=by)


def test_approval_expects_the_goods_prints_the_order_and_is_on_record(warehouse, bolt):
    order = an_order(warehouse, (bolt, 10), (ItemFactory(number="NUT"), 5))
    submit_purchase_order(order_id=order.pk, by=Actor(user=order.raised_by), at=clock.now())
    boss = an_actor(UserFactory(roles=[Role.SUPERVISOR]))

    approved = approve_purchase_order(order_id=order.pk, by=boss, at=clock.now(), reason="in budget")

    assert (approved.state, approved.approved_by) == (PurchaseOrderState.APPROVED, boss.user)
    expected = ExpectedReceipt.objects.values_list("document", "line", "item__number", "quantity", "due_on")
    assert list(expected) == [(order.number, 1, "BOLT", D(10), DUE), (order.number, 2, "NUT", D(5), DUE)]
    approval = Approval.objects.get(number=order.number)
    assert (approval.asked_by, approval.decided_by, approval.reason) == (order.raised_by, boss.user, "in budget")
    assert AuditEntry.objects.get(verb="approve").number == order.number
    message = OutboxMessage.objects.get(job="purchasing.print_purchase_order")
    assert message.arguments == {"order_id": order.pk, "user_id": boss.user.pk}


def test_whoever_raised_an_order_cannot_approve_it(warehouse, bolt):
    buyer = a_buyer()
    order = an_order(warehouse, (bolt, 10), by=buyer)
    submit_purchase_order(order_id=order.pk, by=buyer, at=clock.now())

    with pytest.raises(SelfApproval), transaction.atomic():
        approve_purchase_order(order_id=order.pk, by=buyer, at=clock.now())

    assert state(order) == PurchaseOrderState.SUBMITTED
    assert not Approval.objects.exists()
    assert not ExpectedReceipt.objects.exists()


def test_a_draft_is_not_approved(warehouse, bolt):
    order = an_order(warehouse, (bolt, 10))

    with pytest.raises(IllegalTransition), transaction.atomic():
        approve_purchase_order(order_id=order.pk, by=a_buyer(), at=clock.now())

    assert not Approval.objects.exists()


@pytest.mark.parametrize("role", [Role.PICKER, Role.SALES, Role.QUALITY, Role.SAFETY, Role.AUDITOR])
def test_other_roles_decide_nothing_about_orders(warehouse, bolt, role):
    nobody = an_actor(UserFactory(username="nobody", roles=[role]))
    order = an_approved_order(warehouse, (bolt, 10))
    submitted = an_order(warehouse, (bolt, 10))
    submit_purchase_order(order_id=submitted.pk, by=a_buyer(), at=clock.now())

    with pytest.raises(NotAllowed) as refusal:
        approve_purchase_order(order_id=submitted.pk, by=nobody, at=clock.now())
    assert str(refusal.value) == f"nobody may not approve {submitted}."
    for decide in (cancel_purchase_order, close_purchase_order):
        for document in (order, submitted):
            with pytest.raises(NotAllowed):
                decide(order_id=document.pk, reason="because", by=nobody, at=clock.now())

    assert (state(order), state(submitted)) == (PurchaseOrderState.APPROVED, PurchaseOrderState.SUBMITTED)


def test_anyone_may_ask_and_take_it_back_before_approval(warehouse, supplier, bolt):
    picker = an_actor(UserFactory(roles=[Role.PICKER]))
    order = raised(warehouse, supplier, a_line(bolt), by=picker)

    with pytest.raises(NotAllowed):
        submit_purchase_order(order_id=order.pk, by=an_actor(), at=clock.now())
    submit_purchase_order(order_id=order.pk, by=picker, at=clock.now())
    cancel_purchase_order(order_id=order.pk, reason="not needed", by=picker, at=clock.now())

    assert state(order) == PurchaseOrderState.CANCELLED


@pytest.mark.parametrize("decide", [cancel_purchase_order, close_purchase_order])
def test_an_order_that_is_given_up_is_not_waited_for(warehouse, bolt, decide):
    order = an_approved_order(warehouse, (bolt, 10))
    at = clock.now()

    decide(order_id=order.pk, reason="supplier is out", by=a_buyer(), at=at)

    assert ExpectedReceipt.objects.get().closed_at == at
    entry = AuditEntry.objects.filter(number=order.number).latest("pk")
    assert entry.detail == {"reason": "supplier is out"}


def test_a_draft_is_cancelled_rather_than_closed(warehouse, bolt):
    order = an_order(warehouse, (bolt, 10))

    with pytest.raises(IllegalTransition):
        close_purchase_order(order_id=order.pk, reason="because", by=a_buyer(), at=clock.now())

    assert state(order) == PurchaseOrderState.DRAFT
