"""What was counted on paper, as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apps.core.errors import InvalidQuantity
from apps.core.imports import Column, Problems, Record, cells, read_records
from apps.core.quantities import parse_quantity
from apps.ledger.states import StockStatus


def _counted(text: str) -> Any:
    """A quantity; a zero too."""
    try:
        return parse_quantity(text, zero=True)
    except InvalidQuantity as refusal:
        raise ValueError(refusal.reason) from None


RESULTS = (
    Column(name="location", meaning="code of the place; each place in the file is taken down whole", required=True),
    Column(name="item", meaning="number of the item; empty: nothing stands there", blank=""),
    Column(name="lot", meaning="number of the lot", blank=""),
    Column(name="serial", meaning="the serial number", blank=""),
    Column(
        name="status",
        meaning="available, damaged, inspection, returned or blocked",
        read=cells.choice(StockStatus),
        blank=StockStatus.AVAILABLE,
    ),
    Column(name="quantity", meaning="in the item's unit; all that is there", read=_counted, blank=None),
)


def read_results(text: str, *, known: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The rows by place. Raises `ImportRefused` for a place that is not known, or anything malformed."""
    problems = Problems()
    places: dict[str, list[dict[str, Any]]] = {}
    for record in read_records(text, RESULTS, problems):
        code = record.values["location"]
        for field, problem in _problems(record, code, known, places):
            problems.add(problem, row=record.row, field=field, value=str(record.values.get(field) or ""))
        rows = places.setdefault(code, [])
        if record.values.get("item"):
            rows.append(
                {
                    "item": record.values["item"],
                    "lot": record.values.get("lot") or "",
                    "serial": record.values.get("serial") or "",
                    "status": record.values.get("status") or StockStatus.AVAILABLE.value,
                    "quantity": record.values.get("quantity"),
                }
            )
    problems.refuse_any()
    return places


def _problems(
    record: Record, code: str, known: Mapping[str, Any], places: Mapping[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, str]]:
    if code not in known:
        yield "location", "is not waiting to be counted in this inventory"
    if not record.values.get("item") and (record.values.get("quantity") or places.get(code)):
        yield "item", "an empty place has one row and no quantity"
    if record.values.get("item") and record.values.get("quantity") is None:
        yield "quantity", "say how much is there"
