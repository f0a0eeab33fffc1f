"""The book through the house: sites, owners, production, rejections; written anew it is the same."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import transaction

from apps.assembly.operations import Made, cancel_assembly, return_component
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import Command
from apps.ledger.models import StockMove
from apps.ledger.operations import post, reverse
from apps.ledger.operations.seal import seal_block
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.valuation import operations
from apps.valuation.errors import SharesUnclear
from apps.valuation.jobs import keep_book
from apps.valuation.models import CostEntry, CostLayer, CostRule, Cursor, ItemCost, WorkInProgress
from apps.valuation.queries import journal_lines
from tests.factories.assembly import a_planner, finish, issue_all, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, moved
from tests.factories.locations import LocationFactory
from tests.factories.valuation import a_manager, a_move, entries, found, posted, received, returned, sold, valued
from tests.invariants import assert_invariants, broken_by


@pytest.fixture
def floor(db):
    return a_floor()


def worked(place, *goods, document="WO-1"):
    """One posting: of (item, quantity), what is negative is consumed and what is positive is made."""
    moves = [a_move(item, place, quantity, outside=LocationKind.PRODUCTION) for item, quantity in goods]
    return posted(place, *moves, outside=LocationKind.PRODUCTION, document=document)


def test_what_is_made_costs_what_went_in_to_the_cent(floor):
    made, by_product = ItemFactory(), ItemFactory()
    received(floor.item, floor.a, 10, "1.00")
    worked(floor.a, (floor.item, -10), (made, 2), (by_product, 1))
    valued()

    assert entries(floor.item)[-1] == ("consumed", D(-10), D("-10.00"), D(0))
    assert entries(made) == [("produced", D(2), D("6.67"), D(0))]
    assert entries(by_product) == [("produced", D(1), D("3.33"), D(0))]
    assert not WorkInProgress.objects.exists()
    assert_invariants()


def test_outputs_take_the_shares_they_were_given(floor):
    made, by_product = ItemFactory(), ItemFactory()
    received(floor.item, floor.a, 10, "1.00")
    posting = worked(floor.a, (floor.item, -10), (made, 2), (by_product, 1))
    operations.share_outputs(posting_id=posting, shares={made.pk: D("0.9"), by_product.pk: D("0.1")})
    valued()

    assert (entries(made)[0][2], entries(by_product)[0][2]) == (D("9.00"), D("1.00"))
    with pytest.raises(SharesUnclear):
        operations.share_outputs(posting_id=posting, shares={made.pk: D("1.1")})
    with pytest.raises(SharesUnclear):
        operations.share_outputs(posting_id=posting, shares={ItemFactory().pk: D("0.1")})


def test_work_under_way_holds_its_cost_until_something_is_made_of_it(floor):
    made = ItemFactory()
    received(floor.item, floor.a, 10, "1.00")
    worked(floor.a, (floor.item, -8))
    valued()
    assert WorkInProgress.objects.get().value == D("8.00")

    half = worked(floor.a, (made, 2))
    operations.share_outputs(posting_id=half, shares={made.pk: D("0.5")})
    valued()
    worked(floor.a, (made, 2))
    valued()

    assert [value for _, _, value, _ in entries(made)] == [D("4.00"), D("4.00")]
    assert not WorkInProgress.objects.exists()


@pytest.mark.parametrize("read_before", [True, False])
def test_work_that_ends_closes_what_is_left_of_it_as_a_variance(floor, read_before):
    made = ItemFactory()
    received(floor.item, floor.a, 10, "1.00")
    posting = worked(floor.a, (floor.item, -8), (made, 2))
    operations.share_outputs(posting_id=posting, shares={made.pk: D("0.75")})
    if read_before:
        valued()
    operations.close_work(document="WO-1", at=clock.now())
    assert operations.close_work(document="WO-2", at=clock.now()) is None
    valued()

    assert entries(made) == [("produced", D(2), D("6.00"), D(0)), ("closed", D(0), D(0), D("2.00"))]
    assert not WorkInProgress.objects.exists()
    assert_invariants()
    today = floor.a.warehouse.local_date(clock.now())
    lines = list(journal_lines(a_manager().user, first=today - timedelta(days=1), last=today + timedelta(days=1)))
    assert [(line.account, line.debit, line.credit) for line in lines if line.text == "Work closed"] == [
        ("5150", D("2.00"), D(0)),
        ("1450", D(0), D("2.00")),
    ]
    in_progress = [line.debit - line.credit for line in lines if line.account == "1450"]
    assert sum(in_progress) == 0
    assert sum(line.debit - line.credit for line in lines) == 0
    before = the_book()
    with transaction.atomic():
        operations.rewrite_book(reason="trust nothing", by=a_manager(), at=clock.now())
    valued()
    assert the_book() == before


def a_shop(floor):
    """The floor with a bench."""
    bench = LocationFactory(warehouse=floor.warehouse, kind=LocationKind.PACK)
    return SimpleNamespace(site=floor.warehouse, a=floor.a, b=floor.b, bench=bench, by=a_planner())


def test_a_service_costs_what_it_used(floor):
    shop = a_shop(floor)
    received(floor.item, shop.a, 4, "3.00")
    wrap = put_to_work(shop, kind="service", quantity=1, sales_order="SO-000001", extra=[(floor.item, 2)])
    issue_all(wrap)
    finish(wrap, quantity=1)
    valued()

    assert entries(floor.item) == [
        ("received", D(4), D("12.00"), D(0)),
        ("consumed", D(-2), D("-6.00"), D(0)),
        ("closed", D(0), D(0), D("6.00")),
    ]
    assert not WorkInProgress.objects.exists()
    assert_invariants()


def test_an_order_that_ends_short_leaves_nothing_in_progress(floor):
    shop, made = a_shop(floor), ItemFactory()
    a_bill(made, part(floor.item, 2))
    received(floor.item, shop.a, 4, "3.00")
    order = put_to_work(shop, made, 2)
    (issue,) = issue_all(order)
    finish(order, Made(quantity=D(1)), place=shop.b)
    posting = StockMove.objects.filter(transaction__document=order.number, target=shop.b).get().transaction_id
    operations.share_outputs(posting_id=posting, shares={made.pk: D("0.9")})
    with transaction.atomic():
        cancel_assembly(order_id=order.pk, reason="enough", by=shop.by, at=clock.now())
    valued()
    assert WorkInProgress.objects.get().value == D("0.60")
    with transaction.atomic():
        return_component(issue_id=issue.pk, quantity=D(2), by=an_actor(), at=clock.now())
    valued()

    order.refresh_from_db()
    assert (order.state, order.made) == ("done", 1)
    assert entries(made) == [("produced", D(1), D("5.40"), D(0)), ("closed", D(0), D(0), D("0.60"))]
    assert not WorkInProgress.objects.exists()
    assert_invariants()


def test_an_undone_issue_comes_back_at_its_cost(floor):
    received(floor.item, floor.a, 10, "1.00")
    wrong = worked(floor.a, (floor.item, -8))
    received(floor.item, floor.a, 10, "5.00")
    with transaction.atomic():
        reverse(wrong, by=an_actor(), at=clock.now(), reason="wrong bin")
    valued()

    assert entries(floor.item)[-1] == ("produced", D(8), D("8.00"), D(0))
    assert not WorkInProgress.objects.exists()


def test_goods_of_other_owners_are_not_ours_to_value(floor):
    received(floor.item, floor.a, 10, "2.00", owner=PartyFactory())
    valued()

    assert not CostEntry.objects.exists()
    assert_invariants()


def test_moves_between_places_of_ours_change_no_value(floor):
    received(floor.item, floor.a, 10, "2.00")
    moved(floor.item, floor.a, floor.b, 4)
    valued()

    assert len(entries(floor.item)) == 1


def test_goods_that_go_to_another_site_keep_their_cost(floor):
    received(floor.item, floor.a, 10, "2.00")
    there = a_floor(floor.item)
    with transaction.atomic():
        for place, site, quantity in ((floor.a, floor.warehouse, -4), (there.a, there.warehouse, 4)):
            post(
                [a_move(floor.item, place, quantity, outside=LocationKind.SITES)],
                warehouse_id=site.pk,
                kind=TransactionKind.DISPATCH,
                by=an_actor(),
                at=clock.now(),
            )
    sold(floor.item, there.a, 4)
    valued()

    assert entries(floor.item)[1:] == [
        ("left_site", D(-4), D(0), D(0)),
        ("came_to_site", D(4), D(0), D(0)),
        ("sold", D(-4), D("-8.00"), D(0)),
    ]
    assert_invariants()


def test_what_was_rejected_at_the_dock_costs_nothing(floor):
    move = a_move(floor.item, floor.a, 4, outside=LocationKind.SUPPLIER, cost="9.00")
    back = a_move(floor.item, floor.a, -4, outside=LocationKind.SUPPLIER, cost="9.00")
    kept = a_move(floor.item, floor.a, 6, outside=LocationKind.SUPPLIER, cost="9.00")
    posted(floor.a, kept, move, back)
    valued()

    assert entries(floor.item) == [("received", D(6), D("54.00"), D(0))]
    assert_invariants()


def test_a_price_that_does_not_divide_loses_no_cent_over_the_units(floor):
    price = D("33.333333")
    places = (floor.a, floor.b, floor.dock)
    posted(floor.a, *(a_move(floor.item, place, 1, outside=LocationKind.SUPPLIER, cost=price) for place in places))
    valued()

    assert [value for _, _, value, _ in entries(floor.item)] == [D("33.34"), D("33.33"), D("33.33")]


def a_busy_floor():
    """All kinds of postings, and things said in between."""
    floor, made = a_floor(), ItemFactory(standard_cost=D("3.00"))
    CostRule.objects.update(method="average")
    received(floor.item, floor.a, 7, "1.37")
    valued()
    with transaction.atomic():
        operations.set_method(item_id=made.pk, method="standard", reason="policy", by=a_manager(), at=clock.now())
    CostRule.objects.update(method="fifo")
    wrong = received(floor.item, floor.a, 5, "2.11", document="GR-2")
    first = sold(floor.item, floor.a, 3)
    worked(floor.a, (floor.item, -4), (made, 2))
    found(floor.item, floor.a, 2)
    valued()
    type(made).objects.filter(pk=made.pk).update(standard_cost=D("3.50"))
    with transaction.atomic():
        operations.revalue_item(item_id=floor.item.pk, unit_cost=D("1.5"), reason="x", by=a_manager(), at=clock.now())
    back = returned(floor.item, floor.a, 1)
    operations.link_return(posting_id=back, sale_ids=[first])
    with transaction.atomic():
        reverse(wrong, by=an_actor(), at=clock.now(), reason="x")
    sold(made, floor.a, 1)
    valued()
    return floor


def the_book():
    """All of it but the rows' own numbers."""
    lines = CostEntry.objects.order_by("pk")
    layers = CostLayer.objects.order_by("item", "position")
    return (
        list(lines.values("item", "position", "kind", "quantity", "value", "variance", "event")),
        list(ItemCost.objects.order_by("item").values()),
        list(layers.values("item", "move", "rest", "value", "received", "worth")),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 3, 1_000])
