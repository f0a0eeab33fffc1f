"""Handling units: they nest, are moved whole, split, merged, closed, relabelled and retired, and stand in one place."""

import itertools
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.codes.errors import MalformedCode
from apps.journal.models import AuditEntry
from apps.ledger.errors import (
    BelongsToDocument,
    InsufficientStock,
    LabelTaken,
    NoPlaceForUnits,
    NotNestable,
    UnitClosed,
    UnitElsewhere,
    UnitNotEmpty,
    UnitRetired,
)
from apps.ledger.models import HandlingUnit, Reservation, StockBalance, StockTransaction
from apps.ledger.operations import (
    Claim,
    Content,
    close_unit,
    hold_lots,
    merge_unit,
    move_unit,
    nest_unit,
    open_unit,
    open_units,
    relabel_unit,
    reopen_unit,
    reserve,
    retire_unit,
    reverse,
    split_unit,
    unnest_unit,
)
from apps.ledger.states import HoldReason, UnitKind
from apps.locations.models import Location
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.invariants import assert_invariants

SSCC, OTHER = "006141411234567890", "106141412345678908"


@pytest.fixture
def do(floor):
    """Runs an operation as somebody of the floor."""

    def run(operation, **arguments):
        with transaction.atomic():  # a refusal leaves the rest of the test its transaction
            return operation(by=floor.by, at=clock.now(), **arguments)

    yield run
    assert_invariants()


@pytest.fixture
def unit(floor, do):
    """Makes a unit, with so much of the item in it at a place."""

    def make(kind=UnitKind.PALLET, quantity=0, at=None, **more):
        made = do(open_unit, warehouse_id=floor.warehouse.pk, kind=UnitKind(kind), **more)
        if quantity:
            stock(floor.item, at or floor.a, quantity, unit=made.pk)
        return made

    return make


def goods():
    """What is where: (unit, place): quantity, reserved."""
    rows = StockBalance.objects.on_hand().select_related("unit", "location")
    return {(row.unit_id, row.location.code): (row.on_hand, row.reserved) for row in rows}


def places(*units):
    """Where units stand now."""
    known = dict(HandlingUnit.objects.values_list("pk", "location__code"))
    return [known[unit.pk] for unit in units]


def test_a_pallet_of_cartons_is_moved_whole_in_one_posting(floor, do, unit):
    pallet, full, other, empty = unit(quantity=1), unit("carton", 2), unit("carton", 3), unit("carton")
    for carton in (full, other, empty):
        do(nest_unit, unit_id=carton.pk, into_id=pallet.pk)
    before = StockTransaction.objects.count()

    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)

    assert StockTransaction.objects.count() == before + 1
    assert goods() == {(pallet.pk, "B"): (D(1), D(0)), (full.pk, "B"): (D(2), D(0)), (other.pk, "B"): (D(3), D(0))}
    assert places(pallet, full, other, empty) == ["B"] * 4


def test_what_is_nested_does_not_move_by_itself_until_it_is_taken_out(floor, do, unit):
    pallet, carton = unit(quantity=1), unit("carton", 2)
    do(nest_unit, unit_id=carton.pk, into_id=pallet.pk)

    with pytest.raises(UnitElsewhere):
        do(move_unit, unit_id=carton.pk, location_id=floor.b.pk)
    do(unnest_unit, unit_id=carton.pk)
    do(move_unit, unit_id=carton.pk, location_id=floor.b.pk)

    assert places(pallet, carton) == ["A", "B"]


def test_a_unit_is_never_inside_itself(do, unit):
    inner, middle, outer = unit("carton", 1), unit("pallet", 1), unit("pallet", 1)
    do(nest_unit, unit_id=inner.pk, into_id=middle.pk)
    do(nest_unit, unit_id=middle.pk, into_id=outer.pk)

    for within in (outer, middle):
        with pytest.raises(NotNestable, match="inside itself"):
            do(nest_unit, unit_id=outer.pk, into_id=within.pk)

    assert HandlingUnit.objects.get(pk=outer.pk).parent is None


def test_no_more_than_four_stand_in_each_other(do, unit):
    chain = [unit("pallet", 1) for _ in range(5)]
    for outer, inner in itertools.pairwise(chain[:4]):
        do(nest_unit, unit_id=inner.pk, into_id=outer.pk)

    with pytest.raises(NotNestable, match="more than four"):
        do(nest_unit, unit_id=chain[4].pk, into_id=chain[3].pk)
    with pytest.raises(NotNestable, match="more than four"):
        do(nest_unit, unit_id=chain[0].pk, into_id=chain[4].pk)


