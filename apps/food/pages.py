"""Records of listed foods at the desk: what happened in some days, what the records lack, and the spreadsheet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin import worker_of
from apps.core.admin.cells import day
from apps.core.admin.page import Column, Table
from apps.food.errors import FoodRecordsTooWide
from apps.food.operations import check_size, note_records_read
from apps.food.queries import Asked, Period, records_of
from apps.food.rules.events import FoodRecords
from apps.journal import edge
from apps.locations.asking import AskDays
from apps.traceability.operations.trail import MAY_READ_TRACES

if TYPE_CHECKING:
    from apps.accounts.models import User

PERIOD = timedelta(days=30)
MOST_GAPS = 200
TEMPLATE = "admin/stillage/food_records.html"


@require_safe
def food_records_page(request: HttpRequest) -> HttpResponse:
    """The page, for those who read traces; who reads is recorded."""
    if not worker_of(request).has_role(*MAY_READ_TRACES):
        raise PermissionDenied
    user, today = cast("User", request.user), clock.now().date()
    usual = {"since": f"{today - PERIOD:%Y-%m-%d}", "until": f"{today:%Y-%m-%d}"}
    form = AskDays(user, usual | request.GET.dict())
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Food records", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, TEMPLATE, context, status=400)
    given = form.cleaned_data
    period = {"since": f"{given['since']:%Y-%m-%d}", "until": f"{given['until']:%Y-%m-%d}"}
    edge.run(note_records_read, by=user, render=str, reads=True, what=" to ".join(period.values()))
    asked = Asked(period=Period(since=given["since"], until=given["until"]), sites=[site.pk for site in form.sites])
    try:
        found = check_size(records_of(asked))
    except FoodRecordsTooWide as refusal:
        messages.error(request, str(refusal))
        return TemplateResponse(request, TEMPLATE, context, status=400)
    of = {"warehouse": given["warehouse"].code} if given["warehouse"] else {}
    context |= {
        "summary": _summary(found),
        "table": _gaps(found),
        "file": f"{reverse('food-records-file')}?{urlencode(period | of)}",
    }
    return TemplateResponse(request, TEMPLATE, context)


def _summary(found: FoodRecords) -> str:
    counts = [f"{event}: {len(records)}." for event, _, records in found.events()]
    return " ".join([*counts, f"Lacking something: {len(found.gaps())}."])


def _gaps(found: FoodRecords) -> Table:
    return Table(
        title="What the records lack",
        columns=(
            Column("Event"),
            Column("Day"),
            Column("Document"),
            Column("Item"),
            Column("Lot code"),
            Column("Missing"),
            Column("Rule"),
        ),
        rows=[
            (
                gap.event,
                day(gap.record.on),
                gap.record.document,
                gap.record.traced.item,
                gap.record.traced.code.code,
                "; ".join(gap.missing),
                gap.rule.cited,
            )
            for gap in found.gaps()[:MOST_GAPS]
        ],
        empty="Every record of these days tells all that is asked for.",
    )
