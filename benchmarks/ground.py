"""What measures stand on: a warehouse, bins, items and stock, built by set-based statements and posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connections, transaction

from apps.accounts.models import User
from apps.catalog.models import Item, Unit
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.operations import open_warehouse

EACH = Decimal(1_000_000)
"""Of every balance: none runs out."""
BATCH = 1_000

Raw = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A warehouse with storage bins, and who works in it."""

    warehouse: Warehouse
    by: Actor
    bins: list[int]


def an_actor(name: str) -> Actor:
    """Somebody who may do everything."""
    user, _ = User.objects.get_or_create(username=name, defaults={"is_superuser": True})
    return Actor(user=user, job="bench")


@transaction.atomic
def ground(bins: int) -> Ground:
    """The bench warehouse, empty."""
    by = an_actor("bench")
    warehouse = open_warehouse(code="BENCH", name="Bench", by=by, at=clock.now())
    made = Location.objects.bulk_create(
        Location(warehouse=warehouse, code=f"S-{n:04d}", kind=LocationKind.STORAGE, pick_sequence=n)
        for n in range(bins)
    )
    return Ground(warehouse=warehouse, by=by, bins=[place.pk for place in made])


def make_items(count: int, **fields: Any) -> list[int]:
    """Items that differ in number and name alone, from those that are there."""
    unit, known = each_unit(), Item.objects.count()
    made = Item.objects.bulk_create(
        Item(number=f"BENCH-{n:04d}", name=f"Bench item {n}", unit=unit, **fields) for n in range(known, known + count)
    )
    return [item.pk for item in made]


def each_unit() -> Unit:
    """The unit of items that are counted."""
    return Unit.objects.get_or_create(code="EA", defaults={"name": "each"})[0]


def receive(floor: Ground, stock: Iterable[tuple[int, int, int | None]]) -> None:
    """Stock from the supplier: an item's goods in a bin, of a lot or of none."""
    supplier = Place(location_id=Location.objects.virtual(floor.warehouse, LocationKind.SUPPLIER).pk)
    wanted = list(stock)
    for start in range(0, len(wanted), BATCH):
        moves = [
            Move(item_id=item, lot_id=lot, quantity=EACH, source=supplier, target=Place(location_id=place))
            for item, place, lot in wanted[start : start + BATCH]
        ]
        with transaction.atomic():
            post(
                moves,
                warehouse_id=floor.warehouse.pk,
                kind=TransactionKind.RECEIVE,
                by=floor.by,
                at=clock.now(),
                document="BENCH",
            )


def settle() -> None:
    """Let the planner know what was built, as autovacuum would in a minute: plans made for empty tables go."""
    with owner_connection() as raw:
        raw.autocommit = True
        raw.execute("vacuum analyze")


def first(raw: Raw, statement: str, values: Sequence[object] | Mapping[str, object]) -> Any:
    """The one value that a statement returns."""
    row = raw.execute(statement, values).fetchone()
    if row is None:
        message = f"nothing came of: {statement}"
        raise AssertionError(message)
    return row[0]


def owner_connection() -> Raw:
    """Raw SQL past our functions, for the reference: the owner may write what the application may not."""
    settings = connections["owner"].get_connection_params()
    wanted = {name: settings[name] for name in ("host", "port", "user", "password", "dbname") if settings.get(name)}
    return psycopg.connect(**wanted, autocommit=False)
