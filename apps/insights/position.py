"""The stock position: what of an item is where, what is spoken for, what comes and what goes, by item and site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet, Sum, TextChoices

from apps.core.admin.cells import day
from apps.ledger.models import StockBalance
from apps.ledger.states import HoldReason, StockStatus
from apps.locations.choices import LocationKind
from apps.orders.models import Pick
from apps.supply.models import ExpectedReceipt, Promise

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.catalog.models import Item
    from apps.locations.models import Warehouse

ZERO = Decimal(0)


class Split(TextChoices):
    """What the stock of an item at a site can be told apart by."""

    LOT = "lot", "Lot"
    STATUS = "status", "Status"
    OWNER = "owner", "Owner"
    HOLD = "hold", "Hold reason"


DIMENSIONS = {
    Split.LOT: ("lot_id", "lot__number", "lot__expires_on"),
    Split.STATUS: ("status",),
    Split.OWNER: ("owner_id", "owner__number", "owner__name"),
    Split.HOLD: ("hold",),
}
"""The columns of a balance that tell parts apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Base units. Of a part only what stands or travels is known: nobody orders a lot or a status."""

    on_hand: Decimal = ZERO
    """All that stands at the site, in whatever condition."""
    reserved: Decimal = ZERO
    """Of it, what is spoken for at its bin."""
    available: Decimal = ZERO
    """Of it, what may be promised: good, pickable, not reserved, not held, not expired."""
    inbound: Decimal = ZERO
    """Expected from suppliers and not yet received."""
    promised: Decimal = ZERO
    """Promised to customers and not yet allocated."""
    picked: Decimal = ZERO
    """Picked for customers and not yet gone."""
    in_transit: Decimal = ZERO
    """On the road from another site."""
    back_ordered: Decimal = ZERO
    """Promised beyond what is available at the site."""

    @property
    def outbound(self) -> Decimal:
        """All that is to leave for customers: promised, reserved and picked."""
        return self.promised + self.reserved + self.picked

    def __add__(self, other: Figures) -> Figures:
        return Figures(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(Figures)})


STOCK_FIGURES = ("on_hand", "reserved", "available", "in_transit")
"""What a part has."""
TITLES = {
    "on_hand": "On hand",
    "reserved": "Reserved",
    "available": "Available",
    "inbound": "Inbound",
    "promised": "To allocate",
    "picked": "Picked",
    "outbound": "Outbound",
    "in_transit": "In transit",
    "back_ordered": "Back-ordered",
}
"""The figures in the order of every page, paper and answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The stock of one lot, status, owner or hold reason; `key` is empty for goods that have none."""

    key: str
    pk: int | None = None
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Subject:
    """An item at a site."""

    item: str
    warehouse: str
    name: str
    unit: str
    item_id: int
    warehouse_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An item at a site, its figures, and the parts that its stock is made of."""

    subject: Subject
    figures: Figures
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The rows asked for, of the warehouses that the person works at; items of which there is nothing are left out."""

    item: str = ""
    warehouse: str = ""
    by: Split | None = None
    rows: tuple[Row, ...]

    @property
    def totals(self) -> dict[str, Figures]:
        """The sums by unit: pieces and kilograms are not added up."""
        sums: dict[str, Figures] = {}
        for row in self.rows:
            sums[row.subject.unit] = sums.get(row.subject.unit, Figures()) + row.figures
        return dict(sorted(sums.items()))

    @property
    def columns(self) -> dict[str, str]:
        """The figures' titles; what is on the road only when something is."""
        travels = any(row.figures.in_transit for row in self.rows)
        return {name: title for name, title in TITLES.items() if travels or name != "in_transit"}


def stock_position(
    user: User, *, at: datetime, item: Item | None = None, warehouse: Warehouse | None = None, by: Split | None = None
) -> Position:
    """An item over all sites, a site over all items, or both; five queries however many there are."""
    documents = _documents(user, item, warehouse)
    stock = _stock(user, at, item, warehouse, by)
    rows = []
    for subject in sorted({*documents, *stock}):
        parts = tuple(stock.get(subject, ()))
        figures = sum((part.figures for part in parts), documents.get(subject, Figures()))
        rows.append(Row(subject=subject, figures=_with_back_order(figures), parts=parts if by else ()))
    return Position(
        item=item.number if item else "", warehouse=warehouse.code if warehouse else "", by=by, rows=tuple(rows)
    )


def _with_back_order(figures: Figures) -> Figures:
    """What is promised beyond what is available, at this site: another site's stock does not fill it."""
    return figures + Figures(back_ordered=max(figures.promised - figures.available, ZERO))


