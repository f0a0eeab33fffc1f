"""What a control area refuses."""

from __future__ import annotations

from apps.storage.errors import FlammableLimitExceeded, FlammableNotEvaluable
from apps.storage.rules import Bin, Load


def refuse_by_area(load: Load, bin_: Bin) -> None:
    """Refuse what the bin's control area has no room for; nothing where it has, or where it does not limit the goods.

    Raises `FlammableLimitExceeded`, `FlammableNotEvaluable`.
    """
    area = bin_.area
    most = area.room(load) if area is not None else None
    if area is None or most is None or most >= load.quantity:
        return
    liquid = area.liquid_of(load)
    if liquid is None:
        return
    lacking = area.lacking(liquid)
    if lacking is not None or liquid.litres is None or liquid.category is None:
        item, missing = lacking or (liquid.number, liquid.missing)
        raise FlammableNotEvaluable(area=area.code, location=bin_.code, item=item, missing=", ".join(missing))
    quota, left = area.tightest(liquid)
    raise FlammableLimitExceeded(
        area=area.code,
        location=bin_.code,
        item=liquid.number,
        category=liquid.category,
        there=quota.litres - left,
        added=load.quantity * liquid.litres,
        limit=quota.litres,
        counted=quota.label,
        rule=str(quota),
    )
