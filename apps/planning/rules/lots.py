"""How much to order or make at a time, so that ordering and keeping together cost least.

Harris 1913 (economic order quantity), Taft 1918 (production), Wagner and Whitin 1958, Silver and Meal 1973; discounts,
the newsvendor and the limit of the variability coefficient as in Silver, Pyke and Thomas, Inventory and Production
Management in Supply Chains. The sources are named from memory; the formulas are held by textbook answers and by trying
every plan in the tests. Demand and costs are of one unit of time throughout, and money of one currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf, isfinite, sqrt
from statistics import NormalDist, fmean, pvariance
from typing import Final

STEADY_LIMIT: Final = 0.2
"""Variance over squared mean of demand by period: below it an economic order quantity costs as little as any plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A quantity, and what it costs in the unit of time that demand is of."""

    quantity: float
    cost: float
    """Of ordering and keeping; with a price that depends on the quantity, of the goods too."""
    price: float | None = None
    """Of a unit, where it depends on the quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to order in which period: goods come at its beginning, and what is left at its end is kept."""

    quantities: tuple[float, ...]
    cost: float
    """Of ordering and keeping over all periods."""


def economic_order_quantity(demand: float, order_cost: float, holding_cost: float) -> Lot:
    """√(2 D K / h), which costs √(2 D K h): D units asked for, K an order, h to keep a unit for the same time.

    Nothing is ordered without demand. Demand is not below nought and costs are above it (ValueError).
    """
    _must_be(demand=demand, order_cost=order_cost, holding_cost=holding_cost)
    return Lot(quantity=sqrt(2 * demand * order_cost / holding_cost), cost=sqrt(2 * demand * order_cost * holding_cost))


def economic_production_quantity(demand: float, rate: float, order_cost: float, holding_cost: float) -> Lot:
    """The same of goods that come in at a rate while they are asked for: h counts for the share 1 - D / rate.

    The rate is above demand (ValueError).
    """
    _must_be(demand=demand, order_cost=order_cost, holding_cost=holding_cost)
    if not rate > demand:
        raise ValueError("What is made in a time is more than what is asked for in it.")
    return economic_order_quantity(demand, order_cost, holding_cost * (1 - demand / rate))


def discounted_order_quantity(
    demand: float, order_cost: float, holding_rate: float, breaks: Sequence[tuple[float, float]]
) -> Lot:
    """The cheapest quantity where all units of an order cost less from some quantity on.

    `breaks` are (from quantity, price of a unit), the first from nought or more, and keeping a unit costs the rate
    times its price. For each price the economic quantity is taken, or the least that has the price; the goods'
    own cost counts. At least one price, each above nought, quantities rising and prices falling (ValueError).
    """
    _must_be(demand=demand, order_cost=order_cost, holding_cost=holding_rate)
    if not breaks or any(price <= 0 for _, price in breaks):
        raise ValueError("There is at least one price, and each is above nought.")
    begins = [begin for begin, _ in breaks]
    falling = all(less > more and later > sooner for (sooner, less), (later, more) in pairwise(breaks))
    if begins[0] < 0 or not falling:
        raise ValueError("Each price is lower than the one before, from a higher quantity on.")
    if demand == 0:
        return Lot(quantity=0.0, cost=0.0, price=breaks[0][1])
    ends = [*begins[1:], inf]
    lots = []
    for (begin, price), end in zip(breaks, ends, strict=True):
        quantity = max(economic_order_quantity(demand, order_cost, holding_rate * price).quantity, begin)
        if quantity < end:
            keeping = holding_rate * price * quantity / 2
            lots.append(
                Lot(quantity=quantity, cost=demand * price + order_cost * demand / quantity + keeping, price=price)
            )
    return min(lots, key=lambda lot: (lot.cost, lot.quantity))


def wagner_whitin(demands: Sequence[float], order_cost: float, holding_cost: float) -> Plan:
    """The cheapest plan of all for demand that is known by period; `holding_cost` is of a unit left at a period's end.

    An order covers whole periods and is placed when nothing is left. Squares of the number of periods are tried.
    ValueError as the economic order quantity.
    """
    _must_be(order_cost=order_cost, holding_cost=holding_cost)
    _must_be_demands(demands)
    periods = len(demands)
    best, came_from = [0.0] + [inf] * periods, [0] * (periods + 1)
    for first in range(periods):
        if demands[first] == 0 and best[first] <= best[first + 1]:
            best[first + 1], came_from[first + 1] = best[first], -1
        cost = best[first] + order_cost
        for last in range(first, periods):
            cost += holding_cost * (last - first) * demands[last]
            if cost < best[last + 1]:
                best[last + 1], came_from[last + 1] = cost, first
    quantities, end = [0.0] * periods, periods
    while end:
        begin = came_from[end]
        if begin < 0:
            end -= 1
            continue
        quantities[begin] = float(sum(demands[begin:end]))
        end = begin
    return Plan(quantities=tuple(quantities), cost=best[periods])


def silver_meal(demands: Sequence[float], order_cost: float, holding_cost: float) -> Plan:
    """Of each order as many periods as make its cost a period least, one after another: near the cheapest plan.

    Shapes and refusals are those of `wagner_whitin`.
    """
    _must_be(order_cost=order_cost, holding_cost=holding_cost)
    _must_be_demands(demands)
    quantities, total, first = [0.0] * len(demands), 0.0, 0
    while first < len(demands):
        if demands[first] == 0:
            first += 1
            continue
        cost, end = order_cost, first + 1
        while end < len(demands):
            more = cost + holding_cost * (end - first) * demands[end]
            if more / (end - first + 1) > cost / (end - first):
                break
            cost, end = more, end + 1
        quantities[first] = float(sum(demands[first:end]))
        total, first = total + cost, end
    return Plan(quantities=tuple(quantities), cost=total)


def newsvendor(*, short_cost: float, left_cost: float, mean: float, sd: float) -> float:
    """What to have once of goods that are worth little afterwards: the quantile short / (short + left) of demand.

    Demand is normal; a unit too few costs `short_cost`, a unit too many `left_cost`, both above nought (ValueError).
    """
    level = critical_ratio(short_cost=short_cost, left_cost=left_cost)
    if mean < 0 or sd < 0:
        raise ValueError("Mean and deviation are not below nought.")
    return max(mean + NormalDist().inv_cdf(level) * sd, 0.0)


def critical_ratio(*, short_cost: float, left_cost: float) -> float:
    """How likely demand should be met in full: any distribution's `point` of it is the newsvendor's quantity."""
    if not (short_cost > 0 and left_cost > 0):
        raise ValueError("A unit too few and a unit too many both cost something.")
    return short_cost / (short_cost + left_cost)


def kanban_cards(demand: float, lead_time: float, container: float, *, safety: float = 0.0) -> int:
    """How many full containers go round: demand of the lead time, and a share more, over what one holds.

    Times as demand has them. None below nought, and a container holds something (ValueError).
    """
    if min(demand, lead_time, safety) < 0 or not container > 0:
        raise ValueError("Demand, lead time and safety are not below nought, and a container holds something.")
    return ceil(round(demand * lead_time * (1 + safety) / container, 9))


def is_steady(demands: Sequence[float]) -> bool:
    """Demand varies so little that an economic order quantity is proper; it does not without any demand."""
    if not demands or not (mean := fmean(demands)) > 0:
        return False
    return pvariance(demands, mean) / mean**2 < STEADY_LIMIT


def _must_be(*, order_cost: float, holding_cost: float, demand: float = 0.0) -> None:
    if not (isfinite(demand) and demand >= 0):
        raise ValueError("Demand is a number not below nought.")
    if not (isfinite(order_cost) and isfinite(holding_cost) and order_cost > 0 and holding_cost > 0):
        raise ValueError("An order costs something, and so does keeping goods.")


def _must_be_demands(demands: Sequence[float]) -> None:
    if not all(isfinite(each) and each >= 0 for each in demands):
        raise ValueError("Demand is a number not below nought.")
