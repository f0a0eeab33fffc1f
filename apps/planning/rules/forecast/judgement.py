"""What people add to a forecast: a like item's past for a new one, and figures of their own, judged apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.planning.rules.forecast.measures import bias, wape
from apps.planning.rules.forecast.values import Table


def lent(own: Table, like: Table, *, scale: float | None = None) -> Table:
    """A history for a new item: that of a like item times a scale, with what is known of its own in place of it.

    Both are periods, side by side, NaN where nothing is known. Without a scale it is the item's own demand over that of
    the like one in the periods that both know. When that cannot be told (nothing in common, or nothing asked for of the
    like one) it has to be given; neither is below zero (ValueError).
    """
    if own.shape != like.shape:
        raise ValueError("Both histories are of the same periods.")
    both = ~np.isnan(own) & ~np.isnan(like)
    if scale is None:
        there = float(like[both].sum())
        if there <= 0:
            raise ValueError("The two have no demand in common: give a scale.")
        scale = float(own[both].sum()) / there
    if scale < 0:
        raise ValueError("A scale is not below zero.")
    return np.where(np.isnan(own), like * scale, own)


def overridden(automatic: Table, *, fixed: Table, factor: float = 1.0, plus: float = 0.0) -> Table:
    """The forecast (series x periods ahead) times a factor and more or less by so much; a fixed figure stands as it is.

    `fixed` is NaN where none is given. Never below zero.
    """
    return np.where(np.isnan(fixed), np.maximum(automatic * factor + plus, 0.0), np.maximum(fixed, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What overriding was good for, by series over the periods that were overridden; NaN is n/a."""

    automatic: Table
    """WAPE of what the machine said."""
    manual: Table
    """WAPE of what was said instead."""
    automatic_bias: Table
    manual_bias: Table
    periods: Table
    """How many were overridden and are over."""

    @property
    def gained(self) -> Table:
        """How much lower the WAPE became; below zero: it became worse."""
        return self.automatic - self.manual


def worth_of(actual: Table, automatic: Table, manual: Table) -> Worth:
    """Hold what was said by hand against what the machine had said, where they differ; all are series x periods."""
    touched = (manual != automatic) & ~np.isnan(manual) & ~np.isnan(automatic) & ~np.isnan(actual)
    there = np.where(touched, actual, np.nan)
    return Worth(
        automatic=wape(there, automatic),
        manual=wape(there, manual),
        automatic_bias=bias(there, automatic),
        manual_bias=bias(there, manual),
        periods=touched.sum(axis=1).astype(np.float64),
    )
