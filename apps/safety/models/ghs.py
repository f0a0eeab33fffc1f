"""The phrases of labels by code, as texts of a day have them."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import SharedQuerySet
from apps.safety.choices import Pictogram, SignalWord

PHRASE = RegexValidator(r"^(H|P)[0-9]{3}( \+ P[0-9]{3})*$", "A code reads H225, P210 or P403 + P233.")


class GhsPhrase(models.Model):
    """A hazard or precautionary statement of the GHS by its code; of a code the text that took effect last counts.

    Where every category that bears a hazard statement has one signal word or one pictogram, it stands here, and labels
    are held to it; where categories differ it is empty. A text that nobody qualified has compared is marked.
    """

    code = models.CharField(max_length=30, validators=[PHRASE], help_text="As H225 or P403 + P233")
    text = models.CharField(max_length=300)
    signal_word = models.CharField(
        max_length=7, choices=SignalWord.choices, blank=True, help_text="Where all categories with it have the same"
    )
    pictogram = models.CharField(
        max_length=5, choices=Pictogram.choices, blank=True, help_text="Where all categories with it have the same"
    )
    source = models.CharField(max_length=200, help_text="Regulation and appendix")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code", "-effective_on")
        verbose_name = "GHS phrase"
        constraints = (
            models.UniqueConstraint(fields=["code", "effective_on"], name="ghs_phrase_once_a_day"),
            models.CheckConstraint(
                name="ghs_phrase_signal_known",
                condition=models.Q(signal_word="") | models.Q(signal_word__in=SignalWord.values),
            ),
            models.CheckConstraint(
                name="ghs_phrase_pictogram_known",
                condition=models.Q(pictogram="") | models.Q(pictogram__in=Pictogram.values),
            ),
        )

    def __str__(self) -> str:
        return self.code
