"""Which return policy decides about goods that were sold."""

from __future__ import annotations

from collections import defaultdict

from apps.catalog.models import Category
from apps.orders.models import SalesOrder
from apps.returns.models import ReturnPolicy
from apps.returns.rules import Terms, deciding


class Policies:
    """The policies in use, read once for all lines of an order."""

    def __init__(self, order: SalesOrder) -> None:
        self.order = order
        rows = list(ReturnPolicy.objects.in_use())
        below = _with_all_below({row.category_id for row in rows if row.category_id is not None})
        self.terms = [
            Terms(
                policy_id=row.pk,
                code=row.code,
                priority=row.priority,
                categories=below[row.category_id] if row.category_id is not None else None,
                customer=row.customer_id,
                channel=row.channel_id,
                days=row.days,
                worst_condition=row.worst_condition,
                fee_percent=row.fee_percent,
            )
            for row in rows
        ]

    def of(self, category_id: int | None) -> Terms | None:
        """What decides about goods of a category that this order's customer got."""
        return deciding(
            self.terms, category=category_id, customer=self.order.customer_id, channel=self.order.channel_id
        )


def _with_all_below(category_ids: set[int]) -> dict[int, frozenset[int]]:
    """Each category with its children, theirs, and so on; one query."""
    if not category_ids:
        return {}
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Category.objects.values_list("pk", "parent"):
        children[parent].append(pk)
    found = {}
    for top in category_ids:
        all_below, open_ = {top}, [top]
        while open_:
            fresh = [child for child in children[open_.pop()] if child not in all_below]
            all_below.update(fresh)
            open_.extend(fresh)
        found[top] = frozenset(all_below)
    return found
