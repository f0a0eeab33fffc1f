"""Which site an order is best served from, and what the customer sees of an order that several serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q

from apps.catalog.models.party import OnTheMap
from apps.core.errors import NotFound
from apps.locations.models import Warehouse
from apps.orders.models import RoutingRule, SalesOrder, SalesOrderLine
from apps.orders.states import SalesOrderState
from apps.supply.queries import positions, rank_of
from apps.supply.rules import Choice, Point, Site, Split, Weights, choose_sites

ZERO = Decimal(0)
NO_RULE = "no rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The rule that holds, and what it says."""

    rule: str
    choice: Choice
    sites: Mapping[str, int]
    """The candidates' keys by their codes."""


def routing_of(order: SalesOrder, wanted: Mapping[int, Decimal], *, by: date) -> Routing:
    """Where these items of an order are best served from; its own promise stands in nobody's way. Eight queries.

    Raises `NotFound` when no site is in use.
    """
    rule = _rule_for(order)
    rows = Warehouse.objects.filter(is_active=True).order_by("code")
    chosen = set(rule.sites.values_list("pk", flat=True)) if rule is not None else set()
    sites = [site for site in rows if not chosen or site.pk in chosen]
    if not sites:
        raise NotFound(kind="site to serve", number=order.number)
    ids = [site.pk for site in sites]
    found = positions(warehouse_ids=ids, item_ids=list(wanted))
    ranks = rank_of(order.number) if order.pk else {}
    waiting = dict(
        SalesOrderLine.objects.filter(order__warehouse__in=ids, order__in=SalesOrder.objects.open())
        .order_by()
        .values_list("order__warehouse")
        .annotate(lines=Count("pk"))
    )
    candidates = [
        Site(
            code=site.code,
            place=point_of(site, site.country, site.region),
            has={
                item: found[site.pk, item].before(ranks.get(item), without=order.number).available(by)
                for item in wanted
            },
            waiting=waiting.get(site.pk, 0),
        )
        for site in sites
    ]
    weights = _weights(rule, whole=order.ship_complete)
    choice = choose_sites(wanted, point_of(order, order.country, order.region), candidates, weights)
    return Routing(
        rule=rule.code if rule is not None else NO_RULE,
        choice=choice,
        sites={site.code: site.pk for site in sites},
    )


def asked_lines(order: SalesOrder) -> list[SalesOrderLine]:
    """An order's lines that ask for something, in their order."""
    return list(order.lines.filter(quantity__gt=0).select_related("item").order_by("line"))


def propose_route(order: SalesOrder, *, at: datetime) -> Routing:
    """What routing would do to the order now. Raises `NotFound`."""
    wanted: dict[int, Decimal] = {}
    for line in asked_lines(order):
        wanted[line.item_id] = wanted.get(line.item_id, ZERO) + line.quantity
    return routing_of(order, wanted, by=max(order.due_on, order.warehouse.local_date(at)))


def point_of(row: OnTheMap, country: str, region: str) -> Point:
    """Where it is."""
    return Point(
        country=country,
        region=region,
        latitude=None if row.latitude is None else float(row.latitude),
        longitude=None if row.longitude is None else float(row.longitude),
    )


def _rule_for(order: SalesOrder) -> RoutingRule | None:
    fits = Q(channel=None) | Q(channel=order.channel_id)
    fits &= Q(customer=None) | Q(customer=order.customer_id)
    return RoutingRule.objects.filter(fits, is_active=True).order_by("rank", "code").first()


def _weights(rule: RoutingRule | None, *, whole: bool) -> Weights:
    """A rule's weights; what ships complete is never split."""
    if rule is None:
        return Weights()
    return Weights(
        stock=rule.stock,
        distance=rule.distance,
        cost=rule.cost,
        load=rule.load,
        split=Split.NEVER if whole else Split(rule.split),
        most_parts=rule.most_parts,
        parcel_cost=rule.parcel_cost,
        km_cost=rule.km_cost,
    )


FAR = (
    SalesOrderState.DRAFT,
    SalesOrderState.CONFIRMED,
    SalesOrderState.ALLOCATED,
    SalesOrderState.RELEASED,
    SalesOrderState.PICKED,
)
"""How far an order is, of which nothing has left."""


def family_state(states: list[str]) -> str:
    """What the customer sees of an order that several sites serve: where its slowest part is, or that some has left."""
    alive = [state for state in states if state not in {SalesOrderState.CANCELLED, SalesOrderState.CANCELLING}]
    if not alive:
        return SalesOrderState.CANCELLING if SalesOrderState.CANCELLING in states else SalesOrderState.CANCELLED
    if all(state == SalesOrderState.SHIPPED for state in alive):
        return SalesOrderState.SHIPPED
    if any(state in {SalesOrderState.SHIPPED, SalesOrderState.PART_SHIPPED} for state in alive):
        return SalesOrderState.PART_SHIPPED
    return min(alive, key=lambda state: FAR.index(SalesOrderState(state)))
