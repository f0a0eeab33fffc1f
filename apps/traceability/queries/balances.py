"""Whether lots add up: what came in is still here or left by a known way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q, Sum

from apps.ledger.models import StockBalance, StockMove
from apps.ledger.states import TransactionKind
from apps.locations.choices import VIRTUAL, LocationKind
from apps.traceability.rules import Flowed, MassBalance, weigh


def balances_of(lot_ids: Collection[int]) -> dict[int, MassBalance]:
    """The mass balance of each of these lots, over all warehouses; two queries, however many lots there are."""
    held = StockBalance.objects.on_hand().filter(lot__among=lot_ids).order_by().values("lot")
    on_hand = dict(held.annotate(total=Sum("on_hand")).values_list("lot", "total"))
    crossing = StockMove.objects.filter(Q(source__kind__in=VIRTUAL) | Q(target__kind__in=VIRTUAL), lot__among=lot_ids)
    summed = crossing.order_by().values(
        "lot", "source__kind", "target__kind", "transaction__kind", "transaction__reverses__kind"
    )
    flows: defaultdict[int, list[Flowed]] = defaultdict(list)
    for row in summed.annotate(total=Sum("quantity")):
        flows[row["lot"]].append(
            Flowed(
                source=LocationKind(row["source__kind"]),
                target=LocationKind(row["target__kind"]),
                quantity=row["total"],
                reversal=row["transaction__kind"] == TransactionKind.REVERSAL,
                opening=TransactionKind.OPENING in {row["transaction__kind"], row["transaction__reverses__kind"]},
            )
        )
    return {pk: weigh(flows[pk], on_hand=on_hand.get(pk, Decimal(0))) for pk in lot_ids}
