"""Capturing what partners tell, whole or not at all; and who asked for what of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.epcis.errors import EpcisRefused
from apps.epcis.models import CAPTURE_NUMBERS, EpcisCapture, EpcisEvent, EpcisThing
from apps.epcis.rules import Fault, faults_in, read_identifier, read_text
from apps.epcis.rules.identifiers import LONGEST_URI
from apps.epcis.rules.reading import digest, told_by
from apps.epcis.rules.vocabulary import PARTS
from apps.epcis.rules.walking import read_instant
from apps.epcis.states import EpcisEventType
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.traceability.operations import may_read_traces

MAY_CAPTURE = (Role.QUALITY, Role.INVENTORY_MANAGER, Role.BUYER, Role.ADMIN)
LONGEST_PARTY = 200
LONGEST_MOMENT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A document that is kept, and whether it was before this time."""

    capture: EpcisCapture
    is_repeat: bool


def capture_document(*, text: str, by: Actor, at: datetime) -> Captured:
    """Keep a document word for word, with what its events can be found by; it moves no stock.

    One that says what a document said before, however it is spelled, is that one. Raises `NotAllowed`, and
    `EpcisRefused` with all that is wrong; then nothing of it is kept.
    """
    if not by.user.has_role(*MAY_CAPTURE):
        raise NotAllowed(who=by.user.get_username(), act="capture what partners tell")
    told = read_text(text)
    faults = told.faults or tuple(faults_in(told.document))
    if faults:
        raise _refused(faults)
    capture = EpcisCapture(
        captured_at=at,
        captured_by=by.user,
        text=text,
        digest=digest(told.document),
        created_at=told.document["creationDate"][:LONGEST_MOMENT],
        sender=str(told.document.get("sender", ""))[:LONGEST_PARTY],
        receiver=str(told.document.get("receiver", ""))[:LONGEST_PARTY],
    )
    with connection.cursor() as cursor:
        # One at a time: whether a document is known is asked of all that came before.
        cursor.execute("select pg_advisory_xact_lock(hashtext('epcis_capture'))")
    before = EpcisCapture.objects.filter(digest=capture.digest).first()
    if before is not None:
        return Captured(capture=before, is_repeat=True)
    capture.number = CAPTURE_NUMBERS.next()
    capture.save(force_insert=True)
    events = [
        _event(capture, position, event) for position, event in enumerate(told.document["epcisBody"]["eventList"])
    ]
    EpcisEvent.objects.bulk_create(events)
    EpcisThing.objects.bulk_create([thing for event in events for thing in _things(event)])
    record("capture", kind="EPCIS capture", number=capture.number, by=by, at=at, events=len(events))
    return Captured(capture=capture, is_repeat=False)


def _refused(faults: tuple[Fault, ...]) -> EpcisRefused:
    first = faults[0]
    return EpcisRefused(
        first=f"{first.path or 'The document'}: {first.reason}", faults=[each.as_fact() for each in faults]
    )


def _event(capture: EpcisCapture, position: int, told: dict[str, Any]) -> EpcisEvent:
    error = told.get("errorDeclaration") or {}
    kinds = set(EpcisEventType.values)
    return EpcisEvent(
        capture=capture,
        position=position,
        event_type=told["type"] if told["type"] in kinds else EpcisEventType.OTHER,
        action=told["action"] if told["type"] in kinds and "action" in told else "",
        event_id=told.get("eventID", ""),
        event_time=_moment(told["eventTime"]),
        offset=told["eventTimeZoneOffset"],
        biz_step=_text(told.get("bizStep")),
        disposition=_text(told.get("disposition")),
        read_point=_place(told.get("readPoint")),
        biz_location=_place(told.get("bizLocation")),
        declared_at=_moment(error["declarationTime"]) if error else None,
        reason=_text(error.get("reason")),
        says=told_by(told),
        content=told,
    )


def _moment(text: str) -> datetime:
    """A moment that was checked before."""
    moment = read_instant(text)
    if moment is None:
        raise AssertionError(text)
    return moment


def _text(value: Any) -> str:
    """What may be looked for; what a partner's own kind of event says in another form is in its content alone."""
    return value if isinstance(value, str) and len(value) <= LONGEST_URI else ""


def _place(value: Any) -> str:
    return _text(value.get("id")) if isinstance(value, dict) else ""


def _things(event: EpcisEvent) -> Iterator[EpcisThing]:
    if event.event_type == EpcisEventType.OTHER:
        return
    for name, part in PARTS.items():
        value = event.content.get(name, [])
        for each in value if isinstance(value, list) else [value]:
            uri = each["epcClass"] if isinstance(each, dict) else each
            found = read_identifier(uri)
            yield EpcisThing(
                event=event,
                part=part,
                uri=uri,
                gtin=found.gtin,
                lot=found.lot,
                serial=found.serial,
                sscc=found.sscc,
                quantity=_amount(each) if isinstance(each, dict) else "",
            )


def _amount(each: dict[str, Any]) -> str:
    return " ".join(str(each[name]) for name in ("quantity", "uom") if name in each)[:LONGEST_MOMENT]


def note_told_read(*, what: str, by: Actor, at: datetime) -> None:
    """Record that somebody read what partners told; it names what they trade with whom. Raises `NotAllowed`."""
    may_read_traces(by)
    record("read", kind="EPCIS capture", number=what, by=by, at=at)


def note_exported(*, what: str, by: Actor, at: datetime) -> None:
    """Record that somebody took a period's movements out as events; they name customers. Raises `NotAllowed`."""
    may_read_traces(by)
    record("export events", kind="EPCIS", number=what, by=by, at=at)
