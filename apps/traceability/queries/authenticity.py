"""What the ledger knows of one unit, by its serial number."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from apps.core.querysets import storable
from apps.ledger.models import Hold, SerialNumber, StockBalance, StockMove
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.traceability.models import AuthenticityCheck, SuspectCase
from apps.traceability.rules import ELSEWHERE_WITHIN, KnownUnit
from apps.traceability.states import SuspectState


def serials_like(number: str, *, gtin: str = "", item_number: str = "") -> list[SerialNumber]:
    """The units with this serial number, of the item that is named or of any; two at most."""
    rows = SerialNumber.objects.filter(number=storable(number)).select_related("item")
    if gtin:
        rows = rows.filter(item__packagings__gtin=gtin)
    elif item_number:
        rows = rows.filter(item__number=storable(item_number))
    return list(rows.order_by("pk")[:2])


def known_unit(serial: SerialNumber, *, place: str, at: datetime) -> KnownUnit:
    """What is to be judged of a unit that is asked about at a place. Five queries."""
    recalled = (
        serial.lot_id is not None and Hold.objects.open().filter(lot=serial.lot_id, reason=HoldReason.RECALL).exists()
    )
    doubted = SuspectCase.objects.exclude(state=SuspectState.CLEARED)
    suspect = doubted.filter(Q(serials=serial) | Q(lot=serial.lot_id, serials=None)).values_list("number", flat=True)
    here = StockBalance.objects.on_hand().filter(serial=serial).values_list("warehouse__code", flat=True).first()
    last = StockMove.objects.filter(serial=serial).select_related("target", "warehouse").order_by("-pk").first()
    gone = last is not None and last.target.kind == LocationKind.CUSTOMER
    lately = AuthenticityCheck.objects.filter(serial=serial, asked_at__gt=at - ELSEWHERE_WITHIN).exclude(place=place)
    return KnownUnit(
        recalled=recalled,
        suspect=suspect.first() or "",
        here=here or "",
        left_on=last.warehouse.local_date(last.recorded_at) if last is not None and gone else None,
        asked_at=list(lately.order_by("place").values_list("place", flat=True).distinct()[:3]),
    )
