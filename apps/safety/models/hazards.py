"""Hazard classes, which are stored or carried apart, how goods are described to carriers, and storage conditions."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from apps.core.querysets import SharedQuerySet, values_check
from apps.safety.choices import Apart, HazardZone, PackingGroup, TransportMark, TransportTable
from apps.safety.rules import Hazard, TemperatureRange


class HazardClass(models.Model):
    """A hazard class or division of dangerous goods in transport (49 CFR 173.2)."""

    code = models.CharField(max_length=10, unique=True, help_text="Class or division, as 3 or 5.1")
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=120, help_text="Regulation and paragraph")
    effective_on = models.DateField()

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "hazard classes"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SegregationRule(models.Model):
    """How far apart goods of two hazard classes are stored; of a pair the text that took effect last counts.

    What may not share a zone shares no bay and no bin of it either; `metres` are asked for beside that. A rule that
    nobody qualified has confirmed is held to as strictly, and is marked.
    """

    first = models.ForeignKey(HazardClass, models.PROTECT, related_name="+")
    second = models.ForeignKey(HazardClass, models.PROTECT, related_name="+")
    apart = models.CharField(max_length=8, choices=Apart.choices)
    metres = models.DecimalField(
        "metres apart",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
        help_text="At least, in a straight line; a place without coordinates counts as too near",
    )
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the site's own rule")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Confirmed for this site by who may do so")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("first__code", "second__code", "-effective_on")
        constraints = (
            models.UniqueConstraint(fields=["first", "second", "effective_on"], name="segregation_rule_once_a_day"),
            values_check("apart", Apart, "segregation_apart_known"),
            models.CheckConstraint(
                name="segregation_metres_above_zero", condition=models.Q(metres=None) | models.Q(metres__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.first.code} and {self.second.code}: {self.get_apart_display().lower()}"


class TransportRule(models.Model):
    """A cell of the law's tables on what rides on one vehicle by highway; the text that took effect last counts.

    The pair is kept once. A rule that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    table = models.CharField(max_length=10, choices=TransportTable.choices)
    first = models.CharField(max_length=20, help_text="Row: a class as the table writes it, or a compatibility group")
    second = models.CharField(max_length=20, help_text="Column")
    mark = models.CharField(max_length=4, choices=TransportMark.choices)
    source = models.CharField(max_length=200, help_text="Regulation and paragraph, or the company's own rule")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")
    note = models.CharField(max_length=200, blank=True)

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("table", "first", "second", "-effective_on")
        constraints = (
            models.UniqueConstraint(
                fields=["table", "first", "second", "effective_on"], name="transport_rule_once_a_day"
            ),
            values_check("table", TransportTable, "transport_table_known"),
            values_check("mark", TransportMark, "transport_mark_known"),
        )

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.get_mark_display().lower()}"


