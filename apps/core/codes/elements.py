"""Element strings: cutting a GS1 message into application identifiers and values, the unknown ones kept."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_element_strings import GS1ElementString

from apps.core.codes.content import KEYS, problem_of
from apps.core.codes.errors import malformed, misread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

SEPARATOR = "\x1d"
"""What a scanner sends for FNC1 between element strings."""

YEARS_BACK, YEARS_AHEAD = 49, 50
"""A two-digit year is one of the 49 before this year, this year, or one of the 50 after it."""

OWN_TEXT = {"10": 20, "21": 20, "240": 30}
"""Identifiers whose value may be any printable text on our own labels, with the longest allowed (GS1: CSET 82 only)."""

_SPELLED = re.compile(r"(?<!\\)\(([0-9]{2,4})\)")
_ESCAPED = re.compile(r"\\([(^])")
_TO_ESCAPE = re.compile(r"(?<=\\)\(|\((?=[0-9]{2,4}\))|\^")
_GS1_TEXT = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")

_UNKNOWN_LENGTHS = {
    **dict.fromkeys(("23", "24", "25", "40", "41", "42", "71"), 3),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82"), 4),
}
"""How many digits an identifier has, by its first two ("GS1 Application Identifiers" numbering); others have two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One application identifier with its value; `known` says whether its format was checked."""

    identifier: str
    value: str
    known: bool = True
    number: Decimal | None = None
    day: date | None = None


def is_gs1_text(text: str) -> bool:
    """Whether the text may stand in a GS1 element string (character set 82)."""
    return _GS1_TEXT.fullmatch(text) is not None


def is_spelled(text: str) -> bool:
    """Whether the text begins with an application identifier in parentheses."""
    return _SPELLED.match(text) is not None


def spelled_out(elements: Iterable[tuple[str, str]]) -> str:
    """Elements as `read_spelled` reads them: identifiers in parentheses, what could be one or an FNC1 escaped."""
    return "".join(f"({identifier})" + _TO_ESCAPE.sub(r"\\\g<0>", value) for identifier, value in elements)


def read_message(message: str, *, whole: str) -> list[Element]:
    """The elements of a message as a scanner sends it; `whole` is what a refusal shows."""
    elements = []
    rest = message.lstrip(SEPARATOR)
    while rest:
        element = _read_first(rest, whole)
        elements.append(element)
        rest = rest[len(element.identifier) + len(element.value) :].lstrip(SEPARATOR)
    return elements


def read_spelled(text: str, *, whole: str) -> list[Element]:
    r"""The elements of a text with its identifiers in parentheses, as people write it and as our own labels carry it.

    `\(` and `\^` stand for the characters themselves; a caret alone stands for FNC1 and is no part of a value.
    """
    elements = []
    for identifier, written in _cut_spelled(text):
        if "^" in _ESCAPED.sub("", written):
            raise malformed(whole, f"({identifier}) holds a character that GS1 does not allow")
        value = _ESCAPED.sub(r"\1", written)
        longest = OWN_TEXT.get(identifier)
        if longest and value and not is_gs1_text(value) and len(value) <= longest:
            elements.append(Element(identifier=identifier, value=value))
            continue
        read = _read_first(identifier + value, whole)
        if read.identifier + read.value != identifier + value:
            raise malformed(whole, f"({identifier}) cannot be {value}")
        elements.append(read)
    return elements


def read_date(value: str, *, today: date, whole: str) -> date:
    """A date YYMMDD; day 00 is the month's last day, the century the nearest to `today`.

    (GS1 General Specifications, "Determining the century in dates".)
    """
    year, month, day = int(value[:2]), int(value[2:4]), int(value[4:6])
    century = today.year - today.year % 100
    difference = year - today.year % 100
    if difference > YEARS_AHEAD:
        century -= 100
    elif difference < -YEARS_BACK:
        century += 100
    try:
        return date(century + year, month, day or monthrange(century + year, month)[1])
    except ValueError:
        raise malformed(whole, f"{value} is no date") from None


def _cut_spelled(text: str) -> list[tuple[str, str]]:
    """Cut at each parenthesised identifier that the standard knows: a value may hold parentheses of its own."""
    starts = [match for match in _SPELLED.finditer(text) if match.start() == 0 or _is_known(match.group(1))]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [
        (match.group(1), text[match.end() : end].rstrip(SEPARATOR)) for match, end in zip(starts, ends, strict=True)
    ]


def _is_known(identifier: str) -> bool:
    try:
        found = GS1ApplicationIdentifier.extract(identifier + "0")
    except ParseError:
        return False
    return found.ai == identifier


def _read_first(rest: str, whole: str) -> Element:
    try:
        GS1ApplicationIdentifier.extract(rest)
    except ParseError:
        return _read_unknown(rest, whole)
    try:
        element = GS1ElementString.extract(rest)
    except ParseError:
        raise malformed(whole, f"'{rest[:12]}' does not have the form that its application identifier asks") from None
    value = element.value
    following = rest[len(element.ai.ai) + len(value) :]
    if element.ai.separator_required and following and not following.startswith(SEPARATOR):
        raise malformed(whole, f"({element.ai.ai}) is too long or holds a character that GS1 does not allow")
    if not value.isascii():  # digits of other scripts are digits to the table's patterns
        raise malformed(whole, f"({element.ai.ai}) holds a character that GS1 does not allow")
    _check_content(element.ai.ai, value, whole)
    return Element(identifier=element.ai.ai, value=value, number=element.decimal, day=element.date)


def _check_content(identifier: str, value: str, whole: str) -> None:
    problem = problem_of(identifier, value)
    if problem is None:
        return
    if problem.expected:
        raise misread(whole, key=KEYS[identifier], value=value, expected=problem.expected)
    raise malformed(whole, f"({identifier}) {problem.reason}")


def _read_unknown(rest: str, whole: str) -> Element:
    segment = rest.split(SEPARATOR, 1)[0]
    length = _UNKNOWN_LENGTHS.get(segment[:2], 2)
    identifier, value = segment[:length], segment[length:]
    if not (identifier.isascii() and identifier.isdigit() and value):
        raise malformed(whole, f"'{segment[:12]}' does not begin with an application identifier")
    return Element(identifier=identifier, value=value, known=False)
