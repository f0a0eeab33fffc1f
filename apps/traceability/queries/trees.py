"""A trace as people see it: goods by name, receipts and suppliers before them, shipments and customers after them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceNode:
    """Something a trace passes: `level` counts from what was asked for, up above zero and down below."""

    key: str
    kind: TraceKind
    id: int
    number: str
    item: str = ""
    name: str = ""
    level: int
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEdge:
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
    """All of it; nodes by level, nearest first."""

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
    """Trace goods over all warehouses; the number of statements is the same however much is found."""
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
        self.edges: dict[tuple[str, str], bool] = {}

    def add(self, found: Genealogy, *, sign: int) -> None:
        """What was found one way; a node that lies both ways keeps the level that it got first."""
        near: defaultdict[Node, list[Node]] = defaultdict(list)
        for step in found.steps:
            part, made = step.link.part, step.link.made
            # What is recorded of unclear work is no more than the order of issue: the way through the work says it.
            guessed = not step.link.is_certain and step.link.went_in is not None
            if part != made and not guessed:
                near[part if sign > 0 else made].append(made if sign > 0 else part)
                edge = (_key(part), _key(made))
                self.edges[edge] = self.edges.get(edge, False) or step.is_certain
        self.certain |= found.certain
        queue = deque(self.starts)
        seen = set(self.starts)
        while queue:
            node = queue.popleft()
            for other in near[node]:
                if other not in seen:
                    seen.add(other)
                    self.levels.setdefault(other, abs(self.levels[node]) * sign + sign)
                    queue.append(other)

    def finished(self, *, with_receipts: bool) -> Trace:
        """With names, receipts and customers."""
        nodes = {_key(node): self._shown(node, names) for node, names in self._named()}
        edges = {pair: sure for pair, sure in self.edges.items() if pair[0] in nodes and pair[1] in nodes}
        last = max((level for node, level in self.levels.items() if node.goods != Goods.SHIPMENT), default=0)
        first = min(self.levels.values(), default=0)
        self._customers(nodes, edges, level=last + 1)
        if with_receipts:
            self._receipts(nodes, edges, level=first - 1)
        return Trace(
            starts=tuple(sorted(_key(node) for node in self.starts if _key(node) in nodes)),
            nodes=dict(sorted(nodes.items(), key=lambda pair: (abs(pair[1].level), pair[0]))),
            edges=tuple(TraceEdge(source=a, target=b, is_certain=sure) for (a, b), sure in sorted(edges.items())),
        )

    def _keys(self, goods: Goods) -> list[int]:
        return [node.id for node in self.levels if node.goods == goods]

    def _shown(self, node: Node, names: tuple[str, str, str]) -> TraceNode:
        return TraceNode(
            key=_key(node),
            kind=OF_GOODS[Goods(node.goods)],
            id=node.id,
            number=names[0],
            item=names[1],
            name=names[2],
            level=self.levels[node],
            is_certain=node in self.certain,
        )

    def _named(self) -> Iterator[tuple[Node, tuple[str, str, str]]]:
        lots = Lot.objects.filter(pk__among=self._keys(Goods.LOT)).values_list(
            "pk", "number", "item__number", "item__name"
        )
        serials = SerialNumber.objects.filter(pk__among=self._keys(Goods.SERIAL)).values_list(
            "pk", "number", "item__number", "item__name"
        )
        items = Item.objects.filter(pk__among=self._keys(Goods.ITEM)).values_list("pk", "number", "number", "name")
        work = AssemblyLine.objects.filter(pk__among=self._keys(Goods.WORK)).values_list(
            "pk", "order__number", "item__number", "item__name"
        )
        for goods, rows in ((Goods.LOT, lots), (Goods.SERIAL, serials), (Goods.ITEM, items), (Goods.WORK, work)):
            for pk, number, item, name in rows:
                yield Node(goods, pk), (number, item, name)

    def _customers(self, nodes: dict[str, TraceNode], edges: dict[tuple[str, str], bool], *, level: int) -> None:
        """Shipments with their orders, and who got them."""
        wanted = self._keys(Goods.SHIPMENT)
        rows = OrderShipment.objects.filter(shipment__in=wanted).values_list(
            "shipment", "shipment__number", "order__number", "shipment__party", "shipment__party__number",
            "shipment__party__name",
        )  # fmt: skip
        for pk, number, order, party, party_number, party_name in rows:
            key, customer = f"shipment:{pk}", f"customer:{party}"
            sure = Node(Goods.SHIPMENT, pk) in self.certain
            nodes[key] = TraceNode(
                key=key, kind=TraceKind.SHIPMENT, id=pk, number=number, name=order, level=level, is_certain=sure
            )
            known = nodes.get(customer)
            nodes[customer] = TraceNode(
                key=customer,
                kind=TraceKind.CUSTOMER,
                id=party,
                number=party_number,
                name=party_name,
                level=level + 1,
                is_certain=sure or (known is not None and known.is_certain),
            )
            edges[key, customer] = sure
        edges |= {
            pair: sure
            for pair, sure in self.edges.items()
            if pair[1].startswith("shipment:") and pair[0] in nodes and pair[1] in nodes
        }

    def _receipts(self, nodes: dict[str, TraceNode], edges: dict[tuple[str, str], bool], *, level: int) -> None:
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
            nodes[key] = TraceNode(
                key=key,
                kind=TraceKind.RECEIPT,
                id=pk,
                number=number,
                name=note,
                level=level,
                is_certain=sure or (key in nodes and nodes[key].is_certain),
            )
            nodes[supplier] = TraceNode(
                key=supplier,
                kind=TraceKind.SUPPLIER,
                id=party,
                number=party_number,
                name=party_name,
                level=level - 1,
                is_certain=sure or (supplier in nodes and nodes[supplier].is_certain),
            )
            edges[supplier, key] = True
            edges[key, _key(goods)] = sure


_NAMES = {goods: kind.value for goods, kind in OF_GOODS.items()}


def _key(node: Node) -> str:
    return f"{_NAMES[node.goods]}:{node.id}"  # type: ignore[index]


def goods_among(nodes: Iterable[TraceNode]) -> list[TraceNode]:
    """Of these only goods, not papers and parties."""
    return [node for node in nodes if node.kind in {TraceKind.LOT, TraceKind.SERIAL, TraceKind.ITEM}]
