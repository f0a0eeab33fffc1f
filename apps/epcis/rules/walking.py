"""Going through a document: each finding knows where it was made, and which prefixes are declared there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from apps.epcis.rules.faults import Fault, Source
from apps.epcis.rules.identifiers import LONGEST_URI, is_uri
from apps.epcis.rules.vocabulary import KNOWN_PREFIXES

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)")
"""A date and time with its zone, as XML Schema's dateTimeStamp."""
SCHEMES = frozenset({"http", "https", "urn", "ni", "geo", "tag", "did", "data", "mailto", "ftp"})
"""What stands before a colon in addresses that need no declaration."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in the document, what stands there, and the prefixes and terms that may be used there."""

    value: Any
    path: str = ""
    prefixes: frozenset[str] = field(default_factory=lambda: KNOWN_PREFIXES)

    def child(self, name: str | int) -> At:
        """What stands under a name; nothing where there is none."""
        value = self.value.get(name) if isinstance(name, str) and isinstance(self.value, dict) else None
        if isinstance(name, int):
            value = self.value[name]
        return replace(self, value=value, path=f"{self.path}/{str(name).replace('~', '~0').replace('/', '~1')}")

    def has(self, name: str) -> bool:
        """Whether it says anything under the name, be it wrong."""
        return isinstance(self.value, dict) and name in self.value

    def filled(self, name: str) -> bool:
        """Whether a list of that name holds anything."""
        return isinstance(self.value, dict) and bool(self.value.get(name))

    def each(self) -> Iterator[At]:
        """The entries of a list."""
        for place in range(len(self.value) if isinstance(self.value, list) else 0):
            yield self.child(place)

    def declaring(self) -> At:
        """With what its own context adds."""
        return replace(self, prefixes=self.prefixes | declared(self.child("@context").value))

    def fault(self, code: str, reason: str, source: Source) -> Fault:
        """What is wrong here."""
        return Fault(code=code, path=self.path, reason=reason, source=source)


def declared(context: Any) -> frozenset[str]:
    """The prefixes and terms that a context declares, in whatever form it is written."""
    parts = context if isinstance(context, list) else [context]
    return frozenset(name for part in parts if isinstance(part, dict) for name in part)


def instant_faults(at: At, *, required: bool = False) -> Iterator[Fault]:
    """A moment says its zone: without one nobody knows when it was."""
    if at.value is None and not required:
        return
    if not isinstance(at.value, str) or not INSTANT.fullmatch(at.value):
        why = "A date and time with its zone is needed, as 2026-03-01T14:05:00+01:00."
        yield at.fault("time_without_zone" if _zoneless(at.value) else "not_a_time", why, Source.WHEN)
    elif read_instant(at.value) is None:
        yield at.fault("not_a_time", f"{at.value} is no day and hour.", Source.WHEN)


def _zoneless(value: Any) -> bool:
    return isinstance(value, str) and INSTANT.fullmatch(f"{value}Z") is not None


def read_instant(text: str) -> datetime | None:
    """The moment, None when there is no such day or hour; what is finer than a microsecond is left out."""
    try:
        moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
        return moment if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def uri_faults(at: At, source: Source) -> Iterator[Fault]:
    """An address, in full or by a declared prefix."""
    if not is_uri(at.value):
        yield at.fault("not_a_uri", "An absolute URI is needed here.", source)
    else:
        yield from prefix_faults(at, at.value, source)


def prefix_faults(at: At, text: str, source: Source) -> Iterator[Fault]:
    """What stands before a colon is a scheme or declared."""
    prefix = text.partition(":")[0]
    if ":" in text and prefix.lower() not in SCHEMES and prefix not in at.prefixes:
        yield at.fault("unknown_prefix", f"Nothing says what '{prefix}' stands for.", source)


def word_faults(at: At, words: frozenset[str], code: str, source: Source) -> Iterator[Fault]:
    """One of the standard's words, or an address of somebody's own word."""
    if not isinstance(at.value, str) or len(at.value) > LONGEST_URI:
        yield at.fault(code, "A word of the standard or a URI is needed here.", source)
    elif ":" in at.value:
        yield from prefix_faults(at, at.value, source)
    elif at.value not in words and at.value not in at.prefixes:
        yield at.fault(code, f"'{at.value}' is no word of the standard.", source)


def name_faults(at: At, known: frozenset[str], source: Source) -> Iterator[Fault]:
    """Names are the standard's, or say whose they are."""
    if not isinstance(at.value, dict):
        yield at.fault("not_an_object", "A JSON object is needed here.", source)
        return
    for name in at.value:
        if name in known or name in at.prefixes or name.startswith("@"):
            continue
        here = at.child(name)
        if ":" not in name:
            yield here.fault("unknown_field", f"'{name}' is not said here in the words of the standard.", source)
        else:
            yield from prefix_faults(here, name, source)


def list_faults(at: At, name: str, source: Source) -> Iterator[Fault]:
    """What is there is a list."""
    if at.has(name) and not isinstance(at.value[name], list):
        yield at.child(name).fault("not_a_list", "A list is needed here.", source)
