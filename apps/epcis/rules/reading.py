"""JSON that is kept as it was told: nothing said twice, no number that is none, one spelling for comparing."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any

from apps.epcis.rules.faults import Fault, Source

RETOLD = frozenset({"errorDeclaration", "recordTime"})
"""What an error declaration may say otherwise than the event that it takes back (EPCIS 2.0, 7.4.1.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document as it was read, or the faults that keep it from being read."""

    document: dict[str, Any]
    faults: tuple[Fault, ...] = ()


class _Unreadable(ValueError):
    """Carries the fault out of the parser."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


def read_text(text: str) -> Told:
    """Read a document; what a parser would silently drop or change is a fault."""
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_float=_finite, parse_constant=_no_number)
    except _Unreadable as error:
        return Told(document={}, faults=(error.fault,))
    except (ValueError, RecursionError):
        return Told(document={}, faults=(_fault("not_json", "This is no JSON.", Source.JSON),))
    if not isinstance(document, dict):
        return Told(document={}, faults=(_fault("not_a_document", "A document is a JSON object.", Source.DOCUMENT),))
    return Told(document=document)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Unreadable(_fault("name_twice", f"'{name}' stands twice in one object.", Source.JSON))
        found[name] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Unreadable(_fault("number_too_large", f"{text} is larger than can be kept.", Source.OURS))
    return number


def _no_number(text: str) -> float:
    raise _Unreadable(_fault("not_json", f"{text} is no JSON.", Source.JSON))


def _fault(code: str, reason: str, source: Source) -> Fault:
    return Fault(code=code, path="", reason=reason, source=source)


def canonical(value: Any) -> str:
    """One spelling of what JSON says: names in order, no blanks; two documents that say the same are equal in it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """SHA-256 of the one spelling, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def told_by(event: dict[str, Any]) -> str:
    """The digest of what an event says of the world: an error declaration has that of the event it takes back."""
    return digest({name: value for name, value in event.items() if name not in RETOLD})
