"""A pallet, and goods without a name, in two people's hands at the same moment."""

from datetime import date
from decimal import Decimal as D
from functools import partial

import pytest

from apps.accounts.roles import Role
from apps.compliance.models import Inspection
from apps.compliance.operations import Decided, decide_inspection
from apps.core import clock
from apps.core.codes import make_sscc
from apps.core.errors import DomainError, IllegalTransition
from apps.ledger.errors import UnitElsewhere
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.purchasing.errors import ReceiptClosed, UnitAlreadyIn
from apps.purchasing.models import ParkedGoods
from apps.purchasing.operations import (
    AnnouncedLine,
    AnnouncedUnit,
    Arrival,
    announce_shipment,
    close_receipt,
    identify_parked,
    open_announced_receipt,
    open_blind_receipt,
    park_goods,
    receive_unit,
)
from apps.storage.operations import confirm_putaway
from apps.tasks.errors import TaskStale
from apps.tasks.models import WarehouseTask
from tests.concurrency.crowd import persist, together
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.compliance import a_plan, recorded
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory
from tests.invariants import assert_invariants

PALLET = make_sscc(3, "4012345", 1)


@pytest.fixture
def truck(floor):
    """A receipt of a notice with ten of the floor's item on a pallet."""
    told = {"by": an_actor(), "at": clock.now()}
    supplier = PartyFactory(is_supplier=True)
    notice = persist(
        partial(
            announce_shipment,
            warehouse_id=floor.warehouse.pk,
            supplier_id=supplier.pk,
            reference="D-1",
            expected_on=date(2026, 11, 30),
            units=[AnnouncedUnit(sscc=PALLET)],
            lines=[AnnouncedLine(item_id=floor.item.pk, quantity=D(10), sscc=PALLET)],
            **told,
        )
    )
    return persist(partial(open_announced_receipt, notice_id=notice.pk, dock_id=floor.dock.pk, **told))


def scan(receipt):
    return partial(receive_unit, receipt_id=receipt.pk, sscc=PALLET, by=an_actor(), at=clock.now())


def close(receipt):
    return partial(close_receipt, receipt_id=receipt.pk, by=an_actor(), at=clock.now())


def refusals(results):
    return [type(result) for result in results if isinstance(result, DomainError)]


def test_a_pallet_that_two_scan_comes_in_once(floor, truck):
    results = together(scan(truck), scan(truck))

    assert refusals(results) == [UnitAlreadyIn]
    assert StockBalance.objects.on_hand().get().on_hand == D(10)
    assert_invariants()


def test_a_pallet_scanned_while_the_receipt_is_closed_is_put_away_or_refused(floor, truck):
    received, _ = together(scan(truck), close(truck))

    came = StockBalance.objects.on_hand().count()
    assert isinstance(received, ReceiptClosed) == (came == 0)
    assert WarehouseTask.objects.open().filter(unit__sscc=PALLET).count() == came
    assert_invariants()


@pytest.mark.parametrize("trucks", [1, 2])
def test_goods_that_two_people_name_come_in_once(floor, truck, trucks):
    boss = an_actor(UserFactory(roles=[Role.SUPERVISOR]))
    told = {"by": boss, "at": clock.now()}
    parked = persist(partial(park_goods, receipt_id=truck.pk, code="X", pieces=D(3), **told))
    other = persist(partial(open_blind_receipt, supplier_id=truck.supplier_id, dock_id=floor.dock.pk, **told))

    results = together(
        *(
            partial(
                identify_parked,
                parked_id=parked.pk,
                receipt_id=receipt.pk,
                arrival=Arrival(item_id=floor.item.pk, quantity=D(3)),
                **told,
            )
            for receipt in (truck, other if trucks == 2 else truck)
        )
    )

    assert refusals(results) == [IllegalTransition]
    assert StockBalance.objects.on_hand().get().on_hand == D(3)
    assert ParkedGoods.objects.get().received_as is not None
    assert_invariants()


def test_a_pallet_decided_while_it_is_put_away_goes_one_way(floor, truck):
    """Either it was accepted first and the way to the cage is called off, or it stands there and is decided again."""
    cage = LocationFactory(warehouse=floor.warehouse, kind=LocationKind.QUARANTINE)
    a_plan(floor.item, "Thread")
    persist(scan(truck))
    persist(close(truck))
    task, inspection = WarehouseTask.objects.open().get(), Inspection.objects.get()
    recorded(inspection, (1, 1, True, 10))
    quality = an_actor(UserFactory(roles=[Role.QUALITY]))

    put, decided = together(
        partial(confirm_putaway, task_id=task.pk, location_id=cage.pk, quantity=None, by=an_actor(), at=clock.now()),
        partial(
            decide_inspection,
            inspection_id=inspection.pk,
            decisions=[Decided(disposition="accept", quantity=D(10))],
            reason="good",
            by=quality,
            at=clock.now(),
        ),
    )

    stands = StockBalance.objects.on_hand().get()
    waits = WarehouseTask.objects.open().filter(unit__sscc=PALLET)
    if isinstance(put, TaskStale):
        assert (stands.location, stands.status) == (floor.dock, "available")
    elif isinstance(decided, UnitElsewhere):
        assert (stands.location, stands.status) == (cage, "inspection")
    else:
        assert (stands.location, stands.status) == (cage, "available")
    assert [each.source for each in waits] == ([stands.location] if stands.status == "available" else [])
    assert_invariants()