@pytest.mark.parametrize(("inner", "outer"), [("pallet", "carton"), ("container", "pallet"), ("pallet", "tote")])
def test_a_larger_kind_does_not_go_into_a_smaller(do, unit, inner, outer):
    with pytest.raises(NotNestable, match="too large"):
        do(nest_unit, unit_id=unit(inner, 1).pk, into_id=unit(outer, 1).pk)


def test_units_of_two_places_or_warehouses_are_not_nested(floor, do, unit):
    pallet, there = unit(quantity=1), unit("carton", 2, at=floor.b)
    (foreign,) = open_units(warehouse_id=WarehouseFactory().pk, kind=UnitKind.CARTON)

    with pytest.raises(UnitElsewhere) as refusal:
        do(nest_unit, unit_id=there.pk, into_id=pallet.pk)
    with pytest.raises(NotNestable, match="another warehouse"):
        do(nest_unit, unit_id=foreign, into_id=pallet.pk)

    assert refusal.value.facts == {"unit": there.number, "location": "B", "target": "A"}


def test_an_empty_pallet_stands_where_the_first_carton_stood(do, unit):
    pallet, carton = unit(), unit("carton", 2)

    do(nest_unit, unit_id=carton.pk, into_id=pallet.pk)

    assert places(pallet) == ["A"]


def test_two_units_that_stand_nowhere_are_not_nested(do, unit):
    with pytest.raises(UnitElsewhere):
        do(nest_unit, unit_id=unit("carton").pk, into_id=unit().pk)


def test_reservations_go_along_with_a_whole_unit_and_into_another(floor, do, unit):
    pallet, other = unit(quantity=10), unit(quantity=1, at=floor.b)
    (claim,) = reserve(
        [Claim(balance_id=StockBalance.objects.get(unit=pallet.pk).pk, quantity=D(4))],
        warehouse_id=floor.warehouse.pk,
        document="SO-1",
    )

    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)
    do(merge_unit, unit_id=pallet.pk, into_id=other.pk)

    balance = Reservation.objects.pending().get(pk=claim).balance
    assert (balance.unit_id, balance.location, balance.reserved) == (other.pk, floor.b, D(4))
    assert goods() == {(other.pk, "B"): (D(11), D(4))}


def test_a_split_takes_part_out_and_its_reservations_when_they_are_needed(floor, do, unit):
    pallet = unit(quantity=10)
    balance = StockBalance.objects.get(unit=pallet.pk)
    reserve([Claim(balance_id=balance.pk, quantity=D(8))], warehouse_id=floor.warehouse.pk, document="SO-1")

    part = Content(item_id=floor.item.pk, quantity=D(4))
    carton = do(split_unit, unit_id=pallet.pk, contents=[part], into_kind=UnitKind.CARTON)
    loose = do(split_unit, unit_id=pallet.pk, contents=[part])

    assert loose == HandlingUnit.objects.get(pk=pallet.pk)
    assert (carton.kind, carton.location) == ("carton", floor.a)
    assert goods() == {(pallet.pk, "A"): (D(2), D(2)), (carton.pk, "A"): (D(4), D(2)), (None, "A"): (D(4), D(4))}


def test_more_than_is_in_a_unit_is_not_split_off(floor, do, unit):
    pallet = unit(quantity=3)
    stock(floor.item, floor.a, 10)

    with pytest.raises(InsufficientStock) as refusal:
        do(split_unit, unit_id=pallet.pk, contents=[Content(item_id=floor.item.pk, quantity=D(4))])

    assert refusal.value.available == D(3)


def test_a_unit_is_not_split_into_itself(floor, do, unit):
    pallet = unit(quantity=3)
    part = Content(item_id=floor.item.pk, quantity=D(1))
    before = StockTransaction.objects.count()

    with pytest.raises(NotNestable) as refusal:
        do(split_unit, unit_id=pallet.pk, contents=[part], into_id=pallet.pk)

    assert refusal.value.facts == {
        "unit": pallet.number,
        "into": pallet.number,
        "problem": "it would be inside itself",
    }
    assert StockTransaction.objects.count() == before


