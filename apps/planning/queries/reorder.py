"""Who sells what runs short, and how much of it should be ordered of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import F

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core.decimals import plain
from apps.planning.models import StockingPolicy
from apps.planning.queries.offers import Listed, offers_of, told_apart
from apps.planning.rules import Figures, choose, pack_from, rounded_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What should be ordered for a policy, of whom (nobody is known: None), and why."""

    policy: StockingPolicy
    figures: Figures
    quantity: Decimal
    supplier_id: int | None = None
    price: Decimal | None = None
    lead_time_days: int = 0
    reasons: tuple[dict[str, str], ...] = ()


def advice_for(policies: Iterable[Any]) -> list[Advice]:
    """What each policy needs, of those annotated by `to_reorder`; three queries, however many there are."""
    short = list(policies)
    items = {policy.item_id for policy in short}
    offers = offers_of(items)
    packs = _packs(items)
    return [_advice(policy, offers.get(policy.item_id, []), packs.get(policy.item_id)) for policy in short]


def _packs(item_ids: set[int]) -> dict[int, Fraction]:
    """How much the smallest case of each item holds, of those that come in cases."""
    found: dict[int, Fraction] = {}
    cases = Packaging.objects.filter(item__in=item_ids, level=PackagingLevel.CASE)
    for item_id, numerator, denominator in cases.values_list("item", F("numerator"), F("denominator")):
        factor = Fraction(numerator, denominator)
        found[item_id] = min(factor, found.get(item_id, factor))
    return found


def _advice(policy: Any, listed: list[Listed], pack: Fraction | None) -> Advice:
    figures = Figures(
        available=policy.available,
        inbound=policy.inbound,
        raised=policy.raised,
        minimum=policy.minimum,
        target=policy.target,
    )
    unit, scale = policy.item.unit.code, policy.item.scale
    reasons = [_position(figures, unit)]
    preferred, comparable = told_apart(listed, policy.supplier_id)
    choice = choose(figures.need, preferred or comparable, pack=pack, scale=scale)
    if choice is None:
        quantity = rounded_up(figures.need, pack=pack, scale=scale)
        reasons += [*_rounding(figures.need, quantity, None, pack, unit), _nobody(policy, listed)]
        return Advice(policy=policy, figures=figures, quantity=quantity, reasons=tuple(reasons))
    offer = choice.offer
    theirs = [each for each in preferred or comparable if each.supplier_id == offer.supplier_id]
    least, own = min(each.minimum for each in theirs), pack_from(theirs, None)
    reasons += _rounding(figures.need, choice.quantity, least, own or pack, unit, is_theirs=own is not None)
    if preferred:
        said = f"{offer.supplier} is the preferred supplier, at {plain(offer.price)} a {unit}."
    else:
        others = len({each.supplier_id for each in comparable}) - 1
        said = f"{offer.supplier} is cheapest for this quantity, at {plain(offer.price)} a {unit}" + (
            f"; compared with {others} more." if others else "; nobody else offers it."
        )
    reasons.append({"rule": "supplier", "because": said})
    spread = f", give or take {plain(offer.lead_time_spread_days)}" if offer.lead_time_spread_days else ""
    said = f"It comes {offer.lead_time_days} days after it is ordered{spread}."
    reasons.append({"rule": "lead time", "because": said})
    return Advice(
        policy=policy,
        figures=figures,
        quantity=choice.quantity,
        supplier_id=offer.supplier_id,
        price=offer.price,
        lead_time_days=offer.lead_time_days,
        reasons=tuple(reasons),
    )


def _position(figures: Figures, unit: str) -> dict[str, str]:
    said = (
        f"{plain(figures.available)} {unit} available, {plain(figures.inbound)} expected and {plain(figures.raised)} "
        f"on orders not yet approved make {plain(figures.position)}: no more than the minimum of "
        f"{plain(figures.minimum)}, so {plain(figures.need)} bring it up to the target of {plain(figures.target)}."
    )
    return {"rule": "order up to target", "because": said}


def _rounding(
    need: Decimal,
    quantity: Decimal,
    least: Decimal | None,
    pack: Fraction | None,
    unit: str,
    *,
    is_theirs: bool = False,
) -> list[dict[str, str]]:
    """What made the quantity more than the need; nothing when it is the need."""
    said = []
    if least is not None and least > need:
        said.append(
            {"rule": "supplier's minimum", "because": f"The supplier sells no less than {plain(least)} {unit}."}
        )
    if pack is not None and quantity > max(need, least or need) and (Fraction(quantity) / pack).denominator == 1:
        held = plain(Decimal(pack.numerator) / Decimal(pack.denominator))
        rule, packs = ("supplier's multiple", "the supplier's multiples") if is_theirs else ("full cases", "full cases")
        said.append({"rule": rule, "because": f"Rounded up to {plain(quantity)} {unit}, in {packs} of {held}."})
    return said


def _nobody(policy: StockingPolicy, listed: list[Listed]) -> dict[str, str]:
    """Why it cannot be ordered as it stands."""
    if listed:
        said = "It is offered in other currencies alone: name a preferred supplier in the stocking policy."
    else:
        said = f"No active supplier has a price for {policy.item}: add one, then propose again."
    return {"rule": "no supplier", "because": said}
