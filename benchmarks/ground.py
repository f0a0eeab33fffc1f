"""What measures stand on: a warehouse with stock, built once in the bench database by set-based posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
from django.db import connections, transaction

from apps.accounts.models import User
from apps.catalog.models import Item, Unit
from apps.core import clock
from apps.journal.actor import Actor
from apps.ledger.models import StockBalance
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Warehouse
from apps.locations.operations import open_warehouse

CODE = "BENCH"
BINS = 100
ITEMS = 100
EACH = Decimal(1_000_000)
BATCH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A warehouse where every item stands in every bin."""

    warehouse: Warehouse
    by: Actor
    items: list[int]
    bins: list[int]


def ground() -> Ground:
    """The bench warehouse, with its 10,000 balances; made on the first call and kept for later runs."""
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    by = Actor(user=user, job="bench")
    warehouse = Warehouse.objects.filter(code=CODE).first()
    if warehouse is None:
        with transaction.atomic():
            warehouse = open_warehouse(code=CODE, name="Bench", by=by, at=clock.now())
            _fill(warehouse)
        _stock(warehouse, by)
    return Ground(
        warehouse=warehouse,
        by=by,
        items=list(Item.objects.filter(number__startswith="BENCH-").order_by("pk").values_list("pk", flat=True)),
        bins=list(
            Location.objects.filter(warehouse=warehouse, kind=LocationKind.STORAGE)
            .order_by("pk")
            .values_list("pk", flat=True)
        ),
    )


Raw = psycopg.Connection[tuple[Any, ...]]


def first(raw: Raw, statement: str, values: Sequence[object]) -> Any:
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


def _fill(warehouse: Warehouse) -> None:
    unit, _ = Unit.objects.get_or_create(code="EA", defaults={"name": "each"})
    Item.objects.bulk_create(Item(number=f"BENCH-{n:04d}", name=f"Bench item {n}", unit=unit) for n in range(ITEMS))
    Location.objects.bulk_create(
        Location(warehouse=warehouse, code=f"S-{n:04d}", kind=LocationKind.STORAGE, pick_sequence=n)
        for n in range(BINS)
    )


def _stock(warehouse: Warehouse, by: Actor) -> None:
    supplier = Location.objects.virtual(warehouse, LocationKind.SUPPLIER)
    bins = Location.objects.filter(warehouse=warehouse, kind=LocationKind.STORAGE).values_list("pk", flat=True)
    moves = [
        Move(
            item_id=item,
            quantity=EACH,
            source=Place(location_id=supplier.pk),
            target=Place(location_id=place),
        )
        for item in Item.objects.filter(number__startswith="BENCH-").values_list("pk", flat=True)
        for place in bins
    ]
    for start in range(0, len(moves), BATCH):
        with transaction.atomic():
            post(
                moves[start : start + BATCH],
                warehouse_id=warehouse.pk,
                kind=TransactionKind.RECEIVE,
                by=by,
                at=clock.now(),
                document="BENCH",
            )
    if StockBalance.objects.filter(warehouse=warehouse).count() != BINS * ITEMS:
        message = "the bench warehouse is not whole"
        raise AssertionError(message)
