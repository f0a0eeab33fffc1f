"""What planning refuses."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class NoSupplier(DomainError):
    """Nobody is known to sell the item, so nobody can be asked for it."""

    code = "no_supplier"
    message = "%(proposal)s has no supplier of %(item)s: give the item a supplier's price, then propose again."
    recover = ("reenter",)

    proposal: str
    item: str


@dataclass(kw_only=True, eq=False)
class NothingChosen(DomainError):
    """A purchase order is made of at least one proposal."""

    code = "nothing_chosen"
    message = "Choose at least one proposal."
    status = 400
    recover = ("reenter",)
