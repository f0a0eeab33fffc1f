"""Goods that are doubted: held at once, investigated, cleared or found illegitimate by two, partners told in time."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction

from apps.accounts.roles import Role
from apps.catalog.choices import Tracking
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import Approval, AuditEntry
from apps.ledger.models import Hold
from apps.ledger.states import HoldReason
from apps.orders.models import Pick
from apps.traceability.errors import AlreadySuspect, NobodyToNotify, NotOfLot, StepAhead, SuspectOver, VerdictByOneself
from apps.traceability.models import SuspectCase, SuspectStep
from apps.traceability.operations import (
    RecallFacts,
    ask_verdict,
    check_authenticity,
    decide_suspect,
    note_partner_told,
    open_recall,
    open_suspect,
    record_step,
    refuse_verdict,
)
from apps.traceability.papers import suspect_paper
from apps.traceability.queries.suspects import late
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, moved, stock
from tests.factories.orders import CustomerFactory, a_sales_order, released
from tests.factories.returns import a_shipped_order, received
from tests.invariants import assert_invariants


@pytest.fixture
def pharmacy(db):
    """Ten of a lot came from a maker; two went to a chemist."""
    floor = a_floor()
    floor.pill = ItemFactory(number="PILL", name="Pill", lots=True)
    floor.maker = PartyFactory(number="MAKER", name="Maker", is_supplier=True, phone="+44 131 496 0001")
    floor.lot = received(floor, floor.pill, 10, lot="P-1", supplier=floor.maker).lot
    moved(floor.pill, floor.dock, floor.a, 10, lot=floor.lot)
    floor.chemist = CustomerFactory(number="CHEMIST", name="Chemist", email="desk@chemist.example")
    a_shipped_order(floor, (floor.pill, 2), customer=floor.chemist)
    floor.quality, floor.second = (an_actor(UserFactory(roles=[Role.QUALITY])) for _ in range(2))
    yield floor
    assert_invariants()


def run(operation, floor, *, by=None, at=None, **more):
    with transaction.atomic():
        return operation(by=by or floor.quality, at=at or clock.now(), **more)


def doubt(floor, lot=None, **more):
    return run(
        open_suspect, floor, lot_id=(lot or floor.lot).pk, source="customer", reason="The seal is another one", **more
    )


def judged(floor, case, verdict):
    run(ask_verdict, floor, suspect_id=case.pk, verdict=verdict, remark="The maker says so")
    return run(decide_suspect, floor, suspect_id=case.pk, by=floor.second)


def test_a_doubt_holds_the_lot_gives_its_picks_back_and_clearing_it_frees_what_nothing_else_holds(pharmacy):
    order = a_sales_order(pharmacy.warehouse, (pharmacy.pill, 3))
    released(order)

    case = doubt(pharmacy)

    hold = Hold.objects.open().get()
    assert (hold.lot, hold.reason, hold.source) == (pharmacy.lot, HoldReason.REGULATORY, case.number)
    order.refresh_from_db()
    assert (order.state, Pick.objects.latest("pk").state) == ("confirmed", "cancelled")
    assert judged(pharmacy, case, "cleared").state == "cleared"
    assert not Hold.objects.open().exists()
    assert not case.partners.exists()
    assert Approval.objects.get(kind="suspect goods").decided_by == pharmacy.second.user


def test_a_lot_that_a_recall_holds_too_stays_held_when_it_is_cleared(pharmacy):
    recall = run(open_recall, pharmacy, lot_ids=[pharmacy.lot.pk], facts=RecallFacts(reason="glass"))
    case = doubt(pharmacy)

    judged(pharmacy, case, "cleared")

    assert [hold.source for hold in Hold.objects.open()] == [recall.number]


def test_of_illegitimate_goods_suppliers_and_customers_are_told_and_who_is_not_in_time_is_late(pharmacy):
    case = doubt(pharmacy)
    case = judged(pharmacy, case, "illegitimate")

    assert Hold.objects.open().filter(lot=pharmacy.lot).exists()
    assert list(case.partners.values_list("party__number", "role")) == [("MAKER", "supplier"), ("CHEMIST", "customer")]
    soon, later = case.decided_at + timedelta(hours=24), case.decided_at + timedelta(hours=24, seconds=1)
    assert [list(late(SuspectCase.objects.all(), at=at)) for at in (soon, later)] == [[], [case]]
    told = {"suspect_id": case.pk, "method": "email"}
    run(note_partner_told, pharmacy, party_id=pharmacy.maker.pk, **told)
    run(note_partner_told, pharmacy, party_id=pharmacy.chemist.pk, **told)
    assert list(late(SuspectCase.objects.all(), at=later)) == [case]  # the regulator was not told
    with pytest.raises(NobodyToNotify, match="CHEMIST is not to be told"):
        run(note_partner_told, pharmacy, party_id=pharmacy.chemist.pk, **told)
    with pytest.raises(StepAhead):
        run(record_step, pharmacy, suspect_id=case.pk, kind="regulator", done_at=soon, who="FDA", said="Sent")
    step = {
        "kind": "regulator",
        "done_at": case.decided_at,
        "who": "FDA",
        "said": "Form 3911 sent",
        "reference": "3911-1",
    }
    run(record_step, pharmacy, suspect_id=case.pk, **step)
    assert not late(SuspectCase.objects.all(), at=later).exists()
    [page] = paper_reading.texts(suspect_paper(SuspectCase.objects.get(), at=later, by=pharmacy.quality.user))
    for words in (
        "PILL Pill",
        "Illegitimate",
        "MAKER Maker",
        "desk@chemist.example",
        "3911-1",
        "8 EA",
        "(not verified)",
    ):
        assert words in page, words
    assert "(over)" not in page


def test_what_is_refused_changes_nothing(pharmacy):
    other = SerialFactory(item=ItemFactory(tracking=Tracking.BOTH), lot=None)
    picker = an_actor(UserFactory(roles=[Role.PICKER]))

    with pytest.raises(NotOfLot):
        doubt(pharmacy, serial_ids=[other.pk])
    theirs = run(check_authenticity, pharmacy, code=other.number, place="Shop", is_outside=True)
    with pytest.raises(NotOfLot):
        doubt(pharmacy, check_id=theirs.pk)
    with pytest.raises(NotAllowed):
        doubt(pharmacy, by=picker)
    assert not SuspectCase.objects.exists()
    assert not Hold.objects.exists()
    case = doubt(pharmacy)
    with pytest.raises(AlreadySuspect):
        doubt(pharmacy)
    assert Hold.objects.count() == 1
    step = {"suspect_id": case.pk, "kind": "asked", "done_at": clock.now(), "who": "Maker", "said": "Is P-1 yours?"}
    run(record_step, pharmacy, **step)
    with pytest.raises(IllegalTransition):
        run(decide_suspect, pharmacy, suspect_id=case.pk, by=pharmacy.second)
    run(ask_verdict, pharmacy, suspect_id=case.pk, verdict="cleared", remark="genuine")
    with pytest.raises(SuspectOver):
        run(record_step, pharmacy, **step)
    with pytest.raises(VerdictByOneself):
        run(decide_suspect, pharmacy, suspect_id=case.pk)
    with pytest.raises(NotAllowed):
        run(decide_suspect, pharmacy, suspect_id=case.pk, by=picker)
    case = run(refuse_verdict, pharmacy, suspect_id=case.pk, reason="Ask the maker first")
    assert (case.state, case.verdict, case.asked_by) == ("open", "", None)
    assert Hold.objects.open().count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        SuspectStep.objects.update(said="nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        SuspectCase.objects.filter(pk=case.pk).update(asked_by=pharmacy.quality.user, decided_by=pharmacy.quality.user)


def test_a_unit_is_answered_for_as_suspect_until_it_is_cleared_and_others_of_its_lot_are_not(pharmacy):
    item = ItemFactory(number="VIAL", tracking=Tracking.BOTH)
    lot = LotFactory(item=item)
    bad, good = (SerialFactory(item=item, lot=lot, number=number) for number in ("V-BAD", "V-GOOD"))
    for serial in (bad, good):
        stock(item, pharmacy.a, 1, lot=lot, serial=serial)
    first = run(check_authenticity, pharmacy, code="V-BAD", place="Shop", is_outside=True)
    case = doubt(pharmacy, lot, serial_ids=[bad.pk], check_id=first.pk)

    def verdicts():
        asked = [
            run(check_authenticity, pharmacy, code=each.number, place=pharmacy.warehouse.code, is_outside=False)
            for each in (bad, good)
        ]
        return [check.verdict for check in asked]

    assert verdicts()[0] == "suspect"
    assert verdicts()[1] == "genuine"
    assert Hold.objects.open().get(lot=lot).source == case.number
    judged(pharmacy, case, "illegitimate")
    assert verdicts()[0] == "suspect"


def test_over_http_a_case_goes_its_way_and_its_partners_are_read_by_few(pharmacy):
    one, two = (a_person(pharmacy.warehouse, roles=(Role.QUALITY,)) for _ in range(2))
    clerk, picker = a_person(pharmacy.warehouse, roles=(Role.SALES,)), a_worker(pharmacy.warehouse)
    body = {"lot": pharmacy.lot.pk, "source": "supplier", "reason": "Stolen from a truck"}

    opened = one.post("/suspect-cases", body, key="open")
    assert opened.status_code == 201, opened.content
    assert one.post("/suspect-cases", body, key="open").json() == opened.json()
    refused(one.post("/suspect-cases", body), 409, "already_suspect")
    refused(picker.post("/suspect-cases", body), 403, "not_allowed")
    assert one.post("/suspect-cases", {**body, "lot": 2**40}).status_code == 404
    path = f"/suspect-cases/{opened.json()['number']}"
    step = {"kind": "asked", "done_at": "2026-03-01T10:00:00Z", "who": "Maker", "said": "Is P-1 yours?"}
    assert [row["who"] for row in one.post(f"{path}/record-step", step).json()["steps"]] == ["Maker"]
    refused(one.post(f"{path}/decide"), 409, "illegal_transition")
    one.post(f"{path}/ask-verdict", {"verdict": "illegitimate", "remark": "Stolen"})
    refused(one.post(f"{path}/decide"), 409, "verdict_by_oneself")
    decided = two.post(f"{path}/decide", {"reason": "Police report read"}).json()
    assert (decided["state"], decided["notify_by"] > decided["decided_at"]) == ("illegitimate", True)
    told = one.post(f"{path}/tell-partner", {"partner": "MAKER", "method": "phone"})
    assert told.status_code == 200, told.content
    refused(one.post(f"{path}/tell-partner", {"partner": "MAKER", "method": "phone"}), 409, "nobody_to_notify")
    rows = one.get(f"{path}/partners").json()
    assert [(row["partner"], row["method"]) for row in rows] == [("MAKER", "phone"), ("CHEMIST", "")]
    assert one.get(f"{path}/file")["Content-Type"] == "application/pdf"
    for name in ("partners", "file"):
        refused(clerk.get(f"{path}/{name}"), 403, "not_allowed")
    assert AuditEntry.objects.filter(kind="suspect goods", verb="read").count() == 2
    assert [row["number"] for row in clerk.get("/suspect-cases", state="illegitimate").json()["results"]] == [
        decided["number"]
    ]
    assert clerk.get("/suspect-cases", late="true").json()["results"] == []
    assert Hold.objects.open().get().lot == pharmacy.lot  # what stands here stays held
    assert pharmacy.lot.item.number == decided["item"]
    assert D(8) == sum(row.on_hand for row in pharmacy.lot.balances.filter(location=pharmacy.a))
