"""What recalls refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NothingToRecall(DomainError):
    """A recall names at least one lot."""

    code = "nothing_to_recall"
    message = "Name at least one lot."
    status = 400


@dataclass(kw_only=True, eq=False)
class AlreadyRecalled(DomainError):
    """A lot is in one open recall at a time, so that there is one place where its answers are."""

    code = "already_recalled"
    message = "Lot %(lot)s is already in recall %(recall)s."
    recover = ("refresh",)

    lot: str
    recall: str
