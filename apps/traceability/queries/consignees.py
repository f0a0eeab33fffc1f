"""Whom a case concerns: what each was sent, what they answered, and what came back of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.models import Party
from apps.traceability.models import EffectivenessCheck, RecallCase, RecallConsignee, RecallResponse
from apps.traceability.queries.deliveries import ZERO, Delivery, deliveries_of, returned_by


@dataclass(frozen=True, slots=True, kw_only=True)
class LotAnswer:
    """One lot at one consignee, base units: what they were sent, what they said, what we have received back."""

    lot_id: int
    item: str
    name: str
    lot: str
    unit: str
    shipped: Decimal
    first_on: date
    last_on: date
    on_hand: Decimal | None
    """When they were told; None while they have said nothing."""
    returned: Decimal
    """As they say."""
    destroyed: Decimal
    corrected: Decimal
    received_back: Decimal
    """As our returns say."""

    @property
    def accounted(self) -> Decimal:
        """Returned (the greater of what they say and what we have), destroyed or corrected."""
        return max(self.returned, self.received_back) + self.destroyed + self.corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsigneeStanding:
    """A consignee of a case, with everything known of them."""

    pk: int
    party: Party
    notified_at: datetime | None
    method: str
    responded_at: datetime | None
    note: str
    lots: tuple[LotAnswer, ...]
    deliveries: tuple[Delivery, ...]
    check_result: str | None
    """None when no check was drawn, empty while it is open."""

    @property
    def is_silent(self) -> bool:
        """Told, and has not answered."""
        return self.notified_at is not None and self.responded_at is None


def consignees_of(case: RecallCase) -> tuple[ConsigneeStanding, ...]:
    """Everybody who got some of the case's lots, by their number; a number of queries that does not grow with them."""
    lot_ids = list(case.recalled.order_by("pk").values_list("lot", flat=True))
    sent: defaultdict[int, list[Delivery]] = defaultdict(list)
    for each in deliveries_of(lot_ids):
        sent[each.party_id].append(each)
    back = returned_by(lot_ids)
    rows = list(case.consignees.select_related("party").order_by("party__number"))
    said: dict[tuple[int, int], RecallResponse] = {
        (each.consignee_id, each.lot_id): each for each in RecallResponse.objects.filter(consignee__case=case)
    }
    drawn = {each.consignee_id: each.result for each in EffectivenessCheck.objects.filter(consignee__case=case)}
    return tuple(_standing(row, sent[row.party_id], said, back, drawn) for row in rows)


def _standing(
    row: RecallConsignee,
    deliveries: Sequence[Delivery],
    said: dict[tuple[int, int], RecallResponse],
    back: dict[tuple[int, int], Decimal],
    drawn: dict[int, str],
) -> ConsigneeStanding:
    of_lot: dict[int, list[Delivery]] = {}
    for each in deliveries:
        of_lot.setdefault(each.lot_id, []).append(each)
    answers = []
    for lot_id, together in of_lot.items():
        answer = said.get((row.pk, lot_id))
        answers.append(
            LotAnswer(
                lot_id=lot_id,
                item=together[0].item,
                name=together[0].name,
                lot=together[0].lot,
                unit=together[0].unit,
                shipped=sum((each.quantity for each in together), ZERO),
                first_on=min(each.shipped_on for each in together),
                last_on=max(each.shipped_on for each in together),
                on_hand=answer.on_hand if answer is not None else None,
                returned=answer.returned if answer is not None else ZERO,
                destroyed=answer.destroyed if answer is not None else ZERO,
                corrected=answer.corrected if answer is not None else ZERO,
                received_back=back.get((row.party_id, lot_id), ZERO),
            )
        )
    return ConsigneeStanding(
        pk=row.pk,
        party=row.party,
        notified_at=row.notified_at,
        method=row.method,
        responded_at=row.responded_at,
        note=row.note,
        lots=tuple(answers),
        deliveries=tuple(deliveries),
        check_result=drawn.get(row.pk),
    )


def shipped_to(case: RecallCase, party_id: int) -> dict[int, Decimal]:
    """What one consignee was sent of each of the case's lots, by lot."""
    lot_ids = list(case.recalled.values_list("lot", flat=True))
    sent: dict[int, Decimal] = {}
    for each in deliveries_of(lot_ids):
        if each.party_id == party_id:
            sent[each.lot_id] = sent.get(each.lot_id, ZERO) + each.quantity
    return sent
