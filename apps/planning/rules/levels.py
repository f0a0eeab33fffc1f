"""From which stock to reorder, by how demand may turn out until goods come, and by the service that is wanted.

Until the next order arrives, stock has to last for the lead time and the time until somebody looks again (Silver, Pyke,
Thomas, Inventory and Production Management in Supply Chains, sections on (R, S) and (s, Q) systems; Hadley, Whitin,
Analysis of Inventory Systems, 1963: the variance of demand over a lead time that varies itself). The sources are named
from memory; the formulas are held by textbook answers in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, lgamma, log, sqrt
from statistics import NormalDist
from typing import Final, Protocol

from apps.planning.states import DemandModel, ServiceKind

DAYS: Final = 7
"""Forecasts are by week."""
MANY: Final = 10.0
"""From so much demand on the normal distribution is near enough; below, units are counted one by one."""
FEWEST: Final = 20
"""Of fewer windows of the past nobody can say what happens once in twenty."""
TAIL: Final = 1e-10
MOST_COUNTED: Final = 100_000
"""Beyond so much demand units are not counted one by one; the normal distribution is the same by then."""
MOST_VALUES: Final = 200_000
"""One order of eighty thousand makes the tail of what is hardly ever asked for as long as that; it ends here."""
STANDARD: Final = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is known of demand and supply of an item, in base units and weeks."""

    expected: tuple[float, ...]
    """By week from now on; after the last it goes on as the mean of all."""
    error: float
    """Standard deviation of a week's demand around its forecast."""
    demand_sd: float
    """Standard deviation of a week's demand around its own mean: what no forecast takes away."""
    lead_days: float
    lead_spread_days: float = 0.0
    history: tuple[float, ...] = ()
    """Demand of past weeks, for the empirical distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The variance of demand until goods come, by where it comes from."""

    mean: float
    demand: float
    """Of demand itself."""
    lead: float
    """Of a lead time that varies."""
    forecast: float
    """Of a forecast that is further off than demand varies."""
    weeks: float
    """The time that stock has to last for."""

    @property
    def sd(self) -> float:
        """Of all three together."""
        return sqrt(self.demand + self.lead + self.forecast)

    def shares(self, safety: float) -> tuple[float, float, float]:
        """A safety stock split as the variance is: for demand, for lead time, for forecast error."""
        total = self.demand + self.lead + self.forecast
        if total <= 0:
            return 0.0, 0.0, 0.0
        return safety * self.demand / total, safety * self.lead / total, safety * self.forecast / total


def spread_until(outlook: Outlook, *, review_days: float) -> Spread:
    """Mean and variance of demand over the lead time and the review period.

    With T weeks to last for, d demand of a week and s_L the spread of the lead time in weeks the variance is
    T s² + d² s_L². Of s², the squared error of a week's forecast, what is no more than demand's own variance is put
    down to demand and the rest to the forecast. Times below nought are refused (ValueError).
    """
    if min(outlook.lead_days, outlook.lead_spread_days, review_days, outlook.error, outlook.demand_sd) < 0:
        raise ValueError("Times and deviations are not below nought.")
    weeks = (outlook.lead_days + review_days) / DAYS
    mean = _until(outlook.expected, weeks)
    rate = mean / weeks if weeks else 0.0
    own = min(outlook.error, outlook.demand_sd) ** 2
    return Spread(
        mean=mean,
        demand=weeks * own,
        lead=(rate * outlook.lead_spread_days / DAYS) ** 2,
        forecast=weeks * (outlook.error**2 - own),
        weeks=weeks,
    )


def _until(expected: Sequence[float], weeks: float) -> float:
    whole = min(floor(weeks), len(expected))
    begun = sum(expected[:whole])
    if whole < len(expected):
        return begun + (weeks - whole) * expected[whole]
    return begun + (weeks - whole) * (sum(expected) / len(expected) if expected else 0.0)


class LeadDemand(Protocol):
    """How demand may turn out until goods come."""

    def point(self, level: float) -> float:
        """The least stock with which it does not run out, in this share of cycles."""

    def short(self, stock: float) -> float:
        """How many units more than the stock are asked for, on average of all cycles."""


@dataclass(frozen=True, slots=True)
class Normal:
    """Of many units: by mean and standard deviation."""

    mean: float
    sd: float

    def point(self, level: float) -> float:
        """Mean and z standard deviations."""
        return self.mean + STANDARD.inv_cdf(level) * self.sd

    def short(self, stock: float) -> float:
        """The standard deviation times the unit normal loss, φ(z) - z (1 - Φ(z))."""
        if self.sd <= 0:
            return max(self.mean - stock, 0.0)
        z = (stock - self.mean) / self.sd
        return self.sd * (STANDARD.pdf(z) - z * (1 - STANDARD.cdf(z)))


