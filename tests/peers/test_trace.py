"""What other systems failed in tracing: loops, repacks, returns of returns; the table is in README.md beside this."""

from types import SimpleNamespace

import pytest

from apps.ledger.models import Lot, StockBalance
from apps.locations.choices import LocationKind
from apps.traceability.queries import trace_lot
from apps.traceability.queries.genealogy import goods_of, made_of, reach
from apps.traceability.queries.trees import TraceKind, trace_goods
from tests.factories.assembly import a_planner, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, moved, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    floor = a_floor()
    bench = LocationFactory(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK)
    floor.shop = SimpleNamespace(site=floor.warehouse, a=floor.a, bench=bench, by=a_planner())
    return floor


def build(floor, item, quantity, lot, **more):
    order = put_to_work(floor.shop, item, quantity, **more)
    issue_all(order)
    finish(order, made(quantity, lot=lot), place=floor.a)
    return Lot.objects.get(item=item, number=lot)


def test_a_raw_lot_is_traced_through_three_levels_a_loop_a_repack_and_a_return_of_a_return(
    floor, django_assert_num_queries
):
    raw_item, mixed, filled, crate = (ItemFactory(number=name, lots=True) for name in ("RAW", "MIX", "FILL", "CRATE"))
    a_bill(mixed, part(raw_item, 1))
    a_bill(filled, part(mixed, 1))
    a_bill(crate, part(filled, 2))
    raw = LotFactory(item=raw_item, number="RAW-1")
    stock(raw_item, floor.a, 12, lot=raw)
    build(floor, mixed, 12, "MIX-1")
    first = build(floor, filled, 12, "FILL-1")
    build(floor, filled, 3, "FILL-1", kind="rework", lot_id=first.pk)
    build(floor, filled, 2, "FILL-2", kind="repack", lot_id=first.pk)
    top = build(floor, crate, 5, "CRATE-1")
    for name in ("ONE", "TWO"):
        order = a_shipped_order(floor, (crate, 5 if name == "ONE" else 1), customer=CustomerFactory(number=name))
        document = taken_in(a_return(order, back(1)), floor.dock)
        inspected(document, 1)
        if name == "ONE":
            stock_back(floor, crate, top)

    found = reach(lot_ids=[raw.pk])
    trace = trace_goods(goods_of([raw.pk]))

    assert set(Lot.objects.filter(pk__in=found.certain_lots).values_list("number", flat=True)) == {
        "RAW-1", "MIX-1", "FILL-1", "FILL-2", "CRATE-1",
    }  # fmt: skip
    assert {node.number for node in trace.nodes.values() if node.kind == TraceKind.CUSTOMER} == {"ONE", "TWO"}
    assert raw.pk in {node.id for node in made_of(goods_of([top.pk])).certain}
    for lot_id in found.lots:
        assert trace_lot(lot_id).balance.balances
    with django_assert_num_queries(10):
        trace_goods(goods_of([raw.pk]))
    assert_invariants()


def stock_back(floor, item, lot):
    """What came back and may be sold again stands in a bin."""
    balance = StockBalance.objects.on_hand().get(lot=lot)
    if balance.location_id != floor.a.pk:
        moved(item, balance.location, floor.a, balance.on_hand, lot=lot)
