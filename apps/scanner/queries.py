"""How a scanned code reads, as the answer of a scan tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apps.core.decimals import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from apps.core.codes import ParsedCode


def parsed_facts(parsed: ParsedCode) -> dict[str, Any]:
    """How the code reads, for the answer of a scan; elements that the standard does not know are kept."""
    return {
        "kind": parsed.kind.value,
        "text": parsed.text,
        "symbology": parsed.symbology,
        "gtin": parsed.gtin,
        "content_gtin": parsed.content_gtin,
        "sscc": parsed.sscc,
        "lot": parsed.lot,
        "serial": parsed.serial,
        "item_number": parsed.item_number,
        "expires_on": parsed.expires_on,
        "best_before": parsed.best_before,
        "produced_on": parsed.produced_on,
        "quantity": _written(parsed.quantity),
        "quantity_unit": parsed.quantity_unit,
        "elements": [{"identifier": identifier, "value": value} for identifier, value in parsed.elements],
        "unknown": [{"identifier": identifier, "value": value} for identifier, value in parsed.unknown],
    }


def _written(quantity: Decimal | None) -> str | None:
    return None if quantity is None else plain(quantity)
