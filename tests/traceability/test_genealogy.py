"""What goods went into and were made of, both ways: complete, finite, certain apart from possible."""

from apps.assembly.models import AssemblyGenealogy, AssemblyOutput
from apps.ledger.models import Lot
from apps.traceability.queries.genealogy import goods_of, made_of, reach
from apps.traceability.queries.links import Goods
from tests.factories.assembly import a_workshop, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock


def build(shop, item, *outputs, quantity=None, **more):
    """An order made from start to end, its outputs in bin A."""
    order = put_to_work(shop, item, quantity or sum(each.quantity for each in outputs), **more)
    issue_all(order)
    finish(order, *outputs, place=shop.a)
    return AssemblyOutput.objects.filter(line__order=order).last()


def named(keys):
    return set(Lot.objects.filter(pk__in=keys).values_list("number", flat=True))


def lots(nodes):
    return named(node.id for node in nodes if node.goods == Goods.LOT)


def test_three_levels_a_rework_loop_and_a_repack_are_certain_both_ways(db, django_assert_num_queries):
    shop = a_workshop()
    flour, dough, loaf, basket = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF", "BASKET"))
    a_bill(dough, part(flour, 2))
    a_bill(loaf, part(dough, 1))
    a_bill(basket, part(loaf, 3))
    raw = LotFactory(item=flour, number="F1")
    stock(flour, shop.a, 20, lot=raw)
    build(shop, dough, made(10, lot="D1"))
    first = build(shop, loaf, made(10, lot="L1")).lot
    for _ in range(2):
        build(shop, loaf, made(4, lot="L1"), kind="rework", lot_id=first.pk)
    build(shop, loaf, made(3, lot="L2"), kind="repack", lot_id=first.pk)
    top = build(shop, basket, made(2, lot="B1"))

    with django_assert_num_queries(3):
        found = reach(lot_ids=[raw.pk])

    assert named(found.certain_lots) == {"F1", "D1", "L1", "L2", "B1"}
    assert found.possible_lots == frozenset()
    below = made_of(goods_of([top.lot_id]))
    assert lots(below.certain) >= {"B1", "D1", "F1"}
    assert lots(below.nodes) == {"B1", "L1", "D1", "F1"} | ({"L2"} & lots(below.nodes))


def test_a_lot_that_was_only_partly_made_of_it_makes_what_follows_possible(db):
    shop = a_workshop()
    flour, dough, loaf = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF"))
    a_bill(dough, part(flour, 1))
    a_bill(loaf, part(dough, 1))
    bad, good = LotFactory(item=flour, number="BAD"), LotFactory(item=flour, number="GOOD")
    stock(flour, shop.a, 4, lot=good)
    build(shop, dough, made(4, lot="D"))
    build(shop, loaf, made(1, lot="BEFORE"))
    stock(flour, shop.a, 4, lot=bad)
    build(shop, dough, made(4, lot="D"))
    after = build(shop, loaf, made(2, lot="AFTER"))

    found = reach(lot_ids=[bad.pk])

    assert named(found.certain_lots) == {"BAD", "D"}
    assert named(found.possible_lots) == {"AFTER"}
    below = made_of(goods_of([after.lot_id]))
    assert lots(below.certain) == {"AFTER", "D"}
    assert lots(below.possible) == {"GOOD", "BAD"}
    assert named(reach(lot_ids=[good.pk]).certain_lots) == {"GOOD", "D", "BEFORE"}


def test_a_lot_made_in_parts_of_one_lot_stays_certain(db):
    shop = a_workshop()
    flour, dough, loaf = (ItemFactory(number=name, lots=True) for name in ("FLOUR", "DOUGH", "LOAF"))
    a_bill(dough, part(flour, 1))
    a_bill(loaf, part(dough, 1))
    raw = LotFactory(item=flour, number="F")
    stock(flour, shop.a, 9, lot=raw)
    order = put_to_work(shop, dough, 6)
    issue_all(order)
    finish(order, made(2, lot="D"), place=shop.a)
    finish(order, made(4, lot="D"), place=shop.a)
    top = build(shop, loaf, made(6, lot="L"))

    assert named(reach(lot_ids=[raw.pk]).certain_lots) == {"F", "D", "L"}
    assert lots(made_of(goods_of([top.lot_id])).certain) == {"F", "D", "L"}


def test_serials_that_nobody_told_apart_at_the_bench_are_possible_in_all_units_and_told_ones_certain(db):
    shop = a_workshop()
    board, machine = ItemFactory(number="BOARD", serials=True), ItemFactory(number="MACHINE", serials=True)
    a_bill(machine, part(board, 1))
    boards = [SerialFactory(item=board, number=f"B{n}") for n in (1, 2)]
    for each in boards:
        stock(board, shop.a, 1, serial=each)
    build(shop, machine, made(1, serial="M1"), made(1, serial="M2"))

    assert set(AssemblyGenealogy.objects.values_list("is_certain", flat=True)) == {False}
    for each in boards:
        found = reach(lot_ids=[], serial_ids=[each.pk])
        assert found.certain_serials == {each.pk}
        assert len(found.possible_serials) == 2
    machines = AssemblyOutput.objects.order_by("pk")
    for output in machines:
        assert output.serial_id is not None
        below = made_of(goods_of(serial_ids=[output.serial_id]))
        assert {node.id for node in below.possible if node.goods == Goods.SERIAL} == {each.pk for each in boards}


def test_goods_without_lot_or_serial_are_one_heap_that_what_follows_may_hold(db):
    shop = a_workshop()
    flour, dough, loaf = (
        ItemFactory(number="FLOUR", lots=True),
        ItemFactory(number="DOUGH"),
        ItemFactory(number="LOAF", lots=True),
    )
    a_bill(dough, part(flour, 1))
    a_bill(loaf, part(dough, 1))
    stock(dough, shop.a, 5)
    raw = LotFactory(item=flour, number="F")
    build(shop, loaf, made(2, lot="BEFORE"))
    stock(flour, shop.a, 9, lot=raw)
    build(shop, dough, made(6))
    top = build(shop, loaf, made(6, lot="AFTER"))

    found = reach(lot_ids=[raw.pk])

    assert named(found.certain_lots) == {"F"}
    assert named(found.possible_lots) == {"AFTER"}
    assert found.possible_items == {dough.pk}
    assert lots(made_of(goods_of([top.lot_id])).possible) == {"F"}
