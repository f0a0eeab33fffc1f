"""The outbound rules of a warehouse, and what they say of its orders and lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from apps.catalog.models import Item
from apps.catalog.queries import with_all_below
from apps.ledger.states import ReservationState
from apps.orders.choices import AllocationStrategy, PickKind, ReleaseWay, RuleAbout
from apps.orders.models import Allocation, OutboundRule, SalesOrder, SalesOrderLine
from apps.orders.rules.guidance import Facts, Guide, decides, misses

BY_HAND = Guide(code="", name="No rule", about=RuleAbout.RELEASE, priority=0)
"""What holds where no rule is: first expired first out, released in a wave, picked one order at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What the packer is told: of a line, or of the whole order."""

    text: str
    rule: str
    line: int | None = None
    item: str = ""


class Guidance:
    """A warehouse's rules, read once and asked many times."""

    def __init__(self, guides: Iterable[Guide]) -> None:
        self.guides = sorted(guides, key=lambda guide: guide.turn)
        self._by = {about: [guide for guide in self.guides if guide.about == about] for about in RuleAbout}
        self._known: dict[tuple[int, int, int], Guide] = {}

    @property
    def leaves_zones_out(self) -> bool:
        """Whether any rule says that nothing is allocated from some zone."""
        return any(guide.not_zones for guide in self._by[RuleAbout.ALLOCATE])

    def of_goods(self, item: Item, *, customer_id: int, channel_id: int) -> Guide:
        """How a line for this item is allocated."""
        guides = self._by[RuleAbout.ALLOCATE]
        if not guides:
            return BY_HAND
        key = (item.pk, customer_id, channel_id)
        if key not in self._known:
            facts = facts_of_line(item, customer_id=customer_id, channel_id=channel_id)
            self._known[key] = decides(guides, facts) or BY_HAND
        return self._known[key]

    def says(self, about: RuleAbout, facts: Facts) -> Guide:
        """The rule that decides about an order."""
        return decides(self._by[about], facts) or BY_HAND

    def matching(self, about: RuleAbout, facts: Facts) -> list[Guide]:
        """All rules about it that match."""
        return [guide for guide in self._by[about] if not misses(guide, facts)]


def guidance_of(warehouse_id: int) -> Guidance:
    """The rules that are followed in a warehouse: a query, and two more where there are any."""
    rows = list(
        OutboundRule.objects.in_use()
        .filter(warehouse=warehouse_id)
        .select_related("item", "category", "customer", "channel", "zone")
        .prefetch_related("excluded_zones")
    )
    below = with_all_below({row.category_id for row in rows if row.category_id is not None})
    return Guidance(_guide(row, below) for row in rows)


def _guide(row: OutboundRule, below: Mapping[int, frozenset[int]]) -> Guide:
    named = (
        ("item", row.item.number if row.item is not None else ""),
        ("category", row.category.code if row.category is not None else ""),
        ("customer", row.customer.number if row.customer is not None else ""),
        ("channel", row.channel.code if row.channel is not None else ""),
        ("zone", row.zone.code if row.zone is not None else ""),
    )
    return Guide(
        code=row.code,
        name=row.name,
        about=RuleAbout(row.about),
        priority=row.priority,
        item=row.item_id,
        categories=below.get(row.category_id or 0, frozenset()),
        customer=row.customer_id,
        channel=row.channel_id,
        zone=row.zone_id,
        names=tuple((what, name) for what, name in named if name),
        strategy=AllocationStrategy(row.strategy or AllocationStrategy.FEFO),
        not_zones=frozenset(zone.pk for zone in row.excluded_zones.all()),
        release=ReleaseWay(row.release or ReleaseWay.WAVE),
        hours_before_due=row.hours_before_due,
        task_priority=row.task_priority,
        pick_kind=PickKind(row.pick_kind or PickKind.SINGLE),
        instructions=row.instructions,
    )


def facts_of_line(item: Item, *, customer_id: int, channel_id: int) -> Facts:
    """A line as its rules see it."""
    categories = frozenset() if item.category_id is None else frozenset({item.category_id})
    return Facts(customer=customer_id, channel=channel_id, items=frozenset({item.pk}), categories=categories)


def facts_of(orders: Collection[SalesOrder]) -> dict[int, Facts]:
    """Orders as the rules see them: any of the lines counts, and any zone where goods wait for the order."""
    items: dict[int, set[int]] = defaultdict(set)
    categories: dict[int, set[int]] = defaultdict(set)
    zones: dict[int, set[int]] = defaultdict(set)
    wanted = [order.pk for order in orders]
    lines = SalesOrderLine.objects.filter(order__in=wanted).order_by()
    for order_id, item_id, category_id in lines.values_list("order", "item", "item__category"):
        items[order_id].add(item_id)
        if category_id is not None:
            categories[order_id].add(category_id)
    stand = Allocation.objects.filter(line__order__in=wanted, reservation__state=ReservationState.PENDING).order_by()
    for order_id, zone_id in stand.values_list("line__order", "reservation__balance__location__zone").distinct():
        if zone_id is not None:
            zones[order_id].add(zone_id)
    return {
        order.pk: Facts(
            customer=order.customer_id,
            channel=order.channel_id,
            items=frozenset(items[order.pk]),
            categories=frozenset(categories[order.pk]),
            zones=frozenset(zones[order.pk]),
        )
        for order in orders
    }


def pick_kinds_for(orders: Collection[SalesOrder]) -> dict[int, PickKind]:
    """How each order is to be picked, by its rules; orders may be of several warehouses."""
    facts = facts_of(orders)
    guidance = {warehouse: guidance_of(warehouse) for warehouse in {order.warehouse_id for order in orders}}
    return {order.pk: guidance[order.warehouse_id].says(RuleAbout.PICK, facts[order.pk]).pick_kind for order in orders}


def pick_kind_for(order: SalesOrder) -> PickKind:
    """How an order is to be picked, by its rules."""
    return pick_kinds_for([order])[order.pk]


def packing_instructions_of(order: SalesOrder) -> list[Instruction]:
    """What the packer of an order is told: once for the order what names no goods, else of each line that it is about.

    In the order in which rules are asked; lines within a rule.
    """
    return packing_instructions_for([order])[order.pk]


def packing_instructions_for(orders: Collection[SalesOrder]) -> dict[int, list[Instruction]]:
    """The same of several orders of one warehouse, in as many queries as of one."""
    rules = [guidance_of(warehouse_id).guides for warehouse_id in {order.warehouse_id for order in orders}]
    guides = [guide for of_site in rules for guide in of_site if guide.about == RuleAbout.PACK]
    if not guides:
        return {order.pk: [] for order in orders}
    lines: dict[int, list[SalesOrderLine]] = {order.pk: [] for order in orders}
    for line in SalesOrderLine.objects.filter(order__in=list(lines)).select_related("item").order_by("line"):
        lines[line.order_id].append(line)
    return {order.pk: _instructions(order, lines[order.pk], guides) for order in orders}


def _instructions(order: SalesOrder, lines: Iterable[SalesOrderLine], guides: Iterable[Guide]) -> list[Instruction]:
    told = []
    for guide in guides:
        about_goods = guide.item is not None or bool(guide.categories)
        for line in lines:
            facts = facts_of_line(line.item, customer_id=order.customer_id, channel_id=order.channel_id)
            if misses(guide, facts):
                continue
            if not about_goods:
                told.append(Instruction(text=guide.instructions, rule=guide.code))
                break
            told.append(Instruction(text=guide.instructions, rule=guide.code, line=line.line, item=line.item.number))
    return told
