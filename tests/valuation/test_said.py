"""What people say about costs changes what stock is worth from then on, and never what was written before."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.ledger.operations import reverse
from apps.locations.choices import LocationKind
from apps.valuation import operations
from apps.valuation.errors import CostRefused, HasACost, InvoicedBefore, NoRate, NothingToSpreadBy, NotValued
from apps.valuation.models import CostEntry, CostEvent, CostLayer, CostRule, ExchangeRate, ItemCost, LandedCostLine
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor
from tests.factories.valuation import (
    a_manager,
    a_move,
    entries,
    found,
    posted,
    received,
    returned,
    sold,
    valued,
)
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    return a_floor()


def said(operation, *, by=None, **what):
    """The operation by a manager, now."""
    with transaction.atomic():
        return operation(by=by or a_manager(), at=clock.now(), **what)


def landed(floor, amount, *receipts, **what):
    """An invoice for freight over these receipts, by quantity."""
    given = {"invoice": "F-1", "kind": "freight", "basis": "quantity", "supplier_id": PartyFactory().pk} | what
    return said(
        operations.post_landed_cost,
        warehouse_id=floor.warehouse.pk,
        invoiced_on=date(2026, 3, 1),
        amount=D(amount),
        receipts=receipts or ("GR-1",),
        **given,
    )


def by_method(item, method, standard=None):
    """An item that is valued so from its first goods on."""
    type(item).objects.filter(pk=item.pk).update(standard_cost=standard)
    CostRule.objects.update(method=method)


def test_a_landed_cost_after_the_sale_goes_to_stock_for_what_is_left_and_to_a_variance_for_the_rest(floor):
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 7)
    valued()
    before = entries(floor.item)

    document = landed(floor, "9.99")
    valued()

    assert entries(floor.item) == [*before, ("landed", D(0), D("3.00"), D("6.99"))]
    assert document.number.startswith("LC-")
    assert ItemCost.objects.get().value == D("9.00")
    assert_invariants()


def test_a_landed_cost_for_goods_all_sold_is_a_variance(floor):
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 10)
    valued()

    landed(floor, "5.00")
    valued()

    assert entries(floor.item)[-1] == ("landed", D(0), D(0), D("5.00"))
    assert ItemCost.objects.get().value == 0


def test_a_landed_cost_is_spread_to_the_cent_by_what_was_asked(floor):
    light = ItemFactory(weight_g=D(100), length_mm=100, width_mm=100, height_mm=100)
    heavy = ItemFactory(weight_g=D(200), length_mm=100, width_mm=100, height_mm=50)
    posted(
        floor.a,
        a_move(light, floor.a, 3, outside=LocationKind.SUPPLIER, cost="1.00"),
        a_move(heavy, floor.a, 1, outside=LocationKind.SUPPLIER, cost="9.00"),
        document="GR-1",
    )
    valued()

    for basis, kind in (("value", "duty"), ("weight", "freight"), ("volume", "handling"), ("quantity", "other")):
        landed(floor, "10.00", basis=basis, kind=kind)

    assert list(LandedCostLine.objects.order_by("pk").values_list("amount", flat=True)) == [
        *(D("2.50"), D("7.50")),
        *(D("6.00"), D("4.00")),
        *(D("8.57"), D("1.43")),
        *(D("7.50"), D("2.50")),
    ]


def test_a_cancelled_landed_cost_takes_back_what_it_had_added(floor):
    received(floor.item, floor.a, 10, "2.00")
    valued()
    document = landed(floor, "5.00")
    sold(floor.item, floor.a, 4)
    valued()

    said(operations.cancel_landed_cost, landed_cost_id=document.pk, reason="wrong invoice")
    valued()

    assert entries(floor.item)[1:] == [
        ("landed", D(0), D("5.00"), D(0)),
        ("sold", D(-4), D("-10.00"), D(0)),
        ("landed", D(0), D("-3.00"), D("-2.00")),
    ]
    assert ItemCost.objects.get().value == D("12.00")
    with pytest.raises(IllegalTransition):
        said(operations.cancel_landed_cost, landed_cost_id=document.pk, reason="again")


def test_an_invoice_in_another_currency_counts_at_the_rate_of_its_day(floor):
    received(floor.item, floor.a, 10, "2.00")
    valued()
    ExchangeRate.objects.create(currency="USD", on=date(2026, 2, 1), rate=D("0.9"))
    ExchangeRate.objects.create(currency="USD", on=date(2026, 4, 1), rate=D("0.8"))

    document = landed(floor, "10.00", currency="usd")

    assert (document.currency, document.exchange_rate, document.amount) == ("USD", D("0.9"), D("9.00"))
    with pytest.raises(NoRate):
        landed(floor, "10.00", currency="GBP", invoice="F-2")


@pytest.mark.parametrize("amount", ["0", "-1.00", "1.005"])
def test_an_invoice_is_of_more_than_nothing(floor, amount):
    received(floor.item, floor.a, 10, "2.00")
    valued()

    with pytest.raises(CostRefused):
        landed(floor, amount)

    assert not CostEvent.objects.filter(kind="landed").exists()


def test_an_invoice_is_entered_once_and_over_goods_that_came(floor):
    supplier = PartyFactory()
    received(floor.item, floor.a, 10, "2.00")
    valued()
    landed(floor, "5.00", supplier_id=supplier.pk)

    with pytest.raises(InvoicedBefore):
        landed(floor, "5.00", supplier_id=supplier.pk)
    with pytest.raises(NotValued):
        landed(floor, "5.00", "GR-99", invoice="F-2")
    with pytest.raises(NothingToSpreadBy):
        landed(floor, "5.00", invoice="F-3", basis="weight")
    with pytest.raises(NotAllowed):
        said(operations.cancel_landed_cost, landed_cost_id=1, reason="no", by=an_actor())


def test_goods_without_a_cost_get_it_later_and_what_left_meanwhile_is_a_variance(floor):
    found(floor.item, floor.a, 10)
    sold(floor.item, floor.a, 4)
    valued()
    entry = CostEntry.objects.get(kind="found")
    assert (entry.estimated, entry.value) == (True, D(0))

    said(operations.state_cost, move_id=entry.move_id, unit_cost=D("2.50"), reason="opening stock")
    valued()

    assert entries(floor.item)[-1] == ("stated", D(0), D("15.00"), D("10.00"))
    assert ItemCost.objects.get().last_cost == D("2.5")


def test_opening_costs_are_stated_by_item_once(floor):
    other = ItemFactory()
    found(floor.item, floor.a, 10)
    found(other, floor.a, 3)
    valued()

    opening = {floor.item.pk: D("1.10"), other.pk: D("2.00")}
    stated = said(operations.open_costs, unit_costs=opening, warehouse_id=floor.warehouse.pk, reason="take-over")
    again = said(operations.open_costs, unit_costs=opening, warehouse_id=floor.warehouse.pk, reason="take-over")
    valued()

    assert (len(stated), len(again)) == (2, 0)
    assert dict(ItemCost.objects.values_list("item", "value")) == {floor.item.pk: D("11.00"), other.pk: D("6.00")}


@pytest.mark.parametrize(("cost", "reason"), [("-0.01", "odd"), ("0", " ")])
def test_a_negative_cost_is_refused_and_nothing_costs_nothing_without_a_reason(floor, cost, reason):
    found(floor.item, floor.a, 10)
    valued()
    move = CostEntry.objects.get().move_id

    with pytest.raises(CostRefused):
        said(operations.state_cost, move_id=move, unit_cost=D(cost), reason=reason)
    with pytest.raises(CostRefused):
        said(operations.revalue_item, item_id=floor.item.pk, unit_cost=D(cost), reason=reason)

    assert not CostEvent.objects.filter(kind__in=("stated", "restated")).exists()


def test_free_goods_cost_nothing_and_a_negative_cost_in_the_ledger_counts_as_none(floor):
    received(floor.item, floor.a, 10, "0")
    received(floor.item, floor.a, 10, "-3.00")
    valued()

    first, second = CostEntry.objects.order_by("pk")
    assert (first.value, first.estimated) == (D(0), False)
    assert (second.value, second.estimated) == (D(0), True)
    with pytest.raises(HasACost):
        said(operations.state_cost, move_id=first.move_id, unit_cost=D(1), reason="late")


def test_a_receipt_that_is_undone_after_some_was_sold_takes_its_own_layer_back():
    floor = a_floor(ItemFactory(lots=True))
    lot, other = LotFactory(item=floor.item), LotFactory(item=floor.item)
    received(floor.item, floor.a, 10, "2.00", lot=other)
    wrong = received(floor.item, floor.a, 10, "3.00", lot=lot)
    sold(floor.item, floor.a, 4, lot=other)
    with transaction.atomic():
        reverse(wrong, by=an_actor(), at=clock.now(), reason="counted wrongly")
    valued()

    assert entries(floor.item)[-1] == ("sent_back", D(-10), D("-30.00"), D(0))
    assert ItemCost.objects.get().value == D("12.00")
    assert_invariants()


def test_what_an_undone_receipt_had_lost_to_sales_is_a_variance(floor):
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 6)
    wrong = received(floor.item, floor.a, 10, "3.00")
    sold(floor.item, floor.a, 4)
    received(floor.item, floor.a, 10, "5.00")
    sold(floor.item, floor.a, 3)
    with transaction.atomic():
        reverse(wrong, by=an_actor(), at=clock.now(), reason="counted wrongly")
    valued()

    # Seven of its own at 3.00 and three at 5.00 leave; the supplier is owed 30.00 less.
    assert entries(floor.item)[-1] == ("sent_back", D(-10), D("-36.00"), D("6.00"))
    assert_invariants()


def test_a_shipment_that_is_undone_brings_back_the_cost_that_had_left(floor):
    received(floor.item, floor.a, 10, "2.00")
    wrong = sold(floor.item, floor.a, 5)
    received(floor.item, floor.a, 10, "4.00")
    with transaction.atomic():
        reverse(wrong, by=an_actor(), at=clock.now(), reason="not loaded")
    valued()

    assert entries(floor.item)[-1] == ("returned", D(5), D("10.00"), D(0))


def test_a_return_of_a_known_sale_comes_back_at_the_cost_of_that_sale(floor):
    received(floor.item, floor.a, 10, "2.00")
    first = sold(floor.item, floor.a, 10)
    received(floor.item, floor.a, 10, "3.00")
    sold(floor.item, floor.a, 10)
    back = returned(floor.item, floor.a, 1)
    operations.link_return(posting_id=back, sale_ids=[first])
    valued()

    assert entries(floor.item)[-1] == ("returned", D(1), D("2.00"), D(0))


def test_by_standard_cost_another_price_is_a_variance_and_another_standard_revalues(floor):
    by_method(floor.item, "standard", D("2.00"))
    received(floor.item, floor.a, 10, "2.30")
    sold(floor.item, floor.a, 4)
    valued()

    type(floor.item).objects.update(standard_cost=D("2.10"))
    valued()

    assert entries(floor.item) == [
        ("received", D(10), D("20.00"), D("3.00")),
        ("sold", D(-4), D("-8.00"), D(0)),
        ("restated", D(0), D("0.60"), D(0)),
    ]


def test_an_invoice_at_another_price_than_ordered_changes_stock_and_the_rest_is_a_variance(floor):
    received(floor.item, floor.a, 10, "2.00")
    sold(floor.item, floor.a, 4)
    valued()

    said(operations.invoice_price, document="GR-1", item_id=floor.item.pk, unit_cost=D("2.25"), reason="invoice 7")
    valued()

    assert entries(floor.item)[-1] == ("price", D(0), D("1.50"), D("1.00"))


def test_the_average_moves_with_each_receipt(floor):
    by_method(floor.item, "average")
    received(floor.item, floor.a, 10, "2.00")
    received(floor.item, floor.a, 5, "3.50")
    sold(floor.item, floor.a, 3)
    valued()

    assert entries(floor.item)[-1] == ("sold", D(-3), D("-7.50"), D(0))
    assert CostLayer.objects.count() == 1


def test_goods_by_lot_leave_at_the_cost_of_their_lot():
    floor = a_floor(ItemFactory(lots=True))
    by_method(floor.item, "specific")
    one, two = LotFactory(item=floor.item), LotFactory(item=floor.item)
    received(floor.item, floor.a, 5, "2.00", lot=one)
    received(floor.item, floor.a, 5, "3.00", lot=two)
    sold(floor.item, floor.a, 2, lot=two)
    valued()

    assert entries(floor.item)[-1] == ("sold", D(-2), D("-6.00"), D(0))
    assert_invariants()


def test_another_method_counts_from_then_on(floor):
    received(floor.item, floor.a, 10, "2.00")
    received(floor.item, floor.a, 10, "4.00")
    sold(floor.item, floor.a, 5)
    valued()

    said(operations.set_method, item_id=floor.item.pk, method="average", reason="policy")
    sold(floor.item, floor.a, 3)
    valued()

    assert entries(floor.item)[2:] == [("sold", D(-5), D("-10.00"), D(0)), ("sold", D(-3), D("-10.00"), D(0))]
    assert_invariants()


def test_stock_is_written_down(floor):
    received(floor.item, floor.a, 10, "2.00")
    valued()

    said(operations.revalue_item, item_id=floor.item.pk, unit_cost=D("0.50"), reason="out of fashion")
    valued()

    assert entries(floor.item)[-1] == ("restated", D(0), D("-15.00"), D(0))


def test_only_who_may_says_anything(floor):
    with pytest.raises(NotAllowed):
        said(operations.set_method, item_id=floor.item.pk, method="average", reason="x", by=an_actor())
