"""A bin as an approved override lets goods see it: without the rule that they may go past."""

from __future__ import annotations

from dataclasses import replace

from apps.locations.models import Location
from apps.overrides.operations import Occasion, go_past
from apps.overrides.states import OverrideOf
from apps.safety.rules import ApartRule, Classes
from apps.storage.rules import Bin, Load


def as_overridden(load: Load, bin_: Bin, occasion: Occasion) -> Bin:
    """The bin without what an override lets this load go past, each of which is recorded as used.

    Nothing is asked, and the bin is as it was, where no hazard rule and no limit refuses the load.
    """
    while (found := bin_.kept_apart(load)) is not None:
        rule, others = found
        own, other = told_of(rule, load, others)
        because = f"hazard {own} stored apart from {other}: {rule}"
        if not _may(OverrideOf.STORED, load, bin_, because, occasion, other_class=other):
            break
        bin_ = replace(bin_, segregation=bin_.segregation.without(rule))
    most = bin_.area.room(load) if bin_.area is not None else None
    if bin_.area is not None and most is not None and most < load.quantity:
        because = f"flammable liquids in area {bin_.area.code}: {most:f} more within its limits"
        if _may(OverrideOf.FLAMMABLE, load, bin_, because, occasion):
            bin_ = replace(bin_, area=None)
    return bin_


def _may(of: OverrideOf, load: Load, bin_: Bin, rule: str, occasion: Occasion, other_class: str = "") -> bool:
    return go_past(
        of,
        item_id=load.item_id,
        place=Location.objects.select_related("warehouse").get(pk=bin_.location_id),
        quantity=load.quantity,
        rule=rule,
        occasion=occasion,
        other_class=other_class,
    )


def told_of(rule: ApartRule, load: Load, others: Classes) -> tuple[str, str]:
    """Of the two classes of a rule the load's own, and that of the others."""
    own, other = rule.codes
    return (own, other) if own in load.hazards and other in others else (other, own)
