"""Pick faces that want filling, and what is promised to them."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus
from apps.storage.models import PickFace
from apps.storage.rules import NOTHING
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

Source = tuple[int, int | None, int | None, int | None, int]
"""Goods at a place of the reserve: item, lot, serial number, handling unit, location."""


def faces_below_minimum(*, warehouse_id: int) -> QuerySet[PickFace]:
    """The pick faces in use that hold less than their minimum, as pickers pass them.

    Counted is what is there, available and not spoken for (annotated `free`), and what open tasks bring (`coming`).
    """
    standing = (
        StockBalance.objects.on_hand()
        .filter(location=OuterRef("location"), item=OuterRef("item"), status=StockStatus.AVAILABLE)
        .order_by()
        .values("item")
        .annotate(total=Sum(F("on_hand") - F("reserved")))
    )
    coming = (
        WarehouseTask.objects.open()
        .filter(target=OuterRef("location"), item=OuterRef("item"))
        .order_by()
        .values("item")
        .annotate(total=Sum("quantity"))
    )
    return (
        PickFace.objects.filter(location__warehouse=warehouse_id, location__is_active=True)
        .annotate(
            free=Coalesce(Subquery(standing.values("total")), NOTHING),
            coming=Coalesce(Subquery(coming.values("total")), NOTHING),
        )
        .filter(minimum__gt=F("free") + F("coming"))
        .select_related("item__storage_condition", "item__unit", "location__zone")
        .order_by("location__zone__pick_sequence", "location__pick_sequence", "pk")
    )


def promised_to_faces(*, warehouse_id: int) -> dict[Source, Decimal]:
    """What open replenishments will take from each place in the reserve."""
    rows = (
        WarehouseTask.objects.open()
        .filter(warehouse=warehouse_id, kind=TaskKind.REPLENISH)
        .order_by()
        .values_list("item", "lot", "serial", "unit", "source")
        .annotate(total=Sum("quantity"))
    )
    return {(item, lot, serial, unit, source): total for item, lot, serial, unit, source, total in rows}
