"""A plan that looks at a few bins first is the plan that looks at all of them."""

import random
from decimal import Decimal as D

import pytest

from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.storage.models import ItemVelocity
from apps.storage.operations import planning
from apps.storage.queries import bins_of_kinds, guide_for, shortlist
from apps.storage.rules import Load, Whole, plan, plan_among
from apps.storage.rules.plan import _Hall
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory
from tests.factories.storage import PickFaceFactory, PutawayRuleFactory, goods_at, putaways_of
from tests.factories.tasks import a_task

KINDS = {LocationKind.STORAGE, LocationKind.PICK_FACE}


def a_hall(racks, chance, items, lots):
    """Bins of many builds in three zones, some empty, some with goods of an item or of two, and pick faces."""
    zones = [
        Zone.objects.create(warehouse=racks.warehouse, code=code, name=code, velocity=velocity)
        for code, velocity in (("Z1", "A"), ("Z2", "C"))
    ]
    for number in range(30):
        units = chance.choice([None, 10, 25])
        kind = chance.choice([LocationKind.STORAGE] * 5 + [LocationKind.PICK_FACE])
        bin_ = LocationFactory(
            warehouse=racks.warehouse,
            code=f"R-{number:02d}",
            kind=kind,
            max_units=units,
            pick_sequence=chance.randrange(12),
            zone=chance.choice([*zones, None]),
            mixes_items=chance.random() < 0.7,
            mixes_lots=chance.random() < 0.7,
        )
        if kind == LocationKind.PICK_FACE:
            PickFaceFactory(item=chance.choice(items), location=bin_, maximum=D(8))
        for item in chance.sample(items, chance.choice([0, 0, 1, 2])):
            stock(item, bin_, chance.randint(1, 9), lot=chance.choice(lots[item]) if lots[item] else None)


def some_rules(racks, chance, items):
    """Rules that bind one item to a zone, or prefer one, and velocities."""
    for number, item in enumerate(items):
        PutawayRuleFactory(
            warehouse=racks.warehouse,
            item=item,
            zone=Zone.objects.get(code=chance.choice(["Z1", "Z2"])),
            strength=chance.choice(["only", "prefer"]),
            points=chance.choice([5, 40, 120]),
            is_active=chance.random() < 0.6,
            priority=number,
        )
        ItemVelocity.objects.create(warehouse=racks.warehouse, item=item, velocity=chance.choice("ABC"))


def loads_of(chance, items, lots):
    def a_load(item, quantity):
        lot = chance.choice(lots[item]).pk if lots[item] else None
        return Load(item_id=item.pk, lot_id=lot, status="available", quantity=D(quantity))

    def a_unit():
        return Whole(loads=tuple(a_load(item, chance.choice([1, 3])) for item in chance.sample(items, 2)))

    return [
        a_unit() if chance.random() < 0.3 else a_load(chance.choice(items), chance.choice([3, 9, 20, 60]))
        for _ in range(4)
    ]


@pytest.mark.parametrize("seed", range(24))
def test_a_few_bins_give_the_plan_of_all_bins(racks, seed, monkeypatch):
    chance = random.Random(seed)  # noqa: S311 - the same halls in every run
    items = [ItemFactory(lots=number == 0) for number in range(3)]
    lots = {item: [LotFactory(item=item) for _ in range(2)] if item.has_lots else [] for item in items}
    a_hall(racks, chance, items, lots)
    some_rules(racks, chance, items)
    guide = guide_for({item.pk for item in items}, warehouse_id=racks.warehouse.pk)
    loads = [load.each(guide) for load in loads_of(chance, items, lots)]
    asked = {"warehouse_id": racks.warehouse.pk, "kinds": KINDS, "away_from": {racks.dock.pk}}
    some = shortlist(item_ids={item.pk for item in items}, empties=20, **asked)
    few, everything = plan_among(loads, some), plan(loads, bins_of_kinds(**asked))

    # Nothing is ever good enough to stop at: every bin is judged for every load.
    monkeypatch.setattr(_Hall, "unlikely", lambda *_: 10**6)
    judged = plan(loads, bins_of_kinds(**asked))

    assert everything == judged
    assert few in (judged, None)


def test_empty_bins_of_each_build_come_in_walking_order(racks):
    for number in (3, 1, 2):
        racks.bin(f"A-{number}", max_units=10, pick_sequence=number)
    racks.bin("B-1", pick_sequence=9)
    full = racks.bin("A-0", max_units=10, pick_sequence=0)
    stock(ItemFactory(), full, 10)

    some = shortlist(
        warehouse_id=racks.warehouse.pk,
        kinds=KINDS,
        away_from={racks.dock.pk},
        item_ids={racks.item.pk},
        empties=2,
    )

    assert {bin_.code: some.stops[bin_.location_id] for bin_ in some.bins} == {"A-0": 1, "A-1": 2, "A-2": 3, "B-1": 5}
    assert some.last == 5


def test_bins_that_hold_an_item_or_wait_for_it_are_looked_at(racks):
    for number in range(3):
        stock(ItemFactory(), racks.bin(f"A-{number}"), 1)
    holds, waits, face = racks.bin("B-1"), racks.bin("B-2"), racks.bin("B-3", LocationKind.PICK_FACE)
    stock(racks.item, holds, 1)
    a_task(racks.item, racks.dock, target=waits)
    PickFaceFactory(item=racks.item, location=face)

    some = shortlist(warehouse_id=racks.warehouse.pk, kinds=KINDS, away_from=set(), item_ids={racks.item.pk}, empties=1)

    # A-0 stands for its build: it says what such a bin could hold at all.
    assert {bin_.code for bin_ in some.bins} == {"A-0", "B-1", "B-2", "B-3"}


def test_only_bins_with_other_goods_have_room_and_one_is_found(racks):
    shared = [racks.bin(f"A-{number}", max_units=10) for number in range(4)]
    for bin_ in shared:
        stock(ItemFactory(), bin_, 5)

    [putaway_] = putaways_of(goods_at(racks.dock, racks.item, 5), dock=racks.dock)

    assert putaway_.proposed == shared[0]


def test_a_load_for_many_bins_is_split_over_them(racks):
    bins = [racks.bin(f"A-{number:02d}", max_units=1) for number in range(12)]

    putaways = putaways_of(goods_at(racks.dock, racks.item, 12), dock=racks.dock)

    assert [each.proposed for each in putaways] == bins


def test_all_bins_are_read_only_when_a_few_do_not_tell(racks, monkeypatch):
    racks.bin("A-1", max_units=10)
    asked = []

    def noted(**more):
        asked.append(more)
        return bins_of_kinds(**more)

    monkeypatch.setattr(planning, "bins_of_kinds", noted)

    putaways_of(goods_at(racks.dock, racks.item, 10), dock=racks.dock)
    assert asked == []

    [nowhere] = putaways_of(goods_at(racks.dock, racks.item, 10), dock=racks.dock)
    assert len(asked) == 1
    assert nowhere.reasons[0]["sentence"] == "No bin takes it: 1 full."
