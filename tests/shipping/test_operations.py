"""Cartons and shipments, whatever document they serve."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.core import clock
from apps.core.codes.digits import is_valid_sscc
from apps.core.errors import IllegalTransition, NotFound
from apps.core.invariants import check_invariants
from apps.journal.models import OutboxMessage
from apps.ledger.errors import NoCompanyPrefix
from apps.ledger.models import HandlingUnit, StockBalance, StockTransaction
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Company
from apps.shipping.errors import (
    CartonClosed,
    CartonEmpty,
    CartonLoaded,
    CartonsOpen,
    NoCartons,
    NotADockDoor,
    OtherDock,
)
from apps.shipping.models import Carton
from apps.shipping.operations import (
    close_carton,
    complete_packing,
    load_carton,
    open_carton,
    packing_place,
    ship,
    start_shipment,
)
from apps.shipping.queries import label_of
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.shipping import a_bench, a_company


@pytest.fixture
def yard(db):
    """A bench with ten mugs on it, two doors, and a shipment to a party."""
    a_company()
    warehouse = WarehouseFactory(code="MAIN")
    bench = a_bench(warehouse)
    mug = ItemFactory(number="MUG")
    stock(mug, bench, 10)
    party = PartyFactory(name="The Shop", street="Rue 1", city="Lyon")
    shipment = start_shipment(
        warehouse_id=warehouse.pk,
        document="TR-000001",
        party_id=party.pk,
        ship_to=party.name,
        address=party,
        carrier_id=PartyFactory(name="Fast", is_carrier=True).pk,
        at=clock.now(),
    )
    yield SimpleNamespace(
        warehouse=warehouse,
        bench=bench,
        mug=mug,
        shipment=shipment,
        door=LocationFactory(warehouse=warehouse, code="DOOR-1", kind=LocationKind.DOCK),
        other_door=LocationFactory(warehouse=warehouse, code="DOOR-2", kind=LocationKind.DOCK),
        by=an_actor(),
    )
    assert [str(violation) for violation in check_invariants()] == []


def carton(yard, quantity=2, *, closed=True):
    """A carton with so many mugs."""
    one = open_carton(shipment_id=yard.shipment.pk, by=yard.by, at=clock.now())
    if quantity:
        post(
            [
                Move(
                    item_id=yard.mug.pk,
                    quantity=D(quantity),
                    source=Place(location_id=yard.bench.pk),
                    target=packing_place(one),
                )
            ],
            warehouse_id=yard.warehouse.pk,
            kind=TransactionKind.PACK,
            by=yard.by,
            at=clock.now(),
        )
    return close(yard, one) if closed else one


def close(yard, one, **more):
    return close_carton(carton_id=one.pk, by=yard.by, at=clock.now(), **more)


def complete(yard):
    return complete_packing(shipment_id=yard.shipment.pk, by=yard.by, at=clock.now())


def load(yard, one, door=None):
    return load_carton(carton_id=one.pk, dock_id=(door or yard.door).pk, by=yard.by, at=clock.now())


def go(yard):
    return ship(shipment_id=yard.shipment.pk, by=yard.by, at=clock.now())


def mugs():
    rows = StockBalance.objects.on_hand().select_related("location").order_by("location__code", "pk")
    return [(row.location.code, row.on_hand) for row in rows]


def test_a_carton_is_numbered_with_the_companys_prefix(yard):
    first, second = carton(yard, 0, closed=False), carton(yard, 0, closed=False)

    for one in (first, second):
        assert is_valid_sscc(one.unit.sscc)
        assert one.unit.sscc.startswith("09506000")
    assert (first.sequence, second.sequence) == (1, 2)
    assert int(second.unit.sscc[8:17]) == int(first.unit.sscc[8:17]) + 1
    assert first.unit.kind == "carton"


@pytest.mark.parametrize("there_is_a_company", [True, False])
def test_without_a_prefix_there_is_no_carton(yard, there_is_a_company):
    Company.objects.update(gs1_prefix="")
    if not there_is_a_company:
        Company.objects.all().delete()

    with pytest.raises(NoCompanyPrefix):
        carton(yard, 0, closed=False)

    assert not HandlingUnit.objects.exists()


def test_an_empty_carton_is_not_closed(yard):
    one = carton(yard, 0, closed=False)

    with pytest.raises(CartonEmpty) as refusal:
        close(yard, one)

    assert refusal.value.facts == {"carton": one.unit.number}
    assert Carton.objects.get().closed_at is None
    assert not OutboxMessage.objects.exists()


def test_a_carton_is_closed_once_and_its_label_printed(yard):
    one = carton(yard, closed=False)

    one = close(yard, one, weight_g=D("812.5"))
    with pytest.raises(CartonClosed):
        close(yard, one)
    with pytest.raises(CartonClosed):
        packing_place(one)

    one.refresh_from_db()
    assert (one.weight_g, one.closed_at is not None) == (D("812.5"), True)
    (message,) = OutboxMessage.objects.all()
    assert (message.job, message.arguments) == ("shipping.print_carton_label", {"sscc": one.unit.number})


def test_a_carton_that_does_not_exist_is_not_found(yard):
    with pytest.raises(NotFound):
        close_carton(carton_id=0, by=yard.by, at=clock.now())


def test_packing_is_complete_with_cartons_that_are_all_closed(yard):
    with pytest.raises(NoCartons):
        complete(yard)
    carton(yard)
    left_open = carton(yard, closed=False)
    with pytest.raises(CartonsOpen) as refusal:
        complete(yard)
    assert refusal.value.facts == {"shipment": yard.shipment.number, "cartons": [left_open.unit.number]}
    close(yard, left_open)

    shipment = complete(yard)

    assert (shipment.state, shipment.packed_at is not None) == ("packed", True)
    assert OutboxMessage.objects.get(job="shipping.print_carton_labels").arguments == {"shipment": shipment.number}
    with pytest.raises(IllegalTransition):
        carton(yard, 0, closed=False)


def test_empty_cartons_are_left_out_when_packing_is_complete(yard):
    spare, kept, other, last = (carton(yard, quantity, closed=quantity > 0) for quantity in (0, 2, 0, 3))

    complete(yard)

    assert list(yard.shipment.cartons.values_list("pk", "sequence")) == [(kept.pk, 1), (last.pk, 2)]
    assert label_of(Carton.objects.for_label().get(pk=last.pk)).cartons == 2
    unused = HandlingUnit.objects.filter(pk__in=[spare.unit_id, other.unit_id])
    assert list(unused.values_list("location", flat=True)) == [None, None]
    for one in (kept, last):
        load(yard, one)
    assert go(yard).state == "shipped"


def test_a_shipment_of_nothing_but_empty_cartons_is_not_packed(yard):
    carton(yard, 0, closed=False)

    with pytest.raises(NoCartons):
        complete(yard)

    yard.shipment.refresh_from_db()
    assert (yard.shipment.state, yard.shipment.cartons.count()) == ("packing", 1)


def test_loading_moves_whole_cartons_and_the_last_one_completes_it(yard):
    first, second = carton(yard, 2), carton(yard, 3)
    with pytest.raises(IllegalTransition):
        load(yard, first)
    complete(yard)

    load(yard, first)
    yard.shipment.refresh_from_db()
    assert (yard.shipment.state, yard.shipment.dock) == ("packed", yard.door)
    assert mugs() == [("BENCH", D(5)), ("BENCH", D(3)), ("DOOR-1", D(2))]
    load(yard, second)

    yard.shipment.refresh_from_db()
    assert (yard.shipment.state, yard.shipment.loaded_at is not None) == ("loaded", True)
    assert mugs() == [("BENCH", D(5)), ("DOOR-1", D(2)), ("DOOR-1", D(3))]
    assert set(HandlingUnit.objects.values_list("location__code", flat=True)) == {"DOOR-1"}


def test_cartons_are_loaded_once_at_one_door_of_their_warehouse(yard):
    first, second = carton(yard, 2), carton(yard, 3)
    complete(yard)
    elsewhere = LocationFactory(warehouse=WarehouseFactory(), code="DOOR-9", kind=LocationKind.DOCK)
    for place in (elsewhere, yard.bench):
        with pytest.raises(NotADockDoor) as refusal:
            load(yard, first, place)
        assert refusal.value.facts == {"location": place.code, "warehouse": "MAIN"}
    load(yard, first)

    with pytest.raises(CartonLoaded):
        load(yard, first)
    with pytest.raises(OtherDock) as other:
        load(yard, second, yard.other_door)

    assert other.value.facts == {"shipment": yard.shipment.number, "dock": "DOOR-1", "asked": "DOOR-2"}
    assert StockTransaction.objects.filter(kind="load").count() == 1


def test_a_shipment_leaves_in_one_posting_when_all_is_loaded(yard):
    first, second = carton(yard, 2), carton(yard, 3)
    complete(yard)
    load(yard, first)
    with pytest.raises(IllegalTransition):
        go(yard)
    load(yard, second)

    shipment = go(yard)

    moves = shipment.transaction.moves.values_list("quantity", "source__code", "target__code", "source_unit")
    assert list(moves) == [
        (D(2), "DOOR-1", "CUSTOMER", first.unit_id),
        (D(3), "DOOR-1", "CUSTOMER", second.unit_id),
    ]
    assert (shipment.state, shipment.transaction.document) == ("shipped", shipment.number)
    assert mugs() == [("BENCH", D(5))]
    with pytest.raises(IllegalTransition):
        go(yard)


def test_a_label_tells_where_from_where_to_and_which_of_how_many(yard):
    carton(yard)
    second = carton(yard, closed=False)
    close(yard, second, weight_g=D(1500))

    label = label_of(Carton.objects.for_label().get(pk=second.pk))

    assert (label.sscc, label.carton, label.cartons, label.weight_kg) == (second.unit.sscc, 2, 2, D("1.5"))
    assert (label.order_number, label.shipment_number, label.carrier) == ("TR-000001", yard.shipment.number, "Fast")
    assert (label.ship_from.name, label.ship_to.name, label.ship_to.text) == (
        "Warehouse MAIN",
        "The Shop",
        ("Rue 1", "Lyon"),
    )
