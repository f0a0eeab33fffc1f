"""Traces at the desk: any code, both ways, as a tree, a table and a picture; and what complaints share."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, link
from apps.core.admin.page import Column, Table
from apps.core.decimals import plain
from apps.core.errors import NotAllowed, NotFound
from apps.journal import edge
from apps.ledger.models import Lot
from apps.traceability.errors import ReachTooWide
from apps.traceability.operations import note_goods_traced
from apps.traceability.picture import draw_trace
from apps.traceability.queries.links import Goods, Node
from apps.traceability.queries.origins import CommonOrigin, common_origins
from apps.traceability.queries.starts import StartKind, starts_of
from apps.traceability.queries.trees import Direction, Trace, TraceKind, TraceNode, trace_goods

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_ROWS = 500
"""Of a table or tree; the API gives all, a page at a time."""
MOST_COMPLAINTS = 200
MOST_FILES = 5
ADDRESSES = {
    TraceKind.LOT: "admin:ledger_lot_change",
    TraceKind.SERIAL: "admin:ledger_serialnumber_change",
    TraceKind.ITEM: "admin:catalog_item_change",
    TraceKind.RECEIPT: "admin:purchasing_receipt_change",
    TraceKind.SHIPMENT: "admin:shipping_shipment_change",
    TraceKind.SUPPLIER: "admin:catalog_party_change",
    TraceKind.CUSTOMER: "admin:catalog_party_change",
}


class AskTrace(forms.Form):
    """Which code, which way."""

    number = forms.CharField(
        max_length=40,
        label="Number",
        widget=forms.TextInput(
            attrs={"placeholder": "Lot, serial number, pallet, receipt, shipment or order", "type": "search"}
        ),
    )
    of = forms.ChoiceField(choices=[("", "Whatever bears it"), *StartKind.choices], required=False, label="It is a")
    item = forms.CharField(max_length=40, required=False, label="Item, where several share it")
    direction = forms.ChoiceField(choices=Direction.choices, required=False, label="Way", initial=Direction.BOTH)


class AskOrigins(forms.Form):
    """The complaints."""

    numbers = forms.CharField(
        max_length=8000,
        label="Numbers, one a line: serial numbers, lots, shipments, pallets, orders",
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_safe
def trace_page(request: HttpRequest) -> HttpResponse:
    """Trace any code; who reads is recorded."""
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Trace"}
    form = AskTrace(request.GET if "number" in request.GET else None, initial={"number": "", "direction": "both"})
    context |= {"form": form}
    if not form.is_bound:
        return TemplateResponse(request, "admin/stillage/trace.html", context)
    if not form.is_valid():
        return TemplateResponse(request, "admin/stillage/trace.html", context, status=400)
    given, user = form.cleaned_data, cast("User", request.user)
    _note(user, given["of"] or "number", given["number"])
    try:
        kind, starts = _found(given["number"], user, of=given["of"], item=given["item"])
    except NotFound:
        return TemplateResponse(
            request, "admin/stillage/trace.html", context | {"unknown": given["number"]}, status=404
        )
    except ReachTooWide as refusal:
        messages.error(request, str(refusal))
        return TemplateResponse(request, "admin/stillage/trace.html", context, status=400)
    direction = given["direction"] or Direction.BOTH
    trace = trace_goods(starts, direction=direction)
    title = f"{StartKind(kind).label} {given['number']}: {Direction(direction).label.lower()}"
    reached = [node for node in trace.nodes.values() if node.key not in trace.starts]
    context |= {
        "trace": trace,
        "found": title,
        "certain": sum(node.is_certain for node in reached),
        "possible": sum(not node.is_certain for node in reached),
        "customers": sum(node.kind == TraceKind.CUSTOMER for node in reached),
        # Drawn by us, every text in it escaped there.
        "picture": mark_safe(draw_trace(trace, title=title)),  # noqa: S308
        "one_steps": Lot.objects.filter(pk__in=[node.id for node in starts if node.goods == Goods.LOT])[:MOST_FILES],
        "trees": [_tree(trace, up=up) for up in (True, False) if direction in {Direction.BOTH, _way(up=up)}],
        "table": _table(trace),
    }
    return TemplateResponse(request, "admin/stillage/trace.html", context)


@require_safe
def common_origins_page(request: HttpRequest) -> HttpResponse:
    """Which lots complaints share; who reads is recorded."""
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "What complaints share"}
    form = AskOrigins(request.GET if "numbers" in request.GET else None)
    context |= {"form": form}
    if not form.is_bound:
        return TemplateResponse(request, "admin/stillage/common_origins.html", context)
    numbers = list(dict.fromkeys(form.data["numbers"].split()))[:MOST_COMPLAINTS]
    if not form.is_valid() or not numbers:
        return TemplateResponse(request, "admin/stillage/common_origins.html", context, status=400)
    user = cast("User", request.user)
    _note(user, "complaints", f"{len(numbers)} numbers")
    groups, unknown = [], []
    for number in numbers:
        try:
            groups.append(_found(number, user)[1])
        except (NotFound, ReachTooWide):
            unknown.append(number)
    context |= {"unknown": unknown, "table": _origins(common_origins(groups), len(groups))}
    return TemplateResponse(request, "admin/stillage/common_origins.html", context)


def _note(user: User, kind: str, number: str) -> None:
    try:
        edge.run(note_goods_traced, by=user, render=str, reads=True, kind=kind, number=number)
    except NotAllowed as refusal:
        raise PermissionDenied from refusal


def _found(number: str, user: User, *, of: str = "", item: str = "") -> tuple[str, frozenset[Node]]:
    """What bears the number, the kinds in turn. Raises `NotFound`."""
    for kind in [of] if of else StartKind.values:
        try:
            return kind, starts_of(kind, number.strip(), user, today=clock.now().date(), item=item)
        except NotFound:
            continue
    raise NotFound(kind="code", number=number)


def _way(*, up: bool) -> Direction:
    return Direction.UP if up else Direction.DOWN


def _sure(*, is_certain: bool) -> SafeString:
    return badge("certain", Tone.DONE) if is_certain else badge("possible", Tone.HELD)


def _linked(node: TraceNode) -> object:
    if node.kind not in ADDRESSES:
        return node.number
    return format_html('<a href="{}">{}</a>', reverse(ADDRESSES[node.kind], args=[node.id]), node.number)


def _tree(trace: Trace, *, up: bool) -> Table:
    rows = list(islice(trace.tree(up=up), MOST_ROWS + 1))
    more = len(rows) > MOST_ROWS
    return Table(
        title=f"{_way(up=up).label}{f', the first {MOST_ROWS} lines' if more else ''}",
        columns=(Column("Number"), Column("What"), Column("Item"), Column("Name"), Column("How sure")),
        rows=[
            (
                format_html(
                    '<span class="sg-branch">{}</span>{}{}',
                    "· " * row.depth,
                    _linked(row.node),
                    " (above)" if row.again else "",
                ),
                row.node.kind.label,
                row.node.item or NOTHING,
                row.node.name or NOTHING,
                _sure(is_certain=row.node.is_certain and row.is_certain),
            )
            for row in rows[:MOST_ROWS]
        ]
        if len(rows) > len(trace.starts)
        else [],
        empty="It went into nothing and was not shipped." if up else "It is made of nothing that we know of.",
    )


def _table(trace: Trace) -> Table:
    rows = trace.table()
    return Table(
        title=f"All {len(rows)}" if len(rows) <= MOST_ROWS else f"The first {MOST_ROWS} of {len(rows)}",
        columns=(
            Column("Level", number=True),
            Column("What"),
            Column("Number"),
            Column("Item"),
            Column("Name"),
            Column("How sure"),
        ),
        rows=[
            (
                node.level,
                node.kind.label,
                _linked(node),
                node.item or NOTHING,
                node.name or NOTHING,
                _sure(is_certain=node.is_certain),
            )
            for node in rows[:MOST_ROWS]
        ],
        empty="Nothing of it ever moved.",
    )


def _origins(rows: list[CommonOrigin], complaints: int) -> Table:
    return Table(
        title=f"Lots in {complaints} complaint{'' if complaints == 1 else 's'}",
        columns=(
            Column("Lot"),
            Column("Item"),
            Column("Name"),
            Column("Certain in", number=True),
            Column("Possible in", number=True),
            Column("Of complaints, %", number=True),
            Column("In shipments", number=True),
            Column("Lift", number=True),
        ),
        rows=[
            (
                link(Lot(pk=row.lot_id, number=row.lot)),
                row.item,
                row.name,
                row.certain,
                row.possible,
                plain(row.share),
                f"{row.shipped} of {row.shipments}",
                plain(row.lift),
            )
            for row in rows[:MOST_ROWS]
        ],
        empty="These complaints have no lot in them.",
    )
