"""What a service level asks for of an item: the stock to reorder from, up to which, and the safety stock in it.

The policy is (s, S) as `reorder` has it: s covers the time until goods come, and S is s and an order's quantity above
it. The quantity is the economic order quantity where ordering and keeping have a price, and never less than what is
asked for from one look at the stock to the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from apps.planning.rules.levels import Outlook, Spread, model_for, reorder_point, spread_until
from apps.planning.rules.lots import economic_order_quantity
from apps.planning.states import DemandModel, ServiceKind

WEEKS_A_YEAR = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a policy asks for."""

    level: float
    """Above 0 and below 1."""
    kind: ServiceKind = ServiceKind.CYCLE
    model: DemandModel = DemandModel.AUTO
    review_days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What ordering and keeping cost, in one currency; None is not known."""

    an_order: float | None = None
    a_unit: float | None = None
    holding_rate: float | None = None
    """A year, as a share of the value: 0.25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What follows, in base units, not yet rounded."""

    spread: Spread
    model: DemandModel
    reorder_point: float
    order_quantity: float
    is_economic: bool
    """The quantity is the economic one, and not the demand between two looks."""
    level: float

    @property
    def target(self) -> float:
        """Order up to this."""
        return self.reorder_point + self.order_quantity

    @property
    def safety(self) -> float:
        """What the reorder point has above mean demand; below nought where a low level bears stockouts."""
        return self.reorder_point - self.spread.mean

    @property
    def average(self) -> float:
        """What stands there on average: the safety stock and half an order."""
        return max(self.safety, 0.0) + self.order_quantity / 2


def reckon(outlook: Outlook, wanted: Wanted, costs: Costs, *, is_whole: bool, least: float) -> Reckoned:
    """Reorder point, order quantity and safety stock of an item for a service level.

    `least` is the smallest quantity that is ordered, above nought. ValueError as `levels` has it.
    """
    spread = spread_until(outlook, review_days=wanted.review_days)
    yearly = sum(outlook.expected) / len(outlook.expected) * WEEKS_A_YEAR if outlook.expected else 0.0
    between = yearly / WEEKS_A_YEAR * wanted.review_days / 7
    economic = _economic(yearly, costs)
    quantity = max(economic, between, least)
    model, demand = model_for(spread, outlook, wanted=wanted.model, is_whole=is_whole)
    return Reckoned(
        spread=spread,
        model=model,
        reorder_point=reorder_point(demand, kind=wanted.kind, level=wanted.level, order_quantity=quantity),
        order_quantity=quantity,
        is_economic=economic > 0 and quantity == economic,
        level=wanted.level,
    )


def _economic(yearly: float, costs: Costs) -> float:
    """Nought where one of the prices is not known."""
    if costs.an_order is None or not costs.a_unit or not costs.holding_rate or yearly <= 0:
        return 0.0
    return economic_order_quantity(yearly, costs.an_order, costs.a_unit * costs.holding_rate).quantity
