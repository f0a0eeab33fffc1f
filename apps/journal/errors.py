"""What the command log refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class KeyReused(DomainError):
    """A key names one command: the same key with another body is a mistake of the sender."""

    code = "key_reused"
    message = "The key %(key)s was used for another command."
    status = 422

    key: str


@dataclass(kw_only=True, eq=False)
class KeyMissing(DomainError):
    """A command needs a key, so that a repeat of it does nothing more."""

    code = "key_missing"
    message = "Send an Idempotency-Key header: at most 80 characters, new for each command."
    status = 400
