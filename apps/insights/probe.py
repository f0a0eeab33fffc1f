"""Where a code may be known: one statement that asks every table that codes are looked up in."""

from __future__ import annotations

from django.db import connection

from apps.catalog.models import Barcode, Item, Packaging
from apps.core.codes import CodeKind, ParsedCode
from apps.ledger.models import HandlingUnit, Lot, SerialNumber, UnitLabel
from apps.locations.models import Location, Warehouse
from apps.purchasing.models import ShippingNoticeUnit
from apps.rfid.models import Asset

_PROBES = {
    "packaging": (Packaging, "gtin = any(%(gtins)s::text[])"),
    "barcode": (Barcode, "code = any(%(texts)s::text[])"),
    "item": (Item, "number = any(%(items)s::text[])"),
    "lot": (Lot, "number = any(%(lots)s::text[])"),
    "serial": (SerialNumber, "number = any(%(serials)s::text[])"),
    "unit": (HandlingUnit, "number = any(%(texts)s::text[]) or sscc = any(%(units)s::text[])"),
    "label": (UnitLabel, "number = any(%(units)s::text[])"),
    "location": (Location, "code = any(%(texts)s::text[])"),
    "site": (Warehouse, "gln = any(%(glns)s::text[])"),
    "asset": (Asset, "number = any(%(assets)s::text[])"),
    "announced": (ShippingNoticeUnit, "sscc = any(%(ssccs)s::text[])"),
}


def tables_with(parsed: ParsedCode) -> set[str]:
    """Which tables have anything of that number, whoever may see it; one statement, whatever the code."""
    texts = texts_of(parsed)
    given = {
        "texts": texts,
        "gtins": _given(parsed.gtin, parsed.content_gtin),
        "items": [*_given(parsed.item_number), *texts],
        # A lot or serial is looked for by its own number where the code names one, else by the whole text.
        "lots": _given(parsed.lot) or texts,
        "serials": _given(parsed.serial) or texts,
        "units": [*_given(parsed.sscc), *texts],
        "glns": _given(parsed.gln),
        "assets": [*_given(parsed.asset), *texts],
        "ssccs": _given(parsed.sscc),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PROBE, given)
        there = set(cursor.fetchone()[0])
    return there | ({"unit"} if "label" in there else set())


def _given(*values: str) -> list[str]:
    return [value for value in values if value]


def _probe() -> str:
    asked = ", ".join(
        f"case when exists (select from \"{model._meta.db_table}\" where {where}) then '{name}' end"
        for name, (model, where) in _PROBES.items()
    )
    return f"select array_remove(array[{asked}], null)"


_PROBE = _probe()


def texts_of(parsed: ParsedCode) -> list[str]:
    """How the whole code may be written as a code of our own: as it is, or in capitals when typed."""
    if parsed.kind in {CodeKind.GS1, CodeKind.DIGITAL_LINK}:
        return []
    return list(dict.fromkeys((parsed.text, parsed.text.upper())))
