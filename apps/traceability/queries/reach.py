"""What a recall of some lots would touch: where they are, who waits for them, who has got them. Nothing changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, CharField, Count, F, Sum, Value, When

from apps.ledger.models import Hold, Lot, Reservation, StockBalance
from apps.locations.choices import PICKABLE, LocationKind
from apps.orders.models import Pick
from apps.orders.states import PickState
from apps.shipping.states import ShipmentState
from apps.traceability.models import RecallCase
from apps.traceability.queries.deliveries import Delivery, deliveries_of
from apps.traceability.states import LotOrigin

IN_BINS, IN_TOTES, IN_TRANSIT = "bins", "totes", "transit"
WHERE = {
    **dict.fromkeys(PICKABLE, IN_BINS),
    LocationKind.TOTE: IN_TOTES,
    LocationKind.TRANSIT: IN_TRANSIT,
    LocationKind.DOCK: "docks",
    LocationKind.STAGING: "staging",
    LocationKind.PACK: "packing benches",
    LocationKind.QUARANTINE: "quarantine",
}
PACKED, LOADED = "packed cartons", "trailers"
"""Goods in a carton that has not left are told apart from what stands loose at the same place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedLot:
    """A lot in reach."""

    pk: int
    number: str
    item: str
    name: str
    unit: str
    supplier: str
    origin: LotOrigin
    held: bool
    other_cases: tuple[str, ...]
    """Open recalls that hold it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedStock:
    """So much of a lot stands at one sort of place of a site; base units."""

    warehouse: str
    where: str
    item: str
    lot: str
    unit: str
    places: int
    quantity: Decimal
    reserved: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Everything a freeze of these lots would touch."""

    lots: tuple[ReachedLot, ...]
    stock: tuple[ReachedStock, ...]
    documents: tuple[str, ...]
    """Orders and other documents that have some reserved."""
    open_picks: int
    cartons: tuple[str, ...]
    """Packed and not gone."""
    deliveries: tuple[Delivery, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        """Where any of it stands."""
        return tuple(dict.fromkeys(each.warehouse for each in self.stock))

    @property
    def customers(self) -> tuple[str, ...]:
        """Who got some."""
        return tuple(sorted({each.customer for each in self.deliveries}))


def reach_of(origins: dict[int, LotOrigin], *, without_case: int | None = None) -> Reach:
    """What these lots touch now, over all sites, in a number of queries that does not grow with them."""
    ids = list(origins)
    lots = Lot.objects.filter(pk__among=ids).with_held().select_related("item__unit", "supplier").order_by("pk")
    others = _other_cases(ids, without_case)
    return Reach(
        lots=tuple(
            ReachedLot(
                pk=lot.pk,
                number=lot.number,
                item=lot.item.number,
                name=lot.item.name,
                unit=lot.item.unit.code,
                supplier=lot.supplier.name if lot.supplier is not None else "",
                origin=origins[lot.pk],
                held=bool(getattr(lot, "held", False)),
                other_cases=tuple(others.get(lot.pk, ())),
            )
            for lot in lots
        ),
        stock=stock_of(ids),
        documents=tuple(
            Reservation.objects.pending()
            .filter(balance__lot__among=ids)
            .order_by("document")
            .values_list("document", flat=True)
            .distinct()
        ),
        open_picks=Pick.objects.filter(
            allocation__reservation__balance__lot__among=ids, state=PickState.TO_PICK
        ).count(),
        cartons=cartons_with(ids),
        deliveries=deliveries_of(ids),
    )


def stock_of(lot_ids: Collection[int]) -> tuple[ReachedStock, ...]:
    """Where these lots stand, by site and sort of place, added up by the database."""
    rows = (
        StockBalance.objects.on_hand()
        .filter(lot__among=list(lot_ids))
        .order_by()
        .annotate(
            kind=Case(
                When(unit__carton__shipment__state=ShipmentState.LOADED, then=Value(LOADED)),
                When(unit__carton__shipment__state__in=_NOT_GONE, then=Value(PACKED)),
                default=F("location__kind"),
                output_field=CharField(),
            ),
        )
        .values_list("warehouse__code", "kind", "lot__item__number", "lot__number", "lot__item__unit__code")
        .annotate(places=Count("location", distinct=True), total=Sum("on_hand"), spoken=Sum("reserved"))
    )
    added: dict[tuple[str, str, str, str, str], tuple[int, Decimal, Decimal]] = {}
    for warehouse, kind, item, lot, unit, places, total, spoken in rows:
        key = (warehouse, WHERE.get(kind, kind), item, lot, unit)
        before = added.get(key, (0, Decimal(0), Decimal(0)))
        added[key] = (before[0] + places, before[1] + total, before[2] + spoken)
    return tuple(
        ReachedStock(
            warehouse=warehouse,
            where=where,
            item=item,
            lot=lot,
            unit=unit,
            places=places,
            quantity=total,
            reserved=spoken,
        )
        for (warehouse, where, item, lot, unit), (places, total, spoken) in sorted(added.items())
    )


_NOT_GONE = (ShipmentState.PACKING, ShipmentState.PACKED)


def cartons_with(lot_ids: Collection[int]) -> tuple[str, ...]:
    """Cartons of shipments that have not left, with any of these lots in them, by number."""
    rows = (
        StockBalance.objects.on_hand()
        .filter(lot__among=list(lot_ids), unit__carton__shipment__state__in=(*_NOT_GONE, ShipmentState.LOADED))
        .order_by("unit__number")
    )
    return tuple(rows.values_list("unit__number", flat=True).distinct())


def _other_cases(lot_ids: Iterable[int], without: int | None) -> dict[int, list[str]]:
    """Open recalls that hold each of these lots; a lot that a case has set free is no longer in its grasp."""
    rows = Hold.objects.open().filter(
        lot__among=list(lot_ids), recalls__in=RecallCase.objects.open().exclude(pk=without or 0)
    )
    found: dict[int, list[str]] = {}
    for lot, number in rows.order_by("pk").values_list("lot", "recalls__number"):
        found.setdefault(lot, []).append(number)
    return found
