"""What is known of the items of stocking policies, and what service levels would ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import NormalDist, pstdev
from typing import Final

from apps.catalog.choices import Lifecycle
from apps.core.decimals import plain
from apps.locations.models import Warehouse
from apps.planning.models import HoldingRate, ItemForecast, OrderingCost, StockingPolicy
from apps.planning.queries.demand import demand_in, first_asked, weeks_before
from apps.planning.queries.offers import Listed, offers_of, told_apart
from apps.planning.rules import Costs, Offer, Outlook, Reckoned, Wanted, choose, is_steady, reckon, rounded_up
from apps.planning.states import DemandModel, ServiceKind

HISTORY: Final = 104
STALE: Final = timedelta(weeks=5)
"""A forecast that began longer ago says nothing of today."""
UPPER: Final = NormalDist().inv_cdf(0.95)
"""The upper bound of a kept forecast is so many standard deviations above what is expected."""
LADDER: Final = tuple(Decimal(each) for each in ("90", "95", "98", "99", "99.5"))
HUNDRED, CENT = Decimal(100), Decimal("0.01")
NO_COSTS = Costs()
MODELS = {
    DemandModel.NORMAL: "normally distributed",
    DemandModel.POISSON: "by Poisson's distribution",
    DemandModel.NEGATIVE_BINOMIAL: "by the negative binomial distribution",
    DemandModel.EMPIRICAL: "as it was in the past",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The figures of a policy for a service level, in base units, and why."""

    percent: Decimal
    minimum: Decimal
    target: Decimal
    safety: Decimal
    """Above mean demand until goods come; below nought where a low level bears stockouts."""
    for_demand: Decimal
    """Of the safety stock."""
    for_lead_time: Decimal
    for_forecast: Decimal
    """For what the forecast is off."""
    tied_up: Decimal | None
    """Value of what stands there on average, company currency; None without a price in it."""
    reasons: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What is known of a policy's item; what is missing, where something is."""

    policy: StockingPolicy
    missing: str = ""
    outlook: Outlook | None = None
    offer: Offer | None = None
    costs: Costs = NO_COSTS
    is_steady: bool = True

    def at_level(self, percent: Decimal) -> Setting | None:
        """What this service level would ask for, all else as the policy says; None where something is missing."""
        if self.outlook is None or self.offer is None:
            return None
        policy, scale = self.policy, self.policy.item.scale
        step = Decimal(1).scaleb(-scale)
        found = reckon(
            self.outlook,
            Wanted(
                level=float(percent / HUNDRED),
                kind=ServiceKind(policy.service_kind),
                model=DemandModel(policy.demand_model),
                review_days=policy.review_days,
            ),
            self.costs,
            is_whole=scale == 0,
            least=float(step),
        )
        minimum, parts = _up(found.reorder_point, scale), _parts(found, scale)
        price = self.costs.a_unit
        return Setting(
            percent=percent,
            minimum=minimum,
            target=minimum + max(_up(found.order_quantity, scale), step),
            safety=_near(found.safety, scale),
            for_demand=parts[0],
            for_lead_time=parts[1],
            for_forecast=parts[2],
            tied_up=Decimal(found.average * price).quantize(CENT) if price is not None else None,
            reasons=tuple(_reasons(self, self.offer, found, percent, minimum)),
        )


def ladder(basis: Basis) -> list[Setting]:
    """What some usual levels would ask for, and the policy's own, the lowest first."""
    own = {basis.policy.service_percent} if basis.policy.service_percent is not None else set()
    found = [basis.at_level(percent) for percent in sorted({*LADDER, *own})]
    return [each for each in found if each is not None]


def bases_for(policies: Collection[StockingPolicy], at: datetime) -> list[Basis]:
    """What is known of each policy's item; seven statements and three a site, however many policies there are."""
    items = {policy.item_id for policy in policies}
    sites = {policy.warehouse_id: policy.warehouse for policy in policies}
    kept = ItemForecast.objects.newest().filter(warehouse__in=sites, item__among=list(items))
    forecasts = {(each.warehouse_id, each.item_id): each for each in kept}
    offers = offers_of(items)
    orders = dict(OrderingCost.objects.values_list("supplier", "cost"))
    rates: dict[int | None, Decimal] = dict(HoldingRate.objects.values_list("category", "percent"))
    past = {
        pk: _past(site, [each.item_id for each in policies if each.warehouse_id == pk], at)
        for pk, site in sites.items()
    }
    found = []
    for policy in policies:
        forecast = forecasts.get((policy.warehouse_id, policy.item_id))
        offer, is_own = _offer(policy, offers.get(policy.item_id, []))
        missing = _missing(policy, forecast, offer, at)
        if missing or forecast is None or offer is None:
            found.append(Basis(policy=policy, missing=missing))
            continue
        history = past[policy.warehouse_id].get(policy.item_id, ())
        rate = rates.get(policy.item.category_id, rates.get(None))
        cost = orders.get(offer.supplier_id)
        found.append(
            Basis(
                policy=policy,
                offer=offer,
                outlook=_outlook(forecast, offer, history),
                costs=Costs(
                    an_order=float(cost) if cost is not None else None,
                    a_unit=float(offer.price) if is_own else None,
                    holding_rate=float(rate / HUNDRED) if rate is not None else None,
                ),
                is_steady=is_steady(history) if len(history) > 1 else True,
            )
        )
    return found


