"""Which lots a case takes in: those that are named, and what was made from them, certain apart from possible."""

from __future__ import annotations

from collections.abc import Sequence

from apps.ledger.models import Lot
from apps.traceability.queries.genealogy import reach
from apps.traceability.states import LotOrigin


def origins_of(named: Sequence[int]) -> dict[int, LotOrigin]:
    """The lots there are of those named, then all that goods of them went into, each with how it comes in.

    What may hold some of them and may not is frozen too, and told apart: it is freed when that is cleared up.
    """
    known = list(Lot.objects.filter(pk__among=list(named)).order_by("pk").values_list("pk", flat=True))
    if not known:
        return {}
    found = reach(lot_ids=known)
    origins = dict.fromkeys(known, LotOrigin.NAMED)
    for lots, origin in ((found.certain_lots, LotOrigin.CERTAIN), (found.possible_lots, LotOrigin.POSSIBLE)):
        for pk in sorted(lots):
            origins.setdefault(pk, origin)
    return origins
