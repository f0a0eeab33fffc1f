"""A reversal is looked at before it is made: what would go back, what is in the way, and nothing is done."""

from decimal import Decimal as D

import pytest
from django.db import transaction
from django.urls import reverse as address

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import DomainError
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockTransaction
from apps.ledger.operations import (
    Claim,
    Move,
    Place,
    close_unit,
    hold_lots,
    move_units,
    nest_unit,
    open_units,
    post,
    reserve,
    retire_unit,
    reverse,
    undo_posting,
    unnest_unit,
)
from apps.ledger.queries.reversal import preview_reversal
from apps.ledger.states import HoldReason, StockStatus, TransactionKind, UnitKind
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory


def moved(floor, quantity, source, target, *, item=None, kind=TransactionKind.MOVE, document="", **more):
    status = more.pop("status", StockStatus.AVAILABLE)
    source_unit, target_unit = more.pop("source_unit", None), more.pop("target_unit", None)
    return post(
        [
            Move(
                item_id=(item or floor.item).pk,
                quantity=D(quantity),
                source=Place(location_id=source.pk, unit_id=source_unit),
                target=Place(location_id=target.pk, unit_id=target_unit, status=status),
                **more,
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=kind,
        by=floor.by,
        at=clock.now(),
        document=document,
    )


def preview(posting):
    return preview_reversal(StockTransaction.objects.get(pk=posting))


def obstacles(posting):
    return [
        (obstacle.refusal.code, [later.pk for later in obstacle.postings], obstacle.documents)
        for obstacle in preview(posting).obstacles
    ]


def moved_whole(floor, unit, target):
    return move_units(
        [unit],
        warehouse_id=floor.warehouse.pk,
        target_id=target.pk,
        kind=TransactionKind.MOVE,
        by=floor.by,
        at=clock.now(),
    )


def undone(floor, posting):
    """Whether the ledger would undo it, which is tried."""
    try:
        with transaction.atomic():
            reverse(posting, by=floor.by, at=clock.now(), reason="tried")
    except DomainError as refusal:
        return refusal.code
    return None


def test_the_mirror_is_shown_and_nothing_is_done(floor):
    stock(floor.item, floor.a, 10)
    posting = moved(floor, 4, floor.a, floor.b, status=StockStatus.DAMAGED)
    before = list(StockBalance.objects.order_by("pk").values())
    person = a_person(floor.warehouse)

    answer = person.get(f"/transactions/{posting}/reversal").json()

    assert answer == {
        "transaction": posting,
        "possible": True,
        "moves": [
            {
                "item": "BOLT",
                "lot": None,
                "serial": None,
                "owner": None,
                "quantity": "4",
                "source": "B",
                "source_unit": None,
                "source_status": "damaged",
                "target": "A",
                "target_unit": None,
                "target_status": "available",
            }
        ],
        "blocks": [],
    }
    assert list(StockBalance.objects.order_by("pk").values()) == before
    assert StockTransaction.objects.count() == 2


def test_goods_that_moved_on_are_named_with_who_took_them(floor):
    stock(floor.item, floor.a, 10)
    posting = moved(floor, 4, floor.a, floor.b)
    kept = moved(floor, 3, floor.a, floor.dock)
    took = moved(floor, 3, floor.b, floor.tote, document="SO-9")
    person = a_person(floor.warehouse)

    answer = person.get(f"/transactions/{posting}/reversal").json()

    (found,) = answer["blocks"]
    assert answer["possible"] is False
    assert (found["code"], found["facts"]["location"], found["facts"]["available"], found["facts"]["requested"]) == (
        "insufficient_stock",
        "B",
        "1",
        "4",
    )
    assert [(later["id"], later["document"], later["by"]) for later in found["postings"]] == [
        (took, "SO-9", floor.by.user.username)
    ]
    assert set(found["postings"][0]) == {"id", "kind", "document", "occurred_at", "recorded_at", "by"}
    assert kept not in [later["id"] for later in found["postings"]]
    assert undone(floor, posting) == "insufficient_stock"


def test_what_is_reserved_for_others_is_in_the_way_unless_it_may_go_along(floor):
    stock(floor.item, floor.a, 4)
    stock(floor.item, floor.dock, 4)
    follows = moved(floor, 4, floor.a, floor.b)
    stays = moved(floor, 4, floor.dock, floor.b)
    row = StockBalance.objects.get(location=floor.b)
    reserve([Claim(balance_id=row.pk, quantity=D(6))], warehouse_id=floor.warehouse.pk, document="SO-1")

    assert obstacles(follows) == []
    assert obstacles(stays) == [("insufficient_stock", [], ("SO-1",))]
    assert undone(floor, stays) == "insufficient_stock"
    assert undone(floor, follows) is None
    assert Reservation.objects.pending().filter(balance__location=floor.a).exists()


def test_a_unit_that_stands_elsewhere_is_in_the_way(floor):
    (pallet,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET)
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.dock, target_unit=pallet)
    by, at = floor.by, clock.now()
    went = move_units(
        [pallet], warehouse_id=floor.warehouse.pk, target_id=floor.b.pk, kind=TransactionKind.MOVE, by=by, at=at
    )

    assert obstacles(posting) == [
        ("unit_elsewhere", [went], ()),
        ("insufficient_stock", [went], ()),
    ]
    assert undone(floor, posting) == "unit_elsewhere"
    assert obstacles(went) == []
    assert undone(floor, went) is None


def test_a_unit_that_was_unpacked_takes_its_goods_back_where_it_stands(floor):
    (pallet,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET)
    stock(floor.item, floor.dock, 4, unit=pallet)
    out = moved(floor, 2, floor.dock, floor.a, source_unit=pallet)
    assert obstacles(out) == []

    moved_whole(floor, pallet, floor.b)

    assert [code for code, _, _ in obstacles(out)] == ["unit_elsewhere"]
    assert undone(floor, out) == "unit_elsewhere"


@pytest.fixture
def unit(floor):
    """Makes a unit, with so much of the item in it at a place."""

    def make(kind=UnitKind.PALLET, quantity=0, at=None):
        (made,) = open_units(warehouse_id=floor.warehouse.pk, kind=kind)
        if quantity:
            stock(floor.item, at or floor.a, quantity, unit=made)
        return made

    return make


def number_of(unit):
    return HandlingUnit.objects.get(pk=unit).number


def refusals(posting):
    return [(obstacle.refusal.code, obstacle.refusal.facts["unit"]) for obstacle in preview(posting).obstacles]


def test_a_whole_unit_that_was_nested_since_does_not_go_back(floor, unit):
    carton, pallet = unit(UnitKind.CARTON, 4), unit(quantity=1, at=floor.b)
    posting = moved_whole(floor, carton, floor.b)
    assert obstacles(posting) == []

    nest_unit(unit_id=carton, into_id=pallet, by=floor.by, at=clock.now())

    # The pallet holds goods that the posting did not bring, and would be torn from its place.
    assert refusals(posting) == [("unit_elsewhere", number_of(carton)), ("unit_elsewhere", number_of(pallet))]
    assert undone(floor, posting) == "unit_elsewhere"


def test_a_whole_unit_whose_carton_was_taken_out_since_does_not_go_back(floor, unit):
    carton, pallet = unit(UnitKind.CARTON, 4), unit(quantity=1)
    nest_unit(unit_id=carton, into_id=pallet, by=floor.by, at=clock.now())
    posting = moved_whole(floor, pallet, floor.b)
    assert obstacles(posting) == []

    unnest_unit(unit_id=carton, by=floor.by, at=clock.now())

    assert refusals(posting) == [("unit_elsewhere", number_of(carton))]
    assert undone(floor, posting) == "unit_elsewhere"


def test_a_whole_unit_that_took_other_goods_since_does_not_go_back_and_who_gave_them_is_told(floor, unit):
    pallet = unit(quantity=4)
    posting = moved_whole(floor, pallet, floor.b)
    gave = stock(floor.item, floor.b, 1, unit=pallet)

    assert obstacles(posting) == [("unit_elsewhere", [gave], ())]
    assert undone(floor, posting) == "unit_elsewhere"


def test_goods_do_not_go_back_into_a_closed_unit(floor, unit):
    pallet = unit(quantity=4)
    posting = moved(floor, 2, floor.a, floor.dock, source_unit=pallet)
    close_unit(unit_id=pallet, by=floor.by, at=clock.now())

    assert refusals(posting) == [("unit_closed", number_of(pallet))]
    assert undone(floor, posting) == "unit_closed"


def test_goods_do_not_go_back_into_what_stands_in_a_closed_unit(floor, unit):
    carton, pallet = unit(UnitKind.CARTON, 4), unit()
    nest_unit(unit_id=carton, into_id=pallet, by=floor.by, at=clock.now())
    posting = moved(floor, 2, floor.a, floor.dock, source_unit=carton)
    assert obstacles(posting) == []

    close_unit(unit_id=pallet, by=floor.by, at=clock.now())

    assert refusals(posting) == [("unit_closed", number_of(pallet))]
    assert undone(floor, posting) == "unit_closed"


def test_goods_do_not_go_back_into_a_unit_that_is_out_of_use(floor, unit):
    pallet = unit(quantity=4)
    posting = moved(floor, 4, floor.a, floor.dock, source_unit=pallet)
    retire_unit(unit_id=pallet, by=floor.by, at=clock.now())

    assert refusals(posting) == [("unit_retired", number_of(pallet))]
    assert undone(floor, posting) == "unit_retired"


def test_a_closed_unit_that_moved_whole_goes_back_as_it_is(floor, unit):
    pallet = unit(quantity=4)
    posting = moved_whole(floor, pallet, floor.b)
    close_unit(unit_id=pallet, by=floor.by, at=clock.now())

    assert obstacles(posting) == []
    assert undone(floor, posting) is None


def test_the_first_thing_in_the_way_is_what_the_ledger_refuses_with(floor, unit):
    pallet = unit(quantity=4)
    posting = moved(floor, 4, floor.a, floor.dock, source_unit=pallet)
    stock(floor.item, floor.a, 1, unit=pallet)
    moved_whole(floor, pallet, floor.b)
    close_unit(unit_id=pallet, by=floor.by, at=clock.now())
    moved(floor, 3, floor.dock, floor.tote)

    assert [code for code, _, _ in obstacles(posting)] == ["unit_closed", "unit_elsewhere", "insufficient_stock"]
    assert undone(floor, posting) == "unit_closed"


def test_a_nest_of_units_takes_as_many_statements_as_one_unit(floor, unit, django_assert_num_queries):
    one, carton, pallet = unit(quantity=1), unit(UnitKind.CARTON, 4), unit(quantity=1)
    nest_unit(unit_id=carton, into_id=pallet, by=floor.by, at=clock.now())
    alone, nest = (StockTransaction.objects.get(pk=moved_whole(floor, each, floor.b)) for each in (one, pallet))

    with django_assert_num_queries(5):
        assert preview_reversal(alone).possible
    with django_assert_num_queries(5):
        assert preview_reversal(nest).possible


def test_a_serial_number_that_came_in_again_is_in_the_way(floor):
    serial = SerialFactory()
    stock(serial.item, floor.a, 1, serial=serial)
    gone = moved(floor, 1, floor.a, floor.scrap, item=serial.item, serial_id=serial.pk, kind=TransactionKind.SCRAP)
    again = stock(serial.item, floor.b, 1, serial=serial)

    assert obstacles(gone) == [("serial_already_here", [again], ())]
    assert undone(floor, gone) == "serial_already_here"


def test_a_place_out_of_use_is_in_the_way(floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.b)
    floor.a.is_active = False
    floor.a.save()

    assert obstacles(posting) == [("move_refused", [], ())]
    assert undone(floor, posting) == "move_refused"


def test_a_hold_is_not_in_the_way_for_the_goods_stay_in_the_house(floor):
    lot = LotFactory(item=ItemFactory(lots=True))
    stock(lot.item, floor.a, 4, lot=lot)
    posting = moved(floor, 4, floor.a, floor.b, item=lot.item, lot_id=lot.pk)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by)

    assert obstacles(posting) == []
    assert undone(floor, posting) is None


