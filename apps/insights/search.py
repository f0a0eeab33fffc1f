"""The desk's search: one box that finds anything by its number, code or name, among what the person may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from apps.catalog.models import Item, Party
from apps.core import clock
from apps.core.codes import MalformedCode, parse_code
from apps.core.querysets import storable
from apps.insights.documents import by_short_number
from apps.insights.finder import KINDS, candidates_for
from apps.insights.navigation import address_of, may_see
from apps.insights.rules import Candidate, certain
from apps.locations.models import Location
from apps.orders.models import Channel, SalesOrder
from apps.purchasing.models import PurchaseOrder
from apps.shipping.models import Carton

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 8
"""Of each kind; the list of that kind has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: what it is, its name, a line about it, and its page."""

    kind: str
    title: str
    note: str
    address: str
    also: tuple[tuple[str, str], ...] = ()
    """Other pages about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found in one way; `more` is the list with the rest, empty when this is all."""

    title: str
    hits: list[Hit]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that was found, and the page of what is meant beyond doubt."""

    groups: list[Group] = field(default_factory=list)
    certain: str = ""
    problem: str = ""
    """Why the text cannot be the code that it looks like."""


def search(request: HttpRequest, text: str) -> Answer:
    """Look for the text as a code and as words, in a fixed number of queries."""
    problem, found = "", []
    try:
        found = _candidates(request, text)
    except MalformedCode as refusal:
        problem = str(refusal)
    hits = [_hit(candidate) for candidate in found]
    if hits and may_see(request, Carton._meta.label):
        hits = _with_cartons(request, found, hits)
    meant = certain(found)
    groups = [Group(title="By number or code", hits=hits)] if hits else []
    groups += _by_words(request, text, {(candidate.kind, candidate.pk) for candidate in found})
    return Answer(groups=groups, certain=hits[found.index(meant)].address if meant else "", problem=problem)


def _candidates(request: HttpRequest, text: str) -> list[Candidate]:
    """What the code may stand for, in lists that the person has."""
    user = cast("User", request.user)
    parsed = parse_code(text, today=clock.now().date())
    found = candidates_for(parsed, user=user, task=None) or by_short_number(parsed.text, user)
    return [candidate for candidate in found if may_see(request, KINDS[candidate.kind]._meta.label)]


def _hit(candidate: Candidate) -> Hit:
    model = KINDS[candidate.kind]
    title = candidate.number
    return Hit(
        kind=_word(model),
        title=title,
        note=_note(candidate),
        address=_page(model, candidate.pk),
        also=_pages_of_item(title) if model is Item else (),
    )


def _note(candidate: Candidate) -> str:
    """What tells it from its namesakes."""
    detail = candidate.detail
    facts = {
        "item": candidate.label,
        "lot": f"of {detail.get('item')}" + (", on hold" if detail.get("held") else ""),
        "serial": f"of {detail.get('item')}",
        "location": candidate.label.partition(", ")[2],
        "handling_unit": f"{candidate.label.partition(' ')[0]}, {detail.get('location') or 'nowhere now'}",
    }
    return facts.get(candidate.kind, str(detail.get("state", "")).replace("_", " "))


def _with_cartons(request: HttpRequest, found: Sequence[Candidate], hits: Sequence[Hit]) -> list[Hit]:
    """A handling unit that is a shipment's carton leads to the carton, which knows its shipment and its label."""
    units = [candidate.pk for candidate in found if candidate.kind == "handling_unit"]
    rows = Carton.objects.for_user(cast("User", request.user)).filter(unit_id__in=units).select_related("shipment")
    cartons = {carton.unit_id: carton for carton in rows}
    return [
        Hit(kind="carton", title=hit.title, note=f"{carton.shipment}", address=_page(Carton, carton.pk))
        if candidate.kind == "handling_unit" and (carton := cartons.get(candidate.pk))
        else hit
        for candidate, hit in zip(found, hits, strict=True)
    ]


def _by_words(request: HttpRequest, text: str, known: set[tuple[str, int]]) -> Iterator[Group]:
    """Items, parties and places by a part of their names, orders by the number that the other side gave them."""
    user, words = cast("User", request.user), storable(text).split()
    if not words:
        return
    if may_see(request, Item._meta.label):
        yield from _group("Items", _named(Item.objects.for_user(user), words, "number", "name"), "item", text, known)
    if may_see(request, Party._meta.label):
        yield from _group(
            "Parties", _named(Party.objects.for_user(user), words, "number", "name"), "party", text, known
        )
    if may_see(request, Location._meta.label):
        places = Location.objects.for_user(user).physical().select_related("warehouse").order_by("warehouse", "code")
        yield from _group("Locations", _named(places, words, "code"), "location", text, known)
    # Through channel and supplier, as the indexes of the references begin with them.
    if may_see(request, SalesOrder._meta.label):
        sold = SalesOrder.objects.for_user(user).filter(reference=" ".join(words), channel__in=Channel.objects.all())
        yield from _group("Customers' references", sold.select_related("customer"), "sales_order", text, known)
    if may_see(request, PurchaseOrder._meta.label):
        suppliers = Party.objects.filter(is_supplier=True)
        bought = PurchaseOrder.objects.for_user(user).filter(reference=" ".join(words), supplier__in=suppliers)
        yield from _group("Suppliers' references", bought.select_related("supplier"), "purchase_order", text, known)


def _named(rows: QuerySet[Any], words: Sequence[str], *fields: str) -> QuerySet[Any]:
    """Rows that have every word in one of these fields."""
    for word in words:
        rows = rows.filter(Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR))
    return rows


def _group(title: str, rows: QuerySet[Any], kind: str, text: str, known: set[tuple[str, int]]) -> Iterator[Group]:
    """The first of the rows, without those that the code has found already."""
    model, seen = rows.model, list(rows[: MOST + 1])
    hits = [_row(row) for row in seen[:MOST] if (kind, row.pk) not in known]
    if hits:
        more = f"{address_of(model._meta.label)}?{urlencode({'q': text})}" if len(seen) > MOST else ""
        yield Group(title=title, hits=hits, more=more)


def _row(row: Model) -> Hit:
    match row:
        case Item():
            note, also = row.name, _pages_of_item(row.number)
        case Party():
            note, also = row.name, ()
        case Location():
            note, also = f"{row.get_kind_display()}, {row.warehouse.name}", ()
        case SalesOrder():
            note, also = f"{row.reference}, {row.customer.name}", ()
        case PurchaseOrder():
            note, also = f"{row.reference}, {row.supplier.name}", ()
        case _:
            note, also = "", ()
    return Hit(kind=_word(type(row)), title=str(row), note=note, address=_page(type(row), row.pk), also=also)


def _pages_of_item(number: str) -> tuple[tuple[str, str], ...]:
    return (("Stock position", f"{reverse('desk-stock-position')}?{urlencode({'item': number})}"),)


def _word(model: type[Model]) -> str:
    return str(model._meta.verbose_name)


def _page(model: type[Model], pk: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