def test_a_book_that_is_written_anew_is_the_same(limit):
    a_busy_floor()
    assert_invariants()
    before = the_book()

    with transaction.atomic():
        operations.rewrite_book(reason="trust nothing", by=a_manager(), at=clock.now())
    assert not CostEntry.objects.exists()
    valued(limit=limit)

    assert the_book() == before
    assert_invariants()


def test_only_who_may_has_the_book_written_anew(floor):
    with pytest.raises(NotAllowed):
        operations.rewrite_book(reason="x", by=an_actor(), at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_the_job_may_run_twice_and_leaves_no_trace_when_there_is_nothing():
    floor = a_floor()
    received(floor.item, floor.a, 10, "2.00")
    with transaction.atomic():
        seal_block(by=an_actor(), at=clock.now())

    first, second = keep_book(), keep_book()

    assert (first, second, Cursor.objects.get().position) == (1, 0, 1)
    assert CostEntry.objects.count() == 1
    assert Command.objects.filter(operation__contains="value_next").count() == 1


FAULTS = {
    "a layer that lost a cent": "update valuation_costlayer set value = value - 0.01",
    "a layer that is gone": "delete from valuation_costlayer",
    "an entry of another value": "update valuation_costentry set value = value + 1",
    "an entry that is missing": "delete from valuation_costentry",
    "another quantity than the ledger": (
        "update valuation_costentry set quantity = 11; update valuation_itemcost set quantity = 11;"
        "update valuation_costlayer set base = 11, rest = 11"
    ),
}


@pytest.mark.django_db(transaction=True)
def test_each_fault_in_the_book_is_found(superuser_dsn):
    floor = a_floor()
    received(floor.item, floor.a, 10, "2.00")
    valued()
    assert_invariants()

    for name, fault in FAULTS.items():
        assert "I27" in broken_by(fault, superuser_dsn), name
        with transaction.atomic():
            operations.rewrite_book(reason="mend", by=a_manager(), at=clock.now())
        valued()
        assert_invariants()
