"""What scanned numbers name; what nothing bears is kept as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.counting.rules import CountedLine, Finding
from apps.counting.states import FindingKind
from apps.ledger.models import Lot, SerialNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What was counted, by what it is; and what has no name here."""

    lines: tuple[CountedLine, ...]
    findings: tuple[Finding, ...]


def goods_named(rows: Sequence[dict[str, Any]], unknown: Sequence[dict[str, Any]], user: User) -> Named:
    """The counted goods by their numbers, in three queries. What is not known is a finding, and refused by nobody."""
    asked = [row["item"] for row in rows]
    items = dict(Item.objects.for_user(user).filter(number__in=asked).values_list("number", "pk"))
    lots = _by_number(Lot.objects.filter(number__in=_numbers(rows, "lot"), item_id__in=items.values()))
    serials = _by_number(SerialNumber.objects.filter(number__in=_numbers(rows, "serial"), item_id__in=items.values()))
    lines: list[CountedLine] = []
    findings = [
        Finding(kind=FindingKind.BARCODE, text=row["text"], quantity=row.get("quantity"), note=row.get("note", ""))
        for row in unknown
    ]
    for row in rows:
        kind = _unknown(row, items, lots, serials)
        if kind:
            findings.append(Finding(kind=kind, text=_text(row), quantity=row["quantity"]))
            continue
        item = items[row["item"]]
        lines.append(
            CountedLine(
                item_id=item,
                lot_id=lots.get((item, row.get("lot") or "")),
                serial_id=serials.get((item, row.get("serial") or "")),
                status=row["status"],
                quantity=row["quantity"],
                seconds_ago=row.get("seconds_ago", 0),
            )
        )
    return Named(lines=tuple(lines), findings=tuple(findings))


def _unknown(
    row: dict[str, Any],
    items: dict[str, int],
    lots: dict[tuple[int, str], int],
    serials: dict[tuple[int, str], int],
) -> str:
    item = items.get(row["item"])
    if item is None:
        return FindingKind.ITEM
    if row.get("lot") and (item, row["lot"]) not in lots:
        return FindingKind.LOT
    if row.get("serial") and (item, row["serial"]) not in serials:
        return FindingKind.SERIAL
    return ""


def _text(row: dict[str, Any]) -> str:
    lot, serial = row.get("lot"), row.get("serial")
    return ", ".join([row["item"], *([f"lot {lot}"] if lot else []), *([f"serial {serial}"] if serial else [])])[:200]


def _numbers(rows: Sequence[dict[str, Any]], field: str) -> set[str]:
    return {row[field] for row in rows if row.get(field)}


def _by_number(found: QuerySet[Lot] | QuerySet[SerialNumber]) -> dict[tuple[int, str], int]:
    return {(each.item_id, each.number): each.pk for each in found}
