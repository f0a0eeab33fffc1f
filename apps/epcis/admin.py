"""What partners told, at the desk; and on the pages of lots and recalls what can be told of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.accounts.access import PARTNERS_EVENTS
from apps.core.admin import worker_of
from apps.core.admin.cells import NOTHING, Tone, badge, link, moment
from apps.core.admin.page import Column, Fact, Paper, Table
from apps.epcis.models import EpcisCapture, EpcisEvent
from apps.epcis.queries import corrected_by, same_id, told_of_lot
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.lots import LotAdmin
from apps.ledger.models import Lot
from apps.traceability.admin.cases import RecallCaseAdmin
from apps.traceability.models import RecallCase
from apps.traceability.operations.trail import MAY_READ_TRACES

MOST_ROWS = 100
"""Of a page's table; the list of events has them all."""
EXPORT = "/api/v1/epcis"


@admin.register(EpcisCapture)
class EpcisCaptureAdmin(PageAdmin):
    """Documents that partners sent, word for word."""

    access = PARTNERS_EVENTS
    trail_kinds = ("EPCIS capture",)
    list_display = ("number", "captured", "event_count", "sender", "receiver", "captured_by")
    list_select_related = ("captured_by",)
    search_fields = ("number", "sender", "receiver", "events__event_id")
    first_step = "Partners' systems send EPCIS 2.0 documents to POST /api/v1/epcis-captures."

    def get_queryset(self, request: HttpRequest) -> QuerySet[EpcisCapture]:
        """With how many events each tells; without its text."""
        rows: QuerySet[EpcisCapture] = super().get_queryset(request)
        return rows.annotate(told=Count("events", distinct=True)).defer("text")

    @admin.display(description="captured", ordering="captured_at")
    def captured(self, capture: EpcisCapture) -> SafeString:
        """In universal time."""
        return moment(capture.captured_at)

    @admin.display(description="events", ordering="told")
    def event_count(self, capture: EpcisCapture) -> int:
        """How many it tells."""
        return getattr(capture, "told", 0)

    def facts(self, document: EpcisCapture) -> Iterable[Fact]:
        """From whom, when, by whom."""
        yield Fact("Captured", moment(document.captured_at))
        yield Fact("Captured by", document.captured_by)
        yield Fact("Written", document.created_at)
        yield Fact("Sender", document.sender or NOTHING)
        yield Fact("Receiver", document.receiver or NOTHING)
        yield Fact("SHA-256 of what it says", document.digest)

    def papers(self, document: EpcisCapture) -> Iterable[Paper]:
        """The document itself."""
        yield Paper("Document as it was sent (JSON-LD)", f"/api/v1/epcis-captures/{document.number}/document")

    def tables(self, request: HttpRequest, document: EpcisCapture) -> Iterable[Table]:
        """Its events in its order."""
        del request
        events = document.events.select_related("capture").prefetch_related("things").order_by("position")
        yield _events_table("Events", events[:MOST_ROWS], empty="It tells none.")


