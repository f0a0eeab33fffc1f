"""What went missing at the desk: added up, each adjustment with what shows it, what is odd, and who came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin import worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, link_to, moment, money
from apps.core.admin.page import Column, Table
from apps.journal import edge
from apps.locations.asking import AskDays
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.losses.cells import DOOR_TONES, MINUTE, footage_cell, losses_table
from apps.losses.models import LossCase
from apps.losses.operations import MAY_READ_LOSSES, note_losses_read
from apps.losses.queries import Access, Days, Oddities, access_in, losses_in, odd_in, shrinkage_of
from apps.losses.rules import Group, Odd, Shrinkage
from apps.losses.states import LossBy

if TYPE_CHECKING:
    from apps.accounts.models import User

PERIOD = timedelta(days=30)
MOST_ROWS = 200
MOST_LETTERS = 200
TEMPLATE = "admin/stillage/shrinkage.html"
ODD_TEMPLATE = "admin/stillage/odd_adjustments.html"
ACCESS_TEMPLATE = "admin/stillage/access_log.html"
TONES = {"Could not sign on": Tone.LATE} | {kind.label: tone for kind, tone in DOOR_TONES.items()}


class AskShrinkage(AskDays):
    """And what it is added up by."""

    by = forms.ChoiceField(choices=LossBy.choices, required=False, label="By")


@require_safe
def shrinkage_page(request: HttpRequest) -> HttpResponse:
    """The page, for those who look into losses; who reads is recorded."""
    asked = _asked(request, "Shrinkage", TEMPLATE, AskShrinkage)
    if isinstance(asked, HttpResponse):
        return asked
    days, context = asked
    by = LossBy(context["form"].cleaned_data["by"] or LossBy.REASON)
    losses = losses_in(days)
    context |= {
        "tables": [
            _groups(shrinkage_of(days, by=by, losses=losses), by),
            losses_table(losses[:MOST_ROWS], "Each adjustment"),
        ]
    }
    return TemplateResponse(request, TEMPLATE, context)


def _groups(found: Shrinkage, by: LossBy) -> Table:
    currency = company_currency()
    share = f"{found.percent} %" if found.percent is not None else "n/a"
    rows = [_group(group, currency) for group in found.groups]
    return Table(
        title=f"By {by.label.lower()}: {share} of {found.book:,.2f} {currency} counted is missing unexplained",
        columns=(
            Column(by.label),
            Column("Adjustments", number=True),
            Column("Unexplained", number=True),
            Column("Scrapped", number=True),
            Column("Without a cost", number=True),
        ),
        rows=[*rows, _group(found.total, currency)] if rows else [],
        empty="Nothing was adjusted or scrapped in these days.",
    )


def _group(group: Group, currency: str) -> tuple[Any, ...]:
    return (
        group.name,
        str(group.adjustments),
        money(group.unexplained, currency),
        money(group.explained, currency),
        str(group.unpriced),
    )


@require_safe
def odd_page(request: HttpRequest) -> HttpResponse:
    """Odd adjustments, each with why, what shows it, and what to do about it."""
    asked = _asked(request, "Odd adjustments", ODD_TEMPLATE)
    if isinstance(asked, HttpResponse):
        return asked
    days, context = asked
    found = odd_in(days)
    context |= {"table": _odd(found, days.sites), "rule": found.rule, "precision": _percent(found.precision)}
    context |= {"looked_into": found.looked_into, "dismissed": found.dismissed}
    return TemplateResponse(request, ODD_TEMPLATE, context)


@require_safe
def access_page(request: HttpRequest) -> HttpResponse:
    """Who signed on where, who could not, and whose badge opened which door."""
    asked = _asked(request, "Access log", ACCESS_TEMPLATE)
    if isinstance(asked, HttpResponse):
        return asked
    days, context = asked
    rows = access_in(days)
    context |= {"table": _access(rows), "more": len(rows) > MOST_ROWS}
    context["workbook"] = f"/api/v1/access-log-file?{urlencode(_query(days))}"
    return TemplateResponse(request, ACCESS_TEMPLATE, context)


def _asked(
    request: HttpRequest, title: str, template: str, kind: type[AskDays] = AskDays
) -> HttpResponse | tuple[Days, dict[str, Any]]:
    """Which days and site, by somebody who looks into losses; who reads is recorded. Else what is wrong."""
    if not worker_of(request).has_role(*MAY_READ_LOSSES):
        raise PermissionDenied
    user, today = cast("User", request.user), clock.now().date()
    usual = {"since": f"{today - PERIOD:%Y-%m-%d}", "until": f"{today:%Y-%m-%d}"}
    form = kind(user, usual | request.GET.dict())
    context: dict[str, Any] = {**admin.site.each_context(request), "title": title, "form": form}
    if not form.is_valid():
        return TemplateResponse(request, template, context, status=400)
    days = Days(sites=form.sites, since=form.cleaned_data["since"], until=form.cleaned_data["until"])
    what = f"{title.lower()}, {days.since} to {days.until}"
    edge.run(note_losses_read, by=user, render=str, reads=True, what=what)
    return days, context


def _query(days: Days) -> dict[str, str]:
    told = {"since": f"{days.since}", "until": f"{days.until}"}
    return told | ({"warehouse": days.sites[0].code} if len(days.sites) == 1 else {})


def _percent(share: Decimal | None) -> str:
    return "n/a" if share is None else f"{share} %"


def _odd(found: Oddities, sites: Sequence[Warehouse]) -> Table:
    keys = {site.code: site.pk for site in sites}
    return Table(
        title="Odd adjustments",
        columns=(
            Column("Missed"),
            Column("Place"),
            Column("Item"),
            Column("Taken off", number=True),
            Column("Odd because"),
            Column("By"),
            Column("Cameras"),
            Column("What to do"),
        ),
        rows=[
            (
                f"{odd.loss.at:{MINUTE}}",
                odd.loss.place,
                f"{odd.loss.item} {odd.loss.lot}".strip(),
                f"{grouped(odd.loss.quantity)} {odd.loss.unit}",
                odd.because,
                odd.loss.told_by,
                footage_cell(odd.loss.footage),
                _todo(odd, case, found.cases, keys),
            )
            for odd, case in found.found
        ],
        empty="Nothing is odd in these days." if found.rule else "No rule is in effect: add one under Odd rules.",
    )


def _todo(odd: Odd, case: str, cases: Mapping[str, int], sites: Mapping[str, int]) -> SafeString:
    """Look at the case, or open one, or say that it is none."""
    if case:
        return link_to(LossCase, cases[case], case)
    posting = odd.loss.transaction_id
    look: dict[str, str | int] = {"warehouse": sites[odd.loss.warehouse], "postings": posting}
    look["reason"] = odd.because[:MOST_LETTERS]
    dismiss: dict[str, str | int] = {"posting": posting, "kind": odd.kind.value}
    return format_html(
        '<a href="{}?{}">Look into it</a><br><a href="{}?{}">Dismiss it</a>',
        reverse("admin:losses_losscase_add"),
        urlencode(look),
        reverse("admin:losses_odddismissal_add"),
        urlencode(dismiss),
    )


def _access(rows: list[Access]) -> Table:
    return Table(
        title="Who came in",
        columns=(
            Column("When (UTC)"),
            Column("Site"),
            Column("Where"),
            Column("What"),
            Column("Who"),
            Column("Badge"),
            Column("Minutes", number=True),
        ),
        rows=[
            (
                moment(row.at),
                row.site,
                row.where,
                badge(row.what, TONES.get(row.what, Tone.WAITING)),
                row.who or NOTHING,
                row.badge or NOTHING,
                str(int(row.lasted.total_seconds() // 60)) if row.lasted is not None else NOTHING,
            )
            for row in rows[:MOST_ROWS]
        ],
        empty="Nobody signed on and no door told anything in these days.",
    )
