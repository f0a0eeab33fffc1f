"""Loads: planned, loaded by scan, closed, gone once; and all that is refused on the way."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.models import StockMove, StockTransaction
from apps.ledger.states import TransactionKind
from apps.locations.labels import refuse_unlabelled
from apps.locations.models import DockAppointment
from apps.safety.errors import LabelMissing
from apps.shipping.errors import (
    AppointmentOfOther,
    CartonLoaded,
    CartonNotLoaded,
    DoorTaken,
    HazardsInOneContainer,
    HazardsNotTogether,
    HazardsToSeparate,
    LoadEmpty,
    LoadNotLoading,
    LoadTooHeavy,
    NotACarrier,
    NotADockDoor,
    NotForUnloaded,
    NotReadyToLoad,
    OnALoad,
    PalletCannotTake,
    PalletEmpty,
    ProofNeeded,
    ShipmentIncomplete,
    WrongTruck,
)
from apps.shipping.models import Carton, Load, Shipment
from apps.shipping.operations import (
    build_pallet,
    cancel_load,
    close_load,
    depart_load,
    load_pallet,
    open_carton,
    plan_load,
    put_on_load,
    reopen_load,
    ship,
    stack_cartons,
    start_loading,
    take_off_load,
    unload_carton,
    unstack_carton,
)
from apps.shipping.queries import bill_of_lading_of
from apps.shipping.queries.hazards import hazardous_in_cartons
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.labels import a_container_label, a_gate
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import refusing
from tests.factories.overrides import approved, asked_for


def close(yard, load, by=None, **more):
    return close_load(load_id=load.pk, by=by or yard.by, at=clock.now(), **more)


def depart(yard, load, taken_by="J. Dubois", by=None):
    return depart_load(load_id=load.pk, taken_by=taken_by, by=by or yard.by, at=clock.now())


def unload(yard, carton, place=None):
    return unload_carton(carton_id=carton.pk, location_id=(place or yard.bench).pk, by=yard.by, at=clock.now())


def first_of(shipment):
    return shipment.cartons.order_by("sequence")[0]


def gone():
    return StockMove.objects.filter(target__code="CUSTOMER").count()


def test_a_load_leaves_once_with_all_its_shipments_and_the_name_of_who_took_it(dock_yard):
    one, two = dock_yard.packed(), dock_yard.packed(dock_yard.mug, dock_yard.mug)
    load = dock_yard.load(one, two)
    dock_yard.scan_all(one, two)
    close(dock_yard, load, seal="S-77")

    load = depart(dock_yard, load, by=replace(dock_yard.by, key="gone"))
    with refusing(IllegalTransition):
        depart(dock_yard, load)
    with refusing(IllegalTransition):
        ship(shipment_id=one.pk, by=dock_yard.by, at=clock.now())

    assert (load.state, load.taken_by, load.seal, load.trailer, load.released_by) == (
        "departed",
        "J. Dubois",
        "S-77",
        "AB-123",
        dock_yard.by.user,
    )
    assert set(Shipment.objects.values_list("state", flat=True)) == {"shipped"}
    posting = StockTransaction.objects.get(kind=TransactionKind.SHIP)
    assert (posting.document, posting.key) == (load.number, "gone")
    assert set(Shipment.objects.values_list("transaction", flat=True)) == {posting.pk}
    assert gone() == 3
    verbs = list(AuditEntry.objects.filter(kind="load").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["plan", "start loading", "close", "depart"]


def test_a_load_does_not_leave_without_a_name(dock_yard):
    shipment = dock_yard.packed()
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    close(dock_yard, load)

    with refusing(ProofNeeded):
        depart(dock_yard, load, taken_by="  ")

    assert Load.objects.get().state == "closed"
    assert gone() == 0


def test_who_buys_sells_or_judges_goods_does_not_send_them_off(dock_yard):
    shipment, loose = dock_yard.packed(), dock_yard.packed()
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    desk = an_actor(UserFactory(roles=[Role.BUYER, Role.SALES, Role.QUALITY, Role.SAFETY]))

    with refusing(NotAllowed):
        close(dock_yard, load, by=desk)
    close(dock_yard, load)
    with refusing(NotAllowed):
        depart(dock_yard, load, by=desk)
    with refusing(NotAllowed):
        ship(shipment_id=loose.pk, by=desk, at=clock.now())

    assert Load.objects.get().state == "closed"
    assert gone() == 0


def test_a_shipment_on_a_load_does_not_leave_without_it(dock_yard):
    shipment = dock_yard.packed()
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)

    with refusing(OnALoad) as refusal:
        ship(shipment_id=shipment.pk, by=dock_yard.by, at=clock.now())

    assert refusal.value.facts == {"shipment": shipment.number, "load": load.number}
    assert gone() == 0


def test_a_carton_for_another_truck_is_refused(dock_yard):
    planned, other = dock_yard.packed(), dock_yard.packed(carrier=dock_yard.slow)
    later = dock_yard.load(planned, start=False)
    here = dock_yard.load()

    with refusing(WrongTruck) as of_other_load:
        dock_yard.scan(first_of(planned))
    with refusing(WrongTruck) as of_other_carrier:
        dock_yard.scan(first_of(other))
    with refusing(WrongTruck):
        dock_yard.scan(first_of(planned), dock_yard.other_door)
    with refusing(WrongTruck):
        put_on_load(load_id=here.pk, shipment_ids=[other.pk], by=dock_yard.boss, at=clock.now())

    assert of_other_load.value.facts == {
        "carton": first_of(planned).unit.number,
        "shipment": planned.number,
        "expected": later.number,
        "load": here.number,
    }
    assert of_other_carrier.value.facts["expected"] == "Slow"
    assert not Carton.objects.filter(loaded_at__isnull=False).exists()


def test_a_shipment_of_no_load_joins_the_load_at_the_door(dock_yard):
    shipment = dock_yard.packed()
    load = dock_yard.load()

    dock_yard.scan_all(shipment)

    shipment.refresh_from_db()
    assert (shipment.load, shipment.dock, shipment.state) == (load, dock_yard.door, "loaded")


def test_an_incomplete_shipment_is_named_when_the_doors_are_shut(dock_yard):
    shipment = dock_yard.packed(dock_yard.mug, dock_yard.mug)
    load = dock_yard.load(shipment)
    with refusing(IllegalTransition):
        depart(dock_yard, load)
    dock_yard.scan(first_of(shipment))

    with refusing(ShipmentIncomplete) as refusal:
        close(dock_yard, load)

    assert refusal.value.facts == {
        "shipment": shipment.number,
        "load": load.number,
        "cartons": [shipment.cartons.get(sequence=2).unit.number],
    }
    assert Load.objects.get().state == "loading"


def test_an_empty_load_is_not_closed(dock_yard):
    with refusing(LoadEmpty):
        close(dock_yard, dock_yard.load())


def test_a_carton_comes_off_again_and_its_shipment_may_go_with_another(dock_yard):
    shipment = dock_yard.packed()
    load = dock_yard.load(shipment)
    with refusing(CartonNotLoaded):
        unload(dock_yard, first_of(shipment))
    dock_yard.scan_all(shipment)
    with refusing(NotForUnloaded):
        unload(dock_yard, first_of(shipment), dock_yard.other_door)
    with refusing(CartonLoaded):
        take_off_load(load_id=load.pk, shipment_id=shipment.pk, by=dock_yard.boss, at=clock.now())

    unload(dock_yard, first_of(shipment))

    shipment.refresh_from_db()
    assert (shipment.state, shipment.loaded_at, shipment.dock) == ("packed", None, None)
    assert first_of(shipment).unit.location == dock_yard.bench
    take_off_load(load_id=load.pk, shipment_id=shipment.pk, by=dock_yard.boss, at=clock.now())
    with refusing(NotReadyToLoad):
        take_off_load(load_id=load.pk, shipment_id=shipment.pk, by=dock_yard.boss, at=clock.now())
    other = dock_yard.load(shipment, dock=dock_yard.other_door)
    dock_yard.scan_all(shipment, dock=dock_yard.other_door)
    shipment.refresh_from_db()
    assert (shipment.load, shipment.state) == (other, "loaded")


def test_nothing_goes_on_or_off_a_closed_load_until_a_supervisor_opens_it(dock_yard):
    shipment, late = dock_yard.packed(), dock_yard.packed()
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    close(dock_yard, load)

    for attempt in (
        lambda: dock_yard.scan(first_of(late)),
        lambda: unload(dock_yard, first_of(shipment)),
        lambda: put_on_load(load_id=load.pk, shipment_ids=[late.pk], by=dock_yard.boss, at=clock.now()),
    ):
        with refusing(LoadNotLoading):
            attempt()
    with refusing(NotAllowed):
        reopen_load(load_id=load.pk, reason="late", by=dock_yard.by, at=clock.now())

    reopen_load(load_id=load.pk, reason="late", by=dock_yard.boss, at=clock.now())
    dock_yard.scan_all(late)
    close(dock_yard, load)
    assert depart(dock_yard, load).shipments.count() == 2


def test_a_vehicle_takes_no_more_than_it_may_carry(dock_yard):
    shipment = dock_yard.packed(dock_yard.mug, dock_yard.mug, dock_yard.mug)
    load = dock_yard.load(shipment, max_weight_g=D(1000))
    one, two, three = shipment.cartons.order_by("sequence")
    dock_yard.scan(one)
    dock_yard.scan(two)

    with refusing(LoadTooHeavy) as refusal:
        dock_yard.scan(three)

    assert refusal.value.facts == {"load": load.number, "weight_g": D(1200), "most_g": D(1000)}


def test_what_the_law_keeps_apart_does_not_ride_on_one_vehicle(dock_yard):
    acid = dock_yard.goods("ACID", "8")
    coal = dock_yard.goods("CHARCOAL", "4.2", is_liquid=False)
    one, two = dock_yard.packed(acid), dock_yard.packed(coal)
    dock_yard.load(one, two)
    dock_yard.scan_all(one)

    with refusing(HazardsNotTogether) as refusal:
        dock_yard.scan(first_of(two), separated="far away")

    assert refusal.value.facts["first"] == "UN1000 Charcoal (4.2)"
    assert refusal.value.facts["second"] == "UN1000 Acid (8)"
    assert "4.2 and 8 liquid are not loaded on one vehicle. 49 CFR 177.848(d)" in refusal.value.facts["because"]
    assert first_of(two).loaded_at is None


def test_under_a_special_permit_they_ride_together_and_the_permit_is_on_record(dock_yard):
    acid = dock_yard.goods("ACID", "8")
    coal = dock_yard.goods("CHARCOAL", "4.2", is_liquid=False)
    one, two = dock_yard.packed(acid), dock_yard.packed(coal)
    load = dock_yard.load(one, two)
    dock_yard.scan_all(one)
    asked_for("carried", coal, warehouse=dock_yard.warehouse, other="8", authority="DOT-SP 99999")
    approved("carried", coal, warehouse=dock_yard.warehouse, other="5.1", authority="DOT-SP 99998")
    approved("carried", coal, warehouse=WarehouseFactory(), other="8", authority="DOT-SP 99997")
    with refusing(HazardsNotTogether):
        dock_yard.scan(first_of(two))
    permit = approved("carried", acid, warehouse=dock_yard.warehouse, other="4.2", authority="DOT-SP 99999")

    dock_yard.scan(first_of(two))

    paper = bill_of_lading_of(load, at=clock.now(), by=dock_yard.by.user)
    assert paper.notes[-1] == f"DOT-SP 99999 (override {permit.number})"
    use = permit.uses.get()
    assert (use.where, use.document, use.quantity, use.used_by) == (load.number, two.number, None, dock_yard.by.user)
    assert "4.2 and 8 liquid are not loaded on one vehicle. 49 CFR 177.848(d)" in use.rule
    assert first_of(two).loaded_at is not None


def test_goods_without_a_label_that_the_site_requires_are_not_loaded(dock_yard, django_assert_num_queries):
    acid = dock_yard.goods("ACID", "8")
    dock_yard.scan_all(dock_yard.packed(acid))
    a_gate(dock_yard.warehouse, since=clock.now().date() + timedelta(days=2))
    dock_yard.scan_all(dock_yard.packed(acid))
    a_gate(dock_yard.warehouse)
    shipment = dock_yard.packed(dock_yard.mug, acid)
    dock_yard.scan(shipment.cartons.get(sequence=1))

    with refusing(LabelMissing) as refusal:
        dock_yard.scan(shipment.cartons.get(sequence=2))

    assert refusal.value.facts == {
        "item": "ACID",
        "label": "container label",
        "todo": "Enter its container label as the safety data sheet says.",
    }
    assert str(refusal.value) == (
        "ACID is not released: it has no container label. Enter its container label as the safety data sheet says."
    )
    assert shipment.cartons.filter(loaded_at=None).get().sequence == 2
    plain, today = list(dock_yard.packed().cartons.all()), clock.now().date()
    a_container_label(acid)
    with django_assert_num_queries(1):
        refuse_unlabelled(hazardous_in_cartons(plain), dock_yard.warehouse, on=today)
    labelled = list(shipment.cartons.all())
    with django_assert_num_queries(1):
        refuse_unlabelled(hazardous_in_cartons(labelled), dock_yard.warehouse, on=today)
    dock_yard.scan(shipment.cartons.get(sequence=2))
    assert not shipment.cartons.filter(loaded_at=None).exists()


def test_what_rides_together_on_a_condition_needs_somebodys_word(dock_yard):
    acid = dock_yard.goods("ACID", "8")
    peroxide = dock_yard.goods("PEROXIDE", "5.1")
    one, two = dock_yard.packed(acid), dock_yard.packed(peroxide, peroxide)
    load = dock_yard.load(one, two)
    dock_yard.scan_all(one)

    with refusing(HazardsToSeparate):
        dock_yard.scan(first_of(two))
    dock_yard.scan(first_of(two), separated="steel wall between")
    dock_yard.scan(two.cartons.get(sequence=2))

    entry = AuditEntry.objects.get(verb="separated hazards")
    assert (entry.kind, entry.number, entry.detail["how"]) == ("load", load.number, "steel wall between")


def test_goods_handed_over_at_a_door_without_a_load_are_checked_too(dock_yard):
    acid = dock_yard.goods("ACID", "8")
    coal = dock_yard.goods("CHARCOAL", "4.2", is_liquid=False)
    one, two = dock_yard.packed(acid), dock_yard.packed(coal)
    dock_yard.scan_all(one)
    with refusing(HazardsNotTogether):
        dock_yard.scan_all(two)

    ship(shipment_id=one.pk, by=dock_yard.by, at=clock.now())
    dock_yard.scan_all(two)

    assert first_of(two).loaded_at is not None


def test_dangerous_goods_of_one_pallet_are_checked_against_each_other(dock_yard):
    acid = dock_yard.goods("ACID", "8")
    coal = dock_yard.goods("CHARCOAL", "4.2", is_liquid=False)
    one, two = dock_yard.packed(acid, coal).cartons.order_by("pk")
    pallet = build_pallet(warehouse_id=dock_yard.warehouse.pk, carton_ids=[one.pk], by=dock_yard.by, at=clock.now())
    with refusing(HazardsInOneContainer):
        stack_cartons(pallet_id=pallet.pk, carton_ids=[two.pk], by=dock_yard.by, at=clock.now())
    Carton.objects.filter(pk=two.pk).update(pallet=pallet)  # stacked before the rule took effect

    with refusing(HazardsNotTogether):
        load_pallet(pallet_id=pallet.pk, dock_id=dock_yard.door.pk, by=dock_yard.by, at=clock.now())

    assert not Carton.objects.filter(loaded_at__isnull=False).exists()


def test_a_pallet_of_two_shipments_is_loaded_with_one_scan(dock_yard):
    one, two = dock_yard.packed(), dock_yard.packed(dock_yard.mug, dock_yard.mug)
    load = dock_yard.load(one, two)
    cartons = [carton.pk for carton in Carton.objects.order_by("pk")]
    pallet = build_pallet(warehouse_id=dock_yard.warehouse.pk, carton_ids=cartons, by=dock_yard.by, at=clock.now())

    load_pallet(pallet_id=pallet.pk, dock_id=dock_yard.door.pk, by=dock_yard.by, at=clock.now())

    assert set(Shipment.objects.values_list("state", flat=True)) == {"loaded"}
    posting = StockTransaction.objects.get(kind=TransactionKind.LOAD)
    assert (posting.document, posting.moves.count()) == (load.number, 3)
    with refusing(PalletCannotTake):
        unstack_carton(carton_id=cartons[0], by=dock_yard.by, at=clock.now())


def test_a_pallet_takes_closed_cartons_that_are_on_no_other(dock_yard):
    shipment = dock_yard.shipment()
    closed = dock_yard.carton(shipment)
    open_one = open_carton(shipment_id=shipment.pk, by=dock_yard.by, at=clock.now())

    def build(*cartons):
        return build_pallet(
            warehouse_id=dock_yard.warehouse.pk,
            carton_ids=[one.pk for one in cartons],
            by=dock_yard.by,
            at=clock.now(),
        )

    with refusing(PalletCannotTake) as refusal:
        build(open_one)
    assert refusal.value.facts["because"] == "it is open"
    pallet = build(closed)
    with refusing(PalletCannotTake) as taken:
        build(closed)
    assert taken.value.facts["because"] == f"it is on {pallet.unit.number}"
    unstack_carton(carton_id=closed.pk, by=dock_yard.by, at=clock.now())
    with refusing(PalletEmpty):
        load_pallet(pallet_id=pallet.pk, dock_id=dock_yard.door.pk, by=dock_yard.by, at=clock.now())


def test_one_load_stands_at_a_door(dock_yard):
    first = dock_yard.load()

    with refusing(DoorTaken) as refusal:
        dock_yard.load()

    assert refusal.value.facts == {"load": first.number, "dock": "DOOR-1"}


def test_a_load_is_planned_by_who_may_for_a_carrier_at_a_door_of_the_warehouse(dock_yard):
    shop = PartyFactory(name="Shop")

    with refusing(NotAllowed):
        plan_load(warehouse_id=dock_yard.warehouse.pk, carrier_id=dock_yard.fast.pk, by=an_actor(), at=clock.now())
    with refusing(NotACarrier):
        dock_yard.load(carrier=shop)
    with refusing(NotADockDoor):
        dock_yard.load(dock_id=dock_yard.bench.pk)
    load = dock_yard.load(start=False)
    with refusing(NotADockDoor):
        start_loading(load_id=load.pk, by=dock_yard.by, at=clock.now())


def a_booking(yard, at):
    """A truck that comes now for goods, to the other door."""
    return DockAppointment.objects.create(
        number="DA-1",
        created_at=at,
        warehouse=yard.warehouse,
        dock=yard.other_door,
        direction="outbound",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        vehicle="XY-9",
        booked_by=yard.by.user,
    )


def test_a_load_takes_door_and_vehicle_from_its_appointment(dock_yard):
    at = clock.now()
    booked = a_booking(dock_yard, at)

    load = dock_yard.load(start=False, appointment_id=booked.pk)

    assert (load.dock, load.trailer, load.leaves_at) == (dock_yard.other_door, "XY-9", booked.ends_at)
    with refusing(AppointmentOfOther):
        dock_yard.load(start=False, appointment_id=booked.pk)
    assert start_loading(load_id=load.pk, by=dock_yard.by, at=at).state == "loading"
    booked.refresh_from_db()
    assert (booked.state, booked.at_dock_at) == ("at_dock", at)

    shipment = dock_yard.packed()
    dock_yard.scan_all(shipment, dock=dock_yard.other_door)
    close(dock_yard, load)
    depart_load(load_id=load.pk, taken_by="Jo", by=dock_yard.by, at=at)

    booked.refresh_from_db()
    assert (booked.state, booked.departed_at) == ("done", at)


def test_a_load_at_another_door_than_its_truck_is_booked_for_leaves_the_booking_alone(dock_yard):
    booked = a_booking(dock_yard, clock.now())

    dock_yard.load(appointment_id=booked.pk)

    booked.refresh_from_db()
    assert booked.state == "booked"


def test_a_load_that_is_given_up_lets_its_shipments_go(dock_yard):
    shipment = dock_yard.packed()
    load = dock_yard.load(shipment)
    dock_yard.scan_all(shipment)
    with refusing(CartonLoaded):
        cancel_load(load_id=load.pk, reason="broken", by=dock_yard.boss, at=clock.now())
    unload(dock_yard, first_of(shipment))

    assert cancel_load(load_id=load.pk, reason="broken", by=dock_yard.boss, at=clock.now()).state == "cancelled"

    shipment.refresh_from_db()
    assert shipment.load is None


def test_a_shipment_is_on_one_load(dock_yard):
    shipment = dock_yard.packed()
    first, second = dock_yard.load(shipment, start=False), dock_yard.load(start=False)

    with refusing(OnALoad) as refusal:
        put_on_load(load_id=second.pk, shipment_ids=[shipment.pk], by=dock_yard.boss, at=clock.now())

    assert refusal.value.facts == {"shipment": shipment.number, "load": first.number}
    left = dock_yard.packed()
    dock_yard.scan_all(left)
    with refusing(NotReadyToLoad):
        put_on_load(load_id=second.pk, shipment_ids=[left.pk], by=dock_yard.boss, at=clock.now())
    with pytest.raises(NotADockDoor):
        dock_yard.load(dock_id=WarehouseFactory().locations.first().pk)
