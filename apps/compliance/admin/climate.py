"""How goods are kept, as quality sees it: sensors, what they read, zones with their day, and excursions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND, PLACES
from apps.accounts.roles import Role
from apps.compliance.admin.chart import ClimateChart, chart_of
from apps.compliance.models import ExcursionCase, Sensor, SensorReading
from apps.compliance.models.climate import WatchedZone
from apps.compliance.operations import approve_release, ask_release, refuse_release, reject_goods
from apps.compliance.operations.trail import MAY_DECIDE, MAY_RELEASE
from apps.compliance.queries.climate import samples_since
from apps.compliance.states import ClimateVerdict, ExcursionState, Measure
from apps.core import clock
from apps.core.admin import Access, MasterDataAdmin, OwnFilter, ReadOnlyAdmin, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.core.decimals import plain
from apps.journal.admin.page import AskReason, Button, PageAdmin

DAY = timedelta(hours=24)
CLIMATE = Access(see=(*INBOUND.see, Role.SAFETY))
TONES = {
    ExcursionState.OPEN: Tone.BLOCKED,
    ExcursionState.WAITING: Tone.PROGRESS,
    ExcursionState.RELEASED: Tone.DONE,
    ExcursionState.REJECTED: Tone.WAITING,
}
VERDICT_TONES = {
    ClimateVerdict.WITHIN: Tone.DONE,
    ClimateVerdict.BEYOND: Tone.BLOCKED,
    ClimateVerdict.NOT_EVALUABLE: Tone.LATE,
    ClimateVerdict.NO_RULE: Tone.WAITING,
}


@admin.register(Sensor)
class SensorAdmin(MasterDataAdmin):
    """Thermometers and hygrometers, and what each speaks for."""

    access = PLACES
    list_display = ("number", "name", "warehouse", "zone", "location", "interval_seconds", "calibrated_on", "is_active")
    list_select_related = ("warehouse", "zone__warehouse", "location")
    list_filter = (("warehouse", OwnFilter), "is_active")
    search_fields = ("number", "name", "zone__code", "location__code")
    autocomplete_fields = ("zone", "location")
    first_step = "Add a sensor with its zone or place; what it reads is told by POST /api/v1/sensor-readings."


@admin.register(SensorReading)
class SensorReadingAdmin(ReadOnlyAdmin):
    """What sensors read."""

    access = CLIMATE
    list_display = ("sensor", "read", "celsius", "humidity", "told")
    list_select_related = ("sensor__warehouse",)
    list_filter = (("sensor__warehouse", OwnFilter),)
    search_fields = ("sensor__number",)
    first_step = "Sensors tell what they read by the API."

    @admin.display(description="read", ordering="read_at")
    def read(self, reading: SensorReading) -> SafeString:
        """By the clock of the warehouse."""
        return moment(reading.read_at, reading.sensor.warehouse.timezone)

    @admin.display(description="told", ordering="told_at")
    def told(self, reading: SensorReading) -> SafeString:
        """By the clock of the warehouse."""
        return moment(reading.told_at, reading.sensor.warehouse.timezone)


@admin.register(WatchedZone)
class WatchedZoneAdmin(PageAdmin):
    """Zones that keep a condition: their sensors' last day, drawn, and their excursions."""

    access = CLIMATE
    change_form_template = "admin/stillage/climate.html"
    list_display = ("code", "name", "storage_condition", "sensors_in_use", "last_read", "cases", "warehouse")
    list_select_related = ("warehouse", "storage_condition")
    list_filter = (("warehouse", OwnFilter), "storage_condition")
    search_fields = ("code", "name")
    first_step = "Give a zone a storage condition, and add a sensor that speaks for it."

    def get_queryset(self, request: HttpRequest) -> QuerySet[WatchedZone]:
        """Those that keep a condition, with what was read last and what is undecided."""
        undecided = Q(sensors__excursions__state__in=(ExcursionState.OPEN, ExcursionState.WAITING))
        rows: QuerySet[WatchedZone] = super().get_queryset(request).filter(storage_condition__isnull=False)
        return rows.annotate(
            sensor_count=Count("sensors", filter=Q(sensors__is_active=True), distinct=True),
            latest=Max("sensors__readings__read_at"),
            open_cases=Count("sensors__excursions", filter=undecided, distinct=True),
        )

    @admin.display(description="sensors")
    def sensors_in_use(self, zone: Any) -> object:
        """How many; none is worth a look."""
        return zone.sensor_count or badge("None", Tone.BLOCKED)

    @admin.display(description="last reading")
    def last_read(self, zone: Any) -> SafeString:
        """By the clock of the warehouse."""
        return moment(zone.latest, zone.warehouse.timezone)

    @admin.display(description="undecided excursions")
    def cases(self, zone: Any) -> object:
        """How many goods wait for quality."""
        return badge(zone.open_cases, Tone.BLOCKED) if zone.open_cases else NOTHING

    def facts(self, document: Any) -> Iterable[Fact]:
        """What is kept here."""
        condition = document.storage_condition
        yield Fact("Zone", document.name)
        yield Fact("Warehouse", document.warehouse)
        yield Fact("Condition", condition)
        yield Fact("Temperature", _band(condition.min_celsius, condition.max_celsius, "°C"))
        yield Fact("Humidity", _band(condition.min_humidity, condition.max_humidity, "% RH"))
        yield Fact("Last reading", self.last_read(document))
        yield Fact("Undecided", self.cases(document))

    def tables(self, request: HttpRequest, document: Any) -> Iterable[Table]:
        """Its latest excursions."""
        del request
        cases = ExcursionCase.objects.filter(sensor__zone=document.pk).select_related("sensor", "warehouse")[:20]
        yield Table(
            title="Excursions",
            columns=(
                Column("Case"),
                Column("State"),
                Column("Sensor"),
                Column("From"),
                Column("Until"),
                Column("Lowest", number=True),
                Column("Highest", number=True),
                Column("Rule"),
            ),
            rows=[
                (
                    link(case),
                    case_badge(case),
                    case.sensor,
                    moment(case.first_at, case.warehouse.timezone),
                    _until(case),
                    f"{plain(case.lowest)} {case.unit}",
                    f"{plain(case.highest)} {case.unit}",
                    verdict_badge(case),
                )
                for case in cases
            ],
            empty="Nothing was read beyond the band.",
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page, with a drawing of each sensor's last day."""
        zone = self._visible(request, object_id)
        charts = [chart for sensor in _sensors(zone) for chart in _charts(sensor)]
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "charts": charts})


