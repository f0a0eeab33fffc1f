"""From when goods without a required label are not released at a site."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import ScopedQuerySet, values_check
from apps.locations.models.site import Warehouse
from apps.safety.choices import RequiredLabel


class LabelGateQuerySet(ScopedQuerySet["LabelGate"]):
    """Gates of the warehouses a user works in."""


class LabelGate(models.Model):
    """Whether a site releases goods that lack a label; of a site and label the row that took effect last counts.

    Where there is no row the gate is open, so that nobody's goods stop on the day the program is brought up to date.
    """

    warehouse = models.ForeignKey(Warehouse, models.CASCADE, related_name="label_gates")
    label = models.CharField(max_length=10, choices=RequiredLabel.choices)
    is_required = models.BooleanField(
        "required", default=True, help_text="Goods that lack it are not released; no: from this day they are again"
    )
    effective_on = models.DateField(help_text="Of the site's calendar")
    source = models.CharField(max_length=120, help_text="Regulation, or rule of the site")
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")

    objects: ClassVar[LabelGateQuerySet] = LabelGateQuerySet.as_manager()  # type: ignore[assignment]
    history = HistoricalRecords()

    class Meta:
        ordering = ("warehouse", "label", "-effective_on")
        constraints = (
            models.UniqueConstraint(fields=["warehouse", "label", "effective_on"], name="label_gate_once_a_day"),
            values_check("label", RequiredLabel, "label_gate_label_known"),
        )

    def __str__(self) -> str:
        return f"{self.warehouse} {self.get_label_display()} {self.effective_on}"
