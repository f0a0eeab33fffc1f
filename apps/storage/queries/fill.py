"""How full control areas are of flammable liquids, from the ledger's on hand and what open tasks bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from apps.safety.rules import Quota
from apps.storage.choices import FillState
from apps.storage.models import ControlArea
from apps.storage.queries.areas import Stood, by_category, contents_of, not_countable, quotas_of

NEAR = Decimal("0.8")
"""From this share of a limit on an area is near it: the program's own threshold, no rule of law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A limit and the litres that count towards it; at least so many where something cannot be counted."""

    quota: Quota
    litres: Decimal

    @property
    def left(self) -> Decimal:
        """The litres that still fit; below nought when over it."""
        return self.quota.litres - self.litres

    @property
    def percent(self) -> int:
        """How much of it is used, rounded up, so that what is over never reads 100; of a limit of nought 0 or 101."""
        if not self.quota.litres:
            return 101 if self.litres else 0
        return int((self.litres * 100 / self.quota.litres).to_integral_value(ROUND_CEILING))

    @property
    def state(self) -> FillState:
        """Over it, near it or within."""
        if self.left < 0:
            return FillState.OVER
        return FillState.NEAR if self.litres and self.litres >= self.quota.litres * NEAR else FillState.WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFill:
    """What is in a control area and on its way there, and how that stands to its limits."""

    area: ControlArea
    contents: Sequence[Stood]
    litres: Mapping[int, Decimal]
    """By category: the sum of the contents that can be counted."""
    unknown: Sequence[str]
    """The numbers of items that cannot be counted, of which some is there."""
    gauges: Sequence[Gauge]

    @property
    def state(self) -> FillState:
        """The worst of it. What cannot be counted is never taken as nothing."""
        states = {gauge.state for gauge in self.gauges}
        if FillState.OVER in states:
            return FillState.OVER
        if not self.gauges:
            return FillState.NO_LIMIT
        if self.unknown:
            return FillState.NOT_EVALUABLE
        return FillState.NEAR if FillState.NEAR in states else FillState.WITHIN


def fills_of(areas: Collection[ControlArea], *, at: datetime) -> list[AreaFill]:
    """Each area's fill at this moment, in their order; three statements, however many there are.

    The areas come with their warehouses: limits are those of the site's day.
    """
    if not areas:
        return []
    quotas, contents = quotas_of(areas, at=at), contents_of([area.pk for area in areas])
    return [_fill(area, contents.get(area.pk, ()), quotas[area.pk]) for area in areas]


def _fill(area: ControlArea, contents: Sequence[Stood], quotas: Sequence[Quota]) -> AreaFill:
    litres = by_category(contents)
    return AreaFill(
        area=area,
        contents=contents,
        litres=litres,
        unknown=sorted(not_countable(contents)),
        gauges=[Gauge(quota=quota, litres=quota.used(litres)) for quota in quotas],
    )
