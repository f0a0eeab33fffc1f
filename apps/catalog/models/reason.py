"""The reasons that people may give when work goes otherwise than asked."""

from __future__ import annotations

from django.db import models

from apps.catalog.choices import ReasonKind
from apps.core.querysets import SharedQuerySet, values_check


class ReasonCode(models.Model):
    """A reason that a handheld offers. The work keeps its text, so that a later change of the reason tells no lie."""

    kind = models.CharField(max_length=10, choices=ReasonKind.choices)
    code = models.CharField(max_length=20)
    text = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "code")
        constraints = (
            models.UniqueConstraint(fields=["kind", "code"], name="reason_code_once_a_kind"),
            values_check("kind", ReasonKind, "reason_code_kind_known"),
        )

    def __str__(self) -> str:
        return self.text
