"""A real company's books: everything it ever sold is imported, received, picked, packed and shipped."""

from collections import Counter
from decimal import Decimal as D

import pytest
from django.db.models import Sum

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.journal import jobs
from apps.ledger.models import Reservation, StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.supply.models import Promise
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.flows.northwind import FOLDER, item
from tests.flows.northwind_play import WAVE, open_company, receive_everything, ship_wave
from tests.invariants import assert_invariants


@pytest.fixture
def northwind(transactional_db, monkeypatch):
    """The company with its data imported; papers are left in the outbox."""
    if not FOLDER.is_dir():
        pytest.skip("the Northwind data set is not beside this checkout (STILLAGE_SHARED names its folder)")
    monkeypatch.setattr(jobs.deliver, "apply_async", lambda **_: None)
    desk, approver = (an_actor(UserFactory(roles=[Role.BUYER, Role.SUPERVISOR, Role.ADMIN])) for _ in range(2))
    return open_company(desk=desk, approver=approver)


def on_hand(**where):
    """Units in stock by item number."""
    rows = StockBalance.objects.on_hand().filter(**where).values_list("item__number").annotate(units=Sum("on_hand"))
    return dict(rows)


def test_all_orders_of_northwind_are_shipped_and_the_ledger_ends_where_it_must(northwind):
    world, books = northwind, northwind.books
    assert (Item.objects.count(), SalesOrder.objects.count(), len(books.details)) == (77, 830, 2155)

    receive_everything(world)

    received = {
        item(row["ProductID"]): D(books.ordered()[row["ProductID"]] + int(row["UnitsInStock"]))
        for row in books.products
    }
    assert on_hand(location__kind=LocationKind.PICK_FACE) == received
    assert sum(received.values()) == 51_317 + 3_119
    assert_invariants()

    orders = list(SalesOrder.objects.order_by("placed_at", "pk").values_list("pk", flat=True))
    for start in range(0, len(orders), WAVE):
        ship_wave(world, orders[start : start + WAVE])

    assert Counter(SalesOrder.objects.values_list("state", flat=True)) == {"shipped": 830}
    gone = StockMove.objects.filter(target__kind=LocationKind.CUSTOMER)
    assert gone.aggregate(units=Sum("quantity"))["units"] == D(51_317)
    assert dict(gone.values_list("item__number").annotate(units=Sum("quantity"))) == {
        item(product): D(units) for product, units in books.ordered().items()
    }
    in_stock = {item(row["ProductID"]): D(row["UnitsInStock"]) for row in books.products}
    assert on_hand() == {number: units for number, units in in_stock.items() if units}
    assert on_hand(location__kind=LocationKind.PICK_FACE) == on_hand()
    assert not Reservation.objects.pending().exists()
    assert not StockBalance.objects.filter(reserved__gt=0).exists()
    assert not Promise.objects.filter(closed_at=None).exists()
    assert_invariants()
