"""A photo of a line: told by its content, kept without what the camera wrote, shown to who may read the inspection."""

import base64
import io
from datetime import UTC, datetime

from django.conf import settings
from PIL import Image

from apps.accounts.roles import Role
from apps.core.pictures import MOST_BYTES
from apps.journal.models import AuditEntry
from apps.workplace.models import CheckPhoto, WorkplaceInspection
from tests.admin.pages import address as page_of
from tests.factories.api import a_person, refused
from tests.factories.locations import WarehouseFactory
from tests.factories.workplace import a_checklist, a_thing, somebody

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
GPS = 0x8825
ARTIST = 0x013B


def photo(kind="JPEG", size=(40, 30), color="red", **more):
    made = io.BytesIO()
    Image.new("RGB", size, color).save(made, kind, **more)
    return base64.b64encode(made.getvalue()).decode()


def test_a_photo_is_kept_clean_and_shown_to_who_may_read_its_inspection(db, time_machine):
    time_machine.move_to(NOW)
    site = WarehouseFactory(code="MAIN")
    ann = a_person(site, roles=(Role.PICKER,), username="ann")
    ben = a_person(site, roles=(Role.PICKER,), username="ben")
    safety = a_person(site, roles=(Role.SAFETY,), username="sam")
    stranger = a_person(WarehouseFactory(), roles=(Role.SAFETY,), username="zoe")
    due = ann.post("/workplace-inspections", {"asset": a_thing(site, a_checklist()).number, "checklist": "TRUCK-LIST"})
    number = due.json()["number"]
    address = f"/workplace-inspections/{number}/photos"
    early = refused(ann.post(address, {"line": 1, "picture": photo()}), 409, "photo_not_wanted")
    assert early == {"inspection": number, "line": 1, "most": 4}
    lines = [{"line": 1, "passed": False}, {"line": 2, "passed": True}, {"line": 3, "reading": "12.4"}]
    assert ann.post(f"/workplace-inspections/{number}/record", {"results": lines}).status_code == 200

    exif = Image.Exif()
    exif[ARTIST] = "Ann at dock 2"
    body = {"line": 1, "picture": photo(exif=exif)}
    kept = ann.post(address, body, key="k")
    again = ann.post(address, body, key="k")
    same = safety.post(address, body)

    assert kept.status_code == 201, kept.content
    assert kept.json() == again.json() == same.json()
    shown = kept.json()
    assert (shown["inspection"], shown["line"], shown["width"], shown["height"]) == (number, 1, 40, 30)
    assert shown["taken_by"] == "ann"
    answer = ben.get(f"/check-photos/{shown['number']}/picture")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 30), {})
    assert b"Ann at dock" not in answer.content
    [row] = CheckPhoto.objects.all()
    [path] = list(settings.PAPER_DIR.glob("photo-*"))
    assert path.name == f"photo-{row.digest}.jpg"
    assert ben.get(f"/workplace-inspections/{number}").json()["results"][0]["photos"] == [row.number]
    trail = AuditEntry.objects.get(verb="photo")
    assert (trail.user.username, trail.number, trail.detail) == ("ann", number, {"line": 1, "photo": row.number})
    assert stranger.get(f"/check-photos/{row.number}/picture").status_code == 404
    refused(stranger.post(address, body), 404, "not_found")
    refused(ben.post(address, body), 403, "not_allowed")

    too_large = base64.b64encode(b"\xff\xd8" + bytes(MOST_BYTES)).decode()
    for picture, reason in (
        (base64.b64encode(b"<svg onload=alert(1)>").decode(), "it is no JPEG or PNG"),
        (photo("GIF"), "it is no JPEG or PNG"),
        (photo("PNG", (3000, 2001)), "it has 3000 by 2001 pixels, and 6000000 in all are the most"),
        (base64.b64encode(base64.b64decode(photo(size=(400, 300)))[:-900]).decode(), "it is broken"),
        ("not base64!", "it is not written in base64"),
    ):
        assert refused(ann.post(address, {"line": 1, "picture": picture}), 400, "picture_refused") == {"reason": reason}
    refused(ann.post(address, {"line": 1, "picture": too_large}), 400, "malformed")
    for color in ("green", "blue", "white"):
        assert ann.post(address, {"line": 1, "picture": photo(color=color)}).status_code == 201
    refused(ann.post(address, {"line": 1, "picture": photo(color="black")}), 409, "photo_not_wanted")
    assert CheckPhoto.objects.count() == 4
    path.unlink()
    refused(ben.get(f"/check-photos/{row.number}/picture"), 404, "not_found")


def test_the_desk_begins_and_records_an_inspection_and_shows_its_photos(client, db, time_machine):
    time_machine.move_to(NOW)
    site = WarehouseFactory(code="MAIN")
    supervisor = somebody(site, Role.SUPERVISOR, username="sue")
    safety = somebody(site, Role.SAFETY, username="sam")
    supervisor.user.is_staff = True
    supervisor.user.save()
    thing = a_thing(site, a_checklist())
    checklist = thing.kind.checklists.get()
    client.force_login(supervisor.user)
    begun = client.post(page_of(WorkplaceInspection, "add"), {"asset": thing.pk, "checklist": checklist.pk})
    due = WorkplaceInspection.objects.get()
    assert begun.status_code == 302, begun.content

    address = page_of(WorkplaceInspection, "do", due.pk, "record")
    form = client.get(address).content.decode()
    assert "1. Brakes hold (critical)" in form
    assert "from 12 V" in form
    unanswered = client.post(address, {"line_1": "passed", "line_2": "", "line_3": "12"})
    assert unanswered.status_code == 200
    due.refresh_from_db()
    assert due.state == "due"
    found = {"line_1": "passed", "line_2": "failed", "line_3": "11.5", "note_2": "Bald"}
    assert client.post(address, found).status_code == 302

    due.refresh_from_db()
    assert (due.state, due.done_by) == ("failed", supervisor.user)
    rows = [(each.line, each.passed, each.note) for each in due.results.all()]
    assert rows == [(1, True, ""), (2, False, "Bald"), (3, False, "")]
    owners = {action.owner.username: action.takes_out for action in thing.actions.order_by("pk")}
    assert owners == {"sam": True}
    assert safety.user.username == "sam"
    page = client.get(page_of(WorkplaceInspection, "change", due.pk)).content.decode()
    assert "Failed at 11.5 V" in page
