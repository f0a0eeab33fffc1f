"""Why a worker does otherwise than proposed: a reason of the catalog, perhaps with a note, or their own words."""

from __future__ import annotations

from apps.catalog.choices import ReasonKind
from apps.catalog.models import ReasonCode
from apps.core.errors import NotFound

LONGEST = 200


def override_reason(code: str, note: str) -> tuple[str, str]:
    """The reason's code and its words: its text is kept, so that a later change of the reason tells no lie.

    Words that are a code count as that. Raises `NotFound` for a code that is not in use.
    """
    code, note = code.strip(), note.strip()
    if not code and not note:
        return "", ""
    in_use = ReasonCode.objects.filter(kind=ReasonKind.OVERRIDE, is_active=True)
    reason = in_use.filter(code=code or note).first()
    if reason is None and code:
        raise NotFound(kind="reason", number=code)
    if reason is None:
        return "", note[:LONGEST]
    words = f"{reason.text}: {note}" if code and note else reason.text
    return reason.code, words[:LONGEST]
