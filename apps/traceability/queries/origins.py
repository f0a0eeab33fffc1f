"""Which lots a case takes in: those that are named."""

from __future__ import annotations

from collections.abc import Sequence

from apps.ledger.models import Lot
from apps.traceability.states import LotOrigin


def origins_of(named: Sequence[int]) -> dict[int, LotOrigin]:
    """The lots there are of those named, each with how it comes in."""
    known = Lot.objects.filter(pk__among=list(named)).order_by("pk").values_list("pk", flat=True)
    return dict.fromkeys(known, LotOrigin.NAMED)
