"""Plans and workers at the same moment: a slot is given once, and a pallet is put away once."""

from decimal import Decimal as D
from functools import partial

from apps.core import clock
from apps.ledger.errors import UnitElsewhere
from apps.ledger.operations import move_unit
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway, propose_putaways, replan_putaways
from apps.tasks.models import WarehouseTask
from tests.concurrency.crowd import persist, together
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor, stands
from tests.factories.locations import LocationFactory
from tests.factories.storage import a_pallet, goods_at, goods_of, putaways_of

PLANS = 4


def bins(floor, count):
    """The only bins in use."""
    floor.warehouse.locations.pickable().update(is_active=False)
    return [LocationFactory(warehouse=floor.warehouse, code=f"P-{n}", max_units=40) for n in range(count)]


def plan(floor, *goods, document):
    return partial(
        propose_putaways,
        list(goods),
        warehouse_id=floor.warehouse.pk,
        document=document,
        by=an_actor(),
        at=clock.now(),
    )


def test_receipts_that_are_planned_at_once_never_share_a_slot(floor):
    slots = bins(floor, 2 * PLANS)
    pallets = [a_pallet(floor.dock, (floor.item, 40)) for _ in range(PLANS)]
    loose = [goods_at(floor.dock, floor.item, 40) for _ in range(PLANS)]

    together(
        *(plan(floor, *goods_of(pallets[n]), loose[n], document=f"GR-{n}") for n in range(PLANS)),
    )

    given = WarehouseTask.objects.filter(target__in=slots).values_list("target", flat=True)
    assert sorted(given) == sorted(slot.pk for slot in slots)


def test_two_receipts_that_share_a_pallet_ask_for_it_once(floor):
    bins(floor, 2)
    pallet = a_pallet(floor.dock, (floor.item, 40))

    together(*(plan(floor, *goods_of(pallet), document=f"GR-{n}") for n in range(PLANS)))

    assert Putaway.objects.count() == 1


def test_a_pallet_that_one_puts_away_while_another_carries_it_off_stands_in_one_place(floor):
    [slot, away] = bins(floor, 2)
    pallet = a_pallet(floor.dock, (floor.item, 40))
    [putaway] = persist(partial(putaways_of, *goods_of(pallet), dock=floor.dock))

    results = together(
        partial(
            confirm_putaway,
            task_id=putaway.task_id,
            location_id=putaway.task.target_id,
            quantity=None,
            by=an_actor(),
            at=clock.now(),
        ),
        partial(
            move_unit,
            unit_id=pallet.pk,
            location_id=away.pk,
            source_id=floor.dock.pk,
            by=an_actor(),
            at=clock.now(),
        ),
    )

    refused = [result for result in results if isinstance(result, UnitElsewhere)]
    assert len(refused) == 1
    assert stands(floor.item) in ({slot.code: D(40)}, {away.code: D(40)})


def test_two_who_look_again_for_bins_find_one_for_each_once(floor):
    slots = bins(floor, 3)
    floor.warehouse.locations.filter(pk__in=[slot.pk for slot in slots]).update(is_active=False)
    persist(plan(floor, *(goods_at(floor.dock, floor.item, 40) for _ in slots), document="GR-1"))
    floor.warehouse.locations.filter(pk__in=[slot.pk for slot in slots]).update(is_active=True)
    boss = an_actor(UserFactory(roles=["supervisor"]))

    again = partial(replan_putaways, warehouse_id=floor.warehouse.pk, by=boss, at=clock.now())
    results = together(again, again, plan(floor, goods_at(floor.dock, floor.item, 40), document="GR-2"))

    given = WarehouseTask.objects.filter(target__in=slots).values_list("target", flat=True)
    assert sorted(given) == sorted(slot.pk for slot in slots)
    assert len(results) == 3
    assert not [result for result in results if isinstance(result, Exception)]
    assert set(WarehouseTask.objects.values_list("version", flat=True)) <= {1, 2}
