"""What is written on goods that come in: their lot with its dates, and their serial numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from apps.catalog.facts import ItemFacts
from apps.ledger.models import Lot, SerialNumber
from apps.purchasing.errors import (
    ExpiredOnReceipt,
    ExpiryRequired,
    ImpossibleDates,
    LotMismatch,
    LotNotAllowed,
    LotRequired,
    SerialsMismatch,
    ShortDated,
)
from apps.purchasing.rules import expiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the goods' label says of their lot; `stays` unless all of the goods go back, however old they are."""

    stays: bool = True
    number: str = ""
    expires_on: date | None = None
    made_on: date | None = None
    supplier_lot: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not (self.number or self.expires_on or self.made_on or self.supplier_lot)


NO_LABEL = Label()
"""Of goods that bear none: a delivery of a thousand lines shares it."""


def name_lots(
    goods: Sequence[tuple[ItemFacts, Label]], *, supplier_id: int | None, today: date, at: datetime
) -> list[Lot | None]:
    """The lot under each label, made when it is new; None for an item without lots. Seven statements at most.

    A known lot keeps its facts: a label that says otherwise is refused, one that says more completes it.
    """
    facts = [_facts(item, label, supplier_id) for item, label in goods]
    keys = [(item.pk, label.number) for (item, label), fact in zip(goods, facts, strict=True) if fact is not None]
    if not keys:
        return [None] * len(goods)
    lots = _known(keys)
    new: dict[tuple[int, str], Lot] = {}
    for (item, label), fact in zip(goods, facts, strict=True):
        if fact is None:
            continue
        key = (item.pk, label.number)
        lot = lots.get(key) or new.get(key)
        _check_dates(item, label, fact["expires_on"] or (lot.expires_on if lot is not None else None), today)
        if lot is None:
            new[key] = Lot(item_id=item.pk, number=label.number, created_at=at, **fact)
    if new:
        # Another dock may be making the same lot at this moment; then its facts count, as for any known lot.
        Lot.objects.bulk_create(new.values(), ignore_conflicts=True)
        lots |= _known(new)
    named: list[Lot | None] = []
    learned: dict[str, dict[int, Lot]] = defaultdict(dict)
    for (item, label), fact in zip(goods, facts, strict=True):
        lot = lots[item.pk, label.number] if fact is not None else None
        if lot is not None and fact is not None:
            for name in _complete(lot, fact):
                learned[name][lot.pk] = lot
        named.append(lot)
    for name, fuller in learned.items():
        # Only what was not known is written: another dock may be completing the rest.
        Lot.objects.bulk_update(fuller.values(), [name])
    return named


def _facts(item: ItemFacts, label: Label, supplier_id: int | None) -> dict[str, Any] | None:
    """What a label says of its lot; None for an item without lots."""
    if not item.has_lots:
        if not label.is_blank:
            raise LotNotAllowed(item=item.number)
        return None
    if not label.number:
        raise LotRequired(item=item.number)
    days = item.shelf_life_days if item.expires else None
    return {
        "expires_on": expiry(expires_on=label.expires_on, made_on=label.made_on, shelf_life_days=days),
        "made_on": label.made_on,
        "supplier_lot": label.supplier_lot,
        "supplier_id": supplier_id,
    }


def _known(keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Lot]:
    """The lots that there are, by item and number."""
    wanted = set(keys)
    rows = Lot.objects.select_related("item").filter(
        item__in={item for item, _ in wanted}, number__in={number for _, number in wanted}
    )
    return {(lot.item_id, lot.number): lot for lot in rows if (lot.item_id, lot.number) in wanted}


def _check_dates(item: ItemFacts, label: Label, expires_on: date | None, today: date) -> None:
    if label.made_on and (label.made_on > today or (expires_on is not None and expires_on < label.made_on)):
        raise ImpossibleDates(lot=label.number, made_on=label.made_on, expires_on=expires_on, today=today)
    if item.expires and expires_on is None:
        raise ExpiryRequired(item=item.number, lot=label.number)
    if expires_on is None or not label.stays:
        return
    if expires_on <= today:
        raise ExpiredOnReceipt(item=item.number, lot=label.number, expires_on=expires_on)
    left = (expires_on - today).days
    if item.min_remaining_days is not None and left < item.min_remaining_days:
        raise ShortDated(
            item=item.number, lot=label.number, expires_on=expires_on, needed=item.min_remaining_days, left=left
        )


def _complete(lot: Lot, facts: dict[str, Any]) -> list[str]:
    """Let the lot learn what the label says more; the facts that it learned. Raises `LotMismatch`."""
    learned = []
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
        learned.append(fact)
    return learned


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Goods with the serial numbers that their labels tell, as many as there are units."""

    item: ItemFacts
    numbers: Sequence[str]
    count: Decimal
    lot: Lot | None


def name_serials(goods: Sequence[Numbered], *, at: datetime) -> list[list[SerialNumber]]:
    """The units under those serial numbers, in the order given, new ones made in one insert; two statements.

    Exactly as many as come in, all different; none for an item without serial numbers.
    """
    given = [_checked(each) for each in goods]
    keys = [(each.item.pk, number) for each, numbers in zip(goods, given, strict=True) for number in numbers]
    if not keys:
        return [[] for _ in goods]
    twice = next((key for key, times in Counter(keys).items() if times > 1), None)
    if twice is not None:
        item = next(each.item for each in goods if each.item.pk == twice[0])
        theirs = [key for key in keys if key[0] == item.pk]
        raise SerialsMismatch(item=item.number, needed=len(theirs), given=len(set(theirs)))
    SerialNumber.objects.bulk_create(
        [
            SerialNumber(item_id=each.item.pk, number=number, lot=each.lot, created_at=at)
            for each, numbers in zip(goods, given, strict=True)
            for number in numbers
        ],
        ignore_conflicts=True,
    )
    rows = SerialNumber.objects.filter(item__in={item for item, _ in keys}, number__in=[number for _, number in keys])
    units = {(unit.item_id, unit.number): unit for unit in rows}
    named = [[units[each.item.pk, number] for number in numbers] for each, numbers in zip(goods, given, strict=True)]
    for each, found in zip(goods, named, strict=True):
        for unit in found:
            if each.lot is not None and unit.lot_id != each.lot.pk:
                raise LotMismatch(
                    item=each.item.number,
                    lot=each.lot.number,
                    fact="serial number",
                    known="another lot",
                    given=unit.number,
                )
    return named


def _checked(goods: Numbered) -> list[str]:
    given = [number.strip() for number in goods.numbers]
    needed = int(goods.count) if goods.item.has_serials else 0
    if len(given) != needed or len(set(given)) != needed or "" in given:
        raise SerialsMismatch(item=goods.item.number, needed=needed, given=len(set(given) - {""}))
    return given
