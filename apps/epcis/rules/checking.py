"""Whether a document may be captured: what its form must be, and what the standard says beyond any form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from apps.epcis.rules import vocabulary as said
from apps.epcis.rules.faults import Fault, Source
from apps.epcis.rules.identifiers import Names, is_uri, read_identifier
from apps.epcis.rules.sensing import sensor_faults
from apps.epcis.rules.shapes import shape_faults
from apps.epcis.rules.things import thing_faults
from apps.epcis.rules.walking import (
    At,
    instant_faults,
    list_faults,
    name_faults,
    uri_faults,
    word_faults,
)

MOST_FAULTS = 20
"""So many are told at once."""
OFFSET = re.compile(r"[+-]((0\d|1[0-3]):[0-5]\d|14:00)")
CBV_REASONS = ("urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-", "cbv:ER-")


def faults_in(document: dict[str, Any]) -> list[Fault]:
    """What keeps a document from being captured, in its own order, the first few; empty when nothing does."""
    return list(islice(_document(At(document)), MOST_FAULTS))


def _document(given: At) -> Iterator[Fault]:
    at = given.declaring()
    if at.value.get("type") != "EPCISDocument":
        yield at.child("type").fault("not_a_document", "Only an EPCISDocument is captured.", Source.DOCUMENT)
        return
    yield from _context(at)
    yield from name_faults(at, said.DOCUMENT_FIELDS, Source.DOCUMENT)
    if at.value.get("schemaVersion") not in said.VERSIONS:
        yield at.child("schemaVersion").fault("version_unknown", "Documents of 2.0 are captured.", Source.DOCUMENT)
    yield from instant_faults(at.child("creationDate"), required=True)
    events = at.child("epcisBody").child("eventList")
    if not isinstance(events.value, list) or not events.value:
        yield events.fault("no_events", "A document without events tells nothing that happened.", Source.DOCUMENT)
        return
    for event in events.each():
        yield from _event(event)
    yield from _told_twice(events)


def _context(at: At) -> Iterator[Fault]:
    context = at.child("@context")
    parts = context.value if isinstance(context.value, list) else [context.value]
    named = any(isinstance(part, str) and part.startswith(said.CONTEXTS) for part in parts)
    if not named:
        why = "Without the context of EPCIS its words mean nothing."
        yield context.fault("context_missing", why, Source.DOCUMENT)
    for part in parts:
        for name, meaning in part.items() if isinstance(part, dict) else ():
            if isinstance(meaning, str) and not is_uri(meaning):
                yield context.fault("prefix_of_nothing", f"'{name}' stands for no address.", Source.DOCUMENT)


def _event(given: At) -> Iterator[Fault]:
    if not isinstance(given.value, dict):
        yield given.fault("not_an_object", "An event is a JSON object.", Source.EVENT)
        return
    at = given.declaring()
    kind = at.value.get("type")
    known = isinstance(kind, str) and kind in said.FIELDS
    if not known:
        yield from word_faults(at.child("type"), frozenset(), "event_unknown", Source.EVENT)
    yield from _when(at)
    yield from _correction(at)
    if not known:
        # An event of somebody's own kind may say anything; what it says of when and of errors is the standard's.
        return
    if at.has("ilmd") and kind not in {"ObjectEvent", "TransformationEvent"}:
        why = "Instance and lot data belong to the events that begin a life."
        yield at.child("ilmd").fault("master_data_not_here", why, Source.ILMD)
        at = replace(at, value={name: value for name, value in at.value.items() if name != "ilmd"})
    yield from name_faults(at, said.FIELDS[str(kind)], Source.EVENT)
    yield from thing_faults(at)
    yield from shape_faults(at)
    yield from _where(at)
    yield from _why(at)
    yield from sensor_faults(at)
    if at.has("ilmd"):
        yield from name_faults(at.child("ilmd"), frozenset(), Source.ILMD)


def _when(at: At) -> Iterator[Fault]:
    yield from instant_faults(at.child("eventTime"), required=True)
    yield from instant_faults(at.child("recordTime"))
    offset = at.child("eventTimeZoneOffset")
    if not isinstance(offset.value, str) or not OFFSET.fullmatch(offset.value):
        why = "The offset of the place is needed, from -14:00 to +14:00."
        yield offset.fault("offset_wrong", why, Source.WHEN)
    if at.has("eventID") and not is_uri(at.value["eventID"]):
        yield at.child("eventID").fault("not_a_uri", "An event's ID is a URI.", Source.EVENT)


def _correction(at: At) -> Iterator[Fault]:
    if not at.has("errorDeclaration"):
        return
    error = at.child("errorDeclaration")
    yield from name_faults(error, frozenset({"declarationTime", "reason", "correctiveEventIDs"}), Source.ERROR)
    if not isinstance(error.value, dict):
        return
    yield from instant_faults(error.child("declarationTime"), required=True)
    if error.has("reason"):
        yield from word_faults(error.child("reason"), said.ERROR_REASONS, "reason_unknown", Source.REASON)
    yield from list_faults(error, "correctiveEventIDs", Source.ERROR)
    instead = error.child("correctiveEventIDs")
    for each in instead.each():
        if not is_uri(each.value):
            yield each.fault("not_a_uri", "An event's ID is a URI.", Source.ERROR)
        elif each.value == at.value.get("eventID"):
            yield each.fault("corrects_itself", "What was wrong is not what puts it right.", Source.ERROR)
    if instead.value and _plain(error.value.get("reason")) == "did_not_occur":
        why = "What did not happen has nothing that happened instead."
        yield instead.fault("nothing_to_correct", why, Source.REASON)


def _plain(reason: Any) -> str:
    text = str(reason)
    for start in CBV_REASONS:
        text = text.removeprefix(start)
    return text


def _where(at: At) -> Iterator[Fault]:
    for name in ("readPoint", "bizLocation"):
        if not at.has(name):
            continue
        place = at.child(name)
        yield from name_faults(place, frozenset({"id"}), Source.WHERE)
        if not isinstance(place.value, dict):
            continue
        yield from uri_faults(place.child("id"), Source.WHERE)
        if is_uri(place.value.get("id")):
            found = read_identifier(place.value["id"])
            if found.fault:
                yield place.child("id").fault("identifier_wrong", f"{found.fault}.", Source.IDENTIFIER)
            elif found.names not in {Names.PLACE, Names.OTHER}:
                why = f"This names a {found.names}; a place is needed here."
                yield place.child("id").fault("not_a_place", why, Source.WHERE)


def _why(at: At) -> Iterator[Fault]:
    for name, words in (("bizStep", said.BIZ_STEPS), ("disposition", said.DISPOSITIONS)):
        if at.has(name):
            yield from _cbv(at.child(name), name, words)
    if at.has("persistentDisposition"):
        yield from _lasting(at.child("persistentDisposition"))
    for name, key, words in (
        ("bizTransactionList", "bizTransaction", said.TRANSACTION_TYPES),
        ("sourceList", "source", said.SOURCE_TYPES),
        ("destinationList", "destination", said.SOURCE_TYPES),
    ):
        yield from list_faults(at, name, Source.WHY)
        for each in at.child(name).each():
            yield from name_faults(each, frozenset({"type", key}), Source.WHY)
            if not isinstance(each.value, dict):
                continue
            yield from uri_faults(each.child(key), Source.WHY)
            if each.has("type"):
                yield from word_faults(each.child("type"), words, "type_unknown", Source.VOCABULARY)
            elif key != "bizTransaction":
                yield each.child("type").fault("type_missing", "Which of its ends this is, must be said.", Source.WHY)


def _cbv(at: At, name: str, words: frozenset[str]) -> Iterator[Fault]:
    """A word of the vocabulary, bare or in full; a whole address in GS1's own space names one of its words."""
    urn, link, _ = said.CBV_URIS[name]
    text = at.value if isinstance(at.value, str) else ""
    for start in (urn, link):
        if text.startswith(start) and text.removeprefix(start) not in words:
            yield at.fault("word_unknown", f"{text} is no word of the vocabulary.", Source.VOCABULARY)
            return
    yield from word_faults(at, words, "word_unknown", Source.VOCABULARY)


