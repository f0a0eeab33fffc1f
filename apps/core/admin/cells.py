"""What stands in a cell of a list or a page: states, quantities, dates, progress, links."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.decimals import plain

if TYPE_CHECKING:
    from django.db.models import Model

NOTHING = SafeString("–")  # noqa: RUF001 - a dash, where a figure would stand
MINUTE = "%Y-%m-%dT%H:%M"
"""As a browser's field for day and time is filled in, and answers."""


class Tone(StrEnum):
    """The colours of states, the same on every screen; the word always stands beside them."""

    WAITING = "waiting"
    READY = "ready"
    PROGRESS = "progress"
    DONE = "done"
    LATE = "late"
    BLOCKED = "blocked"
    HELD = "held"


def badge(word: object, tone: Tone) -> SafeString:
    """A state as its word on its colour."""
    return format_html('<span class="sg-badge sg-{}">{}</span>', tone.value, word)


def quantity(value: Decimal | None, unit: object = "") -> SafeString:
    """A quantity with its unit, figures under figures."""
    if value is None:
        return NOTHING
    return format_html('<span class="sg-amount">{} <small>{}</small></span>', grouped(value), unit)


def money(value: Decimal | None, currency: str) -> SafeString:
    """An amount in a currency, to the cent."""
    if value is None:
        return NOTHING
    return format_html('<span class="sg-amount">{} <small>{}</small></span>', f"{value:,.2f}", currency)


def grouped(value: Decimal) -> str:
    """A number with thousands apart and no trailing zeros."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in {"-0", ""} else plain(value)


def day(value: date | None) -> str:
    """A calendar day, short, never broken over two lines."""
    return f"{value.day}\N{NO-BREAK SPACE}{value:%b}\N{NO-BREAK SPACE}{value:%Y}" if value else NOTHING


def due(value: date, today: date, *, is_open: bool) -> SafeString:
    """When something is due; late in orange, with how late, while it is still open."""
    if is_open and value < today:
        days = (today - value).days
        return format_html("{} {}", day(value), badge(f"{days} day{'s' * (days > 1)} late", Tone.LATE))
    if is_open and value == today:
        return format_html("{} {}", day(value), badge("today", Tone.PROGRESS))
    return format_html("{}", day(value))


def moment(at: datetime | None, zone: str = "UTC") -> SafeString:
    """An instant as the wall clock of its warehouse showed it; the exact instant on hover."""
    if at is None:
        return NOTHING
    local = at.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        f"{at:%Y-%m-%d %H:%M:%S.%f %Z}",
        f"{local.day} {local:%b %H:%M}",
    )


def duration(minutes: int) -> str:
    """Minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def progress(done: Decimal | None, total: Decimal | None) -> SafeString:
    """How much of a whole is done, as a bar and in words."""
    if not total:
        return NOTHING
    share = min(int((done or Decimal(0)) * 100 / total), 100)
    return format_html(
        '<span class="sg-bar"><progress max="100" value="{}" aria-label="done"></progress> {} %</span>',
        share,
        share,
    )


def named(number: str) -> SafeString:
    """A document by its number alone, whatever kind it is of: the search knows its page."""
    if not number:
        return NOTHING
    try:
        address = reverse("desk-search")
    except NoReverseMatch:
        return format_html("{}", number)
    return format_html('<a class="sg-link" href="{}?{}">{}</a>', address, urlencode({"q": number}), number)


def paper(title: str, address: str) -> SafeString:
    """A PDF behind a link, in a row."""
    return format_html('<a class="sg-link" href="{}" target="_blank">{}</a>', address, title)


def link(row: Model | None, text: object = None) -> SafeString:
    """A row by its name, leading to its page."""
    return NOTHING if row is None else link_to(type(row), row.pk, text or row)


def link_to(kind: type[Model], pk: object, text: object) -> SafeString:
    """A row of which no more is known than its key, leading to its page."""
    if pk is None:
        return NOTHING
    opts = kind._meta
    try:
        target = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[pk])
    except NoReverseMatch:
        return format_html("{}", text)
    return format_html('<a class="sg-link" href="{}">{}</a>', target, text)
