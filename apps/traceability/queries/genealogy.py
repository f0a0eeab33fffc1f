"""Genealogy both ways: all that goods went into and all that they were made of, certain apart from possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.ledger.models import SerialNumber
from apps.traceability.queries.following import Following, follow
from apps.traceability.queries.links import Goods, Link, Node, entries_of, links_down, links_up, shipments_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """How far goods went, by keys, those asked for included; what is certain is not among the possible.

    A serial number counts for its lot too: the lot is reached, its other serial numbers are not.
    """

    certain_lots: frozenset[int]
    possible_lots: frozenset[int]
    certain_serials: frozenset[int]
    possible_serials: frozenset[int]
    possible_items: frozenset[int]
    """Items with neither lots nor serial numbers of which some may hold it; nobody can say which."""

    @property
    def lots(self) -> frozenset[int]:
        """Certain or possible."""
        return self.certain_lots | self.possible_lots

    @property
    def serials(self) -> frozenset[int]:
        """Certain or possible."""
        return self.certain_serials | self.possible_serials


class Step(NamedTuple):
    """One link of a genealogy as it was followed."""

    link: Link
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Genealogy:
    """What was reached from the starts, in one direction; the starts themselves are certain."""

    starts: frozenset[Node]
    certain: frozenset[Node]
    possible: frozenset[Node]
    steps: tuple[Step, ...]

    @property
    def nodes(self) -> frozenset[Node]:
        """All goods, however sure; without the unclear work between them."""
        return frozenset(node for node in self.certain | self.possible if node.goods < Goods.WORK)


def goods_of(lot_ids: Collection[int] = (), serial_ids: Collection[int] = ()) -> frozenset[Node]:
    """Lots with all serial numbers of them, and serial numbers."""
    of_lots = SerialNumber.objects.filter(lot__in=lot_ids).values_list("pk", flat=True) if lot_ids else ()
    return frozenset(
        {
            *(Node(Goods.LOT, pk) for pk in lot_ids),
            *(Node(Goods.SERIAL, pk) for pk in serial_ids),
            *(Node(Goods.SERIAL, pk) for pk in of_lots),
        }
    )


def went_into(starts: Collection[Node], *, with_shipments: bool = False) -> Genealogy:
    """All that these goods went into, however many levels up, perhaps with the shipments by which it left.

    Two statements, or three, however much that is.
    """
    begin = frozenset(starts)
    links = links_up(begin)
    made = {link.made for link in links} - begin
    if with_shipments:
        links += shipments_of(begin | made)
    entries = entries_of(_keys(made, Goods.LOT))
    known = {link.output_id for link in links}
    others = [(Node(Goods.LOT, lot), move) for lot, output, move in entries if output not in known or output is None]
    held = follow(links, dict.fromkeys(begin, 1), others=others)
    certain = frozenset(node for node, bits in held.certain.items() if bits) | begin
    possible = frozenset(node for node, bits in held.possible.items() if bits) - certain
    steps = tuple(Step(links[n], n in held.sure) for n in sorted(held.used))
    work = frozenset(link.made for link, _ in steps if link.output_id is None)
    return Genealogy(starts=begin, certain=certain, possible=possible | work, steps=steps)


def made_of(starts: Collection[Node]) -> Genealogy:
    """All that these goods were made of, however many levels down. Two statements, however much that is."""
    begin = frozenset(starts)
    links = links_down(begin)
    held, bits = _ancestors(links)
    wanted = surely = 0
    for node in begin:
        wanted |= held.possible[node]
        surely |= held.certain[node]
    certain = _nodes(bits, surely) | begin
    possible = _nodes(bits, wanted) - certain
    reached = certain | possible
    work = {link.part for link in links if link.part.goods == Goods.WORK and link.made in reached}
    steps = tuple(
        Step(link=links[n], is_certain=links[n].is_certain and {links[n].part, links[n].made} <= certain)
        for n in sorted(held.used)
        if {links[n].part, links[n].made} <= reached | work
    )
    return Genealogy(starts=begin, certain=certain, possible=possible | work, steps=steps)


def made_of_each(groups: Sequence[Collection[Node]]) -> list[tuple[frozenset[Node], frozenset[Node]]]:
    """Of each group what it certainly and what it possibly is made of, itself included: two statements for all."""
    links = links_down({node for group in groups for node in group})
    held, bits = _ancestors(links)
    found = []
    for group in groups:
        wanted = surely = 0
        for node in group:
            wanted |= held.possible[node]
            surely |= held.certain[node]
        certain = _nodes(bits, surely) | frozenset(group)
        found.append((certain, _nodes(bits, wanted) - certain))
    return found


def reach(*, lot_ids: Collection[int], serial_ids: Collection[int] = ()) -> Descent:
    """How far lots went by assembly, taking apart, rework and repacking: three statements, however far that is."""
    tree = went_into(goods_of(lot_ids, serial_ids))
    certain_serials = _keys(tree.certain, Goods.SERIAL)
    possible_serials = _keys(tree.possible, Goods.SERIAL)
    serials = certain_serials | possible_serials
    of_serials: dict[int, int] = {}
    if serials:
        rows = SerialNumber.objects.filter(pk__among=serials, lot__isnull=False)
        of_serials = dict(rows.values_list("pk", "lot_id"))
    certain_lots = _keys(tree.certain, Goods.LOT) | {
        lot for serial, lot in of_serials.items() if serial in certain_serials
    }
    possible_lots = _keys(tree.possible, Goods.LOT) | frozenset(of_serials.values())
    return Descent(
        certain_lots=certain_lots,
        possible_lots=possible_lots - certain_lots,
        certain_serials=certain_serials,
        possible_serials=possible_serials,
        possible_items=_keys(tree.possible, Goods.ITEM) | _keys(tree.certain, Goods.ITEM),
    )


def _ancestors(rows: Sequence[Link]) -> tuple[Following, dict[Node, int]]:
    """Everything below, each with a bit of its own."""
    bits = {node: 1 << place for place, node in enumerate(dict.fromkeys(link.part for link in rows))}
    bits = {node: bit for node, bit in bits.items() if node.goods != Goods.WORK}
    lots = {link.made.id for link in rows if link.made.goods == Goods.LOT}
    received = [(Node(Goods.LOT, lot), move) for lot, output, move in entries_of(lots) if output is None]
    return follow(rows, bits, others=received), bits


def _nodes(bits: dict[Node, int], held: int) -> frozenset[Node]:
    return frozenset(node for node, bit in bits.items() if held & bit)


def _keys(nodes: Iterable[Node], goods: Goods) -> frozenset[int]:
    return frozenset(node.id for node in nodes if node.goods == goods)
