"""Safety data sheets are filed revision by revision; none is changed."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from datetime import date, datetime

from apps.accounts.roles import Role
from apps.catalog.errors import SheetKnown, SheetRefused
from apps.catalog.models import SHEET_NUMBERS, Item, SafetySheet, SheetRule
from apps.core.errors import NotAllowed
from apps.core.months import months_after
from apps.core.paper import shelf
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.safety.rules import faults_of_sheet

MAY_FILE = (Role.SAFETY, Role.ADMIN)


def file_sheet(
    *,
    item_id: int,
    language: str,
    revision: str,
    revised_on: date,
    supplier: str,
    document: str,
    by: Actor,
    at: datetime,
    review_by: date | None = None,
) -> SafetySheet:
    """Keep a revision (a PDF in base64) of an item's sheet; without a last day it is believed as the rule says.

    The same document again is the one that is kept. Raises `NotAllowed`, `SheetRefused`, `SheetKnown`.
    """
    if not by.user.has_role(*MAY_FILE):
        raise NotAllowed(who=by.user.get_username(), act="file safety data sheets")
    item = Item.objects.lock_one(item_id)  # two who file the same revision take turns
    content = _read(item, document)
    last_day = check_sheet(item=item, content=content, revised_on=revised_on, review_by=review_by, on=at.date())
    digest = hashlib.sha256(content).hexdigest()
    known = SafetySheet.objects.filter(item=item, language=language, revision=revision).first()
    if known is not None:
        if known.digest != digest:
            raise SheetKnown(item=item.number, sheet=known.number, revision=revision, language=language)
        return known
    # Written before the row: what is rolled back leaves a file that nothing names, never a row without its file.
    shelf.keep(sheet_name(digest), content)
    sheet = SafetySheet.objects.create(
        number=SHEET_NUMBERS.next(),
        item=item,
        language=language,
        revision=revision,
        revised_on=revised_on,
        review_by=last_day,
        supplier=supplier,
        digest=digest,
        size=len(content),
        filed_by=by.user,
        created_at=at,
    )
    about = {"item": item.number, "language": language, "revision": revision, "digest": digest}
    record("file", kind="safety data sheet", number=sheet.number, by=by, at=at, **about)
    return sheet


def check_sheet(*, item: Item, content: bytes, revised_on: date, review_by: date | None, on: date) -> date:
    """The last day on which a sheet is believed: as it is given, else by the rule in force. Raises `SheetRefused`."""
    for reason in faults_of_sheet(content):
        raise SheetRefused(item=item.number, reason=reason)
    if revised_on > on:
        raise SheetRefused(item=item.number, reason=f"it was revised on {revised_on}, which is ahead")
    if review_by is not None:
        if review_by < revised_on:
            raise SheetRefused(item=item.number, reason=f"its last day {review_by} is before its revision")
        return review_by
    rule = SheetRule.objects.filter(effective_on__lte=on).order_by("-effective_on").first()
    if rule is None:
        raise SheetRefused(item=item.number, reason="no rule says for how long it is believed")
    return months_after(revised_on, rule.months)


def sheet_name(digest: str) -> str:
    """Its name on the shelf."""
    return f"sheet-{digest}.pdf"


def _read(item: Item, document: str) -> bytes:
    try:
        return b64decode(document, validate=True)
    except ValueError:  # of base64, and of what is no ASCII
        raise SheetRefused(item=item.number, reason="it is not written in base64") from None
