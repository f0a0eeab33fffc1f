"""Orders raised, confirmed and given up."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.catalog.choices import Lifecycle
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.models import Reservation, StockBalance
from apps.orders.errors import ChannelClosed, ItemNotSold, NoLines, NotACustomer, OrderDiffers
from apps.orders.models import SalesOrder
from apps.orders.operations import (
    OrderLine,
    allocate_order,
    cancel_sales_order,
    confirm_sales_order,
    raise_sales_order,
    ship_order_shipment,
)
from apps.orders.queries import cover_of, outlook_of, progress_of
from apps.shipping.operations import load_carton
from apps.supply.errors import NotPromisable
from apps.supply.models import Promise
from apps.supply.operations import SupplyLine, expect
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.orders import ChannelFactory, CustomerFactory, a_sales_order, allocated, packed, pick, released


def asked(floor, *lines, **more):
    at = clock.now()
    arguments = {
        "warehouse_id": floor.warehouse.pk,
        "channel_id": ChannelFactory().pk,
        "customer_id": floor.customer.pk,
        "lines": [OrderLine(item_id=item.pk, quantity=D(quantity)) for item, quantity in lines],
        "due_on": floor.warehouse.local_date(at),
        "by": floor.boss,
        "at": at,
    }
    return arguments | more


def test_what_an_order_does_not_say_is_the_customers(floor):
    customer = CustomerFactory(
        name="Dock 9", street="Quay 1", city="Gdynia", country="Poland", currency="PLN", min_remaining_days=60
    )

    order = raise_sales_order(**asked(floor, (floor.bolt, 3), (floor.nut, 2), customer_id=customer.pk))

    order.refresh_from_db()
    assert (order.state, order.ship_to, order.city, order.currency) == ("draft", "Dock 9", "Gdynia", "PLN")
    assert (order.min_remaining_days, order.placed_at, order.created_by) == (60, order.created_at, floor.boss.user)
    assert list(order.lines.values_list("line", "item__number", "quantity")) == [(1, "BOLT", D(3)), (2, "NUT", D(2))]
    assert not Promise.objects.exists()


def test_what_an_order_says_goes_before_the_customers(floor):
    order = raise_sales_order(
        **asked(floor, (floor.bolt, 3), ship_to="Site B", city="Nice", min_remaining_days=0, currency="CHF")
    )

    assert (order.ship_to, order.city, order.street, order.currency) == ("Site B", "Nice", "", "CHF")
    assert order.min_remaining_days == 0


def test_without_a_currency_of_its_own_an_order_is_in_the_companys(floor):
    assert raise_sales_order(**asked(floor, (floor.bolt, 3))).currency == "EUR"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda floor: {"lines": []}, NoLines),
        (lambda floor: {"customer_id": PartyFactory(is_supplier=True).pk}, NotACustomer),
        (lambda floor: {"customer_id": CustomerFactory(is_active=False).pk}, NotACustomer),
        (lambda floor: {"channel_id": ChannelFactory(code="OLD", is_active=False).pk}, ChannelClosed),
        (lambda floor: {"lines": [OrderLine(item_id=0, quantity=D(1))]}, NotFound),
        (lambda floor: {"lines": [OrderLine(item_id=floor.bolt.pk, quantity=D("0.5"))]}, InvalidQuantity),
        (lambda floor: {"lines": [OrderLine(item_id=floor.bolt.pk, quantity=D(0))]}, InvalidQuantity),
        (lambda floor: {"lines": [OrderLine(item_id=floor.bolt.pk, quantity=D("NaN"))]}, InvalidQuantity),
    ],
    ids=["no lines", "no customer", "old customer", "old channel", "no item", "half a bolt", "zero", "nan"],
)
def test_an_order_that_cannot_be_is_refused(floor, change, refusal):
    with pytest.raises(refusal):
        raise_sales_order(**asked(floor, (floor.bolt, 1)) | change(floor))

    assert not SalesOrder.objects.exists()


def test_a_picker_takes_no_orders(floor):
    with pytest.raises(NotAllowed):
        raise_sales_order(**asked(floor, (floor.bolt, 1), by=floor.picker))

    assert not SalesOrder.objects.exists()


@pytest.mark.parametrize("lifecycle", [Lifecycle.DRAFT, Lifecycle.RETIRED])
def test_only_what_is_sold_can_be_ordered(floor, lifecycle):
    item = ItemFactory(number="GONE", lifecycle=lifecycle)

    with pytest.raises(ItemNotSold) as refusal:
        raise_sales_order(**asked(floor, (floor.bolt, 1), (item, 1)))

    assert refusal.value.facts == {"item": "GONE", "lifecycle": lifecycle}
    raise_sales_order(**asked(floor, (ItemFactory(lifecycle=Lifecycle.PHASING_OUT), 1)))
    assert SalesOrder.objects.count() == 1


def test_the_same_sent_again_by_a_channel_is_the_same_order(floor):
    first = raise_sales_order(**asked(floor, (floor.bolt, 1), reference="A-7"))
    cancel_sales_order(order_id=first.pk, reason="no more", by=floor.boss, at=clock.now())

    again = raise_sales_order(**asked(floor, (floor.bolt, 1), reference="A-7"))

    assert (again.pk, again.state) == (first.pk, "cancelled")
    other = ChannelFactory(code="SHOP")
    raise_sales_order(**asked(floor, (floor.bolt, 1), reference="A-7", channel_id=other.pk))
    raise_sales_order(**asked(floor, (floor.bolt, 1)))
    raise_sales_order(**asked(floor, (floor.bolt, 1)))
    assert list(SalesOrder.objects.order_by("pk").values_list("reference", flat=True)) == ["A-7", "A-7", "", ""]


def test_a_reference_with_other_contents_is_refused_and_says_what_differs(floor):
    first = raise_sales_order(**asked(floor, (floor.bolt, 1), reference="A-7", city="Nice", priority=60))

    with pytest.raises(OrderDiffers) as refusal:
        raise_sales_order(**asked(floor, (floor.bolt, 2), (floor.nut, 3), reference="A-7", city="Nice"))

    assert refusal.value.facts == {
        "channel": "WEB",
        "reference": "A-7",
        "order": first.number,
        "differs": "priority, line 1, line 2",
        "differences": [
            {"field": "priority", "was": "60", "asked": ""},
            {"field": "line 1", "was": "1 BOLT", "asked": "2 BOLT"},
            {"field": "line 2", "was": "", "asked": "3 NUT"},
        ],
    }
    assert SalesOrder.objects.count() == 1


def test_an_order_for_goods_that_are_out_is_promised_as_a_back_order(floor):
    stock(floor.bolt, floor.face, 3)

    order = a_sales_order(floor.warehouse, (floor.bolt, 8), (floor.nut, 2))

    assert order.state == "confirmed"
    promises = Promise.objects.values_list("document", "line", "quantity", "allocated", "due_on")
    assert list(promises) == [
        (order.number, 1, D(8), D(0), order.due_on),
        (order.number, 2, D(2), D(0), order.due_on),
    ]
    assert [each.back_ordered for each in progress_of([order.pk])[order.pk]] == [D(8), D(2)]
    assert cover_of(order, today=floor.warehouse.local_date(clock.now())) == {1: D(3), 2: D(0)}


def test_what_covers_an_order_leaves_room_for_those_before_it_and_counts_what_comes_in_time(floor):
    today = floor.warehouse.local_date(clock.now())
    stock(floor.bolt, floor.face, 10)
    expect(
        [SupplyLine(line=1, item_id=floor.bolt.pk, quantity=D(5), due_on=today + timedelta(days=1))],
        warehouse_id=floor.warehouse.pk,
        document="PO-1",
    )
    expect(
        [SupplyLine(line=1, item_id=floor.bolt.pk, quantity=D(50), due_on=today + timedelta(days=30))],
        warehouse_id=floor.warehouse.pk,
        document="PO-2",
    )
    first = a_sales_order(floor.warehouse, (floor.bolt, 4))
    second = a_sales_order(floor.warehouse, (floor.bolt, 8), (floor.bolt, 8))
    a_sales_order(floor.warehouse, (floor.bolt, 100))

    assert cover_of(first, today=today) == {1: D(4)}
    assert cover_of(second, today=today) == {1: D(8), 2: D(3)}
    assert cover_of(a_sales_order(floor.warehouse, (floor.nut, 1), confirm=False), today=today) == {}


def test_an_order_that_needs_stock_is_confirmed_when_it_is_there_and_refused_when_it_is_promised(floor):
    stock(floor.bolt, floor.face, 10)
    a_sales_order(floor.warehouse, (floor.bolt, 4))
    fits = a_sales_order(floor.warehouse, (floor.bolt, 3), (floor.bolt, 3), confirm=False)
    more = a_sales_order(floor.warehouse, (floor.bolt, 1), confirm=False)

    confirm_sales_order(order_id=fits.pk, by=floor.boss, at=clock.now(), require_stock=True)
    with pytest.raises(NotPromisable) as refusal:
        confirm_sales_order(order_id=more.pk, by=floor.boss, at=clock.now(), require_stock=True)

    assert refusal.value.facts == {"item": "BOLT", "available": D(0), "requested": D(1), "due_on": more.due_on}
    more.refresh_from_db()
    assert more.state == "draft"
    assert Promise.objects.count() == 3


def test_an_order_with_work_under_way_is_not_confirmed_again(floor):
    stock(floor.bolt, floor.face, 10)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 3)))
    before = list(Promise.objects.values("document", "line", "quantity", "allocated"))

    with pytest.raises(IllegalTransition) as caught:
        confirm_sales_order(order_id=order.pk, by=floor.boss, at=clock.now())

    assert caught.value.facts == {"document": order.number, "state": "allocated", "target": "confirmed"}
    assert list(Promise.objects.values("document", "line", "quantity", "allocated")) == before


def test_an_order_is_confirmed_once(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))

    with pytest.raises(IllegalTransition):
        confirm_sales_order(order_id=order.pk, by=floor.boss, at=clock.now())

    assert Promise.objects.count() == 1


def test_cancelling_frees_what_was_reserved_and_promised(floor):
    stock(floor.bolt, floor.face, 10)
    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 4), (floor.nut, 4)))

    order = cancel_sales_order(order_id=order.pk, reason="changed their mind", by=floor.boss, at=clock.now())

    assert order.state == "cancelled"
    assert StockBalance.objects.get().reserved == D(0)
    assert Reservation.objects.get().end_reason == "cancelled"
    assert not Promise.objects.filter(closed_at=None).exists()
    assert [each.cancelled for each in progress_of([order.pk])[order.pk]] == [D(4), D(4)]
    entry = AuditEntry.objects.get(verb="cancel", number=order.number)
    assert (entry.kind, entry.detail) == ("sales order", {"reason": "changed their mind"})


def test_giving_up_the_back_order_ends_a_partly_shipped_order(floor):
    stock(floor.bolt, floor.face, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 3, floor.tote)
    shipment = packed(order)
    load_carton(carton_id=shipment.cartons.get().pk, dock_id=floor.door.pk, by=floor.picker, at=clock.now())
    ship_order_shipment(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    order = cancel_sales_order(order_id=order.pk, reason="no more", by=floor.boss, at=clock.now())

    assert order.state == "shipped"
    (line,) = progress_of([order.pk])[order.pk]
    assert (line.shipped, line.back_ordered, line.cancelled) == (D(3), D(0), D(1))
    assert not Promise.objects.filter(closed_at=None).exists()


def test_who_sells_nothing_decides_nothing(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 4), confirm=False)

    with pytest.raises(NotAllowed):
        confirm_sales_order(order_id=order.pk, by=an_actor(), at=clock.now())
    with pytest.raises(NotAllowed):
        cancel_sales_order(order_id=order.pk, reason="x", by=an_actor(), at=clock.now())
    with pytest.raises(NotAllowed):
        allocate_order(order_id=order.pk, by=an_actor(), at=clock.now())

    order.refresh_from_db()
    assert order.state == "draft"


def test_each_line_is_promised_for_the_day_that_stock_and_receipts_let_it_leave(floor):
    today = floor.warehouse.local_date(clock.now())
    stock(floor.bolt, floor.face, 10)
    for document, days in (("PO-1", 5), ("PO-2", 9)):
        expect(
            [SupplyLine(line=1, item_id=floor.bolt.pk, quantity=D(6), due_on=today + timedelta(days=days))],
            warehouse_id=floor.warehouse.pk,
            document=document,
        )
    a_sales_order(floor.warehouse, (floor.bolt, 4))

    order = a_sales_order(floor.warehouse, (floor.bolt, 6), (floor.bolt, 4), (floor.bolt, 6), (floor.nut, 1))
    whole = a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1), ship_complete=True)

    assert list(order.lines.values_list("promised_on", flat=True)) == [
        order.due_on,
        today + timedelta(days=5),
        today + timedelta(days=9),
        None,
    ]
    assert list(whole.lines.values_list("promised_on", flat=True)) == [None, None]
    second = outlook_of(order, today=today)[1]
    assert (second.answer.now, second.in_time, second.answer.earliest_on) == (D(6), D(0), today + timedelta(days=5))
    assert second.because == f"10 free in the bins; less 4 promised before ({SalesOrder.objects.earliest('pk')})"
    assert second.would_change == "PO-1 3 days earlier brings 4; PO-2 7 days earlier brings 4"


def test_first_come_promises_are_kept_whatever_is_released_first(floor):
    stock(floor.bolt, floor.face, 10)
    first = a_sales_order(floor.warehouse, (floor.bolt, 6))
    second = a_sales_order(floor.warehouse, (floor.bolt, 6), priority=99)

    released(second)

    assert [each.allocated for each in progress_of([second.pk])[second.pk]] == [D(4)]
    assert [each.allocated for each in progress_of([first.pk])[first.pk]] == [D(0)]
    assert allocated(first).state == "allocated"
    assert [each.allocated for each in progress_of([first.pk])[first.pk]] == [D(6)]
