"""Losses are looked into: opened on postings, investigated, and closed by another than who told the finding."""

from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from openpyxl import load_workbook

from apps.accounts.models import SignOn, SignOnFailure
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import Approval, AuditEntry
from apps.locations.models import DeviceAccess, Zone
from apps.losses.errors import FindingByOneself, LossCaseOver, LossInCase, NotALoss
from apps.losses.models import DoorEvent, LossCase, LossStep
from apps.losses.operations import ask_finding, decide_loss, open_loss_case, record_loss_step, refuse_finding
from apps.losses.papers import loss_case_paper
from apps.losses.queries import access_in
from tests.core import paper_reading
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.losses import missing, today


def manager():
    return an_actor(UserFactory(roles=[Role.INVENTORY_MANAGER]))


def run(operation, **told):
    with transaction.atomic():
        return operation(at=clock.now(), **told)


def a_case(cage, *counts, by=None):
    return run(
        open_loss_case,
        warehouse_id=cage.warehouse.pk,
        posting_ids=[count.transaction_id for count in counts],
        reason="Three counts, three times less",
        by=by or manager(),
    )


def test_a_case_goes_from_the_losses_to_a_finding_that_another_approves(cage):
    first, second = missing(cage, 3), missing(cage, 1)
    asker, other = manager(), manager()

    case = a_case(cage, first, second, by=asker)

    run(record_loss_step, case_id=case.pk, kind="footage", said="A box leaves by the cage door", by=asker)
    run(ask_finding, case_id=case.pk, finding="inside", note="Seen on NVR 1/4", by=asker)
    with pytest.raises(LossCaseOver):
        run(record_loss_step, case_id=case.pk, kind="asked", said="More", by=asker)
    for nobody in (asker, an_actor(first.approved_by)):  # the second made a posting
        with pytest.raises(FindingByOneself):
            run(decide_loss, case_id=case.pk, by=nobody)
    run(refuse_finding, case_id=case.pk, reason="Who?", by=other)
    case.refresh_from_db()
    assert (case.state, case.finding, case.asked_by) == ("open", "", None)
    run(ask_finding, case_id=case.pk, finding="inside", note="Seen on NVR 1/4", by=asker)
    closed = run(decide_loss, case_id=case.pk, by=other)
    assert (closed.state, closed.decided_by) == ("closed", other.user)
    assert Approval.objects.get(kind="loss case").asked_by == asker.user
    verbs = AuditEntry.objects.filter(kind="loss case").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        *("open", "record step", "ask for finding", "refuse finding", "ask for finding", "decide"),
    ]
    with pytest.raises(IllegalTransition):
        run(ask_finding, case_id=case.pk, finding="unknown", note="", by=asker)
    [page] = paper_reading.texts(loss_case_paper(LossCase.objects.get(), at=clock.now(), by=other.user))
    for words in ("Taken by somebody who works here", "10.00", "NVR 1/4", "A (CAGE)", "Footage was seen", "THEFT"):
        assert words in page, words
    with pytest.raises(IntegrityError, match="loss_case_decided_by_another"), transaction.atomic():
        LossCase.objects.update(decided_by=asker.user)
    with pytest.raises(DatabaseError), transaction.atomic():
        LossStep.objects.update(said="Nothing")


def test_a_posting_is_in_one_case_and_only_what_left_the_book_of_the_site_is_looked_into(cage):
    count = missing(cage, 3)
    came = stock(cage.item, cage.b, 4)
    case = a_case(cage, count)

    with pytest.raises(LossInCase) as refusal:
        a_case(cage, count)
    assert refusal.value.facts == {"posting": str(count.transaction_id), "case": case.number}
    told = {"reason": "gone", "by": manager()}
    for site, postings in (
        (cage.warehouse, [came]),
        (WarehouseFactory(), [count.transaction_id]),
        (cage.warehouse, []),
    ):
        with pytest.raises(NotALoss):
            run(open_loss_case, warehouse_id=site.pk, posting_ids=postings, **told)
    with pytest.raises(NotAllowed):
        a_case(cage, missing(cage, 1), by=an_actor(UserFactory(roles=[Role.SUPERVISOR])))
    assert LossCase.objects.count() == 1