def _past(site: Warehouse, items: Sequence[int], at: datetime) -> dict[int, tuple[float, ...]]:
    """Demand by week of the last two years, from the week in which an item was first asked for."""
    mondays = weeks_before(site.local_date(at), HISTORY)
    wanted = set(items)
    demand = demand_in(site, mondays, item_id=items[0] if len(wanted) == 1 else None)
    demand = {item: each for item, each in demand.items() if item in wanted}
    since = first_asked(site, demand)
    return {
        item: tuple(
            float(units)
            for units, monday in zip(each.weeks, mondays, strict=True)
            if monday + timedelta(days=6) >= since[item]
        )
        for item, each in demand.items()
    }


def _offer(policy: StockingPolicy, listed: list[Listed]) -> tuple[Offer | None, bool]:
    """Whose lead time counts: the supplier that a reorder of today's quantity would go to; and if in our currency."""
    preferred, comparable = told_apart(listed, policy.supplier_id)
    choice = choose(policy.target - policy.minimum, preferred or comparable, pack=None, scale=policy.item.scale)
    offer = choice.offer if choice is not None else None
    return offer, offer in comparable


def _missing(policy: StockingPolicy, forecast: ItemForecast | None, offer: Offer | None, at: datetime) -> str:
    if policy.item.lifecycle != Lifecycle.ACTIVE:
        return f"{policy.item} is not bought at present, so no more of it is ordered."
    if forecast is None or forecast.made_on + STALE < policy.warehouse.local_date(at):
        return "There is no forecast of the last five weeks: one is made once a week of what customers asked for."
    if offer is None:
        return "No active supplier has a price for it that can be compared: add one, or name a preferred supplier."
    if offer.lead_time_days == 0:
        return f"The lead time of {offer.supplier} is not known: say it with the supplier's price."
    return ""


def _outlook(forecast: ItemForecast, offer: Offer, history: tuple[float, ...]) -> Outlook:
    return Outlook(
        expected=tuple(float(each) for each in forecast.expected),
        error=float(forecast.high[0] - forecast.expected[0]) / UPPER,
        demand_sd=pstdev(history) if history else 0.0,
        lead_days=offer.lead_time_days,
        lead_spread_days=float(offer.lead_time_spread_days),
        history=history,
    )


def _parts(found: Reckoned, scale: int) -> tuple[Decimal, Decimal, Decimal]:
    """Rounded, the largest so that they add up to the safety stock."""
    parts = [_near(each, scale) for each in found.spread.shares(found.safety)]
    largest = max(range(len(parts)), key=lambda place: abs(parts[place]))
    parts[largest] += _near(found.safety, scale) - sum(parts)
    return parts[0], parts[1], parts[2]


def _reasons(basis: Basis, offer: Offer, found: Reckoned, percent: Decimal, minimum: Decimal) -> list[dict[str, str]]:
    policy = basis.policy
    unit, scale = policy.item.unit.code, policy.item.scale
    spread = f", give or take {plain(offer.lead_time_spread_days)}" if offer.lead_time_spread_days else ""
    looks = "a day" if policy.review_days == 1 else f"{policy.review_days} days"
    kind = "of cycles without a stockout" if policy.service_kind == ServiceKind.CYCLE else "of units from stock"
    whole, parts = _near(found.safety, scale), _parts(found, scale)
    reasons = {
        "lead time": f"{offer.supplier} sends it within {offer.lead_time_days} days{spread}. With {looks} from one "
        f"look to the next, {plain(_near(found.spread.mean, scale))} {unit} are asked for meanwhile.",
        "service level": f"For {plain(percent)} % {kind}, demand {MODELS[found.model]}, it is reordered from "
        f"{plain(minimum)} {unit}.",
        "safety stock": f"Of it {plain(whole)} {unit} are safety stock: {plain(parts[0])} for demand, "
        f"{plain(parts[1])} for the lead time, {plain(parts[2])} for what the forecast is off.",
        "order quantity": _quantity(basis, found, unit, scale),
    }
    if found.is_economic and not basis.is_steady:
        reasons["not steady"] = "Demand varies too much from week to week for an economic quantity to be the cheapest."
    return [{"rule": rule, "because": because} for rule, because in reasons.items()]


def _quantity(basis: Basis, found: Reckoned, unit: str, scale: int) -> str:
    quantity, costs = plain(_up(found.order_quantity, scale)), basis.costs
    if found.is_economic:
        rate = Decimal(str(costs.holding_rate)) * HUNDRED
        return (
            f"{quantity} {unit} an order is the cheapest: an order costs {costs.an_order:.2f}, keeping "
            f"{plain(rate)} % a year of {costs.a_unit:.2f} each."
        )
    if costs.an_order is None or costs.a_unit is None or costs.holding_rate is None:
        return (
            f"{quantity} {unit} an order is what is asked for from one look to the next: what an order and keeping "
            "cost is not known."
        )
    return f"{quantity} {unit} an order is what is asked for from one look to the next, more than is the cheapest."


def _up(value: float, scale: int) -> Decimal:
    """Up to the decimals that the item is counted in; what arithmetic adds far behind the point does not count."""
    return rounded_up(Decimal(str(round(value, scale + 6))), pack=None, scale=scale)


def _near(value: float, scale: int) -> Decimal:
    return round(Decimal(str(round(value, scale + 6))), scale)