@dataclass(frozen=True, slots=True)
class Counted:
    """Of few units: the chance of each value, the least first; what is left out of them is next to nothing."""

    chances: tuple[tuple[float, float], ...]
    mean: float

    def point(self, level: float) -> float:
        """The first value up to which the chances come to the level."""
        reached = 0.0
        for value, chance in self.chances:
            reached += chance
            if reached >= level - TAIL:
                return value
        return self.chances[-1][0]

    def short(self, stock: float) -> float:
        """The mean less the stock, and what is left of the stock by each value below it."""
        left = sum((stock - value) * chance for value, chance in self.chances if value < stock)
        return max(self.mean - stock + left, 0.0)

    def filled(self, bearable: float) -> float:
        """The first value, or nought, of which no more than this is short.

        From one value to the next what is short falls by their distance times the chance of more than the former.
        """
        if self.mean <= bearable + TAIL:
            return 0.0
        stock, short, beyond = 0.0, self.mean, 1.0
        for value, chance in self.chances:
            short -= (value - stock) * beyond
            if short <= bearable + TAIL:
                return value
            stock, beyond = value, beyond - chance
        return stock


def poisson(mean: float) -> Counted:
    """Single units, asked for independently of each other. The mean is above nought (ValueError)."""
    if mean <= 0:
        raise ValueError("A Poisson mean is above nought.")
    return _counted(lambda units: exp(units * log(mean) - mean - lgamma(units + 1)), mean, sqrt(mean))


def negative_binomial(mean: float, variance: float) -> Counted:
    """Units that are asked for several at a time: the variance is above the mean (ValueError)."""
    if not 0 < mean < variance:
        raise ValueError("The variance of a negative binomial is above its mean, and the mean above nought.")
    size, keep = mean**2 / (variance - mean), mean / variance
    begun = size * log(keep) - lgamma(size)
    return _counted(
        lambda units: exp(begun + lgamma(size + units) - lgamma(units + 1) + units * log(1 - keep)),
        mean,
        sqrt(variance),
    )


def empirical(history: Sequence[float], weeks: float) -> Counted:
    """What was asked for in every run of so many weeks (rounded up) of the past, each as likely.

    At least one whole run is needed (ValueError).
    """
    length = max(ceil(weeks), 1)
    sums = sorted(sum(history[start : start + length]) for start in range(len(history) - length + 1))
    if not sums:
        raise ValueError("The past is shorter than the time that stock has to last for.")
    return Counted(tuple((each, 1 / len(sums)) for each in sums), sum(sums) / len(sums))


def model_for(
    spread: Spread, outlook: Outlook, *, wanted: DemandModel, is_whole: bool
) -> tuple[DemandModel, LeadDemand]:
    """The distribution that was asked for where it can be had, else the one that suits; and which it became.

    By itself: normal for many units and for what is not counted in whole ones; else negative binomial where demand
    varies more than its mean, else Poisson. Empirical needs twenty runs of the past.
    """
    variance = spread.sd**2
    normal = DemandModel.NORMAL, Normal(spread.mean, spread.sd)
    if wanted == DemandModel.EMPIRICAL and len(outlook.history) - max(ceil(spread.weeks), 1) + 1 >= FEWEST:
        return DemandModel.EMPIRICAL, empirical(outlook.history, spread.weeks)
    counts = is_whole and 0 < spread.mean <= MOST_COUNTED and variance > 0
    if not counts or wanted == DemandModel.NORMAL:
        return normal
    if wanted not in {DemandModel.POISSON, DemandModel.NEGATIVE_BINOMIAL} and spread.mean >= MANY:
        return normal
    if variance > spread.mean and wanted != DemandModel.POISSON:
        return DemandModel.NEGATIVE_BINOMIAL, negative_binomial(spread.mean, variance)
    return DemandModel.POISSON, poisson(spread.mean)


def reorder_point(demand: LeadDemand, *, kind: ServiceKind, level: float, order_quantity: float) -> float:
    """The stock at which to reorder, never below nought, for a level above 0 and below 1 (ValueError).

    A cycle service is the share of cycles without a stockout. A fill rate is the share of units served from stock: of
    each order's quantity no more than the rest may be short.
    """
    if not 0 < level < 1:
        raise ValueError("A service level is above 0 and below 1.")
    if kind == ServiceKind.CYCLE:
        return max(demand.point(level), 0.0)
    if order_quantity <= 0:
        raise ValueError("A fill rate is of orders of some quantity.")
    bearable = (1 - level) * order_quantity
    if isinstance(demand, Counted):
        return demand.filled(bearable)
    return _least(demand, bearable)


def _least(demand: LeadDemand, bearable: float) -> float:
    if demand.short(0.0) <= bearable:
        return 0.0
    low, high = 0.0, max(demand.point(1 - TAIL), 1.0)
    while high - low > 1e-6 * max(high, 1.0):
        middle = (low + high) / 2
        low, high = (low, middle) if demand.short(middle) <= bearable else (middle, high)
    return high


def _counted(chance: Callable[[int], float], mean: float, sd: float) -> Counted:
    """The chances from nought to where next to nothing is left."""
    chances, left = [], 1.0
    for units in range(min(int(mean + 60 * sd) + 60, MOST_VALUES)):
        each = chance(units)
        chances.append((float(units), each))
        left -= each
        if left <= TAIL and units >= mean:
            break
    return Counted(tuple(chances), mean)
