"""Every way to medical data leaves who read what in the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from apps.incidents.operations import note_read
from apps.journal import edge

if TYPE_CHECKING:
    from apps.accounts.models import User


def tell_reading(numbers: Sequence[str], *, what: str, by: User) -> None:
    """A line for each case that is shown, before it is; of none there is nothing to tell. Raises `NotAllowed`."""
    if numbers:
        edge.run(note_read, by=by, reads=True, render=lambda _: None, numbers=list(numbers), what=what)