def test_what_is_final_says_so(floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.b)
    mirror = reverse(posting, by=floor.by, at=clock.now(), reason="wrong")
    stock(floor.item, floor.dock, 1)
    received = moved(floor, 1, floor.dock, floor.b, kind=TransactionKind.PUTAWAY, document="RC-1")

    assert obstacles(posting)[0] == ("not_reversible", [mirror], ())
    assert obstacles(mirror) == [("not_reversible", [], ())]
    assert obstacles(received) == [("belongs_to_document", [], ())]


def test_it_takes_as_many_statements_for_a_hundred_moves_as_for_one(floor, django_assert_num_queries):
    def posting(count):
        lots = [LotFactory(item=ItemFactory(lots=True)) for _ in range(count)]
        goods = [
            Move(
                item_id=lot.item_id,
                lot_id=lot.pk,
                quantity=D(1),
                source=Place(location_id=floor.supplier.pk),
                target=Place(location_id=floor.a.pk),
            )
            for lot in lots
        ]
        made = post(goods, warehouse_id=floor.warehouse.pk, kind=TransactionKind.MOVE, by=an_actor(), at=clock.now())
        return StockTransaction.objects.get(pk=made)

    one, many = posting(1), posting(100)
    with django_assert_num_queries(3):
        assert preview_reversal(one).possible
    with django_assert_num_queries(3):
        assert len(preview_reversal(many).moves) == 100


