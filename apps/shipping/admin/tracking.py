"""What carriers reported, and parcels that somebody looks into."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.accounts.access import EVERY_DESK, OUTBOUND
from apps.core.admin import OwnFilter, ReadOnlyAdmin, StateFilter
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import Button, PageAdmin
from apps.shipping.choices import EventKind
from apps.shipping.models import CarrierEvent, Carton, ParcelException
from apps.shipping.operations import resolve_exception
from apps.shipping.states import ExceptionState

EVENT_TONES = {
    EventKind.PICKED_UP: Tone.PROGRESS,
    EventKind.IN_TRANSIT: Tone.PROGRESS,
    EventKind.DELIVERED: Tone.DONE,
    EventKind.EXCEPTION: Tone.LATE,
    EventKind.LOST: Tone.BLOCKED,
}


class AskResolution(forms.Form):
    """How it ended."""

    resolution = forms.CharField(
        max_length=200,
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
        help_text="Found, sent again, claimed from the carrier",
    )


def events_table(carton: Carton) -> Table:
    """What the carrier said of a parcel, the latest first."""
    zone = carton.shipment.warehouse.timezone
    return Table(
        title="What the carrier said",
        columns=(Column("When"), Column("What"), Column("Where"), Column("Taken by"), Column("Note")),
        rows=[
            (
                moment(event.occurred_at, zone),
                event_badge(event),
                event.place or NOTHING,
                event.signed_by or NOTHING,
                event.note or NOTHING,
            )
            for event in carton.events.all()
        ],
        empty="Nothing yet. Carriers report by the API or by file.",
    )


def event_badge(event: CarrierEvent) -> SafeString:
    """What the carrier said, in its colour."""
    return badge(event.get_kind_display(), EVENT_TONES[EventKind(event.kind)])


@admin.register(CarrierEvent)
class CarrierEventAdmin(ReadOnlyAdmin):
    """What carriers reported."""

    access = OUTBOUND
    list_display = ("carton", "what", "when", "place", "signed_by", "note")
    list_select_related = ("carton__unit", "carton__shipment__warehouse")
    list_filter = ("kind", ("carton__shipment__warehouse", OwnFilter))
    search_fields = ("carton__unit__number", "carton__tracking_number", "carton__shipment__number", "signed_by")
    first_step = "Carriers report by the API or by file."

    @admin.display(description="what", ordering="kind")
    def what(self, event: CarrierEvent) -> SafeString:
        """In its colour."""
        return event_badge(event)

    @admin.display(description="when", ordering="occurred_at")
    def when(self, event: CarrierEvent) -> SafeString:
        """By the clock of the warehouse that sent it."""
        return moment(event.occurred_at, event.carton.shipment.warehouse.timezone)


@admin.register(ParcelException)
class ParcelExceptionAdmin(PageAdmin):
    """Parcels that are late, damaged or lost."""

    access = OUTBOUND
    list_display = ("number", "stands", "what", "carton", "shipment", "opened", "note", "resolution")
    list_select_related = ("carton__unit", "carton__shipment__warehouse")
    list_filter = (("state", StateFilter), "kind", ("carton__shipment__warehouse", OwnFilter))
    search_fields = ("number", "carton__unit__number", "carton__tracking_number", "carton__shipment__number")
    first_step = "A carrier that reports trouble with a parcel opens one."
    buttons = (
        Button(
            name="resolve",
            label="Say how it ended",
            operation=resolve_exception,
            argument="exception_id",
            done="%s is resolved.",
            roles=EVERY_DESK,
            states=(ExceptionState.OPEN,),
            form=AskResolution,
            icon="task_alt",
        ),
    )

    @admin.display(description="state", ordering="state")
    def stands(self, exception: ParcelException) -> SafeString:
        """Whether somebody has to do something."""
        tone = Tone.BLOCKED if exception.state == ExceptionState.OPEN else Tone.DONE
        return badge(exception.get_state_display(), tone)

    @admin.display(description="what", ordering="kind")
    def what(self, exception: ParcelException) -> SafeString:
        """What the carrier said."""
        return badge(exception.get_kind_display(), EVENT_TONES[EventKind(exception.kind)])

    @admin.display(description="shipment", ordering="carton__shipment")
    def shipment(self, exception: ParcelException) -> SafeString:
        """Of which shipment."""
        return link(exception.carton.shipment)

    @admin.display(description="since", ordering="created_at")
    def opened(self, exception: ParcelException) -> SafeString:
        """Since when."""
        return moment(exception.created_at, exception.carton.shipment.warehouse.timezone)

    def facts(self, document: ParcelException) -> Iterable[Fact]:
        """Which parcel, to whom, what is known."""
        shipment = document.carton.shipment
        yield Fact("State", self.stands(document))
        yield Fact("What", self.what(document))
        yield Fact("Parcel", link(document.carton))
        yield Fact("Tracking number", document.carton.tracking_number or NOTHING)
        yield Fact("Shipment", link(shipment))
        yield Fact("Ship to", ", ".join([shipment.ship_to, *shipment.address_lines]))
        yield Fact("The carrier says", document.note or NOTHING)
        if document.resolution:
            yield Fact("How it ended", document.resolution)
            yield Fact("Resolved by", document.resolved_by)

    def tables(self, request: HttpRequest, document: ParcelException) -> Iterable[Table]:
        """All that the carrier said."""
        del request
        yield events_table(document.carton)
