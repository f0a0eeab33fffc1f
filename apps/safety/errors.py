"""What the data on dangerous goods refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NotDescribable(DomainError):
    """What is forbidden in transport, or has no class in the table, is described by hand if at all."""

    code = "not_describable"
    message = "%(entry)s cannot be made a shipping description: %(problem)s."
    recover = ("ask_supervisor",)

    entry: str
    problem: str


@dataclass(kw_only=True, eq=False)
class AlreadyDescribed(DomainError):
    """An entry of the table becomes one shipping description; later ones are made by hand, with a code of their own."""

    code = "already_described"
    message = "%(entry)s is described already, as %(description)s."
    recover = ("refresh",)

    entry: str
    description: str