def test_another_warehouses_posting_is_not_looked_at(floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 1, floor.a, floor.b)

    refused(a_person(WarehouseFactory()).get(f"/transactions/{posting}/reversal"), 404, "not_found")


@pytest.fixture
def desk(client, floor):
    client.force_login(a_person(floor.warehouse, roles=[Role.SUPERVISOR]).user)
    return lambda posting: client.get(address("admin:ledger_stocktransaction_do", args=[posting, "reverse"]))


def test_the_desk_shows_the_mirror_before_it_asks_why(desk, floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.b)

    page = desk(posting)

    assert page.context["outlook"].possible
    assert [table.title for table in page.context["outlook"].tables] == ["What would go back"]
    assert b'name="reason"' in page.content


def test_the_desk_says_what_is_in_the_way_and_does_not_ask(desk, floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.b)
    moved(floor, 3, floor.b, floor.tote, document="SO-9")

    page = desk(posting)

    in_the_way, back = page.context["outlook"].tables
    assert (in_the_way.title, back.title) == ("What is in the way", "What would go back")
    assert "B has 1 of BOLT free; 4 asked." in str(in_the_way.rows[0][0])
    assert "SO-9" in str(in_the_way.rows[0][1])
    assert b'name="reason"' not in page.content


def test_what_was_possible_when_it_was_looked_at_is_decided_again(floor):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 4, floor.a, floor.b)
    assert preview(posting).possible
    moved(floor, 3, floor.b, floor.tote)
    boss = an_actor(a_person(floor.warehouse, roles=[Role.SUPERVISOR]).user)

    with pytest.raises(DomainError, match="B has 1 of BOLT free"):
        undo_posting(transaction_id=posting, reason="late", by=boss, at=clock.now())