def _documents(user: User, item: Item | None, warehouse: Warehouse | None) -> dict[Subject, Figures]:
    """What is expected, promised and on its way out."""
    expected = _grouped(
        _asked(ExpectedReceipt.objects.for_user(user).open(), item, warehouse),
        inbound=Sum(F("quantity") - F("received")),
    )
    promised = _grouped(
        _asked(Promise.objects.for_user(user).open(), item, warehouse), promised=Sum(F("quantity") - F("allocated"))
    )
    picks = Pick.objects.for_user(user).on_their_way_out()
    picked = _grouped(
        _asked(picks, item, warehouse, item_path="task__item", site_path="wave__warehouse"),
        item_path="task__item",
        site_path="wave__warehouse",
        picked=Sum("remaining"),
    )
    found: dict[Subject, Figures] = {}
    for rows in (expected, promised, picked):
        for subject, _, sums in rows:
            found[subject] = found.get(subject, Figures()) + Figures(**sums)
    return found


def _stock(
    user: User, at: datetime, item: Item | None, warehouse: Warehouse | None, by: Split | None
) -> dict[Subject, list[Part]]:
    """The stock of each item at each site, in its parts; without a split, in one."""
    columns: Sequence[str] = DIMENSIONS[by] if by else ()
    balances = StockBalance.objects.for_user(user)
    if by == Split.HOLD:
        balances = balances.with_hold()
    travels = Q(location__kind=LocationKind.TRANSIT)
    standing = _grouped(
        _asked(balances.on_hand(), item, warehouse),
        columns,
        on_hand=Sum("on_hand", filter=~travels, default=ZERO),
        reserved=Sum("reserved"),
        in_transit=Sum("on_hand", filter=travels, default=ZERO),
    )
    free = _grouped(
        _asked(balances.available(at), item, warehouse), columns, available=Sum(F("on_hand") - F("reserved"))
    )
    found: dict[tuple[Subject, tuple[Any, ...]], Figures] = {}
    for rows in (standing, free):
        for subject, key, sums in rows:
            found[subject, key] = found.get((subject, key), Figures()) + Figures(**sums)
    parts: dict[Subject, list[Part]] = {}
    for (subject, key), figures in found.items():
        parts.setdefault(subject, []).append(_part(by, key, figures))
    return {subject: sorted(those, key=lambda part: part.key) for subject, those in parts.items()}


def _part(by: Split | None, key: tuple[Any, ...], figures: Figures) -> Part:
    """The part under the name that people know it by."""
    match by:
        case Split.LOT:
            pk, number, expires = key
            label = f"{number}, expires {day(expires)}" if expires else number
            return Part(key=number or "", pk=pk, label=label or "No lot", figures=figures)
        case Split.OWNER:
            pk, number, name = key
            return Part(key=number or "", pk=pk, label=f"{number} {name}" if pk else "Our own", figures=figures)
        case Split.STATUS:
            return Part(key=key[0], label=str(StockStatus(key[0]).label), figures=figures)
        case Split.HOLD:
            return Part(key=key[0], label=str(HoldReason(key[0]).label) if key[0] else "Not held", figures=figures)
    return Part(key="", label="", figures=figures)


def _asked(
    rows: QuerySet[Any],
    item: Item | None,
    warehouse: Warehouse | None,
    *,
    item_path: str = "item",
    site_path: str = "warehouse",
) -> QuerySet[Any]:
    """Those of the item and of the site."""
    if item is not None:
        rows = rows.filter(**{item_path: item})
    return rows if warehouse is None else rows.filter(**{site_path: warehouse})


def _grouped(
    rows: QuerySet[Any],
    columns: Sequence[str] = (),
    *,
    item_path: str = "item",
    site_path: str = "warehouse",
    **sums: Any,
) -> Iterator[tuple[Subject, tuple[Any, ...], dict[str, Decimal]]]:
    """Sums by item and site, and by what else is asked; one query."""
    subject = {
        "subject_item": F(f"{item_path}__number"),
        "subject_warehouse": F(f"{site_path}__code"),
        "subject_name": F(f"{item_path}__name"),
        "subject_unit": F(f"{item_path}__unit__code"),
        "subject_item_id": F(f"{item_path}__pk"),
        "subject_warehouse_id": F(f"{site_path}__pk"),
    }
    figures = {f"sum_{name}": expression for name, expression in sums.items()}
    for row in rows.order_by().values(*columns, **subject).annotate(**figures):
        yield (
            Subject(**{name.removeprefix("subject_"): row[name] for name in subject}),
            tuple(row[name] for name in columns),
            {name: row[f"sum_{name}"] for name in sums},
        )
