"""What keeps the place safe, on the handheld's page: things are looked at, and what went wrong is told."""

import io
import re

import pytest
from django.db import transaction
from PIL import Image
from playwright.sync_api import expect

from apps.accounts.roles import Role
from apps.core import clock
from apps.incidents.models import Incident, InjuryCase
from apps.safety.models import HazardClass
from apps.traceability.models import AuthenticityCheck
from apps.workplace.models import CheckPhoto, CorrectiveAction, WorkplaceInspection
from apps.workplace.operations import begin_inspection
from tests.factories.labels import a_sheet
from tests.factories.ledger import SerialFactory, an_actor
from tests.factories.workplace import a_checklist, a_thing, somebody

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_truck_is_looked_at_with_a_photo_and_is_out_of_service_when_its_brakes_fail(handheld, site, shot):
    somebody(site.warehouse, Role.SAFETY, username="sam")
    checklist = a_checklist()
    thing = a_thing(site.warehouse, checklist, location=site.bin)
    with transaction.atomic():
        begin_inspection(asset_id=thing.pk, checklist_id=checklist.pk, by=an_actor(site.worker), at=clock.now())

    handheld.choose("Trucks, exits, extinguishers")
    shot("checks")
    handheld.scan("Scan the number on it", "truck-3")
    handheld.sees("Safety check")
    assert handheld.where == "A-01-1"
    shot("check")
    handheld.tap("Next line")
    handheld.sees("Brakes hold line 1 of 3")
    handheld.page.get_by_label("Note").fill("Pedal goes through")
    picture = io.BytesIO()
    Image.new("RGB", (2400, 1200), "red").save(picture, "JPEG")
    handheld.page.locator("input[type=file]").set_input_files(
        {"name": "pedal.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    expect(handheld.page.get_by_text("A photo goes with it.")).to_be_visible()
    assert handheld.acts_without_scrolling()
    shot("check-line")
    handheld.tap("It fails")
    handheld.sees("Tyres sound line 2 of 3")
    handheld.tap("It passes")
    handheld.page.get_by_label("Value in V").fill("12,4")
    shot("check-reading")
    handheld.tap("Note it")
    handheld.tap("Record it")

    expect(handheld.page.get_by_text("Out of service: do not use it, and tell your supervisor.")).to_be_visible()
    shot("check-failed")
    done = WorkplaceInspection.objects.get()
    assert (done.state, done.done_by) == ("failed", site.worker)
    assert [(each.passed, each.note) for each in done.results.all()] == [
        (False, "Pedal goes through"),
        (True, ""),
        (True, ""),
    ]
    action = CorrectiveAction.objects.get()
    assert (action.takes_out, action.owner.username) == (True, "sam")
    expect(handheld.page.get_by_role("button", name="Next check")).to_be_visible()
    photo = CheckPhoto.objects.get()
    assert (photo.result.line, photo.width, photo.height, photo.taken_by) == (1, 1600, 800, site.worker)
    handheld.tap("Next check")
    expect(handheld.page.get_by_text("Nothing is due.")).to_be_visible()
    handheld.scan("Scan the number on it", "TRUCK-3")
    handheld.sees("Safety check WI-")
    assert WorkplaceInspection.objects.filter(state="due").count() == 1


def test_a_sheet_is_opened_where_the_goods_are_and_a_unit_is_asked_for(handheld, site, shot):
    site.item.hazard_class = HazardClass.objects.get(code="3")
    site.item.save()
    handheld.choose("Look up")
    handheld.scan("Scan anything", site.item.number)
    expect(handheld.page.get_by_text("No safety data sheet is on file.")).to_be_visible()
    a_sheet(site.item, "SDS-1", by=site.worker, at=clock.now())
    serial = SerialFactory(item=site.item, number="S-77")
    handheld.scan("Scan anything", site.item.number)
    expect(handheld.page.get_by_text("Hazard 3")).to_be_visible()
    shot("look-up-sheet")

    with handheld.page.expect_popup() as opened:
        handheld.choose("Safety data sheet")
    opened.value.wait_for_url(re.compile("^blob:"), wait_until="commit")
    opened.value.close()
    handheld.scan("Scan anything", serial.number)
    handheld.sees("Serial")
    handheld.tap("Genuine?")

    handheld.sees("Genuine?")
    check = AuthenticityCheck.objects.get()
    expect(handheld.page.locator(f".badge.is-{check.verdict}")).to_be_visible()
    handheld.scan("Scan a unit", "NO-SUCH-UNIT")
    expect(handheld.page.locator(".badge.is-unknown")).to_be_visible()
    expect(handheld.page.get_by_text("Set it aside and tell quality.")).to_be_visible()
    assert handheld.acts_without_scrolling()
    shot("genuine")
    assert list(AuthenticityCheck.objects.values_list("code", "place", "is_outside").order_by("pk")) == [
        ("S-77", site.warehouse.code, False),
        ("NO-SUCH-UNIT", site.warehouse.code, False),
    ]


def test_a_near_miss_is_told_without_a_name_and_an_injury_goes_to_its_case_alone(handheld, site, shot):
    handheld.choose("A near miss, damage, an injury")
    shot("report")
    handheld.choose("Nobody was hurt")
    handheld.page.get_by_label("What happened").fill("A pallet slid off the beam")
    handheld.scan("Scan where, or leave it out", "A-01-1")
    handheld.tap("Without my name")
    expect(handheld.page.get_by_text("Your name is not kept anywhere.")).to_be_visible()
    assert handheld.acts_without_scrolling()
    shot("report-near-miss")
    handheld.tap("Report it")
    handheld.hears("reported, thank you")
    near = Incident.objects.get()
    assert (near.kind, near.what_happened, near.location) == ("near_miss", "A pallet slid off the beam", site.bin)
    assert near.reported_by is None

    handheld.choose("A near miss, damage, an injury")
    handheld.choose("Get help first")
    handheld.page.get_by_label("What happened").fill("Cut by a blade")
    handheld.page.get_by_label("Who was hurt").fill("Pat Doe")
    shot("report-injury")
    handheld.tap("Report it")
    handheld.sees("Stillage")
    case = InjuryCase.objects.get()
    assert (case.told, case.person, case.incident.what_happened) == ("Cut by a blade", "Pat Doe", "")
    assert case.incident.reported_by == site.worker
