"""A wholesaler's real day, 2 December 2010: 142 orders by several hands at once, and what came back."""

from collections import Counter
from decimal import Decimal as D

import pytest
from django.db.models import Sum

from apps.demo.server import serve
from apps.journal import jobs
from apps.ledger.models import Reservation, StockBalance, StockMove
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.returns.models import CustomerReturn
from apps.supply.models import Promise
from apps.tasks.models import WarehouseTask
from tests.flows.retail import FILE, SPARE
from tests.flows.retail_play import open_shop, receive_opening_stock, work_the_day
from tests.invariants import assert_invariants


@pytest.fixture
def retail(transactional_db, monkeypatch):
    """The wholesaler open for work; papers are left in the outbox."""
    if not FILE.is_file():
        pytest.skip("the retail data set is not beside this checkout (STILLAGE_SHARED names its folder)")
    monkeypatch.setattr(jobs.deliver, "apply_async", lambda **_: None)
    with serve() as address:
        shop = open_shop(address)
        yield shop
        shop.close()


def units(rows):
    """Units by item number, of moves or balances; those with none are left out."""
    return {item: total for item, total in rows if total}


def on_hand(**where):
    rows = StockBalance.objects.on_hand().filter(**where)
    return units(rows.values_list("item__number").annotate(units=Sum("on_hand")))


def test_the_day_ends_to_the_unit(retail):
    books = retail.books
    assert (len(books.orders), len(books.sold), sum(books.ordered.values())) == (142, 2062, 31_346)
    assert (len(books.returns), len(books.cancelled), sum(books.returned.values())) == (23, 44, 10_287)

    receive_opening_stock(retail)

    assert on_hand(location__kind=LocationKind.STORAGE) == {item: D(count) for item, count in books.opening.items()}
    assert on_hand() == on_hand(location__kind=LocationKind.STORAGE)
    assert_invariants()

    work_the_day(retail)

    assert Counter(SalesOrder.objects.values_list("state", flat=True)) == {"shipped": 142}
    gone = StockMove.objects.filter(target__kind=LocationKind.CUSTOMER).values_list("item__number")
    assert units(gone.annotate(units=Sum("quantity"))) == {item: D(count) for item, count in books.ordered.items()}
    back = StockMove.objects.filter(source__kind=LocationKind.CUSTOMER).values_list("item__number")
    assert units(back.annotate(units=Sum("quantity"))) == {item: D(count) for item, count in books.returned.items()}
    assert set(CustomerReturn.objects.values_list("state", flat=True)) == {"closed"}
    assert not CustomerReturn.objects.exclude(order=None).exists()
    left = Counter(dict.fromkeys(books.ordered, SPARE)) + books.returned
    assert on_hand(location__kind=LocationKind.STORAGE, status="available") == {
        item: D(count) for item, count in left.items()
    }
    assert on_hand() == {item: D(count) for item, count in left.items()}
    assert not WarehouseTask.objects.open().exists()
    assert not Reservation.objects.pending().exists()
    assert not StockBalance.objects.filter(reserved__gt=0).exists()
    assert not Promise.objects.filter(closed_at=None).exists()
    assert_invariants()
