"""scanner.resolve: handhelds scan all sorts of codes over HTTP, with database and clients on the same machine."""

from __future__ import annotations

import random
from collections.abc import Mapping
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from django.db import transaction

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Item, Packaging, Unit
from apps.core.codes import gtin_check_digit, make_sscc
from apps.ledger.models import Lot
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.locations.models import Location
from apps.orders.models import SalesOrder
from benchmarks.ground import settle
from benchmarks.handhelds import Scanner, scan_all
from benchmarks.measure import Line, p95
from benchmarks.outbound_allocation import hall, orders_of
from benchmarks.web import handheld, statements, web

CROWDS = (1, 4, 8)
BARRED = 4
EACH = 400
WARM = 40
ORDERS = 200
UNITS = 200
MOST_MS = 40.0

Codes = Mapping[str, list[str]]


def measure_resolve(name: str) -> list[Line]:
    """Milliseconds of one scan, the 95th percentile, with one client and with several; the bar is at four.

    What a scan costs in statements is told beside it, for each sort of code.
    """
    codes, tokens = _build()
    counts = ", ".join(f"{kind} {_statements(some, tokens[0])}" for kind, some in codes.items())
    print(f"      {name}: statements a call by what is scanned: {counts}", flush=True)
    lines = []
    with web() as (port, _):
        for clients in CROWDS:
            with get_context("spawn").Pool(clients) as pool:
                pool.map(scan_all, _scanners(port, tokens[:clients], codes, WARM), chunksize=1)
                start = perf_counter()
                told = pool.map(scan_all, _scanners(port, tokens[:clients], codes, EACH), chunksize=1)
                took = perf_counter() - start
            times = [each for taken in told for each in taken]
            print(
                f"      {name}: {clients} clients, {len(times) / took:.0f} scans/s, median {median(times):.1f} ms",
                flush=True,
            )
            most = MOST_MS if clients == BARRED else None
            lines.append(Line(name=f"{name}[{clients}]", ours=p95(times), unit="ms", most=most))
    return lines


def _build() -> tuple[Codes, list[str]]:
    """A hall of goods with GTINs, pallets and orders, and as many handhelds as the largest crowd."""
    floor, items = hall()
    with transaction.atomic():
        orders = orders_of(floor, items, ORDERS)
        unit = Unit.objects.create(code="BENCHCASE", name="case")
        packs = Packaging.objects.bulk_create(
            Packaging(item_id=item, level=PackagingLevel.CASE, unit=unit, numerator=12, gtin=_gtin(number))
            for number, item in enumerate(items)
        )
        pallets = [make_sscc(0, "0614141", number) for number in range(UNITS)]
        open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET, sscc=pallets)
        tokens = [handheld(floor, number) for number in range(max(CROWDS))]
    settle()
    gtins = [pack.gtin for pack in packs if pack.gtin]
    lots = Lot.objects.filter(item__in=items[:UNITS]).values_list("item__packagings__gtin", "number")
    return {
        "bin": list(Location.objects.filter(pk__in=floor.bins).values_list("code", flat=True)[:UNITS]),
        "gtin": gtins[:UNITS],
        "item and lot": [f"]d201{gtin}10{number}" for gtin, number in lots[:UNITS]],
        "sscc": [f"]C100{sscc}" for sscc in pallets],
        "tag": [f"urn:epc:id:sscc:0614141.{sscc[0]}{sscc[8:17]}" for sscc in pallets],
        "number": list(Item.objects.filter(pk__in=items[:UNITS]).values_list("number", flat=True)),
        "order": list(SalesOrder.objects.filter(pk__in=orders).values_list("number", flat=True)),
    }, tokens


def _gtin(number: int) -> str:
    payload = f"0950600{number:06d}"
    return f"{payload}{gtin_check_digit(payload)}"


def _scanners(port: int, tokens: list[str], codes: Codes, count: int) -> list[Scanner]:
    """Each its own codes, all sorts in turn."""
    chance = random.Random(count)  # noqa: S311 - the same scans in every run
    kinds = list(codes.values())
    return [
        Scanner(port, token, [chance.choice(kinds[number % len(kinds)]) for number in range(count)]) for token in tokens
    ]


def _statements(codes: list[str], token: str) -> int:
    """How many statements a scan of this sort takes: as many for each of them."""
    (count,) = {statements("/scan", {"code": code}, token) for code in (codes[0], codes[-1])}
    return count
