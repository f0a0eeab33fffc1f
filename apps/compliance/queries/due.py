"""Which of the goods that arrive are inspected: by the plan that fits best, and by the lots before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from apps.catalog.models import Category, Item
from apps.compliance.models import Inspection, InspectionPlan
from apps.compliance.rules import HISTORY, PastLot, skips
from apps.compliance.states import InspectionState
from apps.core.querysets import Keys

Series = tuple[int, int | None]
"""What arrives: an item, and from whom."""


def due_for_inspection(goods: Collection[Series], *, on: date) -> set[Series]:
    """Of these goods, those whose next lot is inspected; as many statements for two as for two hundred."""
    plans = plans_for(goods, on=on)
    skipping = {series: plan for series, plan in plans.items() if plan.skip_after}
    past = past_lots(skipping)
    return {
        series
        for series, plan in plans.items()
        if not skips(past.get(series, []), after=plan.skip_after, every=plan.inspect_every)
    }


def plans_for(goods: Collection[Series], *, on: date) -> dict[Series, InspectionPlan]:
    """The plan that fits each best: of the item before the category, of the supplier before all, the latest."""
    plans = list(
        InspectionPlan.objects.filter(
            Q(item__among=Keys({item for item, _ in goods})) | Q(item=None), is_active=True, valid_from__lte=on
        ).order_by("valid_from", "pk")
    )
    if not plans or not goods:
        return {}
    of_thing: dict[tuple[str, int | None, int | None], InspectionPlan] = {}
    for plan in plans:
        kind, key = ("item", plan.item_id) if plan.item_id is not None else ("category", plan.category_id)
        of_thing[kind, key, plan.supplier_id] = plan
    lines = _lines({item for item, _ in goods}) if any(kind == "category" for kind, _, _ in of_thing) else {}
    found = {}
    for item, supplier in goods:
        things = [("item", item), *(("category", category) for category in lines.get(item, ()))]
        fitting = (of_thing.get((kind, key, who)) for kind, key in things for who in (supplier, None))
        best = next((each for each in fitting if each is not None), None)
        if best is not None:
            found[item, supplier] = best
    return found


def past_lots(plans: Mapping[Series, InspectionPlan]) -> dict[Series, list[PastLot]]:
    """The latest lots of each item and supplier under its plan, oldest first; one statement."""
    if not plans:
        return {}
    rows = (
        Inspection.objects.filter(
            plan__in={plan.pk for plan in plans.values()}, item__in={item for item, _ in plans}, origin=None
        )
        .exclude(state=InspectionState.CANCELLED)
        .exclude(document="")
        .annotate(rank=Window(RowNumber(), partition_by=[F("plan"), F("item"), F("supplier")], order_by=F("pk").desc()))
        .filter(rank__lte=HISTORY)
        .order_by("pk")
        .values_list("plan", "item", "supplier", "state", "accepted", "severity", "in_doubt")
    )
    past: dict[Series, list[PastLot]] = defaultdict(list)
    for plan, item, supplier, state, accepted, severity, in_doubt in rows:
        series = (item, supplier)
        if series in plans and plans[series].pk == plan:
            lot = PastLot(
                accepted=accepted, skipped=state == InspectionState.SKIPPED, severity=severity, in_doubt=in_doubt
            )
            past[series].append(lot)
    return past


def _lines(item_ids: set[int]) -> dict[int, list[int]]:
    """Each item's category and those above it, the nearest first."""
    above = dict(Category.objects.values_list("pk", "parent"))
    lines = {}
    for item, own in Item.objects.filter(pk__in=item_ids).values_list("pk", "category"):
        line: list[int] = []
        category: int | None = own
        while category is not None and category not in line:
            line.append(category)
            category = above.get(category)
        lines[item] = line
    return lines
