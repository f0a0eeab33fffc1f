"""A code that says nothing: refused before anyone looks for it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class MalformedCode(DomainError):
    """A scanned or typed code cannot be right: empty, too long, a control character, a bad date."""

    code = "malformed_code"
    message = "%(text)s is not a code: %(reason)s."
    status = 400
    recover = ("rescan",)

    text: str
    reason: str


@dataclass(kw_only=True, eq=False)
class WrongCheckDigit(MalformedCode):
    """A key of GS1's, such as a GTIN or an SSCC, was misread or mistyped: its check digit is not that of its digits."""

    code = "wrong_check_digit"
    message = "%(text)s is no %(key)s: its check digit would be %(expected)s."
    status = 400
    recover = ("rescan",)

    key: str
    """What the code would be: `GTIN`, `SSCC`, `GLN`, `GRAI`, …"""
    value: str
    expected: str
    """The right digit, or the right pair of characters of a GMN."""


def malformed(text: str, reason: str) -> MalformedCode:
    """The refusal of a text, which is shown shortened and with control characters spelled out."""
    return MalformedCode(text=_shown(text), reason=reason)


def misread(text: str, *, key: str, value: str, expected: str) -> WrongCheckDigit:
    """The refusal of a text that holds a key with a wrong check digit."""
    reason = f"the check digit of this {key} would be {expected}"
    return WrongCheckDigit(text=_shown(text), reason=reason, key=key, value=value, expected=expected)


def _shown(text: str) -> str:
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    printable = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)
    return f"'{printable}'"


LONGEST_SHOWN = 60
"""What of a scanned text is shown."""


@dataclass(kw_only=True, eq=False)
class UnreadableFrame(DomainError):
    """A camera's frame is no picture that is read: another format, broken, or of more pixels than a camera needs."""

    code = "unreadable_frame"
    message = "This frame cannot be read: %(reason)s."
    status = 400
    recover = ("rescan",)

    reason: str
