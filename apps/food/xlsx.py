"""The electronic sortable spreadsheet: a sheet an event, the places, the glossary, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from openpyxl.utils import get_column_letter

from apps.core.xlsx import add_sheet, harmless, new_workbook, saved
from apps.food.rules.events import FoodRecords, Record, Spot, Traced
from apps.food.rules.law import ENFORCED_FROM, LAW

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell: TypeAlias = str | Decimal | date
TRACED = ("Traceability lot code", "Quantity", "Unit", "Item", "Description", "Food of the list")
CODED = ("Assigned the lot code", "Reference document", "Its number")
TRACED_WIDTHS = (26, 12, 8, 16, 36, 34)
CODED_WIDTHS = (44, 20, 22)
PLACE_WIDTHS = (14, 48)
MISSING = "Missing"

GLOSSARY = (
    ("Traceability lot code", "What a lot is traced by: assigned once, and passed on unchanged by everybody after"),
    ("Assigned the lot code", "The traceability lot code source: where the code was assigned, or a reference to it"),
    ("Previous source", "From where the lot came immediately before; not the carrier"),
    ("Recipient", "To where the lot went immediately after; not the carrier"),
    ("Quantity, Unit", "In the unit that stock of the item is kept in"),
    ("Certain", "yes: the records say that this lot went in; possible: it may have, together with others of its item"),
    ("Food of the list", "As the Food Traceability List named it on the day; empty: the item was not on it then"),
    ("site …", "A site of ours, by its code"),
    ("partner …", "A supplier or customer, by our number"),
    ("recipient of …", "The address on a shipment, by the shipment's number"),
    ("unknown", "Our records do not say"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """On whose words a spreadsheet rests."""

    company: str
    asked: str
    made_at: datetime
    made_by: str
    plan: str = ""
    contact: str = ""
    units: tuple[tuple[str, str], ...] = ()
    """Codes of units and what they stand for."""


def food_workbook(records: FoodRecords, about: About) -> bytes:
    """Each event on a sheet of its own, a row a lot, that can be sorted and filtered by every column."""
    book = new_workbook()
    _about(book, records, about)
    _sheet(
        book,
        "Receiving",
        (*TRACED, "Received", "Source", "Previous source", "Site", "Received at", *CODED, MISSING),
        (*TRACED_WIDTHS, 12, *PLACE_WIDTHS, *PLACE_WIDTHS, *CODED_WIDTHS, 40),
        (
            (*_traced(each.traced), each.on, *_place(each.source), *_place(each.at), *_coded(each), _missing(each))
            for each in records.received
        ),
    )
    used = ("Used lot code", "Used quantity", "Used unit", "Used item", "Used description", "Used food", "Certain")
    _sheet(
        book,
        "Transformation",
        (*used, *(f"New: {head}" for head in TRACED), "Completed", "Site", "Made at", *CODED, MISSING),
        (*TRACED_WIDTHS, 10, *TRACED_WIDTHS, 12, *PLACE_WIDTHS, *CODED_WIDTHS, 40),
        (
            (*went_in, *_traced(each.traced), each.on, *_place(each.at), *_coded(each), _missing(each))
            for each in records.transformed
            for went_in in [(*_traced(row.traced), "yes" if row.is_certain else "possible") for row in each.used]
            or [("",) * len(used)]
        ),
    )
    _sheet(
        book,
        "Shipping",
        (*TRACED, "Shipped", "To", "Recipient", "Site", "Shipped from", *CODED, MISSING),
        (*TRACED_WIDTHS, 12, *PLACE_WIDTHS, *PLACE_WIDTHS, *CODED_WIDTHS, 40),
        (
            (*_traced(each.traced), each.on, *_place(each.to), *_place(each.source), *_coded(each), _missing(each))
            for each in records.shipped
        ),
    )
    _sheet(
        book,
        "Locations",
        ("Key", "Business", "Phone", "Street", "Coordinates", "City", "State", "Postal code", "Country", MISSING),
        (22, 40, 20, 36, 22, 20, 16, 14, 18, 40),
        (_described(spot) for spot in records.spots()),
    )
    _sheet(
        book,
        "Gaps",
        ("Event", "Rule", "Day", "Document", "Item", "Lot code", MISSING),
        (16, 30, 12, 24, 20, 26, 80),
        (
            (
                gap.event,
                gap.rule.cited,
                gap.record.on,
                gap.record.document,
                gap.record.traced.item,
                gap.record.traced.code.code,
                "; ".join(gap.missing),
            )
            for gap in records.gaps()
        ),
    )
    _sheet(book, "Glossary", ("Code or word", "Meaning"), (28, 110), (*GLOSSARY, *about.units))
    return saved(book)


def _about(book: Workbook, records: FoodRecords, about: About) -> None:
    rows: list[tuple[str, Cell]] = [
        ("Records of", about.company),
        ("Asked for", about.asked),
        ("Made at", about.made_at.strftime("%Y-%m-%d %H:%M %Z")),
        ("Made by", about.made_by),
        ("Traceability plan", about.plan or "none is published"),
        ("Who is asked about it", about.contact or "nobody is named"),
        *((event, Decimal(len(found))) for event, _, found in records.events()),
        ("Records that lack something", Decimal(len(records.gaps()))),
        ("Events that are not kept here", "Harvesting, cooling, initial packing, first receipt on land"),
        *((key.capitalize(), f"{rule.cited}: {rule.says}") for key, rule in LAW.items()),
        ("Enforced from", ENFORCED_FROM.isoformat()),
    ]
    _sheet(book, "About", ("What", "Says"), (32, 110), rows)


def _sheet(
    book: Workbook, title: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet = add_sheet(book, title, heads, widths=widths)
    count = 1
    for count, row in enumerate(rows, start=2):  # noqa: B007 - how many there were is asked for below
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"  # type: ignore[attr-defined]  # made at run time


def _traced(traced: Traced) -> tuple[Cell, ...]:
    return (traced.code.code, traced.quantity, traced.unit, traced.item, traced.name, traced.food)


def _coded(record: Record) -> tuple[Cell, ...]:
    return (record.traced.code.source, record.document_kind, record.document)


def _place(spot: Spot) -> tuple[Cell, ...]:
    return (spot.key, str(spot))


def _missing(record: Record) -> str:
    return "; ".join(record.missing)


def _described(spot: Spot) -> tuple[Cell, ...]:
    address = (spot.street, spot.coordinates, spot.city, spot.region, spot.postal_code, spot.country)
    return (spot.key, spot.business, spot.phone, *address, "; ".join(spot.missing))
