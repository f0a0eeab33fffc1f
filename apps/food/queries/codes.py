"""The codes of lots: as they were stated, else by what is known of the lot."""

from __future__ import annotations

import re
from collections.abc import Collection

from apps.assembly.models import AssemblyOutput
from apps.food.models import TraceabilityLotCode
from apps.food.queries.places import Places
from apps.food.rules.codes import LotCode, LotFacts, code_of
from apps.ledger.models import Lot
from apps.locations.models import Warehouse
from apps.purchasing.models.receipt import LOT_NUMBERS

NUMBERED_HERE = re.compile(rf"{LOT_NUMBERS.prefix}-\d{{{LOT_NUMBERS.width},}}")


def codes_of(lot_ids: Collection[int], places: Places) -> dict[int, LotCode]:
    """The code of each lot, and who assigned it; three queries however many lots."""
    stated = _stated(lot_ids, places)
    sites = made_at(lot_ids)
    return {
        lot.pk: code_of(
            LotFacts(
                number=lot.number,
                supplier_lot=lot.supplier_lot,
                made_at=str(places.site(sites[lot.pk])) if lot.pk in sites else "",
                is_numbered_here=NUMBERED_HERE.fullmatch(lot.number) is not None,
                stated=stated.get(lot.pk),
            )
        )
        for lot in Lot.objects.filter(pk__among=list(lot_ids))
    }


def made_at(lot_ids: Collection[int]) -> dict[int, Warehouse]:
    """The site where each lot was made first; what came from elsewhere is not among them."""
    rows = AssemblyOutput.objects.filter(lot__among=list(lot_ids), move__transaction__reversed_by=None)
    found: dict[int, Warehouse] = {}
    for row in rows.select_related("line__order__warehouse").order_by("pk"):
        if row.lot_id is not None:
            found.setdefault(row.lot_id, row.line.order.warehouse)
    return found


def _stated(lot_ids: Collection[int], places: Places) -> dict[int, LotCode]:
    rows = TraceabilityLotCode.objects.filter(lot__among=list(lot_ids)).select_related("party", "site")
    found: dict[int, LotCode] = {}
    for row in rows.order_by("pk"):
        if row.party is not None:
            source = str(places.party(row.party))
        else:
            source = str(places.site(row.site)) if row.site is not None else row.reference
        found[row.lot_id] = LotCode(code=row.code, source=source)
    return found
