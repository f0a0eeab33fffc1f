"""The cost book is kept by several at once, while goods are posted and costs are said: each posting counts once."""

from decimal import Decimal as D

from django.db import transaction
from django.db.models import Sum

from apps.core import clock
from apps.ledger.models import SealedTransaction
from apps.ledger.operations import seal_block
from apps.valuation.models import CostEntry, CostLayer, Cursor, ItemCost
from apps.valuation.operations import revalue_item, value_next
from tests.concurrency.crowd import together
from tests.factories.ledger import an_actor
from tests.factories.valuation import a_manager, received, sold, valued


def test_runs_at_once_beside_postings_and_a_revaluation_value_each_posting_once(floor):
    for _ in range(6):
        received(floor.item, floor.a, 10, "2.00")
    keeper, manager = an_actor(), a_manager()

    def sealed():
        return seal_block(by=keeper, at=clock.now())

    with transaction.atomic():
        sealed()

    done = together(
        # Windows of two postings: runs take turns in the middle of what is to be valued.
        *[lambda: value_next(limit=2, by=keeper, at=clock.now())] * 4,
        lambda: received(floor.item, floor.a, 7, "3.00"),
        lambda: sold(floor.item, floor.a, 4),
        lambda: revalue_item(item_id=floor.item.pk, unit_cost=D("2.50"), reason="dearer", by=manager, at=clock.now()),
        sealed,
    )
    assert [each for each in done if isinstance(each, Exception)] == []
    valued()

    # Six came at 20.00, one at 21.00; four left, at a cost that depends on when the new one was said.
    cost = ItemCost.objects.get(item=floor.item)
    entries = CostEntry.objects.filter(item=floor.item)
    layers = CostLayer.objects.filter(item=floor.item)
    assert sorted(entries.exclude(move=None).values_list("kind", "quantity")) == sorted(
        [("received", D(10))] * 6 + [("received", D(7)), ("sold", D(-4))]
    )
    assert cost.quantity == layers.aggregate(rest=Sum("rest"))["rest"] == D(63)
    assert cost.value == layers.aggregate(value=Sum("value"))["value"] == entries.aggregate(value=Sum("value"))["value"]
    assert Cursor.objects.get().position == SealedTransaction.objects.order_by("-position")[0].position
