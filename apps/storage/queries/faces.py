"""Pick faces that want filling, and what is promised to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.ledger.models import StockBalance
from apps.ledger.states import StockStatus
from apps.storage.models import PickFace
from apps.storage.queries.demand import At
from apps.storage.rules import NOTHING
from apps.supply.models import Promise
from apps.tasks.models import WarehouseTask
from apps.tasks.states import TaskKind

Source = tuple[int, int | None, int | None, int | None, int]
"""Goods at a place of the reserve: item, lot, serial number, handling unit, location."""


def faces_to_fill(*, warehouse_id: int, short: Mapping[At, Decimal]) -> list[PickFace]:
    """The pick faces in use that hold less than their minimum and what picks fall short of there, as pickers pass them.

    Counted is what is there, available and not spoken for (annotated `free`), and what open tasks bring (`coming`);
    `short` is what `picks_short` says.
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
    rows = (
        PickFace.objects.filter(location__warehouse=warehouse_id, location__is_active=True)
        .annotate(
            free=Coalesce(Subquery(standing.values("total")), NOTHING),
            coming=Coalesce(Subquery(coming.values("total")), NOTHING),
        )
        .filter(Q(minimum__gt=F("free") + F("coming")) | Q(location__in={place for _, place in short}))
        .select_related("item__storage_condition", "item__unit", "location__zone")
        .order_by("location__zone__pick_sequence", "location__pick_sequence", "pk")
    )
    return [
        face
        for face in rows
        if face.minimum + short.get((face.item_id, face.location_id), NOTHING) > face.free + face.coming  # type: ignore[attr-defined]  # annotated
    ]


def items_without_face(*, warehouse_id: int, short: Mapping[At, Decimal]) -> set[int]:
    """The items that an order may be waiting for here and that have no pick face in use."""
    wanted = {item for item, _ in short}
    wanted.update(
        Promise.objects.filter(warehouse=warehouse_id, closed_at=None)
        .order_by()
        .values_list("item", flat=True)
        .distinct()
    )
    with_face = PickFace.objects.filter(location__warehouse=warehouse_id, location__is_active=True, item__in=wanted)
    return wanted - set(with_face.values_list("item", flat=True))


def pallets_of(item_ids: Collection[int]) -> dict[int, Decimal]:
    """How many base units the largest pallet of each item holds; items without one are left out."""
    rows = Packaging.objects.filter(item__in=item_ids, level=PackagingLevel.PALLET)
    found: dict[int, Decimal] = {}
    for row in rows:
        holds = Decimal(row.numerator) / row.denominator
        found[row.item_id] = max(holds, found.get(row.item_id, NOTHING))
    return found


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
