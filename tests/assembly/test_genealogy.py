"""Where goods went through levels of assembly, rework and repacking: finite, complete, and it adds up."""

from datetime import timedelta

import pytest

from apps.assembly.models import AssemblyOutput
from apps.assembly.queries import made_of, went_into
from apps.core import clock
from apps.traceability.queries import trace_lot
from tests.factories.assembly import a_workshop, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.invariants import assert_invariants, broken_by


def build(shop, item, lot, quantity, **more):
    order = put_to_work(shop, item, quantity, **more)
    issue_all(order)
    finish(order, made(quantity, lot=lot), place=shop.a)
    return AssemblyOutput.objects.filter(line__order=order).last()


def test_a_raw_lot_is_found_through_three_levels_a_rework_loop_and_a_repack(db):
    """A flour into dough, dough into loaves, loaves into baskets; a loaf lot is reworked into itself, and repacked."""
    shop = a_workshop()
    flour, dough, loaf, basket = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF", "BASKET"))
    a_bill(dough, part(flour, 2))
    a_bill(loaf, part(dough, 1))
    a_bill(basket, part(loaf, 3))
    raw, other = LotFactory(item=flour, number="F1"), LotFactory(item=flour, number="F2")
    stock(flour, shop.a, 20, lot=raw)
    build(shop, dough, "D1", 10)
    build(shop, loaf, "L1", 10)
    first = AssemblyOutput.objects.latest("pk").lot
    assert first is not None
    for _ in range(2):  # the same lot goes in and comes out
        build(shop, loaf, "L1", 4, kind="rework", lot_id=first.pk)
    build(shop, loaf, "L2", 3, kind="repack", lot_id=first.pk)
    stock(flour, shop.a, 2, lot=other)
    build(shop, dough, "D2", 1)
    top = build(shop, basket, "B1", 2)

    up = went_into(lot_id=raw.pk)
    lots = {link.made_lot_id for link in up}
    named = set(AssemblyOutput.objects.filter(lot__in=lots).values_list("lot__number", flat=True))
    assert named == {"D1", "L1", "L2", "B1"}
    assert len(up) == len({link.link_id for link in up})
    assert sum(link.quantity for link in up if link.part_lot_id == raw.pk) == 20
    down = made_of(lot_id=top.lot_id)
    assert raw.pk in {link.part_lot_id for link in down}
    assert other.pk not in {link.part_lot_id for link in down}
    for lot_id in (raw.pk, first.pk, top.lot_id):
        assert trace_lot(lot_id).balance.balances
    assert_invariants()


FAULTS = {
    "an issue that is said to be used up": "update assembly_assemblyissue set consumed = consumed - 1, returned = 1",
    "an output that holds nothing": "delete from assembly_assemblygenealogy",
    "an output that holds more than went in": "update assembly_assemblygenealogy set quantity = quantity + 1",
    "an output of other goods": "update assembly_assemblyoutput set quantity = quantity + 1",
}


@pytest.fixture
def baked(transactional_db):
    shop = a_workshop()
    flour = ItemFactory(lots=True)
    bread = ItemFactory(lots=True)
    a_bill(bread, part(flour, 2))
    stock(flour, shop.a, 20, lot=LotFactory(item=flour, expires_on=clock.now().date() + timedelta(days=9)))
    build(shop, bread, "B1", 10)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(baked, superuser_dsn, fault):
    assert_invariants()

    assert "I38" in broken_by(FAULTS[fault], superuser_dsn)
