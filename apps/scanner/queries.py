"""What a scan stands for: how the code reads, what it may be, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apps.core.codes import CodeKind, misread_key, parse_code
from apps.core.decimals import plain
from apps.insights.finder import candidates_for
from apps.insights.rules import EXACT, Candidate
from apps.scanner.errors import UnknownCode
from apps.scanner.rules import NextStep, next_steps

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from apps.accounts.models import User
    from apps.core.codes import ParsedCode
    from apps.tasks.models import WarehouseTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A candidate with what can be done next."""

    candidate: Candidate
    next: list[NextStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How a code reads and what it may stand for, the likeliest first."""

    parsed: dict[str, Any]
    meant: list[Meant]


def resolve(code: str, *, user: User, task: WarehouseTask | None, today: date) -> Resolution:
    """What a scanned or typed code may stand for, among what the user may see; what the task expects, before all.

    Raises `MalformedCode`, `WrongCheckDigit` (of a plain number too, when nothing bears it) and `UnknownCode`.
    """
    parsed = parse_code(code, today=today)
    facts = parsed_facts(parsed)
    candidates = candidates_for(parsed, user=user, task=task) or _own_badge(parsed, user)
    if not candidates:
        misread = misread_key(parsed)
        if misread is not None:
            raise misread
        raise UnknownCode(text=parsed.text, parsed=facts)
    number = task.number if task is not None else ""
    return Resolution(
        parsed=facts,
        meant=[Meant(candidate=each, next=next_steps(each, task=number)) for each in candidates],
    )


def _own_badge(parsed: ParsedCode, user: User) -> list[Candidate]:
    """Whose badge it is, if it is the caller's own: nobody finds out by scanning who else works here."""
    if parsed.kind is not CodeKind.PLAIN or not user.badge or parsed.text != user.badge:
        return []
    return [
        Candidate(
            kind="badge",
            number=user.get_username(),
            label=user.get_full_name() or user.get_username(),
            score=EXACT,
            pk=user.pk,
        )
    ]


def parsed_facts(parsed: ParsedCode) -> dict[str, Any]:
    """How the code reads, for the answer of a scan; elements that the standard does not know are kept."""
    return {
        "kind": parsed.kind.value,
        "text": parsed.text,
        "symbology": parsed.symbology,
        "gtin": parsed.gtin,
        "content_gtin": parsed.content_gtin,
        "sscc": parsed.sscc,
        "lot": parsed.lot,
        "serial": parsed.serial,
        "gln": parsed.gln,
        "gln_extension": parsed.gln_extension,
        "asset": parsed.asset,
        "epc": parsed.epc,
        "item_number": parsed.item_number,
        "expires_on": parsed.expires_on,
        "best_before": parsed.best_before,
        "produced_on": parsed.produced_on,
        "quantity": _written(parsed.quantity),
        "quantity_unit": parsed.quantity_unit,
        "elements": [{"identifier": identifier, "value": value} for identifier, value in parsed.elements],
        "unknown": [{"identifier": identifier, "value": value} for identifier, value in parsed.unknown],
    }


def _written(quantity: Decimal | None) -> str | None:
    return None if quantity is None else plain(quantity)
