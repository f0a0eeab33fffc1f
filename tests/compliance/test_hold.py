"""Quality holds a quantity in stock, or a whole lot."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.compliance.errors import GoodsUnnamed, InspectionOver, NothingToHold
from apps.compliance.models import Inspection
from apps.compliance.operations import hold_inspected_lot, hold_stock, release_inspected_lot
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.errors import BelongsToDocument, InsufficientStock
from apps.ledger.models import Hold, StockBalance, StockTransaction
from apps.ledger.operations import Claim, free_lot, hold_lots, open_units, reserve
from apps.ledger.states import HoldReason, UnitKind
from apps.safety.errors import LabelMissing
from apps.safety.models import HazardClass
from apps.storage.models import Putaway
from apps.storage.operations import Goods, propose_putaways
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import an_inspector, arrived, decided, inspections, recorded
from tests.factories.labels import a_container_label, a_gate
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


@transaction.atomic
def hold(place, item, *, by=None, **more):
    """Goods at a place are held."""
    return hold_stock(
        location_id=place.pk, item_id=item.pk, cause="rust was seen", by=by or an_inspector(), at=clock.now(), **more
    )


def stands(item):
    """What stands where, in which status."""
    rows = StockBalance.objects.on_hand().filter(item=item).values_list("location__code", "status", "on_hand")
    return {(code, status): on_hand for code, status, on_hand in rows}


def to_do():
    """What waits to be put away."""
    waiting = Putaway.objects.filter(task__in=WarehouseTask.objects.open()).order_by("pk")
    rows = waiting.values_list("task__document", "task__source__code", "status", "task__quantity")
    return [tuple(row) for row in rows]


def test_a_quantity_is_held_where_it_stands_and_set_free_there(floor):
    stock(floor.item, floor.a, 10)

    inspection = hold(floor.a, floor.item, quantity=D(4))

    assert stands(floor.item) == {("A", "available"): 6, ("A", "inspection"): 4}
    assert (inspection.state, inspection.quantity, inspection.cause, inspection.document) == (
        "open",
        D(4),
        "rust was seen",
        "",
    )
    recorded(inspection, (1, 1, True))
    decided(inspection, accept=4)
    assert stands(floor.item) == {("A", "available"): 10}
    assert to_do() == []
    assert StockTransaction.objects.filter(document=inspection.number, kind="status").count() == 2
    assert AuditEntry.objects.filter(kind="inspection", number=inspection.number, verb="hold").count() == 1


def test_what_fails_in_a_bin_is_fetched_to_quarantine(floor):
    stock(floor.item, floor.a, 10)
    inspection = hold(floor.a, floor.item, quantity=D(4))
    recorded(inspection, (1, 1, False))

    decided(inspection, accept=3, reject=1)

    assert stands(floor.item) == {("A", "available"): 9, ("A", "blocked"): 1}
    assert to_do() == [(inspection.number, "A", "blocked", 1)]


def test_what_is_promised_is_not_held(floor):
    stock(floor.item, floor.a, 10)
    balance = StockBalance.objects.get(location=floor.a)
    with transaction.atomic():
        reserve([Claim(balance_id=balance.pk, quantity=D(7))], warehouse_id=floor.warehouse.pk, document="SO-1")

    with pytest.raises(InsufficientStock) as refusal:
        hold(floor.a, floor.item, quantity=D(4))

    assert refusal.value.available == 3
    assert stands(floor.item) == {("A", "available"): 10}
    assert not Inspection.objects.exists()


def test_goods_at_the_dock_go_to_quarantine_instead_of_their_bin(floor):
    stock(floor.item, floor.dock, 10)
    goods = Goods(
        item_id=floor.item.pk, lot_id=None, serial_id=None, status="available", quantity=D(8), source_id=floor.dock.pk
    )
    with transaction.atomic():
        propose_putaways([goods], warehouse_id=floor.warehouse.pk, document="GR-1", by=an_actor(), at=clock.now())

    inspection = hold(floor.dock, floor.item, quantity=D(5))

    assert stands(floor.item) == {("DOCK", "available"): 5, ("DOCK", "inspection"): 5}
    assert to_do() == [("GR-1", "DOCK", "available", 5), (inspection.number, "DOCK", "inspection", 3)]


def test_serial_units_on_a_pallet_are_held_there(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(2)]
    with transaction.atomic():
        (pallet,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET)
    for unit in units:
        stock(drill, floor.a, 1, serial=unit, unit=pallet)

    inspection = hold(floor.a, drill, serial_ids=[units[0].pk], unit_id=pallet)

    rows = StockBalance.objects.on_hand().filter(item=drill, unit=pallet).order_by("serial__number")
    assert [row.status for row in rows] == ["inspection", "available"]
    recorded(inspection, (1, 1, True))
    decided(inspection, accept=["S-0"])
    assert {row.status for row in rows.all()} == {"available"}


def test_goods_are_named_as_they_are_tracked(floor):
    milk, lot = ItemFactory(number="MILK", lots=True), LotFactory()
    stock(floor.item, floor.a, 10)

    for item, more in ((milk, {}), (floor.item, {"lot_id": lot.pk}), (floor.item, {"serial_ids": [1]})):
        with pytest.raises(GoodsUnnamed):
            hold(floor.a, item, quantity=D(1), **more)
    with pytest.raises(NotFound):
        hold(floor.supplier, floor.item, quantity=D(1))
    with pytest.raises(NotAllowed):
        hold(floor.a, floor.item, quantity=D(1), by=an_inspector(Role.PICKER))

    assert not Inspection.objects.exists()


def told(operation, inspection, by=None):
    with transaction.atomic():
        return operation(inspection_id=inspection.pk, reason="glass", by=by or an_inspector(), at=clock.now())


def test_a_lot_is_frozen_everywhere_until_its_inspection_frees_it(floor):
    milk = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=milk)
    stock(milk, floor.a, 3, lot=lot)
    (inspection,) = inspections(floor.warehouse, arrived(milk, floor.dock, 5, lot=lot, supplier=floor.maker))

    told(hold_inspected_lot, inspection)

    held = Hold.objects.open().get()
    assert (held.lot, held.reason, held.source) == (lot, "quality", inspection.number)
    with pytest.raises(NothingToHold):
        told(hold_inspected_lot, inspection)
    with pytest.raises(BelongsToDocument), transaction.atomic():
        free_lot(hold_id=held.pk, note="x", by=an_inspector(), at=clock.now())
    with pytest.raises(NotAllowed):
        told(release_inspected_lot, inspection, by=an_inspector(Role.SUPERVISOR))
    told(release_inspected_lot, inspection)
    assert not Hold.objects.open().exists()
    with pytest.raises(NothingToHold):
        told(release_inspected_lot, inspection)


def test_a_lot_held_by_hand_is_not_freed_where_it_stands_without_a_required_label(floor):
    acid = ItemFactory(number="ACID", hazard_class=HazardClass.objects.get(code="8"), lots=True)
    lot, elsewhere, other = LotFactory(item=acid), LotFactory(item=acid), WarehouseFactory()
    stock(acid, floor.a, 3, lot=lot)
    boss = an_inspector()
    by_hand, there = hold_lots([lot.pk, elsewhere.pk], reason=HoldReason.QUALITY, by=boss)
    stock(acid, LocationFactory(warehouse=other), 3, lot=elsewhere)
    a_gate(floor.warehouse)

    with pytest.raises(LabelMissing), transaction.atomic():
        free_lot(hold_id=by_hand, note="sound", by=boss, at=clock.now())
    assert Hold.objects.open().filter(lot=lot).exists()
    free_lot(hold_id=there, note="sound", by=boss, at=clock.now())  # the other site asks for no label
    a_container_label(acid)
    free_lot(hold_id=by_hand, note="sound", by=boss, at=clock.now())

    assert not Hold.objects.open().exists()


def test_the_lot_of_goods_without_a_required_label_is_not_released(floor):
    acid = ItemFactory(number="ACID", name="Acid", lots=True, hazard_class=HazardClass.objects.get(code="8"))
    lot = LotFactory(item=acid)
    (inspection,) = inspections(floor.warehouse, arrived(acid, floor.dock, 5, lot=lot, supplier=floor.maker))
    told(hold_inspected_lot, inspection)
    a_gate(floor.warehouse)
    a_gate(floor.warehouse, "transport")

    with pytest.raises(LabelMissing) as refusal:
        told(release_inspected_lot, inspection)
    assert (refusal.value.item, refusal.value.label) == ("ACID", "container label")
    a_container_label(acid)
    with pytest.raises(LabelMissing) as refusal:
        told(release_inspected_lot, inspection)
    assert refusal.value.facts == {
        "item": "ACID",
        "label": "transport label",
        "todo": "Give it a shipping description.",
    }
    line = inspection.characteristics.get().line
    recorded(inspection, (line, 1, True))
    with pytest.raises(LabelMissing):
        decided(inspection, accept=5)
    assert Hold.objects.open().get().lot == lot
    inspection.refresh_from_db()
    assert inspection.state == "open"

    a_gate(floor.warehouse, "transport", since=date(2020, 2, 1), is_required=False)
    told(release_inspected_lot, inspection)
    assert not Hold.objects.open().exists()
    decided(inspection, accept=5)
    inspection.refresh_from_db()
    assert inspection.state == "decided"


def test_goods_without_a_lot_are_held_by_their_quantity_alone(floor):
    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 5, supplier=floor.maker))

    with pytest.raises(NothingToHold):
        told(hold_inspected_lot, inspection)
    with pytest.raises(NotAllowed):
        told(hold_inspected_lot, inspection, by=an_inspector(Role.BUYER))

    assert not Hold.objects.exists()


def test_what_was_cancelled_holds_nothing(floor):
    milk = ItemFactory(number="MILK", lots=True)
    goods = arrived(milk, floor.dock, 5, lot=LotFactory(item=milk), supplier=floor.maker)
    (inspection,) = inspections(floor.warehouse, goods)
    inspection.advance("cancelled")

    with pytest.raises(InspectionOver):
        told(hold_inspected_lot, inspection)


def test_goods_are_held_over_http_by_their_numbers(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    stock(drill, floor.a, 1, serial=SerialFactory(item=drill, number="S-1"))
    stock(floor.item, floor.a, 10)
    quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    here = {"warehouse": floor.warehouse.code, "location": "A", "cause": "rust"}

    held = quality.post("/inspections", here | {"item": "BOLT", "quantity": "4"}, key="k")
    again = quality.post("/inspections", here | {"item": "BOLT", "quantity": "4"}, key="k")
    unit = quality.post("/inspections", here | {"item": "DRILL", "serials": ["S-1"]})

    assert (held.status_code, held.json()["cause"], held.json()["location"]) == (201, "rust", "A")
    assert again.json() == held.json()
    assert unit.json()["serials"] == ["S-1"]
    assert stands(floor.item) == {("A", "available"): 6, ("A", "inspection"): 4}
    for more in (
        {"item": "NOTHING", "quantity": "1"},
        {"item": "DRILL", "serials": ["S-9"]},
        {"item": "BOLT", "quantity": "1", "location": "SUPPLIER"},
        {"item": "BOLT", "quantity": "1", "lot": "L-9"},
        {"item": "BOLT", "quantity": "1", "unit": "P-9"},
    ):
        refused(quality.post("/inspections", here | more), 404, "not_found")
    refused(a_person(roles=(Role.QUALITY,)).post("/inspections", here | {"item": "BOLT"}), 404, "not_found")
    refused(quality.post("/inspections", here | {"item": "BOLT"}), 400, "invalid_quantity")


def test_goods_that_stand_under_inspection_unknown_to_any_get_one(floor):
    stock(floor.item, floor.cage, 10, status="inspection")
    (known,) = inspections(floor.warehouse, arrived(floor.item, floor.cage, 5, supplier=floor.maker))

    with pytest.raises(InsufficientStock) as refusal:
        hold(floor.cage, floor.item, quantity=D(11), status="inspection")
    assert refusal.value.available == 10
    inspection = hold(floor.cage, floor.item, quantity=D(10), status="inspection")
    with pytest.raises(InsufficientStock):
        hold(floor.cage, floor.item, quantity=D(1), status="inspection")

    assert not StockTransaction.objects.filter(document=inspection.number).exists()
    recorded(inspection, (1, 1, True))
    decided(inspection, accept=10)
    assert stands(floor.item) == {("CAGE", "available"): 10, ("CAGE", "inspection"): 5}
    recorded(known, (1, 1, True))
    decided(known, use_as_is=5)
    with pytest.raises(InsufficientStock):
        hold(floor.cage, floor.item, quantity=D(1), status="inspection")


def test_a_serial_unit_is_in_one_inspection_at_a_time(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    known, unknown = SerialFactory(item=drill, number="S-1"), SerialFactory(item=drill, number="S-2")
    inspections(floor.warehouse, arrived(drill, floor.cage, 1, serial=known, supplier=floor.maker))
    stock(drill, floor.cage, 1, serial=unknown, status="inspection")

    with pytest.raises(InsufficientStock):
        hold(floor.cage, drill, serial_ids=[known.pk], status="inspection")
    assert hold(floor.cage, drill, serial_ids=[unknown.pk], status="inspection").quantity == 1


def test_blocked_goods_are_not_held_again(floor):
    stock(floor.item, floor.cage, 10, status="blocked")

    with pytest.raises(GoodsUnnamed):
        hold(floor.cage, floor.item, quantity=D(1), status="blocked")
