"""The recall room: preview, freeze, telling, answers, checks, freeing part of it, and two to close it."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.assembly.models import AssemblyOrder
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.core.months import months_after
from apps.journal.models import Approval, AuditEntry
from apps.ledger.errors import BelongsToDocument, LotOnHold
from apps.ledger.models import Hold, StockBalance
from apps.ledger.operations import hold_lots
from apps.ledger.operations.decide import free_lot
from apps.ledger.states import HoldReason
from apps.locations.choices import LocationKind
from apps.orders.models import Pick, PutBack
from apps.orders.operations import confirm_put_back
from apps.supply.models import Promise
from apps.tasks.models import WarehouseTask
from apps.traceability import errors, pdf
from apps.traceability.jobs import run_drills
from apps.traceability.models import DrillPlan, EffectivenessCheck, RecallCase, RecallConsignee, RecallDrill
from apps.traceability.operations import (
    RecallFacts,
    Said,
    ask_closure,
    change_recall,
    close_recall,
    draw_checks,
    note_notified,
    open_recall,
    plan_drill,
    record_check,
    record_response,
    refuse_closure,
    release_lots,
    run_drill,
    widen_recall,
)
from apps.traceability.queries import (
    LotQuery,
    consignee_cells,
    consignees_of,
    letters_of,
    lots_asked_for,
    origins_of,
    reach_of,
    report_of,
    status_of,
    status_report_of,
)
from apps.traceability.rules import checked_of, draw
from apps.traceability.states import CheckResult, ContactMethod, EffectivenessLevel
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import (
    CustomerFactory,
    a_sales_order,
    allocated,
    packed,
    pick,
    refusing,
    released,
)
from tests.factories.returns import a_return, a_shipped_order, back, taken_in
from tests.factories.shipping import a_company
from tests.invariants import assert_invariants


@pytest.fixture
def officer(db):
    return an_actor(UserFactory(username="quality.one", roles=["quality"]))


@pytest.fixture
def other(db):
    return an_actor(UserFactory(username="quality.two", roles=["quality"]))


@pytest.fixture
def floor(db):
    """Two lots of milk in two bins: the bad one in A goes first."""
    floor = a_floor()
    floor.milk = ItemFactory(number="MILK", name="Milk", lots=True, attributes={"herd": "7"})
    floor.bad = LotFactory(item=floor.milk, number="BAD", supplier_lot="S-1")
    floor.good = LotFactory(item=floor.milk, number="GOOD")
    stock(floor.milk, floor.a, 100, lot=floor.bad)
    stock(floor.milk, floor.b, 100, lot=floor.good)
    yield floor
    assert_invariants()


def opened(*lots, by, **more):
    with transaction.atomic():
        return open_recall(
            lot_ids=[lot.pk for lot in lots],
            facts=more.pop("facts", RecallFacts(reason="glass found")),
            by=by,
            at=clock.now(),
            **more,
        )


def do(operation, case, by, **given):
    with transaction.atomic():
        return operation(recall_id=case.pk, by=by, at=clock.now(), **given)


@pytest.fixture
def shops(floor):
    """Three customers who got ten, twenty and five of the bad lot."""
    sold = {}
    for number, quantity in (("BAR", 10), ("CAFE", 20), ("SHOP", 5)):
        customer = CustomerFactory(number=number, name=number.title(), contact="Buyer", phone="555")
        a_shipped_order(floor, (floor.milk, quantity), customer=customer)
        sold[number] = customer
    return sold


def test_a_freeze_takes_picks_totes_and_promises_back_and_owes_them_again(floor, officer):
    to_pick, in_tote, reserved = (a_sales_order(floor.warehouse, (floor.milk, 10)) for _ in range(3))
    wave = released(in_tote, to_pick)
    first, second = wave.picks.order_by("pk")
    pick(first, 10, floor.tote)
    allocated(reserved)
    before = reach_of(origins_of([floor.bad.pk]))
    assert (before.open_picks, before.sites, before.documents) == (
        1,
        (floor.warehouse.code,),
        tuple(sorted([to_pick.number, reserved.number])),
    )
    assert [(each.where, each.quantity, each.reserved) for each in before.stock] == [
        ("bins", D(90), D(20)),
        ("totes", D(10), D(0)),
    ]
    assert not Hold.objects.exists()

    case = opened(floor.bad, by=officer)

    second.refresh_from_db()
    assert (second.state, second.task.state) == ("cancelled", "cancelled")
    for order in (to_pick, in_tote, reserved):
        order.refresh_from_db()
    assert [order.state for order in (to_pick, in_tote, reserved)] == ["confirmed"] * 3
    assert [row.allocated for row in Promise.objects.order_by("pk")] == [D(0)] * 3
    back_to_bin = PutBack.objects.get()
    assert (back_to_bin.quantity, back_to_bin.reason) == (D(10), f"recall {case.number}")
    with refusing(LotOnHold) as refusal:
        pick(second, 10, floor.tote)
    assert refusal.value.facts == {"item": "MILK", "lot": "BAD", "reason": "recall"}
    trail = AuditEntry.objects.get(kind="recall", verb="open").detail
    assert (trail["picks_called_off"], trail["put_backs"], len(trail["orders"])) == (1, 1, 3)

    # All three take the other lot, and what is in the tote goes back to its bin though it is frozen.
    wave = released(to_pick, in_tote, reserved)
    assert {row.allocation.reservation.balance.lot.number for row in wave.picks.all()} == {"GOOD"}
    task = WarehouseTask.objects.get(kind="put_back")
    confirm_put_back(task_id=task.pk, location_id=floor.a.pk, by=an_actor(), at=clock.now())
    assert stands(floor.milk) == {"A": D(100), "B": D(100)}


def test_a_packed_carton_with_a_recalled_lot_is_named_and_does_not_leave(floor, officer):
    a_company()
    LocationFactory(warehouse=floor.warehouse, code="BENCH", kind=LocationKind.PACK)
    order = a_sales_order(floor.warehouse, (floor.milk, 10))
    pick(released(order).picks.get(), 10, floor.tote)
    shipment = packed(order)
    carton = shipment.cartons.get().unit.number

    case = opened(floor.bad, by=officer)

    reach = reach_of(origins_of([floor.bad.pk]), without_case=case.pk)
    assert reach.cartons == (carton,)
    assert ("packed cartons", D(10)) in [(each.where, each.quantity) for each in reach.stock]
    order.refresh_from_db()
    assert order.state == "picked"
    assert "1 packed carton to be emptied" in status_of(case).loose_ends


def test_lots_are_asked_for_by_what_they_are(floor, officer):
    other_item = LotFactory(number="ELSE", supplier_lot="S-1")

    def found(**asked):
        return lots_asked_for(LotQuery(**asked), most=10)

    today = clock.now().date()
    assert found() == []
    assert found(item_id=floor.milk.pk) == [floor.bad.pk, floor.good.pk]
    assert found(item_id=floor.milk.pk, supplier_lot="S-1") == [floor.bad.pk]
    assert found(attribute="herd", value="7") == [floor.bad.pk, floor.good.pk]
    assert found(attribute="herd", value="8") == []
    assert found(supplier_lot="S-1", received_from=today, received_to=today) == [floor.bad.pk]
    assert found(supplier_lot="S-1", made_from=today) == []
    assert lots_asked_for(LotQuery(item_id=floor.milk.pk), most=1) == [floor.bad.pk, floor.good.pk]

    case = opened(by=officer, query=LotQuery(item_id=floor.milk.pk, supplier_lot="S-1"))
    assert [lot.number for lot in case.lots.all()] == ["BAD"]
    assert case.query == {"item_id": floor.milk.pk, "supplier_lot": "S-1"}
    assert not other_item.holds.exists()


def test_a_second_case_is_opened_knowingly_and_each_frees_its_own(floor, officer, other):
    first = opened(floor.bad, floor.good, by=officer)
    with refusing(errors.AlreadyRecalled) as refusal:
        opened(floor.bad, by=officer)
    assert refusal.value.facts == {"lot": "BAD", "recall": first.number}
    second = opened(floor.bad, by=officer, beside=True)
    hold_lots([floor.good.pk], reason=HoldReason.QUALITY, by=officer)

    do(release_lots, first, officer, lot_ids=[floor.bad.pk, floor.good.pk], reason="sound")

    # Another case and another hold keep them.
    assert set(Hold.objects.open().values_list("lot__number", "reason")) == {("BAD", "recall"), ("GOOD", "quality")}
    assert AuditEntry.objects.get(verb="release lots").detail["still_held"] == ["BAD", "GOOD"]
    with refusing(errors.NotOfRecall):
        do(release_lots, first, officer, lot_ids=[floor.bad.pk], reason="again")
    with refusing(BelongsToDocument):
        free_lot(hold_id=second.holds.get().pk, note="x", by=officer, at=clock.now())
    do(release_lots, second, officer, lot_ids=[floor.bad.pk], reason="sound")
    assert not floor.bad.holds.open().exists()
    assert first.state == "open"
    do(widen_recall, first, officer, lot_ids=[floor.bad.pk])
    assert [hold.source for hold in floor.bad.holds.open()] == [first.number]
    with refusing(errors.NothingToRecall):
        do(widen_recall, first, officer, lot_ids=[floor.bad.pk])


def test_consignees_are_told_answer_and_are_checked(floor, shops, officer):
    case = opened(floor.bad, by=officer)
    assert [(row.party.number, row.lots[0].shipped) for row in consignees_of(case)] == [
        ("BAR", D(10)),
        ("CAFE", D(20)),
        ("SHOP", D(5)),
    ]
    said = [Said(lot_id=floor.bad.pk, on_hand=D(8), returned=D(3), destroyed=D(5))]
    with refusing(errors.NotNotified):
        do(record_response, case, officer, party_id=shops["BAR"].pk, lines=said)
    do(note_notified, case, officer, method=ContactMethod.EMAIL, party_ids=[shops["BAR"].pk])
    assert len(do(note_notified, case, officer, method=ContactMethod.LETTER)) == 2
    assert RecallConsignee.objects.get(party=shops["BAR"]).method == "email"
    with refusing(errors.NotAConsignee):
        do(note_notified, case, officer, method=ContactMethod.EMAIL, party_ids=[floor.milk.pk + 10_000])
    with refusing(errors.MoreThanShipped) as refusal:
        do(
            record_response,
            case,
            officer,
            party_id=shops["BAR"].pk,
            lines=[Said(lot_id=floor.bad.pk, on_hand=D(11))],
        )
    assert refusal.value.facts == {"consignee": "BAR", "lot": "BAD", "shipped": "10", "said": "11"}
    with refusing(errors.NotOfRecall):
        do(
            record_response,
            case,
            officer,
            party_id=shops["BAR"].pk,
            lines=[Said(lot_id=floor.good.pk, on_hand=D(1))],
        )
    do(record_response, case, officer, party_id=shops["BAR"].pk, lines=said, remark="by phone")

    status = status_of(case)
    assert (status.notified, status.responded, len(status.silent)) == (3, 1, 2)
    assert [(row.method, row.consignees) for row in status.told] == [("Email", 1), ("Letter", 2)]
    (lot,) = status.lots
    assert (lot.shipped, lot.on_hand, lot.returned, lot.destroyed, lot.accounted) == (D(35), D(8), D(3), D(5), D(8))

    with refusing(errors.PercentNeeded):
        do(draw_checks, case, officer, level=EffectivenessLevel.B)
    (drawn,) = do(draw_checks, case, officer, level=EffectivenessLevel.C)
    case.refresh_from_db()
    assert draw(shops, count=1, seed=case.sample_seed) == (drawn.consignee.party.number,)
    with refusing(errors.SampleDrawn):
        do(draw_checks, case, officer, level=EffectivenessLevel.A)
    asked = {"result": CheckResult.EFFECTIVE, "method": ContactMethod.PHONE}
    missed = next(shop for shop in shops.values() if shop != drawn.consignee.party)
    with refusing(errors.NotDrawn):
        do(record_check, case, officer, party_id=missed.pk, **asked)
    do(record_check, case, officer, party_id=drawn.consignee.party_id, **asked)
    with refusing(errors.NotDrawn):
        do(record_check, case, officer, party_id=drawn.consignee.party_id, **asked)
    assert status_of(case).results == {"effective": 1}


@pytest.mark.parametrize(
    ("level", "percent", "of_500", "of_3"),
    [("A", None, 500, 3), ("B", D("33.3"), 167, 1), ("C", None, 50, 1), ("D", None, 10, 1), ("E", None, 0, 0)],
)
def test_a_level_checks_its_share_rounded_up(level, percent, of_500, of_3):
    assert checked_of(500, level=level, percent=percent) == of_500
    assert checked_of(3, level=level, percent=percent) == of_3


@pytest.mark.parametrize(("level", "percent"), [("B", None), ("B", D(10)), ("B", D(100)), ("A", D(50)), ("E", D(1))])
def test_only_level_b_names_a_per_cent_between_ten_and_a_hundred(level, percent):
    with pytest.raises(errors.PercentNeeded):
        checked_of(10, level=level, percent=percent)


def test_another_than_who_asks_closes_and_stock_stays_held_unless_it_is_freed(floor, officer, other):
    case = opened(floor.bad, by=officer)
    with refusing(IllegalTransition):
        do(close_recall, case, other)
    do(ask_closure, case, officer, remark="all answered")
    assert AuditEntry.objects.get(verb="ask for closure").detail["loose_ends"] == [
        "frozen goods stand at 1 kind of place"
    ]
    with refusing(errors.RecallOver):
        do(note_notified, case, officer, method=ContactMethod.EMAIL)
    with refusing(errors.ClosureByOneself):
        do(close_recall, case, officer)
    do(refuse_closure, case, other, reason="one bin to check")
    do(ask_closure, case, officer, remark="now all")
    do(close_recall, case, other, reason="agreed")

    case.refresh_from_db()
    assert (case.state, case.closed_by, case.closure_asked_by) == ("closed", other.user, officer.user)
    assert floor.bad.holds.open().count() == 1
    approval = Approval.objects.get()
    assert (approval.kind, approval.number, approval.asked_by) == ("recall", case.number, officer.user)

    again = opened(floor.bad, by=officer)
    do(ask_closure, again, officer, remark="false alarm", frees_stock=True)
    do(close_recall, again, other)
    assert [hold.source for hold in floor.bad.holds.open()] == [case.number]


def test_only_quality_and_admin_work_on_recalls(floor, officer):
    case = opened(floor.bad, by=officer)
    buyer = an_actor(UserFactory(roles=["buyer", "sales", "supervisor", "inventory manager"]))
    facts = RecallFacts(reason="?")

    for operation, given in (
        (change_recall, {"facts": facts}),
        (widen_recall, {"lot_ids": [floor.good.pk]}),
        (release_lots, {"lot_ids": [floor.bad.pk], "reason": "?"}),
        (note_notified, {"method": ContactMethod.EMAIL}),
        (record_response, {"party_id": 1, "lines": []}),
        (draw_checks, {"level": EffectivenessLevel.A}),
        (record_check, {"party_id": 1, "result": CheckResult.EFFECTIVE, "method": ContactMethod.EMAIL}),
        (ask_closure, {"remark": "?"}),
        (refuse_closure, {"reason": "?"}),
        (close_recall, {}),
    ):
        with refusing(NotAllowed):
            do(operation, case, buyer, **given)
    with refusing(NotAllowed):
        run_drill(by=buyer, at=clock.now())
    with refusing(NotAllowed):
        plan_drill(name="x", every_months=6, next_on=date(2027, 1, 1), by=buyer, at=clock.now())
    assert [entry.verb for entry in AuditEntry.objects.of("recall", case.number)] == ["open"]


def test_a_change_of_facts_keeps_what_was_said_before(floor, officer):
    case = opened(floor.bad, by=officer)

    do(
        change_recall,
        case,
        officer,
        facts=RecallFacts(reason="glass found", recall_class="I", regulator_reference="F-1"),
    )

    case.refresh_from_db()
    assert (case.recall_class, case.regulator_reference) == ("I", "F-1")
    assert AuditEntry.objects.get(verb="change").detail["before"] == {"recall_class": "", "regulator_reference": ""}


def test_letters_lists_and_reports_say_what_is_known(floor, shops, officer):
    shops["SHOP"].name = "=cmd|calc"
    shops["SHOP"].save()
    case = opened(floor.bad, by=officer, facts=RecallFacts(reason="glass found", recall_class="II"))
    do(note_notified, case, officer, method=ContactMethod.LETTER)
    at, by = clock.now(), officer.user

    letters = letters_of(case, at=at, by=by)
    pages = paper_reading.texts(pdf.recall_letters(letters))
    (alone,) = letters_of(case, at=at, by=by, party_id=shops["BAR"].pk)
    report = paper_reading.texts(pdf.recall_report(report_of(case, at=at, by=by)))
    status = " ".join(" ".join(paper_reading.texts(pdf.recall_report(status_report_of(case, at=at, by=by)))).split())

    assert len(pages) == 3
    for expected in ("URGENT: PRODUCT RECALL", "glass found", "MILK", "BAD", "20 EA", "How to answer", "Class II"):
        assert expected in pages[1]
    assert (alone.customer, alone.lines[0].quantity) == ("BAR", D(10))
    whole = " ".join(" ".join(report).split())
    for expected in (
        "Every unit of every lot is accounted for. 3 of 3 consignees were told, 0 answered, 3 are silent.",
        "Mass balance by lot",
        "Lot Received Made Returned On hand Shipped Scrapped Other ways Unexplained",
        "Proof of the figures",
        "of the append-only ledger. None of them is sealed yet.",
        "Closure approved by",
        "21 CFR 7.53(b) (not verified)",
    ):
        assert expected in whole
    for expected in ("Recall status report", "Told on", "by letter 3", "Told and silent 3", "not drawn yet"):
        assert expected in status
    cells = consignee_cells(case)
    assert [(row[1], row[9], row[10], row[18]) for row in cells] == [
        ("BAR", "BAD", "10", "letter"),
        ("CAFE", "BAD", "20", "letter"),
        ("SHOP", "BAD", "5", "letter"),
    ]


def test_what_comes_back_is_counted_beside_what_they_say(floor, officer):
    customer = CustomerFactory(number="SHOP")
    order = a_shipped_order(floor, (floor.milk, 10), customer=customer)
    case = opened(floor.bad, by=officer)
    do(note_notified, case, officer, method=ContactMethod.EMAIL)

    taken_in(a_return(order, back(4)), floor.dock)
    do(
        record_response,
        case,
        officer,
        party_id=customer.pk,
        lines=[Said(lot_id=floor.bad.pk, on_hand=D(6), returned=D(3))],
    )

    (lot,) = consignees_of(case)[0].lots
    assert (lot.shipped, lot.returned, lot.received_back, lot.accounted) == (D(10), D(3), D(4), D(4))


def test_reading_a_case_takes_the_same_queries_for_two_consignees_and_for_five(
    floor, shops, officer, django_assert_num_queries
):
    case = opened(floor.bad, by=officer)
    with django_assert_num_queries(11):
        status_of(case)
    for number in ("PUB", "INN"):
        a_shipped_order(floor, (floor.good.item, 1), customer=CustomerFactory(number=number))
    do(widen_recall, case, officer, lot_ids=[floor.good.pk])
    with django_assert_num_queries(11):
        assert len(status_of(case).consignees) == 5


def test_a_report_takes_the_same_queries_for_two_lots_and_for_eight(floor, officer, django_assert_num_queries):
    def case_of(*lots):
        for lot in lots:
            stock(lot.item, shelf, 3, lot=lot)
        return opened(*lots, by=officer)

    shelf = LocationFactory(warehouse=floor.warehouse)
    few, many = (case_of(*(LotFactory(item=floor.good.item) for _ in range(count))) for count in (2, 8))
    with CaptureQueriesContext(connection) as captured:
        report_of(few, at=clock.now(), by=officer.user)
    with django_assert_num_queries(len(captured)):
        report = report_of(many, at=clock.now(), by=officer.user)

    assert [(lot.received, lot.on_hand, lot.difference) for lot in report.lots] == [(D(3), D(3), D(0))] * 8


def test_a_drill_changes_no_stock_and_is_never_changed(floor, shops, officer):
    balances = list(StockBalance.objects.order_by("pk").values())

    drill = run_drill(by=officer, at=clock.now())

    assert (drill.lot, drill.lots_to_draw, drill.passed) == (floor.bad, 1, True)
    assert draw([str(floor.bad.pk)], count=1, seed=drill.seed) == (str(floor.bad.pk),)
    assert drill.percent_reconciled == D(100)
    assert (drill.figures["shipped"], drill.figures["customers"], drill.figures["unexplained"]) == ("35", 3, "0")
    assert [step["step"] for step in drill.steps] == [
        "Find what was made from it",
        "Find stock, orders and customers",
        "Trace it back and forward",
        "Balance what came in against what is known",
    ]
    assert (list(StockBalance.objects.order_by("pk").values()), Hold.objects.count()) == (balances, 0)
    for change in (lambda: RecallDrill.objects.update(passed=False), RecallDrill.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with refusing(errors.NothingToDrill):
        run_drill(by=officer, at=clock.now(), lot_id=floor.good.pk)


@pytest.mark.django_db(transaction=True)
def test_beat_runs_a_plans_drill_once_and_says_when_the_next_is(officer):
    floor = a_floor()
    milk = ItemFactory(lots=True)
    stock(milk, floor.a, 10, lot=LotFactory(item=milk))
    assert run_drills() == []
    a_shipped_order(floor, (milk, 4))
    today = clock.now().date()
    plan = plan_drill(name="Yearly", every_months=6, next_on=today, by=officer, at=clock.now())

    (number,) = run_drills()
    assert run_drills() == []

    assert RecallDrill.objects.get(number=number).plan == plan
    assert DrillPlan.objects.get().next_on == months_after(today, 6)


def test_nothing_is_drilled_when_nothing_was_shipped(floor, officer):
    with refusing(errors.NothingToDrill):
        run_drill(by=officer, at=clock.now())
    assert not RecallDrill.objects.exists()


def test_a_case_takes_in_no_more_lots_than_it_can_hold(floor, officer, monkeypatch):
    monkeypatch.setattr("apps.traceability.operations.open.MOST_LOTS", 1)
    with refusing(errors.ReachTooWide) as refusal:
        opened(by=officer, query=LotQuery(item_id=floor.milk.pk))
    assert refusal.value.facts == {"lots": 2, "most": 1}
    assert (RecallCase.objects.count(), Hold.objects.count(), EffectivenessCheck.objects.count()) == (0, 0, 0)
    assert (AssemblyOrder.objects.count(), Pick.objects.count()) == (0, 0)
