"""inbound.putaway_proposal: a load is given a bin, in a small hall and in a large one, half of each full."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle
from time import perf_counter

from django.db import transaction

from apps.core import clock
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse, Zone
from apps.locations.operations import open_warehouse
from apps.storage.operations import Goods, propose_putaways
from benchmarks.ground import Ground, an_actor, make_items, settle
from benchmarks.measure import Line, p95

SMALL, LARGE = 1_000, 10_000
ITEMS = 500
ZONES = 5
TIMES = 200
PALLET = Decimal(40)
BATCH = 1_000


def measure_putaway_proposal(name: str) -> list[Line]:
    """Milliseconds in which 95 of 100 proposals are made, each of one pallet in a transaction of its own."""
    items = make_items(ITEMS, weight_g=Decimal(500), length_mm=200, width_mm=100, height_mm=100)
    small, large = (_hall(size, items) for size in (SMALL, LARGE))
    settle()
    times: dict[str, list[float]] = {small.warehouse.code: [], large.warehouse.code: []}
    wanted = cycle(items)
    for round_ in range(TIMES + 5):
        for floor in (small, large):
            took = _propose(floor, next(wanted))
            if round_ >= 5:  # noqa: PLR2004 - the first ones warm up
                times[floor.warehouse.code].append(took)
    few, many = map(p95, times.values())
    return [
        Line(name=name, ours=many, unit="ms", most=30),
        Line(name=f"{name}[{SMALL}]", ours=few, unit="ms"),
        # How many times as long among ten times the bins.
        Line(name=f"{name}[growth]", ours=many / few, unit="x", most=3),
    ]


@transaction.atomic
def _propose(floor: Ground, item: int) -> float:
    dock = floor.warehouse.locations.get(kind=LocationKind.DOCK)
    goods = [Goods(item_id=item, quantity=PALLET, source_id=dock.pk)]
    start = perf_counter()
    [putaway] = propose_putaways(goods, warehouse_id=floor.warehouse.pk, document="BENCH", by=floor.by, at=clock.now())
    took = (perf_counter() - start) * 1000
    if putaway.proposed_id is None:
        message = "no bin was found"
        raise AssertionError(message)
    return took


@transaction.atomic
def _hall(size: int, items: list[int]) -> Ground:
    """Zones of pallet bins that hold one pallet each by units, weight and volume; every second one is full."""
    by = an_actor("bench")
    warehouse: Warehouse = open_warehouse(code=f"HALL{size}", name=f"Hall of {size}", by=by, at=clock.now())
    Location.objects.create(warehouse=warehouse, code="DOOR", kind=LocationKind.DOCK)
    zones = [
        Zone.objects.create(warehouse=warehouse, code=f"Z{n}", name=f"Zone {n}", pick_sequence=n) for n in range(ZONES)
    ]
    made = Location.objects.bulk_create(
        Location(
            warehouse=warehouse,
            zone=zones[n * ZONES // size],
            code=f"P-{n:05d}",
            kind=LocationKind.STORAGE,
            pick_sequence=n,
            max_units=PALLET,
            max_weight_g=25_000,
            max_volume_mm3=100_000_000,
        )
        for n in range(size)
    )
    floor = Ground(warehouse=warehouse, by=by, bins=[place.pk for place in made])
    supplier = Place(location_id=Location.objects.virtual(warehouse, LocationKind.SUPPLIER).pk)
    full = floor.bins[::2]
    for start in range(0, len(full), BATCH):
        post(
            [
                Move(
                    item_id=items[number % len(items)],
                    quantity=PALLET,
                    source=supplier,
                    target=Place(location_id=place),
                )
                for number, place in enumerate(full[start : start + BATCH], start=start)
            ],
            warehouse_id=warehouse.pk,
            kind=TransactionKind.RECEIVE,
            by=by,
            at=clock.now(),
            document="BENCH",
        )
    return floor