def test_over_http_a_case_is_opened_read_on_record_and_closed_by_another(cage):
    posting = missing(cage, 3).transaction_id
    boss, other = (a_person(cage.warehouse, roles=(Role.INVENTORY_MANAGER,)) for _ in range(2))
    stranger = a_person(WarehouseFactory(), roles=(Role.INVENTORY_MANAGER,))
    body = {"warehouse": cage.warehouse.code, "postings": [posting], "reason": "Gone"}

    made = boss.post("/loss-cases", body, key="once")
    assert (made.status_code, boss.post("/loss-cases", body, key="once").json()) == (201, made.json())
    case = made.json()["number"]
    refused(boss.post("/loss-cases", body), 409, "loss_in_case")
    refused(boss.post("/loss-cases", body | {"postings": [posting + 1000]}), 409, "not_a_loss")
    boss.post(f"/loss-cases/{case}/record-step", {"kind": "searched", "said": "Not in the next bins"})
    shown = boss.post(f"/loss-cases/{case}/ask-finding", {"finding": "unknown", "note": "Nothing shows it"}).json()
    assert [step["said"] for step in shown["steps"]] == ["Not in the next bins"]
    refused(boss.post(f"/loss-cases/{case}/decide"), 409, "finding_by_oneself")
    refused(stranger.post(f"/loss-cases/{case}/decide"), 404, "not_found")
    refused(stranger.get(f"/loss-cases/{case}/losses"), 404, "not_found")
    assert other.post(f"/loss-cases/{case}/decide").json()["state"] == "closed"
    [loss] = other.get(f"/loss-cases/{case}/losses").json()
    assert (loss["posting"], loss["quantity"], loss["footage"][0]["camera"]) == (posting, "3", "CAM-1")
    assert other.get(f"/loss-cases/{case}/file").headers["Content-Type"] == "application/pdf"
    assert other.get("/loss-cases", finding="unknown").json()["results"][0]["number"] == case
    assert AuditEntry.objects.filter(kind="loss case", verb="read").count() == 2


def test_the_access_log_tells_who_signed_on_who_could_not_and_whose_badge_was_at_a_door(cage):
    now = clock.now()
    ines = UserFactory(username="ines", badge="B-7")
    device, elsewhere = DeviceFactory(number="HAND-1"), DeviceFactory(number="HAND-2")
    DeviceAccess.objects.create(device=device, warehouse=cage.warehouse)
    DeviceAccess.objects.create(device=elsewhere, warehouse=WarehouseFactory())
    for each in (device, elsewhere):
        SignOn.objects.create(device=each, user=ines, started_at=now)
        SignOnFailure.objects.create(device=each, at=now)
    event = {"door": cage.door, "happened_at": now, "told_at": now}
    DoorEvent.objects.create(event_id="1", kind="opened", badge="B-7", **event)
    DoorEvent.objects.create(event_id="2", kind="forced", **event)
    DoorEvent.objects.create(event_id="3", kind="denied", badge="=cmd", **event)

    rows = {(row.where, row.what, row.who) for row in access_in(today(cage))}

    assert rows == {
        ("HAND-1", "Signed on", "ines"),
        ("HAND-1", "Could not sign on", "not known"),
        ("D-1 Cage door", "Opened", "ines"),
        ("D-1 Cage door", "Forced", ""),
        ("D-1 Cage door", "Badge denied", "not known"),
    }
    boss = a_person(cage.warehouse, roles=(Role.SAFETY,))
    day = today(cage).since.isoformat()
    assert len(boss.get("/access-log", since=day, until=day).json()) == 5
    file = load_workbook(BytesIO(boss.get("/access-log-file", since=day, until=day).content))
    assert file["Access"].max_row == 6
    assert "'=cmd" in {cell.value for cell in file["Access"]["F"]}
    picker = a_person(cage.warehouse, roles=(Role.PICKER,))
    refused(picker.get("/access-log", since=day, until=day), 403, "not_allowed")


def test_a_camera_sees_no_zone_of_another_site(cage):
    zone = Zone.objects.create(warehouse=WarehouseFactory(), code="Z", name="Elsewhere")

    with pytest.raises(IntegrityError, match="its own site"), transaction.atomic():
        cage.camera.zones.add(zone)
