"""What went missing: where, on which shift, since when, and which cameras and doors saw it."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.incidents.models import Incident
from apps.journal.models import AuditEntry
from apps.ledger.operations import reverse as reverse_posting
from apps.losses.errors import DoorAhead, DoorOff
from apps.losses.models import DoorEvent
from apps.losses.operations import AtDoor, record_door_events
from apps.losses.queries import Days, footage_of_incident, losses_in, shrinkage_of
from apps.losses.states import DoorEventKind, LossBy
from tests.factories.api import a_person, a_worker, refused
from tests.factories.ledger import an_actor
from tests.factories.losses import missing, today


def test_an_adjustment_tells_since_when_it_may_have_gone_and_what_shows_it(cage):
    came = clock.now()
    count = missing(cage, 3)

    [loss] = losses_in(today(cage))

    assert (loss.quantity, loss.value, loss.zone, loss.place, loss.shift) == (D(3), D("7.50"), "CAGE", "A", "Always")
    assert (loss.reason, loss.document, loss.is_explained) == ("THEFT", count.number, False)
    assert loss.at == count.counted_at
    assert loss.since is not None
    assert loss.since <= came  # when they were brought there
    [shown] = loss.footage
    assert (shown.camera, shown.channel) == ("CAM-1", "NVR 1/4")
    assert shown.since == loss.since - timedelta(minutes=5)
    assert shown.until == loss.at + timedelta(minutes=5)
    second = missing(cage, 1)
    latest = losses_in(today(cage))[0]
    assert latest.document == second.number
    assert latest.since is not None
    assert latest.since >= count.counted_at  # the count before had seen them


def test_shrinkage_adds_up_by_reason_zone_and_shift_and_a_reversal_stands_against_it(cage):
    count = missing(cage, 4)
    missing(cage, 1)
    for by, name in ((LossBy.REASON, "THEFT"), (LossBy.ZONE, "CAGE"), (LossBy.SHIFT, "Always")):
        found_ = shrinkage_of(today(cage), by=by)
        assert [(group.name, group.adjustments, group.unexplained) for group in found_.groups] == [
            (name, 2, D("12.50"))
        ]
        # Ten were counted, then six: of 40.00 that the book had, 12.50 is missing.
        assert (found_.book, found_.percent) == (D("40.00"), D("31.25"))
    assert count.transaction_id is not None
    with transaction.atomic():
        reverse_posting(count.transaction_id, by=an_actor(), at=clock.now(), reason="They were in the next bin")
    assert shrinkage_of(today(cage), by=LossBy.REASON).total.unexplained == D("2.50")
    with CaptureQueriesContext(connection) as few:
        losses_in(today(cage))
    for _ in range(3):
        missing(cage, 1)
    with CaptureQueriesContext(connection) as many:
        assert len(losses_in(today(cage))) == 6
    assert len(many) == len(few)
    yesterday = today(cage).since - timedelta(days=1)
    assert losses_in(Days(sites=[cage.warehouse], since=yesterday, until=yesterday)) == []


def test_an_incident_is_shown_by_the_cameras_of_its_place(cage):
    at = clock.now()
    told = {"number": "IN-1", "kind": "damage", "created_at": at, "warehouse": cage.warehouse, "occurred_at": at}
    who = an_actor().user
    seen = Incident.objects.create(location=cage.a, what_happened="Rack bent", reported_by=who, **told)
    dark = Incident.objects.create(
        **told | {"number": "IN-2"}, location=cage.b, what_happened="Rack bent", reported_by=who
    )

    [shown] = footage_of_incident(seen)
    assert (shown.camera, shown.since, shown.until) == ("CAM-1", at - timedelta(minutes=5), at + timedelta(minutes=5))
    assert footage_of_incident(dark) == ()
    thing = cage.camera.asset
    thing.is_active = False
    thing.save()
    assert footage_of_incident(seen) == ()


def test_door_events_come_twice_and_late_without_harm_and_are_never_changed(cage):
    now = clock.now()

    def tell(*events, at=None):
        with transaction.atomic():
            return record_door_events(door_id=cage.door.pk, events=events, by=an_actor(), at=at or clock.now())

    opened = AtDoor(event_id="1", kind=DoorEventKind.OPENED, happened_at=now, badge="B-7")
    earlier = AtDoor(event_id="0", kind=DoorEventKind.DENIED, happened_at=now - timedelta(days=2))
    assert (tell(opened, opened).new, tell(opened, earlier).repeated) == (1, 1)
    assert list(DoorEvent.objects.values_list("event_id", "kind", "badge")) == [
        ("1", "opened", "B-7"),
        ("0", "denied", ""),
    ]
    with pytest.raises(DoorAhead):
        tell(AtDoor(event_id="2", kind=DoorEventKind.OPENED, happened_at=now + timedelta(hours=1)))
    cage.door.is_active = False
    cage.door.save()
    with pytest.raises(DoorOff):
        tell(AtDoor(event_id="3", kind=DoorEventKind.OPENED, happened_at=now))
    assert DoorEvent.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        DoorEvent.objects.update(badge="nobody")


def test_over_http_and_at_the_desk_losses_are_read_by_few_and_each_reading_is_recorded(cage, client):
    missing(cage, 3)
    boss = a_person(cage.warehouse, roles=(Role.INVENTORY_MANAGER,), is_staff=True)
    picker, stranger = a_worker(cage.warehouse), a_person(roles=(Role.SUPERVISOR,))
    day = today(cage).since.isoformat()
    asked = {"since": day, "until": day}

    [loss] = boss.get("/losses", **asked).json()
    told = boss.get("/shrinkage", by="zone", warehouse=cage.warehouse.code, **asked).json()

    assert (loss["quantity"], loss["value"], loss["footage"][0]["channel"]) == ("3", "7.500000", "NVR 1/4")
    assert (told["groups"][0]["name"], told["percent"]) == ("CAGE", "30.00")
    assert boss.get("/cameras", zone="CAGE").json()["results"][0]["number"] == "CAM-1"
    event = {"event_id": "9", "kind": "forced", "happened_at": f"{day}T00:00:00Z"}
    body = {"door": "D-1", "events": [event]}
    assert picker.post("/door-events", body).json() == {"new": 1, "repeated": 0}
    assert boss.get("/door-events", kind="forced").json()["results"][0]["door"] == "D-1"
    refused(
        boss.post("/door-events", {**body, "events": [{**event, "happened_at": "2999-01-01T00:00:00Z"}]}),
        409,
        "door_ahead",
    )
    assert stranger.post("/door-events", body).status_code == 404
    assert stranger.get("/losses", **asked).json() == []
    for path in ("/losses", "/shrinkage"):
        refused(picker.get(path, **asked), 403, "not_allowed")
        assert boss.get(path, since=day).status_code == 400
    for path in ("/cameras", "/doors", "/door-events"):
        refused(picker.get(path), 403, "not_allowed")
    assert AuditEntry.objects.filter(kind="losses", verb="read").count() == 3
    client.force_login(boss.user)
    page = client.get(reverse("desk-shrinkage"), {"by": "shift"}).content.decode()
    for words in ("By shift: 30.00 % of 25.00", "THEFT", "CAM-1 NVR 1/4", "A (CAGE)"):
        assert words in page, words
    client.force_login(a_person(cage.warehouse, roles=(Role.SALES,), is_staff=True).user)
    assert client.get(reverse("desk-shrinkage")).status_code == 403
