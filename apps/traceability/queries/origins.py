"""Which lots complained goods have in common, and how many of all that was shipped have them too."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.ledger.models import Lot, SerialNumber
from apps.orders.models import OrderShipment
from apps.traceability.queries.following import follow
from apps.traceability.queries.genealogy import made_of_each
from apps.traceability.queries.links import Goods, Node, links_up, shipments_of

PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonOrigin:
    """A lot that complained goods were made of, or are."""

    lot_id: int
    lot: str
    item: str
    name: str
    certain: int
    """In how many of the complaints it certainly is."""
    possible: int
    """In how many more it may be."""
    complaints: int
    shipped: int
    """In how many shipments that left it is or may be, descendants counted in."""
    shipments: int
    """How many shipments left in all."""

    @property
    def share(self) -> Decimal:
        """Of the complaints, those with it, per cent."""
        return (Decimal(100) * (self.certain + self.possible) / self.complaints).quantize(PLACES)

    @property
    def lift(self) -> Decimal:
        """How many times as often it is in what was complained of as in what was shipped; 1 says nothing."""
        if not self.shipped or not self.shipments:
            return Decimal(0)
        among = Decimal(self.certain + self.possible) / self.complaints
        return (among * self.shipments / self.shipped).quantize(PLACES)


def common_origins(complaints: Sequence[Collection[Node]]) -> list[CommonOrigin]:
    """The lots that complaints share, those in most of them and least elsewhere first.

    Each complaint is the goods behind one number. Nine statements, however many there are.
    """
    if not complaints:
        return []
    held = made_of_each(complaints)
    serials = {node.id for sure, maybe in held for node in sure | maybe if node.goods == Goods.SERIAL}
    lot_of = dict(SerialNumber.objects.filter(pk__among=serials, lot__isnull=False).values_list("pk", "lot_id"))
    found = [(_lots(sure, lot_of), _lots(maybe, lot_of)) for sure, maybe in held]
    lots = {pk for sure, maybe in found for pk in sure | maybe}
    names = {
        pk: names
        for pk, *names in Lot.objects.filter(pk__among=lots).values_list("pk", "number", "item__number", "item__name")
    }
    shipped = _shipped(lots)
    everything = OrderShipment.objects.filter(shipment__shipped_at__isnull=False).count()
    rows = [
        CommonOrigin(
            lot_id=pk,
            lot=names[pk][0],
            item=names[pk][1],
            name=names[pk][2],
            certain=sum(pk in sure for sure, _ in found),
            possible=sum(pk in maybe - sure for sure, maybe in found),
            complaints=len(complaints),
            shipped=shipped.get(pk, 0),
            shipments=everything,
        )
        for pk in lots
    ]
    return sorted(rows, key=lambda row: (-(row.certain + row.possible), -row.lift, -row.certain, row.item, row.lot))


def _lots(nodes: Collection[Node], lot_of: Mapping[int, int | None]) -> frozenset[int]:
    """The lots among goods, and those that their serial numbers are of."""
    lots = {node.id for node in nodes if node.goods == Goods.LOT}
    of_serials = {lot_of.get(node.id) for node in nodes if node.goods == Goods.SERIAL}
    return frozenset(lots | {pk for pk in of_serials if pk is not None})


def _shipped(lots: Collection[int]) -> dict[int, int]:
    """By lot the number of shipments that it, or what it went into, left by or may have."""
    own = {pk: 1 << place for place, pk in enumerate(lots)}
    bits = {Node(Goods.LOT, pk): bit for pk, bit in own.items()}
    of_lots = SerialNumber.objects.filter(lot__among=list(lots))
    bits |= {Node(Goods.SERIAL, each.pk): own[each.lot_id] for each in of_lots.only("lot") if each.lot_id in own}
    links = links_up(bits)
    links += shipments_of({*bits, *(link.made for link in links)})
    held = follow(links, bits).possible
    left = [each for node, each in held.items() if node.goods == Goods.SHIPMENT and each]
    return {pk: sum(bool(each & bit) for each in left) for pk, bit in own.items()}
