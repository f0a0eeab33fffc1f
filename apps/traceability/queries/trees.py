"""A trace as people see it: goods by name, receipts and suppliers before them, shipments and customers after them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import TextChoices

from apps.assembly.models import AssemblyLine
from apps.catalog.models import Item
from apps.ledger.models import Lot, SerialNumber
from apps.orders.models import OrderShipment
from apps.purchasing.models import ReceiptLine
from apps.traceability.queries.genealogy import Genealogy, made_of, went_into
from apps.traceability.queries.links import Goods, Node


class TraceKind(TextChoices):
    """What a node of a trace is."""

    LOT = "lot", "Lot"
    SERIAL = "serial", "Serial number"
    ITEM = "item", "Goods without lot"
    WORK = "work", "Mixed at the bench"
    RECEIPT = "receipt", "Receipt"
    SUPPLIER = "supplier", "Supplier"
    SHIPMENT = "shipment", "Shipment"
    CUSTOMER = "customer", "Customer"


class Direction(TextChoices):
    """Which way a trace goes."""

    BOTH = "both", "Both ways"
    UP = "up", "What it went into"
    DOWN = "down", "What it was made of"


OF_GOODS = {
    Goods.LOT: TraceKind.LOT,
    Goods.SERIAL: TraceKind.SERIAL,
    Goods.ITEM: TraceKind.ITEM,
    Goods.WORK: TraceKind.WORK,
    Goods.SHIPMENT: TraceKind.SHIPMENT,
}


class TraceNode(NamedTuple):
    """Something a trace passes: `level` counts from what was asked for, up above zero and down below.

    A tuple as its edges are: a trace has thousands, and a dataclass takes four times as long to make.
    """

    key: str
    kind: TraceKind
    id: int
    number: str
    item: str
    name: str
    level: int
    is_certain: bool


class TraceEdge(NamedTuple):
    """From the earlier to the later."""

    source: str
    target: str
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """A line of the tree; what has branches and stood there before is not opened again."""

    depth: int
    node: TraceNode
    is_certain: bool
    again: bool
    parent: str


@dataclass(frozen=True, kw_only=True)
class Trace:
    """All of it; nodes by level, nearest first, edges in no order."""

    starts: tuple[str, ...]
    nodes: dict[str, TraceNode]
    edges: tuple[TraceEdge, ...]

    @cached_property
    def _next(self) -> dict[bool, dict[str, list[TraceEdge]]]:
        found: dict[bool, defaultdict[str, list[TraceEdge]]] = {True: defaultdict(list), False: defaultdict(list)}
        for edge in self.edges:
            up = self.nodes[edge.source].level >= 0 and self.nodes[edge.target].level >= 0
            if up:
                found[True][edge.source].append(edge)
            else:
                found[False][edge.target].append(edge)
        return dict(found)

    def tree(self, *, up: bool) -> Iterator[TreeRow]:
        """One way from the starts, each node opened once: as long as there are links, loops or not."""
        opened: set[str] = set()
        stack = [(0, key, True, "") for key in reversed(self.starts)]
        while stack:
            depth, key, is_certain, parent = stack.pop()
            branches = self._next[up].get(key, [])
            again = key in opened and bool(branches)
            yield TreeRow(depth=depth, node=self.nodes[key], is_certain=is_certain, again=again, parent=parent)
            if key in opened:
                continue
            opened.add(key)
            ways = sorted(((edge.target if up else edge.source), edge.is_certain) for edge in branches)
            stack += [(depth + 1, other, sure, key) for other, sure in reversed(ways)]

    def table(self, *, kind: str = "", certain: bool | None = None) -> list[TraceNode]:
        """The nodes, of one kind or how sure, in the order of their level."""
        return sorted(
            (
                node
                for node in self.nodes.values()
                if (not kind or node.kind == kind) and (certain is None or node.is_certain == certain)
            ),
            key=lambda node: (node.level, node.kind, node.number, node.key),
        )


def trace_goods(starts: Collection[Node], *, direction: str = Direction.BOTH) -> Trace:
    """Trace goods over all warehouses; the number of statements does not grow with what is found.

    What was not found is not asked for: names of serial numbers where there are none, or customers.
    """
    building = _Building(starts)
    if direction != Direction.DOWN:
        building.add(went_into(starts, with_shipments=True), sign=1)
    if direction != Direction.UP:
        building.add(made_of(starts), sign=-1)
    return building.finished(with_receipts=direction != Direction.UP)


class _Building:
    """A trace while it is put together."""

    def __init__(self, starts: Collection[Node]) -> None:
        self.starts = frozenset(starts)
        self.levels: dict[Node, int] = dict.fromkeys(self.starts, 0)
        self.certain: set[Node] = set(self.starts)
        self.links: dict[tuple[Node, Node], bool] = {}
        self.nodes: dict[str, TraceNode] = {}
        self.edges: dict[tuple[str, str], bool] = {}
        """Those to papers and parties."""

    def add(self, found: Genealogy, *, sign: int) -> None:
        """What was found one way; a node that lies both ways keeps the level that it got first."""
        near: defaultdict[Node, list[Node]] = defaultdict(list)
        links = self.links
        for (part, made, recorded, went_in, _, _), sure in found.steps:
            # What is recorded of unclear work is no more than the order of issue: the way through the work says it.
            if part == made or (went_in is not None and not recorded):
                continue
            if sign > 0:
                near[part].append(made)
            else:
                near[made].append(part)
            links[part, made] = sure or links.get((part, made), False)
        self.certain |= found.certain
        queue = deque(self.starts)
        seen = set(self.starts)
        while queue:
            node = queue.popleft()
            beyond = abs(self.levels[node]) * sign + sign
            for other in near.get(node, ()):
                if other not in seen:
                    seen.add(other)
                    self.levels.setdefault(other, beyond)
                    queue.append(other)

    def finished(self, *, with_receipts: bool) -> Trace:
        """With names, receipts and customers."""
        of: defaultdict[int, list[int]] = defaultdict(list)
        for node in self.levels:
            of[node.goods].append(node.id)
        last = max((level for node, level in self.levels.items() if node.goods != Goods.SHIPMENT), default=0)
        first = min(self.levels.values(), default=0)
        keys = self._named(of)
        keys |= self._customers(of[Goods.SHIPMENT], level=last + 1)
        if with_receipts:
            self._receipts(keys, level=first - 1)
        edges = [
            TraceEdge(source, target, sure)
            for (part, made), sure in self.links.items()
            if (source := keys.get(part)) is not None and (target := keys.get(made)) is not None
        ]
        edges += [TraceEdge(source, target, sure) for (source, target), sure in self.edges.items()]
        return Trace(
            starts=tuple(sorted(keys[node] for node in self.starts if node in keys)),
            nodes={node.key: node for node in sorted(self.nodes.values(), key=_nearest)},
            edges=tuple(edges),
        )

    def _named(self, of: Mapping[int, Sequence[int]]) -> dict[Node, str]:
        """Goods with their names; by goods the key."""
        rows = {
            Goods.LOT: Lot.objects.values_list("pk", "number", "item__number", "item__name"),
            Goods.SERIAL: SerialNumber.objects.values_list("pk", "number", "item__number", "item__name"),
            Goods.ITEM: Item.objects.values_list("pk", "number", "number", "name"),
            Goods.WORK: AssemblyLine.objects.values_list("pk", "order__number", "item__number", "item__name"),
        }
        keys = {}
        for goods, named in rows.items():
            wanted = of.get(goods)
            if not wanted:
                continue
            number_of, kind = goods.value, OF_GOODS[goods]
            begins = f"{kind.value}:"
            for pk, number, item, name in named.filter(pk__among=frozenset(wanted)):
                node, key = Node(number_of, pk), f"{begins}{pk}"
                keys[node] = key
                self.nodes[key] = TraceNode(key, kind, pk, number, item, name, self.levels[node], node in self.certain)
        return keys

    def _customers(self, wanted: Sequence[int], *, level: int) -> dict[Node, str]:
        """Shipments with their orders, and who got them; by shipment the key."""
        keys: dict[Node, str] = {}
        if not wanted:
            return keys
        rows = OrderShipment.objects.filter(shipment__among=wanted).values_list(
            "shipment", "shipment__number", "order__number", "shipment__party", "shipment__party__number",
            "shipment__party__name",
        )  # fmt: skip
        for pk, number, order, party, party_number, party_name in rows:
            node = Node(Goods.SHIPMENT.value, pk)
            key, customer = f"shipment:{pk}", f"customer:{party}"
            keys[node] = key
            sure = node in self.certain
            self._put(key, TraceKind.SHIPMENT, pk, number, order, level, sure)
            self._put(customer, TraceKind.CUSTOMER, party, party_number, party_name, level + 1, sure)
            self.edges[key, customer] = sure
        return keys

    def _put(self, key: str, kind: TraceKind, pk: int, number: str, name: str, level: int, sure: bool) -> None:  # noqa: FBT001
        """A paper or a party; certain as soon as one way to it is."""
        known = self.nodes.get(key)
        self.nodes[key] = TraceNode(
            key, kind, pk, number, "", name, level, sure or (known is not None and known.is_certain)
        )

    def _receipts(self, keys: Mapping[Node, str], *, level: int) -> None:
        """By which receipts what was made of came in, and from whom."""
        below = {node for node, at in self.levels.items() if at <= 0}
        lots = [node.id for node in below if node.goods == Goods.LOT]
        serials = [node.id for node in below if node.goods == Goods.SERIAL]
        fields = (
            "lot", "serial", "receipt", "receipt__number", "receipt__delivery_note", "receipt__supplier",
            "receipt__supplier__number", "receipt__supplier__name",
        )  # fmt: skip
        counted = ReceiptLine.objects.counted()
        rows = {
            *counted.filter(lot__among=lots, serial=None).values_list(*fields),
            *counted.filter(serial__among=serials).values_list(*fields),
        }
        for lot, serial, pk, number, note, party, party_number, party_name in sorted(rows, key=str):
            goods = Node(Goods.SERIAL, serial) if serial is not None else Node(Goods.LOT, lot)
            key, supplier = f"receipt:{pk}", f"supplier:{party}"
            sure = goods in self.certain
            self._put(key, TraceKind.RECEIPT, pk, number, note, level, sure)
            self._put(supplier, TraceKind.SUPPLIER, party, party_number, party_name, level - 1, sure)
            self.edges[supplier, key] = True
            if goods in keys:
                self.edges[key, keys[goods]] = sure


def _nearest(node: TraceNode) -> tuple[int, str]:
    return abs(node.level), node.key


def goods_among(nodes: Iterable[TraceNode]) -> list[TraceNode]:
    """Of these only goods, not papers and parties."""
    return [node for node in nodes if node.kind in {TraceKind.LOT, TraceKind.SERIAL, TraceKind.ITEM}]
