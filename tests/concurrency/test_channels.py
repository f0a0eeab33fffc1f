"""Channels are told while others move goods and sell: never more than there is, and nothing that was rolled back."""

import time
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum

from apps.ledger.models import StockBalance
from apps.orders.jobs import publish_availability
from apps.orders.models import ChannelAvailability, ChannelFeed, ChannelListing
from tests.concurrency.crowd import persist, together
from tests.factories.ledger import stock
from tests.factories.orders import ChannelFactory, a_sales_order


@pytest.fixture
def listed(floor):
    """The floor's item on three channels, told of ten."""
    stock(floor.item, floor.a, 10)
    for code in ("A", "B", "C"):
        ChannelListing.objects.create(channel=ChannelFactory(code=code, name=code), item=floor.item, code=code)
    publish_availability()
    return floor


def told():
    return ChannelAvailability.objects.aggregate(total=Sum("quantity"))["total"]


def free():
    rows = StockBalance.objects.filter(on_hand__gt=0)
    return rows.aggregate(total=Sum(F("on_hand") - F("reserved")))["total"]


def test_a_move_is_told_within_a_second_by_whoever_runs_each_second(listed):
    began = time.monotonic()
    stock(listed.item, listed.a, 20)

    publish_availability()

    assert told() == D(30)
    assert time.monotonic() - began < 1


def test_a_move_that_is_rolled_back_is_told_to_nobody(listed):
    before = list(ChannelAvailability.objects.values_list("quantity", "position"))

    def rolled_back():
        with transaction.atomic():
            stock(listed.item, listed.a, 20)
            transaction.set_rollback(True)
        connection.close()

    together(rolled_back, in_transaction=False)
    publish_availability()

    assert list(ChannelAvailability.objects.values_list("quantity", "position")) == before


def test_a_move_that_commits_late_is_not_skipped(listed):
    """It drew its number before another that was told of already."""

    def slow():
        with transaction.atomic():
            stock(listed.item, listed.a, 5)
            time.sleep(0.6)

    def quick():
        time.sleep(0.2)
        persist(partial(stock, listed.item, listed.b, 1))
        publish_availability()
        return ChannelFeed.objects.get().seen["last"]

    _, seen = together(slow, quick, in_transaction=False)
    assert isinstance(seen, int)
    publish_availability()

    assert free() == D(16)
    assert told() == D(15)  # a third of sixteen each, rounded down


def test_while_goods_are_sold_no_sum_is_more_than_there_is(listed):
    def sell(number):
        for _ in range(4):
            persist(partial(a_sales_order, listed.warehouse, (listed.item, 1)))
        return number

    def tell():
        for _ in range(12):
            publish_availability()
        return True

    answers = together(partial(sell, 1), partial(sell, 2), tell, tell, in_transaction=False)
    publish_availability()

    assert answers == [1, 2, True, True]
    assert told() == D(0)  # eight of ten are promised; a third of two each is nothing whole
    positions = list(ChannelAvailability.objects.order_by("position").values_list("position", flat=True))
    assert len(set(positions)) == 3
    assert positions[-1] == ChannelFeed.objects.get().position
