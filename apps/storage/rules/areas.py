"""How much more of a flammable liquid a control area may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from apps.core.quantities import STEPS
from apps.safety.rules import NOT_FLAMMABLE, Liquid, Quota
from apps.storage.rules.goods import NOTHING, Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A control area as goods that come to it see it: its limits, what is there and what open tasks bring.

    Liquids of which a point or the litres are not known cannot be counted: while one is there, or comes, nothing says
    that the area is within its limits, and it takes no flammable liquid.
    """

    pk: int
    code: str
    members: frozenset[int]
    """Of the places that are asked about those that belong to it."""
    quotas: tuple[Quota, ...]
    litres: Mapping[int, Decimal]
    """By category, here and on the way here."""
    unknown: frozenset[str]
    """The numbers of items that are here and cannot be counted."""
    liquids: Mapping[int, Liquid]
    """Which of the goods that come are flammable liquids, by item."""

    def liquid_of(self, load: Load) -> Liquid | None:
        """The liquid that the load adds to what is here; None when it is none, is here already or has no limit here."""
        liquid = self.liquids.get(load.item_id)
        if liquid is None or load.source_id in self.members or liquid.category == NOT_FLAMMABLE:
            return None
        bound = liquid.category is None or any(liquid.category in quota.categories for quota in self.quotas)
        return liquid if self.quotas and bound else None

    def lacking(self, liquid: Liquid) -> tuple[str, tuple[str, ...]] | None:
        """Whose facts are missing, so that nobody can tell whether it fits: an item and what is not known of it."""
        if liquid.missing:
            return liquid.number, liquid.missing
        return (min(self.unknown), ("flash point, boiling point or litres per unit",)) if self.unknown else None

    def tightest(self, liquid: Liquid) -> tuple[Quota, Decimal]:
        """The limit that leaves the fewest litres of what may be counted, and how many; below nought when over it."""
        bounds = [quota for quota in self.quotas if liquid.category in quota.categories]
        left = {quota: quota.litres - quota.used(self.litres) for quota in bounds}
        quota = min(bounds, key=lambda each: left[each])
        return quota, left[quota]

    def room(self, load: Load) -> Decimal | None:
        """How many units of the load it takes, at the item's decimals; None when it does not limit them."""
        liquid = self.liquid_of(load)
        if liquid is None:
            return None
        if self.lacking(liquid) is not None or liquid.litres is None:
            return NOTHING
        _, litres = self.tightest(liquid)
        return max(NOTHING, litres / liquid.litres).quantize(STEPS[load.scale], rounding=ROUND_DOWN)

    def after(self, load: Load, quantity: Decimal) -> Area:
        """The area after so much of the load came to one of its places."""
        liquid = self.liquid_of(load)
        if liquid is None:
            return self
        if liquid.category is None or liquid.litres is None:
            return replace(self, unknown=self.unknown | {liquid.number})
        now = self.litres.get(liquid.category, NOTHING) + quantity * liquid.litres
        return replace(self, litres={**self.litres, liquid.category: now})
