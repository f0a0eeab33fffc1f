"""What went missing, at the desk: added up by reason, zone or shift, and each adjustment with what shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin import worker_of
from apps.core.admin.cells import NOTHING, grouped, money
from apps.core.admin.page import Column, Table
from apps.journal import edge
from apps.locations.asking import AskDays
from apps.locations.queries import company_currency
from apps.losses.operations import MAY_READ_LOSSES, note_losses_read
from apps.losses.queries import Days, losses_in, shrinkage_of
from apps.losses.rules import Group, Loss, Shrinkage
from apps.losses.states import LossBy

if TYPE_CHECKING:
    from apps.accounts.models import User

PERIOD = timedelta(days=30)
MOST_ROWS = 200
TEMPLATE = "admin/stillage/shrinkage.html"
MINUTE = "%d %b %H:%M"


class AskShrinkage(AskDays):
    """And what it is added up by."""

    by = forms.ChoiceField(choices=LossBy.choices, required=False, label="By")


@require_safe
def shrinkage_page(request: HttpRequest) -> HttpResponse:
    """The page, for those who look into losses; who reads is recorded."""
    if not worker_of(request).has_role(*MAY_READ_LOSSES):
        raise PermissionDenied
    user, today = cast("User", request.user), clock.now().date()
    usual = {"since": f"{today - PERIOD:%Y-%m-%d}", "until": f"{today:%Y-%m-%d}", "by": LossBy.REASON.value}
    form = AskShrinkage(user, usual | request.GET.dict())
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Shrinkage", "form": form}
    if not form.is_valid():
        return TemplateResponse(request, TEMPLATE, context, status=400)
    given = form.cleaned_data
    days = Days(sites=form.sites, since=given["since"], until=given["until"])
    edge.run(note_losses_read, by=user, render=str, reads=True, what=f"{days.since} to {days.until}")
    by = LossBy(given["by"] or LossBy.REASON)
    losses = losses_in(days)
    context |= {"tables": [_groups(shrinkage_of(days, by=by, losses=losses), by), _losses(losses[:MOST_ROWS])]}
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


def _losses(rows: list[Loss]) -> Table:
    return Table(
        title="Each adjustment",
        columns=(
            Column("Missed"),
            Column("Place"),
            Column("Item"),
            Column("Taken off", number=True),
            Column("Reason"),
            Column("Shift"),
            Column("By"),
            Column("Somebody was last there"),
            Column("Cameras"),
        ),
        rows=[
            (
                f"{loss.at:{MINUTE}}",
                f"{loss.place} ({loss.zone})",
                f"{loss.item} {loss.lot}".strip(),
                f"{grouped(loss.quantity)} {loss.unit}",
                loss.reason,
                loss.shift,
                loss.by,
                f"{loss.since:{MINUTE}}" if loss.since is not None else NOTHING,
                _footage(loss),
            )
            for loss in rows
        ],
        empty="No adjustment.",
    )


def _footage(loss: Loss) -> SafeString | str:
    """Each camera with from when to when; what is gone is struck out."""
    now = clock.now()
    if not loss.footage:
        return NOTHING
    return format_html_join(
        mark_safe("<br>"),
        "{}",
        [
            (
                format_html(
                    "<s>{} {}</s>" if each.is_gone(now) else "{} {}",
                    f"{each.camera} {each.channel}:",
                    f"{each.since:{MINUTE}} to {each.until:{MINUTE}}",
                ),
            )
            for each in loss.footage
        ],
    )