class ShippingDescription(models.Model):
    """How dangerous goods are described on shipping papers (49 CFR 172.202), and what segregation asks of them."""

    code = models.CharField(max_length=20, unique=True, help_text="Our own short name, as ACETONE or UN1950-2.1")
    un_number = models.CharField(
        "UN number",
        max_length=6,
        validators=[RegexValidator(r"^(UN|NA|ID)[0-9]{4}$", "An identification number reads UN1090 or NA1993.")],
    )
    proper_shipping_name = models.CharField(max_length=200)
    technical_name = models.CharField(max_length=120, blank=True, help_text="In parentheses after n.o.s. names")
    hazard_class = models.ForeignKey(HazardClass, models.PROTECT, related_name="descriptions")
    subsidiary = ArrayField(
        models.CharField(max_length=4),
        default=list,
        blank=True,
        help_text="Subsidiary classes with a comma between, as 6.1,8",
    )
    packing_group = models.CharField(max_length=3, choices=PackingGroup.choices, blank=True)
    zone = models.CharField(
        "hazard zone", max_length=1, choices=HazardZone.choices, blank=True, help_text="Of what is poisonous to inhale"
    )
    group = models.CharField("compatibility group", max_length=1, blank=True, help_text="Of explosives, A to S")
    is_liquid = models.BooleanField("liquid", null=True, help_text="Unknown is taken as a liquid")
    is_acid = models.BooleanField("acid", default=False)
    is_cyanide = models.BooleanField("cyanide", default=False)
    is_limited_quantity = models.BooleanField("limited quantity", default=False, help_text="Packed so; needs no label")
    source = models.CharField(max_length=120, blank=True, help_text="Safety data sheet or 49 CFR 172.101")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="packing_group_known",
                condition=models.Q(packing_group="") | models.Q(packing_group__in=PackingGroup.values),
            ),
            models.CheckConstraint(
                name="hazard_zone_known", condition=models.Q(zone="") | models.Q(zone__in=HazardZone.values)
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def hazard(self) -> Hazard:
        """What the rules of transport look at."""
        return Hazard(
            code=self.hazard_class.code,
            name=self.proper_shipping_name,
            un_number=self.un_number,
            packing_group=self.packing_group,
            zone=self.zone,
            is_liquid=self.is_liquid,
            group=self.group,
            subsidiary=tuple(self.subsidiary),
            is_acid=self.is_acid,
            is_cyanide=self.is_cyanide,
            is_limited_quantity=self.is_limited_quantity,
        )

    @property
    def basic_description(self) -> str:
        """As a shipping paper writes it: number, name, class with subsidiary ones, packing group, in that order."""
        name = self.proper_shipping_name + (f" ({self.technical_name})" if self.technical_name else "")
        beside = f" ({', '.join(self.subsidiary)})" if self.subsidiary else ""
        classes = f"{self.hazard_class.code}{self.group}{beside}"
        parts = [self.un_number, name, classes]
        if self.packing_group:
            parts.append(f"PG {self.packing_group}")
        if self.is_limited_quantity:
            parts.append("Ltd Qty")
        return ", ".join(parts)


class StorageCondition(models.Model):
    """A temperature band in °C, with its source; an item needs one, a zone or bin keeps one.

    A band of relative humidity beside it is watched by sensors; it chooses no bin.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    min_celsius = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    max_celsius = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    min_humidity = models.DecimalField(
        "lowest humidity", max_digits=4, decimal_places=1, null=True, blank=True, help_text="Relative, in per cent"
    )
    max_humidity = models.DecimalField(
        "highest humidity", max_digits=4, decimal_places=1, null=True, blank=True, help_text="Relative, in per cent"
    )
    source = models.CharField(max_length=120, blank=True)
    effective_on = models.DateField()

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                name="storage_condition_band_is_ordered",
                condition=models.Q(min_celsius__lte=models.F("max_celsius"))
                | models.Q(min_celsius=None)
                | models.Q(max_celsius=None),
                violation_error_message="The lower temperature is above the upper one.",
            ),
            models.CheckConstraint(
                name="storage_condition_humidity_is_ordered",
                condition=models.Q(min_humidity__lte=models.F("max_humidity"))
                | models.Q(min_humidity=None)
                | models.Q(max_humidity=None),
                violation_error_message="The lower humidity is above the upper one.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def range(self) -> TemperatureRange:
        """The band as a value that rules compare."""
        return TemperatureRange(low=self.min_celsius, high=self.max_celsius)


class KineticRule(models.Model):
    """By what an excursion from a storage condition is judged; of a condition the text that took effect last counts.

    Over the window that ends with the excursion, the mean kinetic temperature stays at or below `most_celsius`, nothing
    is read below `lowest_celsius` or above `spike_celsius`, and what is above `highest_celsius` lasts `spike_hours` at
    most. A rule that nobody qualified has confirmed is held to as strictly, and is marked.
    """

    condition = models.ForeignKey(StorageCondition, models.PROTECT, related_name="kinetic_rules")
    window_hours = models.PositiveSmallIntegerField("window (h)", help_text="Over which the mean is taken")
    most_celsius = models.DecimalField("highest mean (°C)", max_digits=5, decimal_places=1)
    lowest_celsius = models.DecimalField("never below (°C)", max_digits=5, decimal_places=1)
    highest_celsius = models.DecimalField("a spike above (°C)", max_digits=5, decimal_places=1)
    spike_celsius = models.DecimalField("never above (°C)", max_digits=5, decimal_places=1)
    spike_hours = models.PositiveSmallIntegerField("spikes last at most (h)")
    source = models.CharField(max_length=200, help_text="Standard and chapter, or the site's own rule")
    effective_on = models.DateField()
    is_verified = models.BooleanField("verified", default=False, help_text="Compared with the text by who may do so")

    objects = SharedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("condition__code", "-effective_on")
        constraints = (
            models.UniqueConstraint(fields=["condition", "effective_on"], name="kinetic_rule_once_a_day"),
            models.CheckConstraint(
                name="kinetic_rule_in_order",
                condition=models.Q(
                    window_hours__gte=1,
                    lowest_celsius__lte=models.F("highest_celsius"),
                    highest_celsius__lte=models.F("spike_celsius"),
                ),
                violation_error_message="Limits rise from the lowest to the spike, over a window of an hour or more.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.condition.code}, {self.window_hours} h"


class HazmatEntry(models.Model):
    """A row of the hazardous materials table, 49 CFR 172.101, as the text of a day has it; never changed."""

    row = models.PositiveIntegerField(help_text="Of the file that it was read from; titles are row 1")
    un_number = models.CharField("UN number", max_length=6, blank=True, help_text="Empty: what is forbidden has none")
    name = models.CharField("proper shipping name", max_length=300)
    hazard_class = models.CharField(max_length=10, blank=True, help_text="Class or division; empty: by its test")
    group = models.CharField("compatibility group", max_length=1, blank=True)
    packing_group = models.CharField(max_length=3, choices=PackingGroup.choices, blank=True)
    subsidiary = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    zone = models.CharField(
        "hazard zone", max_length=1, choices=HazardZone.choices, blank=True, help_text="By special provisions 1 to 4"
    )
    is_forbidden = models.BooleanField("forbidden", default=False, help_text="May not be offered for transport")
    symbols = models.CharField(max_length=12, blank=True, help_text="As D: domestic only; I: international; G: n.o.s.")
    special_provisions = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    source = models.CharField(max_length=120)
    effective_on = models.DateField(help_text="The day of the text")

    objects = SharedQuerySet.as_manager()

    class Meta:
        ordering = ("un_number", "row")
        verbose_name_plural = "hazmat entries"
        constraints = (
            models.UniqueConstraint(fields=["effective_on", "row"], name="hazmat_entry_once"),
            models.CheckConstraint(
                name="hazmat_entry_has_a_number", condition=models.Q(is_forbidden=True) | ~models.Q(un_number="")
            ),
        )
        indexes = (models.Index(fields=["un_number"], name="hazmat_entry_number"),)

    def __str__(self) -> str:
        parts = [self.un_number, self.name, f"{self.hazard_class}{self.group}", self.packing_group]
        return ", ".join(part for part in parts if part)
