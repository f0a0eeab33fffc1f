"""a.import: items from a file, checked and with their history, against one INSERT of the same rows."""

from __future__ import annotations

from django.db import transaction

from apps.catalog.imports import import_items
from apps.catalog.models import Item
from apps.core import clock
from benchmarks.ground import Raw, an_actor, each_unit, owner_connection
from benchmarks.measure import Line, interleaved

ROWS = 5_000
ROUNDS = 3
HEADER = "number,name,unit,tracking,expires,shelf_life_days,colour,weight_g,standard_cost"


def measure_import(name: str) -> Line:
    """Rows a second, all of them new."""
    by, unit = an_actor("bench"), each_unit().pk
    files = iter([_file(f"OURS-{n}") for n in range(ROUNDS + 1)])
    prefixes = iter(range(ROUNDS + 1))

    def ours() -> None:
        with transaction.atomic():
            import_items(text=next(files), by=by, at=clock.now())

    with owner_connection() as raw:
        ours_rate, raw_rate = interleaved(
            ours, lambda: _raw_insert(raw, f"RAW-{next(prefixes)}", unit), rounds=ROUNDS, times=1
        )
    if Item.objects.count() != 2 * (ROUNDS + 1) * ROWS:
        message = "not every item came in"
        raise AssertionError(message)
    return Line(name=name, ours=ours_rate * ROWS, reference=raw_rate * ROWS, unit="/s")


def _file(prefix: str) -> str:
    rows = (f"{prefix}-{n:05d},Item {n},EA,lot,yes,{n % 365 + 1},red,{n}.5,{n}.25" for n in range(ROWS))
    return "\n".join([HEADER, *rows])


def _raw_insert(raw: Raw, prefix: str, unit: int) -> None:
    raw.execute(
        "insert into catalog_item (number, name, description, kind, lifecycle, unit_id, scale, tracking, expires,"
        " shelf_life_days, colour, size, weight_g, standard_cost, attributes, image)"
        " select number, name, '', 'finished', 'active', %s, 0, 'lot', true, days, 'red', '', weight, cost, '{}', ''"
        " from unnest(%s::text[], %s::text[], %s::int[], %s::numeric[], %s::numeric[]) t(number, name, days, weight,"
        " cost)",
        (
            unit,
            [f"{prefix}-{n:05d}" for n in range(ROWS)],
            [f"Item {n}" for n in range(ROWS)],
            [n % 365 + 1 for n in range(ROWS)],
            [f"{n}.5" for n in range(ROWS)],
            [f"{n}.25" for n in range(ROWS)],
        ),
    )
    raw.commit()
