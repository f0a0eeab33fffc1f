"""What is written on goods that come in: their lot with its dates, and their serial numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from apps.catalog.models import Item
from apps.ledger.models import Lot, SerialNumber
from apps.purchasing.errors import (
    ExpiredOnReceipt,
    ExpiryRequired,
    ImpossibleDates,
    LotMismatch,
    LotNotAllowed,
    LotRequired,
    SerialsMismatch,
)
from apps.purchasing.rules import expiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the goods' label says of their lot."""

    number: str = ""
    expires_on: date | None = None
    made_on: date | None = None
    supplier_lot: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not (self.number or self.expires_on or self.made_on or self.supplier_lot)


def name_lot(item: Item, label: Label, *, supplier_id: int, today: date, at: datetime) -> Lot | None:
    """The lot under that label, made when it is new; None for an item without lots.

    A known lot keeps its facts: a label that says otherwise is refused, one that says more completes it.
    """
    if not item.has_lots:
        if not label.is_blank:
            raise LotNotAllowed(item=item.number)
        return None
    if not label.number:
        raise LotRequired(item=item.number)
    days = item.shelf_life_days if item.expires else None
    expires_on = expiry(expires_on=label.expires_on, made_on=label.made_on, shelf_life_days=days)
    facts: dict[str, object] = {
        "expires_on": expires_on,
        "made_on": label.made_on,
        "supplier_lot": label.supplier_lot,
        "supplier_id": supplier_id,
    }
    lot = Lot.objects.filter(item=item, number=label.number).first()
    _check_dates(item, label, expires_on or (lot.expires_on if lot is not None else None), today)
    if lot is None:
        # Another dock may be making the same lot at this moment; then its facts count, as for any known lot.
        lot, _ = Lot.objects.get_or_create(item=item, number=label.number, defaults={**facts, "created_at": at})
    _complete(lot, facts)
    return lot


def _check_dates(item: Item, label: Label, expires_on: date | None, today: date) -> None:
    if label.made_on and (label.made_on > today or (expires_on is not None and expires_on < label.made_on)):
        raise ImpossibleDates(lot=label.number, made_on=label.made_on, expires_on=expires_on, today=today)
    if item.expires and expires_on is None:
        raise ExpiryRequired(item=item.number, lot=label.number)
    if expires_on is not None and expires_on <= today:
        raise ExpiredOnReceipt(item=item.number, lot=label.number, expires_on=expires_on)


def _complete(lot: Lot, facts: dict[str, object]) -> None:
    missing = []
    for fact, given in facts.items():
        known = getattr(lot, fact)
        if not given or known == given:
            continue
        if known:
            raise LotMismatch(
                item=lot.item.number,
                lot=lot.number,
                fact=fact.removesuffix("_id"),
                known=str(lot.supplier if fact == "supplier_id" else known),
                given="another" if fact == "supplier_id" else str(given),
            )
        setattr(lot, fact, given)
        missing.append(fact)
    if missing:
        lot.save(update_fields=missing)


def name_serials(
    item: Item, numbers: Sequence[str], *, count: Decimal, lot: Lot | None, at: datetime
) -> list[SerialNumber]:
    """The units under those serial numbers, in the order given, new ones made in one insert.

    Exactly as many as come in, all different; none for an item without serial numbers.
    """
    given = [number.strip() for number in numbers]
    needed = int(count) if item.has_serials else 0
    if len(given) != needed or len(set(given)) != needed or "" in given:
        raise SerialsMismatch(item=item.number, needed=needed, given=len(set(given) - {""}))
    if not needed:
        return []
    SerialNumber.objects.bulk_create(
        [SerialNumber(item=item, number=number, lot=lot, created_at=at) for number in given], ignore_conflicts=True
    )
    units = {unit.number: unit for unit in SerialNumber.objects.filter(item=item, number__in=given)}
    for unit in units.values():
        if lot is not None and unit.lot_id != lot.pk:
            raise LotMismatch(
                item=item.number, lot=lot.number, fact="serial number", known="another lot", given=unit.number
            )
    return [units[number] for number in given]