@admin.register(ExcursionCase)
class ExcursionCaseAdmin(PageAdmin):
    """Goods that stood beyond their band: on hold until quality decides."""

    access = CLIMATE
    list_display = ("number", "stands", "sensor", "measure", "began", "until", "worst", "judged", "warehouse")
    list_select_related = ("warehouse", "sensor")
    list_filter = (("state", StateFilter), "measure", "verdict", ("warehouse", OwnFilter))
    search_fields = ("number", "sensor__number", "goods__lot__number")
    first_step = "A case opens by itself when a sensor reads beyond the band of its zone's condition."
    buttons = (
        Button(
            name="ask",
            label="Ask for release",
            operation=ask_release,
            argument="excursion_id",
            done="The release of %s waits for another's approval.",
            roles=MAY_DECIDE,
            states=(ExcursionState.OPEN,),
            when=lambda case: case.ended_at is not None,
            form=AskReason,
            icon="contact_support",
        ),
        Button(
            name="approve",
            label="Approve release",
            operation=approve_release,
            argument="excursion_id",
            done="%s is released and its holds are ended.",
            roles=MAY_RELEASE,
            states=(ExcursionState.WAITING,),
            form=AskReason,
            icon="verified",
            grave=True,
        ),
        Button(
            name="refuse",
            label="Refuse release",
            operation=refuse_release,
            argument="excursion_id",
            done="%s is open again.",
            roles=MAY_RELEASE,
            states=(ExcursionState.WAITING,),
            form=AskReason,
            icon="undo",
        ),
        Button(
            name="reject",
            label="Reject the goods",
            operation=reject_goods,
            argument="excursion_id",
            done="The goods of %s are rejected and stay on hold.",
            roles=MAY_RELEASE,
            states=(ExcursionState.OPEN,),
            form=AskReason,
            icon="block",
            grave=True,
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, case: ExcursionCase) -> SafeString:
        """In its colour."""
        return case_badge(case)

    @admin.display(description="from", ordering="first_at")
    def began(self, case: ExcursionCase) -> SafeString:
        """By the clock of the warehouse."""
        return moment(case.first_at, case.warehouse.timezone)

    @admin.display(description="until", ordering="ended_at")
    def until(self, case: ExcursionCase) -> SafeString:
        """By the clock of the warehouse."""
        return _until(case)

    @admin.display(description="read")
    def worst(self, case: ExcursionCase) -> str:
        """The extremes."""
        return f"{plain(case.lowest)} to {plain(case.highest)} {case.unit}"

    @admin.display(description="by the rule", ordering="verdict")
    def judged(self, case: ExcursionCase) -> SafeString:
        """What the rule says."""
        return verdict_badge(case)

    def note(self, document: ExcursionCase) -> str:
        """What stands in the way of a decision."""
        if document.state == ExcursionState.WAITING:
            return "The release waits for approval by another than who asked."
        if document.state != ExcursionState.OPEN:
            return ""
        if document.ended_at is None:
            return f"Nothing within the band was read since; the goods cannot be released. {document.because}"
        return document.because

    def facts(self, document: ExcursionCase) -> Iterable[Fact]:
        """Where, how long, how far, and what the rule says."""
        zone = document.warehouse.timezone
        yield Fact("State", case_badge(document))
        yield Fact("Sensor", link(document.sensor))
        watched = document.sensor.zone
        yield Fact("Zone", link(WatchedZone.objects.get(pk=watched.pk), watched.name) if watched else NOTHING)
        yield Fact("Place", document.sensor.location or NOTHING)
        yield Fact("Band", _band(document.low, document.high, document.unit))
        yield Fact("Read", self.worst(document))
        yield Fact("From", moment(document.first_at, zone))
        yield Fact("Until", _until(document))
        mean = document.mean_kinetic
        yield Fact("Mean kinetic temperature", f"{plain(mean)} °C" if mean is not None else NOTHING)
        yield Fact("By the rule", verdict_badge(document))
        yield Fact("Rests on", document.because or NOTHING)
        if document.follows is not None:
            yield Fact("Follows", link(document.follows))
        yield Fact("Asked by", document.asked_by or NOTHING)
        yield Fact("Because", document.reason or NOTHING)
        yield Fact("Decided by", document.decided_by or NOTHING)
        yield Fact("Decided", moment(document.decided_at, zone))

    def tables(self, request: HttpRequest, document: ExcursionCase) -> Iterable[Table]:
        """What stood there."""
        del request
        yield Table(
            title="Goods that stood there",
            columns=(Column("Item"), Column("Lot"), Column("Hold")),
            rows=[
                (
                    link(row.item),
                    link(row.lot) if row.lot is not None else NOTHING,
                    _hold(row.hold.closed_at is None) if row.hold is not None else badge("Hold by hand", Tone.LATE),
                )
                for row in document.goods.select_related("item", "lot", "hold")
            ],
            empty="No goods that need a condition which was left stood there.",
        )


def case_badge(case: ExcursionCase) -> SafeString:
    """Where the case stands, in its colour."""
    return badge(case.get_state_display(), TONES[ExcursionState(case.state)])


def verdict_badge(case: ExcursionCase) -> SafeString:
    """What the rule says, in its colour; nothing known is never the colour of what is fine."""
    return badge(case.get_verdict_display(), VERDICT_TONES[ClimateVerdict(case.verdict)])


def _hold(is_open: bool) -> SafeString:  # noqa: FBT001 - the one thing it says
    return badge("On hold", Tone.BLOCKED) if is_open else badge("Ended", Tone.DONE)


def _until(case: ExcursionCase) -> SafeString:
    return badge("Goes on", Tone.BLOCKED) if case.ended_at is None else moment(case.ended_at, case.warehouse.timezone)


def _band(low: Any, high: Any, unit: str) -> str:
    if low is None and high is None:
        return NOTHING
    if low is None:
        return f"up to {plain(high)} {unit}"
    return f"from {plain(low)} {unit}" if high is None else f"{plain(low)} to {plain(high)} {unit}"


def _sensors(zone: Any) -> Iterable[Sensor]:
    rows = Sensor.objects.filter(zone=zone, is_active=True).order_by("number")
    return rows.select_related("warehouse", "zone__storage_condition")


def _charts(sensor: Sensor) -> Iterable[ClimateChart]:
    """The day that ends now, of what the sensor measures and the zone limits."""
    until = clock.now()
    since = until - DAY
    for measure, unit in ((Measure.TEMPERATURE, "°C"), (Measure.HUMIDITY, "% RH")):
        band = sensor.band(measure)
        samples = samples_since(sensor, measure, since, until)
        if measure == Measure.TEMPERATURE or (samples and not band.is_open):
            yield chart_of(
                samples,
                band,
                sensor=sensor.number,
                unit=unit,
                since=since,
                until=until,
                interval=sensor.interval,
                zone=sensor.warehouse.timezone,
            )
