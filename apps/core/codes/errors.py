"""A code that says nothing: refused before anyone looks for it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class MalformedCode(DomainError):
    """A scanned or typed code cannot be right: empty, too long, a control character, a bad check digit or date."""

    code = "malformed_code"
    message = "%(text)s is not a code: %(reason)s."
    status = 400
    recover = ("rescan",)

    text: str
    reason: str


def malformed(text: str, reason: str) -> MalformedCode:
    """The refusal of a text, which is shown shortened and with control characters spelled out."""
    shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    printable = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in shown)
    return MalformedCode(text=f"'{printable}'", reason=reason)


LONGEST_SHOWN = 60
