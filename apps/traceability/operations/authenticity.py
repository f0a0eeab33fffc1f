"""Answering whether a unit is genuine; each asking is kept."""

from __future__ import annotations

from datetime import datetime

from apps.core.codes import CodeKind, MalformedCode, parse_code
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import SerialNumber
from apps.traceability.errors import NoPlaceNamed
from apps.traceability.models import AUTHENTICITY_NUMBERS, AuthenticityCheck
from apps.traceability.queries.authenticity import known_unit, serials_like
from apps.traceability.rules import judge
from apps.traceability.states import Authenticity


def check_authenticity(*, code: str, place: str, is_outside: bool, by: Actor, at: datetime) -> AuthenticityCheck:
    """Answer about the unit that a code names, from the ledger: its serial number with its item, or that number alone.

    What cannot be read, or names no unit, is answered as unknown and kept like the rest. Raises `NoPlaceNamed`.
    """
    where = place.strip()
    if not where:
        raise NoPlaceNamed
    serial, problem = _named(code, at)
    if problem:
        verdict, because = Authenticity.UNKNOWN, problem
    else:
        unit = known_unit(serial, place=where, at=at) if serial is not None else None
        verdict, because = judge(unit, outside=is_outside)
    check = AuthenticityCheck.objects.create(
        number=AUTHENTICITY_NUMBERS.next(),
        code=code,
        item=serial.item if serial is not None else None,
        serial=serial,
        place=where,
        is_outside=is_outside,
        verdict=verdict,
        because=because,
        asked_at=at,
        asked_by=by.user,
        device=by.device,
    )
    record("ask", kind="authenticity check", number=check.number, by=by, at=at, verdict=check.verdict)
    return check


def _named(code: str, at: datetime) -> tuple[SerialNumber | None, str]:
    """The serial number that a code names, if there is one; and why it cannot be said, if that is so."""
    try:
        parsed = parse_code(code, today=at.date())
    except MalformedCode as refusal:
        return None, str(refusal)[:200]
    number = parsed.serial or (parsed.text if parsed.kind is CodeKind.PLAIN else "")
    if not number:
        return None, "The code names no serial number."
    found = serials_like(number, gtin=parsed.gtin, item_number=parsed.item_number)
    if len(found) > 1:
        return None, "Units of several items have this number: scan the whole code."
    return (found[0] if found else None), ""