@admin.register(EpcisEvent)
class EpcisEventAdmin(PageAdmin):
    """What partners say happened; it moved no stock of ours."""

    access = PARTNERS_EVENTS
    list_display = ("happened", "what", "about", "step", "read_at", "capture")
    list_display_links = ("happened", "what")
    list_select_related = ("capture",)
    list_filter = ("event_type", "action", ("declared_at", admin.EmptyFieldListFilter))
    search_fields = (
        "event_id",
        "biz_step",
        "read_point",
        "things__uri",
        "things__lot",
        "things__serial",
        "things__sscc",
    )
    first_step = "Events come with the documents that partners send."

    def get_queryset(self, request: HttpRequest) -> QuerySet[EpcisEvent]:
        """With what each is about."""
        rows: QuerySet[EpcisEvent] = super().get_queryset(request)
        return rows.prefetch_related("things")

    @admin.display(description="happened (UTC)", ordering="event_time")
    def happened(self, event: EpcisEvent) -> str:
        """With its year: partners tell of what is long past."""
        return f"{event.event_time:%Y-%m-%d %H:%M}"

    @admin.display(description="what", ordering="event_type")
    def what(self, event: EpcisEvent) -> SafeString:
        """Its kind; one that was declared wrong says so."""
        return _what(event)

    @admin.display(description="step", ordering="biz_step")
    def step(self, event: EpcisEvent) -> str:
        """In the words of the vocabulary, or the partner's own."""
        return event.biz_step or NOTHING

    @admin.display(description="read at", ordering="read_point")
    def read_at(self, event: EpcisEvent) -> str:
        """Where it was seen."""
        return event.read_point or NOTHING

    @admin.display(description="about")
    def about(self, event: EpcisEvent) -> str:
        """The first few things."""
        return _about(event)

    def note(self, document: EpcisEvent) -> str:
        """What a reader must not overlook."""
        if document.declared_at is not None:
            return "This event says that what it tells was wrong." + _why(document)
        if corrected_by(document).exists():
            return "The partner has declared this event wrong; see below."
        if same_id(document).exists():
            return "Another event bears the same ID and says otherwise; ask the partner which of them holds."
        return ""

    def facts(self, document: EpcisEvent) -> Iterable[Fact]:
        """When, where, why."""
        yield Fact("What", _what(document))
        yield Fact("Happened", f"{document.content.get('eventTime')} (offset {document.offset})")
        yield Fact("Step", document.biz_step or NOTHING)
        yield Fact("Disposition", document.disposition or NOTHING)
        yield Fact("Read at", document.read_point or NOTHING)
        yield Fact("Is at", document.biz_location or NOTHING)
        yield Fact("Event ID", document.event_id or NOTHING)
        yield Fact("Document", link(document.capture))

    def tables(self, request: HttpRequest, document: EpcisEvent) -> Iterable[Table]:
        """What it is about, what belongs to it, and all of it as it was told."""
        del request
        yield Table(
            title="About",
            columns=(Column("Part"), Column("Identifier"), Column("GTIN"), Column("Lot or serial"), Column("Quantity")),
            rows=[
                (thing.get_part_display(), thing.uri, thing.gtin, thing.lot or thing.serial, thing.quantity)
                for thing in document.things.all()
            ],
            empty="It is about no object that is named.",
        )
        together = [*corrected_by(document)[:MOST_ROWS], *same_id(document)[:MOST_ROWS]]
        if together:
            yield _events_table("Belongs to it, or bears its ID", together, empty="")
        yield Table(
            title="As it was told",
            columns=(Column("JSON"),),
            rows=[(format_html("<pre>{}</pre>", json.dumps(document.content, indent=1, ensure_ascii=False)),)],
        )


def _what(event: EpcisEvent) -> SafeString:
    label = f"{event.get_event_type_display()}{f', {event.get_action_display().lower()}' if event.action else ''}"
    return badge(f"{label}: declared wrong", Tone.BLOCKED) if event.declared_at else badge(label, Tone.DONE)


def _why(event: EpcisEvent) -> str:
    return f" It gives as reason: {event.reason}." if event.reason else ""


def _about(event: EpcisEvent) -> str:
    things = [thing.lot or thing.serial or thing.sscc or thing.uri for thing in event.things.all()]
    return ", ".join(things[:3]) + (f" and {len(things) - 3} more" if len(things) > 3 else "")  # noqa: PLR2004


def _events_table(title: str, events: Iterable[EpcisEvent], *, empty: str) -> Table:
    return Table(
        title=title,
        columns=(
            Column("Happened"),
            Column("What"),
            Column("About"),
            Column("Step"),
            Column("Read at"),
            Column("Document"),
        ),
        rows=[
            (
                link(event, str(event.content.get("eventTime"))),
                _what(event),
                _about(event),
                event.biz_step or NOTHING,
                event.read_point or NOTHING,
                link(event.capture),
            )
            for event in events
        ],
        empty=empty,
    )


class ToldLotAdmin(LotAdmin):
    """A lot, with what partners told of it and its own movements to tell them."""

    def papers(self, document: Lot) -> Iterable[Paper]:
        """Its movements as events."""
        yield from super().papers(document)
        yield Paper("EPCIS events (JSON-LD)", f"{EXPORT}?lot={document.pk}")

    def tables(self, request: HttpRequest, document: Lot) -> Iterable[Table]:
        """What partners told, for those who read traces."""
        yield from super().tables(request, document)
        if worker_of(request).has_role(*MAY_READ_TRACES):
            events = told_of_lot(document).prefetch_related("things")[:MOST_ROWS]
            yield _events_table("What partners told", events, empty="No partner has told anything of it.")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Whoever may not read traces is offered no events."""
        hidden: dict[str, Any] = {} if worker_of(request).has_role(*MAY_READ_TRACES) else {"papers": []}
        return super().change_view(request, object_id, form_url, {**hidden, **(extra_context or {})})


class ToldRecallAdmin(RecallCaseAdmin):
    """A recall, with the movements of its lots to tell partners and authorities."""

    def papers(self, document: RecallCase) -> Iterable[Paper]:
        """Its lots' movements as events."""
        yield from super().papers(document)
        yield Paper("EPCIS events (JSON-LD)", f"{EXPORT}?case={document.number}")


for _model, _page in ((Lot, ToldLotAdmin), (RecallCase, ToldRecallAdmin)):
    # The pages are of apps below, which know nothing of EPCIS.
    admin.site.unregister(_model)
    admin.site.register(_model, _page)
