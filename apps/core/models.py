"""Abstract bases; this app has no tables."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from apps.core.flows import Flow


class Document(models.Model):
    """A numbered piece of work with a state; `advance` is the only place that assigns the state."""

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
        self.flow.check(self.state, to, document=self)
        self.state = to
        self.save(update_fields=["state", *also])
        return self

    def must_allow(self, to: str) -> None:
        """Refuse early what `advance` would refuse. Raises `IllegalTransition`."""
        self.flow.check(self.state, to, document=self)