def test_merging_brings_the_nested_cartons_along_and_leaves_an_empty_unit_behind(do, unit):
    old, new, carton = unit(quantity=2), unit(quantity=1), unit("carton", 3)
    do(nest_unit, unit_id=carton.pk, into_id=old.pk)

    do(merge_unit, unit_id=old.pk, into_id=new.pk)

    assert goods() == {(new.pk, "A"): (D(3), D(0)), (carton.pk, "A"): (D(3), D(0))}
    assert HandlingUnit.objects.get(pk=carton.pk).parent_id == new.pk
    assert places(old) == ["A"]
    trail = AuditEntry.objects.get(verb="merged")
    assert (trail.number, trail.detail["into"]) == (old.number, new.number)


def test_a_merge_that_is_reversed_puts_the_goods_back(floor, do, unit):
    first, second = unit(quantity=2), unit(quantity=1)
    do(merge_unit, unit_id=first.pk, into_id=second.pk)

    reverse(StockTransaction.objects.latest("pk").pk, by=floor.by, at=clock.now(), reason="wrong pallet")

    assert goods() == {(first.pk, "A"): (D(2), D(0)), (second.pk, "A"): (D(1), D(0))}


def test_units_in_two_places_are_not_merged(floor, do, unit):
    with pytest.raises(UnitElsewhere):
        do(merge_unit, unit_id=unit(quantity=2).pk, into_id=unit(quantity=2, at=floor.b).pk)


def test_a_closed_unit_takes_nothing_until_it_is_opened(floor, do, unit):
    pallet, carton, loose, inner = unit(quantity=1), unit("carton", 2), unit("carton", 2), unit("carton", 1)
    do(nest_unit, unit_id=inner.pk, into_id=pallet.pk)
    do(close_unit, unit_id=pallet.pk)
    one = [Content(item_id=floor.item.pk, quantity=D(1))]

    for refused in (
        lambda: stock(floor.item, floor.a, 1, unit=pallet.pk),
        lambda: stock(floor.item, floor.a, 1, unit=inner.pk),
        lambda: do(nest_unit, unit_id=carton.pk, into_id=pallet.pk),
        lambda: do(nest_unit, unit_id=carton.pk, into_id=inner.pk),
        lambda: do(merge_unit, unit_id=carton.pk, into_id=pallet.pk),
        lambda: do(split_unit, unit_id=loose.pk, contents=one, into_id=pallet.pk),
    ):
        with pytest.raises(UnitClosed) as refusal, transaction.atomic():
            refused()
        assert refusal.value.facts == {"unit": pallet.number}
    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)
    do(split_unit, unit_id=pallet.pk, contents=one)
    do(reopen_unit, unit_id=pallet.pk)
    stock(floor.item, floor.b, 5, unit=pallet.pk)

    assert goods()[pallet.pk, "B"] == (D(5), D(0))


def test_a_new_label_replaces_the_old_which_finds_the_unit_still(floor, do, unit):
    pallet = unit(quantity=1)
    do(relabel_unit, unit_id=pallet.pk, sscc=SSCC)

    again = do(relabel_unit, unit_id=pallet.pk, sscc=OTHER)

    assert (again.number, again.sscc) == (OTHER, OTHER)
    viewer = type("Viewer", (), {"is_active": True, "is_superuser": True, "device": None})()
    for number in (pallet.number, SSCC, OTHER):
        assert HandlingUnit.objects.by_number(number, viewer) == pallet
    assert [entry.detail["before"] for entry in AuditEntry.objects.filter(verb="relabelled").order_by("pk")] == [
        pallet.number,
        SSCC,
    ]


def test_a_number_is_never_given_twice(floor, do, unit):
    pallet, other = unit(sscc=SSCC), unit(quantity=1)
    do(relabel_unit, unit_id=pallet.pk, sscc=OTHER)

    for taken in (SSCC, OTHER):
        with pytest.raises(LabelTaken):
            do(relabel_unit, unit_id=other.pk, sscc=taken)
        with pytest.raises(LabelTaken):
            unit(sscc=taken)
        with pytest.raises(LabelTaken):
            do(relabel_unit, unit_id=pallet.pk, sscc=taken)


def test_what_is_no_sscc_is_no_label(do, unit):
    with pytest.raises(MalformedCode):
        do(relabel_unit, unit_id=unit().pk, sscc=SSCC[:-1] + "1")


def test_an_empty_unit_may_be_carried_and_retired_and_then_takes_nothing(floor, do, unit):
    tote = unit("tote", location_id=floor.a.pk)
    before = StockTransaction.objects.count()

    do(move_unit, unit_id=tote.pk, location_id=floor.b.pk)
    assert places(tote) == ["B"]
    do(retire_unit, unit_id=tote.pk)

    assert StockTransaction.objects.count() == before
    with pytest.raises(UnitRetired):
        do(close_unit, unit_id=tote.pk)
    with pytest.raises(UnitRetired):
        do(retire_unit, unit_id=tote.pk)
    with pytest.raises(UnitElsewhere):
        do(move_unit, unit_id=tote.pk, location_id=floor.a.pk)
    with pytest.raises(UnitRetired), transaction.atomic():
        stock(floor.item, floor.a, 1, unit=tote.pk)


