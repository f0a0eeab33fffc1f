"""What the label on an item's containers says."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from simple_history.models import HistoricalRecords

from apps.catalog.models.item import Item
from apps.core.querysets import SharedQuerySet
from apps.safety.choices import Pictogram, SignalWord
from apps.safety.rules import LabelFacts


class ContainerLabel(models.Model):
    """What a shipped container of an item bears (29 CFR 1910.1200(f)(1)); one label an item, as its data sheet says."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="container_label")
    identifier = models.CharField(
        "product identifier", max_length=120, help_text="The same as on the safety data sheet"
    )
    signal_word = models.CharField(max_length=7, choices=SignalWord.choices, blank=True)
    pictograms = ArrayField(
        models.CharField(max_length=5, choices=Pictogram.choices),
        default=list,
        blank=True,
        help_text="With a comma between, as GHS02,GHS07",
    )
    hazards = ArrayField(
        models.CharField(max_length=30),
        verbose_name="hazard statements",
        help_text="Codes with a comma between, as H225,H319",
    )
    precautions = ArrayField(
        models.CharField(max_length=30),
        verbose_name="precautionary statements",
        help_text="Codes with a comma between, as P210,P403 + P233",
    )
    supplier_name = models.CharField(max_length=120, help_text="Manufacturer, importer or other responsible party")
    supplier_address = models.CharField(max_length=200)
    supplier_phone = models.CharField(max_length=40)
    source = models.CharField(max_length=120, help_text="Safety data sheet and its revision")
    revised_on = models.DateField(help_text="Of the safety data sheet")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("item__number",)
        constraints = (
            models.CheckConstraint(
                name="container_label_signal_known",
                condition=models.Q(signal_word="") | models.Q(signal_word__in=SignalWord.values),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} label"

    @property
    def facts(self) -> LabelFacts:
        """What the rules on labels look at."""
        return LabelFacts(
            signal_word=self.signal_word,
            pictograms=tuple(self.pictograms or ()),
            hazards=tuple(self.hazards or ()),
            precautions=tuple(self.precautions or ()),
        )
