"""How losses and their pictures are shown in tables at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, grouped, moment
from apps.core.admin.page import Column, Table
from apps.losses.rules import Footage, Loss
from apps.losses.states import DoorEventKind

MINUTE = "%d %b %H:%M"
DOOR_TONES = {
    DoorEventKind.OPENED: Tone.WAITING,
    DoorEventKind.CLOSED: Tone.DONE,
    DoorEventKind.HELD: Tone.LATE,
    DoorEventKind.FORCED: Tone.BLOCKED,
    DoorEventKind.DENIED: Tone.BLOCKED,
}
FOOTAGE = (Column("Camera"), Column("Channel"), Column("From"), Column("To"), Column("Kept until"))
LOSSES = (
    Column("Missed"),
    Column("Place"),
    Column("Item"),
    Column("Taken off", number=True),
    Column("Reason"),
    Column("Shift"),
    Column("By"),
    Column("Somebody was last there"),
    Column("Cameras"),
)


def losses_table(rows: Iterable[Loss], title: str) -> Table:
    """Each adjustment with what shows it."""
    return Table(
        title=title,
        columns=LOSSES,
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
                footage_cell(loss.footage),
            )
            for loss in rows
        ],
        empty="No adjustment.",
    )


def footage_cell(footage: Iterable[Footage]) -> SafeString | str:
    """Each camera with from when to when; what is gone is struck out."""
    now, shown = clock.now(), tuple(footage)
    if not shown:
        return NOTHING
    return format_html_join(mark_safe("<br>"), "{}", [(_one(each, now),) for each in shown])


def _one(each: Footage, now: datetime) -> SafeString:
    return format_html(
        "<s>{} {}</s>" if each.is_gone(now) else "{} {}",
        f"{each.camera} {each.channel}:",
        f"{each.since:{MINUTE}} to {each.until:{MINUTE}}",
    )


def footage_table(rows: Iterable[Footage]) -> Table:
    """Cameras with from when to when, and whether the pictures are gone."""
    now = clock.now()
    return Table(
        title="What cameras show",
        columns=FOOTAGE,
        rows=[
            (
                each.camera,
                each.channel,
                moment(each.since),
                moment(each.until),
                badge("gone", Tone.BLOCKED) if each.is_gone(now) else moment(each.kept_until),
            )
            for each in rows
        ],
        empty="No camera sees the zone of its place.",
    )
