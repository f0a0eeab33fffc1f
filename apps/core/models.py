"""Abstract bases; this app has no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models

from apps.core.flows import Flow
from apps.core.prepared import Change, write_changes


class Document(models.Model):
    """A numbered piece of work with a state; `advance` and `advance_all` are the only ways to another."""

    flow: ClassVar[Flow]

    number = models.CharField(max_length=40, unique=True, editable=False)
    created_at = models.DateTimeField()
    state: models.CharField[str, str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    def advance(self, to: str, *also: str) -> Self:
        """Move to a state the flow allows and save it, with the fields named in `also`.

        Raises `IllegalTransition`.
        """
        write_changes(self.change_to(to, *also))
        return self

    def change_to(self, to: str, *also: str) -> Change:
        """Move to a state the flow allows; the change is the caller's to save, with that of another row.

        Raises `IllegalTransition`.
        """
        self._become(to)
        return Change(self, ("state", *also))

    @classmethod
    def advance_all(cls, documents: Sequence[Self], to: str, **also: object) -> None:
        """Move many to a state and save them in one update, with what else changes alike in all of them.

        Raises `IllegalTransition` when one of them may not; then none is saved.
        """
        for document in documents:
            document._become(to)  # noqa: SLF001 - our own class
        if documents:
            chosen = cls._default_manager.filter(pk__in=[document.pk for document in documents])
            chosen.update(state=to, **also)

    def must_allow(self, to: str) -> None:
        """Refuse early what `advance` would refuse. Raises `IllegalTransition`."""
        self.flow.check(self.state, to, document=self)

    def _become(self, to: str) -> None:
        self.flow.check(self.state, to, document=self)
        self.state = to