def test_what_holds_goods_or_units_is_not_retired(do, unit):
    pallet, full, carton = unit(quantity=1), unit(), unit("carton", 1)
    do(nest_unit, unit_id=carton.pk, into_id=full.pk)

    for each in (pallet, full):
        with pytest.raises(UnitNotEmpty):
            do(retire_unit, unit_id=each.pk)


def test_what_serves_a_document_is_left_alone(floor, do, unit):
    pallet = unit(quantity=1)
    (carton,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.CARTON, sscc=[SSCC], document="SH-1")
    stock(floor.item, floor.a, 2, unit=carton)
    one = [Content(item_id=floor.item.pk, quantity=D(1))]

    for operation, arguments in (
        (nest_unit, {"unit_id": carton, "into_id": pallet.pk}),
        (merge_unit, {"unit_id": carton, "into_id": pallet.pk}),
        (merge_unit, {"unit_id": pallet.pk, "into_id": carton}),
        (split_unit, {"unit_id": carton, "contents": one}),
        (split_unit, {"unit_id": pallet.pk, "contents": one, "into_id": carton}),
        (move_unit, {"unit_id": carton, "location_id": floor.b.pk}),
        (close_unit, {"unit_id": carton}),
        (relabel_unit, {"unit_id": carton, "sscc": OTHER}),
        (retire_unit, {"unit_id": carton}),
    ):
        with pytest.raises(BelongsToDocument) as refusal:
            do(operation, **arguments)
        assert refusal.value.facts == {"what": f"carton {SSCC}", "document": "SH-1"}
    assert goods() == {(pallet.pk, "A"): (D(1), D(0)), (carton, "A"): (D(2), D(0))}


def test_a_unit_is_put_down_only_where_goods_can_stand(floor, do, unit):
    pallet = unit(quantity=1)
    elsewhere = LocationFactory()
    closed = LocationFactory(warehouse=floor.warehouse, is_active=False)

    for place in (floor.customer, floor.scrap, elsewhere, closed):
        with pytest.raises(NoPlaceForUnits):
            do(move_unit, unit_id=pallet.pk, location_id=place.pk)

    assert Location.objects.get(units=pallet.pk) == floor.a


def test_held_goods_are_moved_in_the_house_with_their_unit(floor, do, unit):
    pallet, lot = unit(), LotFactory()
    stock(lot.item, floor.a, 5, lot=lot, unit=pallet.pk)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by)

    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)

    assert goods() == {(pallet.pk, "B"): (D(5), D(0))}


def test_a_move_of_a_whole_pallet_is_reversed_with_all_that_it_carried(floor, do, unit):
    pallet, full, empty = unit(), unit("carton", 2), unit("carton")
    for carton in (full, empty):
        do(nest_unit, unit_id=carton.pk, into_id=pallet.pk)
    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)

    reverse(StockTransaction.objects.latest("pk").pk, by=floor.by, at=clock.now(), reason="wrong bin")

    assert places(pallet, full, empty) == ["A"] * 3
    assert goods() == {(full.pk, "A"): (D(2), D(0))}


@pytest.mark.parametrize("since", ["goods", "nested", "taken out", "goods in the pallet"])
def test_a_move_is_not_reversed_when_its_unit_has_changed_since(floor, do, unit, since):
    pallet, carton, late = unit(), unit("carton", 2), unit("carton", 1, at=floor.b)
    do(nest_unit, unit_id=carton.pk, into_id=pallet.pk)
    do(move_unit, unit_id=pallet.pk, location_id=floor.b.pk)
    posting = StockTransaction.objects.latest("pk").pk
    if since == "nested":
        do(nest_unit, unit_id=late.pk, into_id=pallet.pk)
    elif since == "taken out":
        do(unnest_unit, unit_id=carton.pk)
    else:
        stock(floor.item, floor.b, 1, unit=carton.pk if since == "goods" else pallet.pk)
    before = goods()

    with pytest.raises(UnitElsewhere), transaction.atomic():
        reverse(posting, by=floor.by, at=clock.now(), reason="wrong bin")

    assert goods() == before
    assert places(pallet, carton) == ["B", "B"]