def _lasting(at: At) -> Iterator[Fault]:
    yield from name_faults(at, frozenset({"set", "unset"}), Source.WHY)
    if not isinstance(at.value, dict):
        return
    if not at.filled("set") and not at.filled("unset"):
        yield at.fault("nothing_set", "Say what is set or unset.", Source.WHY)
    for name in ("set", "unset"):
        yield from list_faults(at, name, Source.WHY)
        for each in at.child(name).each():
            yield from _cbv(each, "disposition", said.DISPOSITIONS)
    added, taken = (at.value[name] if isinstance(at.value.get(name), list) else [] for name in ("set", "unset"))
    both = [word for word in added if word in taken]
    if both:
        yield at.fault("set_and_unset", f"'{both[0]}' cannot be set and unset at once.", Source.WHY)


def _told_twice(events: At) -> Iterator[Fault]:
    """An ID is one event's; the declaration that it was wrong bears it too."""
    seen: set[tuple[str, bool]] = set()
    for event in events.each():
        name = event.value.get("eventID") if isinstance(event.value, dict) else None
        if not isinstance(name, str):
            continue
        told = (name, event.has("errorDeclaration"))
        if told in seen:
            why = "Two events have the same ID: only an error declaration has that of another."
            yield event.child("eventID").fault("event_id_twice", why, Source.EVENT)
        seen.add(told)
