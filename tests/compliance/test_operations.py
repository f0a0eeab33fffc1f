"""Inspections begin with what came in, are recorded, decided, conceded, and what failed goes back."""

from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.catalog.models import Category
from apps.compliance.errors import (
    DecisionUnclear,
    GoodsStillThere,
    InspectionOver,
    MoreThanRejected,
    NotAcceptable,
    OwnConcession,
    ResultsMissing,
    ResultUnclear,
)
from apps.compliance.models import Inspection, InspectionDecision, InspectionResult, SupplierReturn
from apps.compliance.operations import approve_concession, cancel_inspection, refuse_concession, return_rejected
from apps.compliance.queries import findings_of
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import Approval, AuditEntry, OutboxMessage
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.safety.errors import LabelMissing
from apps.safety.models import HazardClass
from apps.storage.models import Putaway
from apps.storage.operations import Goods, confirm_putaway, propose_putaways
from apps.tasks.models import WarehouseTask
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import a_plan, an_inspector, arrived, decided, inspections, recorded
from tests.factories.labels import a_container_label, a_gate
from tests.factories.ledger import LotFactory, SerialFactory, an_actor


@transaction.atomic
def put_away(floor, item, quantity, *, lot=None, document="GR-1", status="inspection"):
    """The putaway of goods at the dock, as closing a receipt asks for it."""
    goods = Goods(
        item_id=item.pk,
        lot_id=lot.pk if lot else None,
        quantity=D(quantity),
        source_id=floor.dock.pk,
        status=status,
        serial_id=None,
    )
    return propose_putaways([goods], warehouse_id=floor.warehouse.pk, document=document, by=an_actor(), at=clock.now())


def stands(item):
    """What stands where, in which status."""
    rows = StockBalance.objects.on_hand().filter(item=item).values_list("location__code", "status", "on_hand")
    return {(code, status): on_hand for code, status, on_hand in rows}


def to_do():
    """What waits to be put away: where it stands, in which status, how much."""
    waiting = Putaway.objects.filter(task__in=WarehouseTask.objects.open()).order_by("pk")
    return [
        tuple(row) for row in waiting.values_list("task__document", "task__source__code", "status", "task__quantity")
    ]


def inspected(floor, quantity=10, *, plan=None):
    """Bolts at the dock, under inspection by a plan that looks at each of them."""
    plan or a_plan(floor.item, "Thread")
    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, quantity, supplier=floor.maker))
    return inspection


def unchanged(inspection, state="open"):
    """Nothing was posted for it, and it stands where it stood."""
    inspection.refresh_from_db()
    return inspection.state == state and not StockTransaction.objects.filter(document=inspection.number).exists()


def test_what_came_in_is_sampled_by_its_plan_and_what_is_looked_at_is_copied(floor):
    plan = a_plan(floor.item, "Thread", ("Diameter", D("7.9"), D("8.1")), sampling="table", level="II", aql=D("1.0"))

    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 600, supplier=floor.maker))
    plan.characteristics.all().delete()

    assert (inspection.state, inspection.document, inspection.quantity, inspection.supplier) == (
        "open",
        "GR-1",
        600,
        floor.maker,
    )
    assert (inspection.sample_size, inspection.accept_number, inspection.reject_number) == (80, 2, 3)
    assert (inspection.severity, inspection.table.code) == ("normal", "MIL-STD-105E")
    rows = inspection.characteristics.values_list("line", "name", "kind", "lower", "upper")
    assert list(rows) == [(1, "Thread", "pass_fail", None, None), (2, "Diameter", "measured", D("7.9"), D("8.1"))]
    message = OutboxMessage.objects.get(job="compliance.print_inspection_sheets")
    assert message.arguments["inspections"] == [inspection.number]


def test_goods_that_the_dock_doubts_are_judged_as_a_whole(floor):
    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 12, supplier=floor.maker))

    assert (inspection.plan, inspection.sample_size) == (None, 1)
    assert [each.name for each in inspection.characteristics.all()] == ["As a whole"]


def test_each_lot_that_came_is_an_inspection_of_its_own(floor):
    milk = ItemFactory(number="MILK", lots=True)
    one, other = LotFactory(item=milk), LotFactory(item=milk)

    begun = inspections(
        floor.warehouse,
        arrived(milk, floor.dock, 5, lot=one, supplier=floor.maker),
        arrived(milk, floor.dock, 7, lot=other, supplier=floor.maker),
        arrived(milk, floor.cage, 2, lot=one, supplier=floor.maker),
        arrived(floor.item, floor.dock, 1, supplier=floor.maker, status="damaged"),
    )

    assert [(each.lot, each.quantity) for each in begun] == [(one, 7), (other, 7)]


def test_many_lots_take_as_many_statements_as_two(floor):
    category = Category.objects.create(code="HARDWARE", name="Hardware")
    a_plan(None, "Thread", category=category, sampling="table", aql=D("1.0"), skip_after=3, inspect_every=2)
    items = [ItemFactory(category=category) for _ in range(20)]
    goods = [arrived(item, floor.dock, 1, supplier=floor.maker) for item in items]
    by = an_inspector()

    taken = []
    for number, some in enumerate((goods[:2], goods)):
        with CaptureQueriesContext(connection) as captured:
            begun = inspections(floor.warehouse, *some, document=f"GR-{number}", by=by)
        taken.append(len(captured))
        assert [each.sample_size for each in begun] == [1] * len(some)

    assert taken == [15, 15]


def test_accepted_goods_are_available_and_to_be_put_away_and_rejected_ones_are_blocked(floor):
    inspection = inspected(floor)
    put_away(floor, floor.item, 10)
    recorded(inspection, (1, 1, True, 7), (1, 8, False, 10))

    done = decided(inspection, accept=7, reject=3)

    assert (done.state, done.accepted) == ("decided", False)
    assert stands(floor.item) == {("DOCK", "available"): 7, ("DOCK", "blocked"): 3}
    assert to_do() == [("GR-1", "DOCK", "available", 7), ("GR-1", "DOCK", "blocked", 3)]
    posting = StockTransaction.objects.get(document=inspection.number)
    assert (posting.kind, posting.reason, posting.is_undone_alone) == ("status", "seen", False)
    entry = AuditEntry.objects.get(kind="inspection", verb="decide")
    assert (entry.detail["accept"], entry.detail["reject"], entry.detail["results"]) == ("7", "3", "reject")


def test_goods_are_decided_wherever_they_were_brought_meanwhile(floor):
    inspection = inspected(floor)
    (putaway,) = put_away(floor, floor.item, 10)
    with transaction.atomic():
        confirm_putaway(
            task_id=putaway.task_id, location_id=floor.cage.pk, quantity=D(6), by=an_actor(), at=clock.now()
        )
    recorded(inspection, (1, 1, True, 10))

    decided(inspection, accept=10)

    assert stands(floor.item) == {("DOCK", "available"): 4, ("CAGE", "available"): 6}
    assert to_do() == [("GR-1", "DOCK", "available", 4), ("GR-1", "CAGE", "available", 6)]


def test_goods_of_another_receipt_are_left_to_it(floor):
    mine = inspected(floor, 4)
    inspections(floor.warehouse, arrived(floor.item, floor.dock, 5, supplier=floor.maker), document="GR-2")
    put_away(floor, floor.item, 4)
    put_away(floor, floor.item, 5, document="GR-2")
    recorded(mine, (1, 1, True, 4))

    decided(mine, accept=4)

    assert stands(floor.item) == {("DOCK", "available"): 4, ("DOCK", "inspection"): 5}
    assert to_do() == [("GR-2", "DOCK", "inspection", 5), ("GR-1", "DOCK", "available", 4)]


def test_serial_units_are_decided_one_by_one(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(3)]
    a_plan(drill, "Runs")
    (inspection,) = inspections(
        floor.warehouse, *[arrived(drill, floor.dock, 1, serial=unit, supplier=floor.maker) for unit in units]
    )
    recorded(inspection, (1, 1, True, 2), (1, 3, False))

    with pytest.raises(DecisionUnclear):
        decided(inspection, accept=2, reject=1)
    with pytest.raises(DecisionUnclear):
        decided(inspection, accept=["S-0", "S-9"], reject=["S-2"])
    with pytest.raises(DecisionUnclear):
        decided(inspection, accept=["S-0", "S-2"], reject=["S-2"])
    decided(inspection, accept=["S-0", "S-1"], reject=["S-2"])

    rows = StockBalance.objects.on_hand().filter(item=drill).order_by("serial__number")
    assert list(rows.values_list("serial__number", "status")) == [
        ("S-0", "available"),
        ("S-1", "available"),
        ("S-2", "blocked"),
    ]


def test_reworked_goods_are_inspected_again(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 8), (1, 9, False, 10))

    done = decided(inspection, accept=8, rework=2)

    (again,) = Inspection.objects.filter(origin=done)
    assert (done.state, done.accepted) == ("decided", False)
    assert (again.state, again.quantity, again.sample_size, again.document) == ("open", D(2), 2, "GR-1")
    assert [each.name for each in again.characteristics.all()] == ["Thread"]
    recorded(again, (1, 1, True, 2))
    decided(again, accept=2)
    assert stands(floor.item) == {("DOCK", "available"): 10}


def test_results_are_replaced_and_kept(floor):
    inspection = inspected(floor, plan=a_plan(floor.item, "Thread", ("Diameter", D("7.9"), D("8.1"))))
    first, second = an_inspector(), an_inspector()

    recorded(inspection, (1, 1, False, 10), (2, 1, "8.2"), by=first)
    recorded(inspection, (1, 1, True, 10), (2, 1, "8.1"), by=second)

    found = findings_of(inspection)
    assert (found.verdict, found.defectives, found.recorded, found.needed) == ("pending", 0, 11, 20)
    counting = InspectionResult.objects.filter(replaced_at=None)
    assert {each.recorded_by for each in counting} == {second.user}
    assert InspectionResult.objects.exclude(replaced_at=None).count() == 11
    assert [each.passed for each in InspectionResult.objects.filter(value__isnull=False).order_by("pk")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    "result", [(3, 1, True), (1, 11, True), (1, 0, True), (1, 5, True, 11), (1, 5, True, 4), (1, 1, "8"), (2, 1, True)]
)
def test_a_result_that_is_not_clear_is_refused(floor, result):
    inspection = inspected(floor, plan=a_plan(floor.item, "Thread", ("Diameter", D("7.9"), D("8.1"))))

    with pytest.raises(ResultUnclear):
        recorded(inspection, (1, 1, True), result)

    assert not InspectionResult.objects.exists()


def test_nothing_is_accepted_before_all_was_looked_at(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 9))

    with pytest.raises(ResultsMissing) as refusal:
        decided(inspection, accept=10)

    assert refusal.value.facts == {"inspection": inspection.number, "recorded": 9, "needed": 10}
    assert unchanged(inspection)
    assert decided(inspection, reject=10).state == "decided"


def test_no_more_is_accepted_than_the_results_allow(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 7), (1, 8, False, 10))

    with pytest.raises(NotAcceptable) as refusal:
        decided(inspection, accept=8, reject=2)

    assert refusal.value.facts == {"inspection": inspection.number, "defectives": 3, "most": D(7), "asked": D(8)}
    assert unchanged(inspection)
    assert not InspectionDecision.objects.exists()


def test_of_a_lot_that_failed_by_its_sample_nothing_is_accepted(floor):
    inspection = inspected(floor, 100, plan=a_plan(floor.item, "Thread", sampling="count", amount=5))
    recorded(inspection, (1, 1, True, 4), (1, 5, False))

    with pytest.raises(NotAcceptable) as refusal:
        decided(inspection, accept=99, reject=1)

    assert refusal.value.most == 0


@pytest.mark.parametrize("amounts", [{"accept": 9}, {"accept": 6, "reject": 5}, {"accept": "0"}])
def test_a_decision_is_on_all_of_the_goods(floor, amounts):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 10))

    with pytest.raises(DecisionUnclear):
        decided(inspection, **amounts)

    assert unchanged(inspection)


def test_goods_that_are_gone_are_not_decided(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 10))
    again = inspections(floor.warehouse, arrived(floor.item, floor.cage, 1, supplier=floor.maker), document="GR-2")
    put_away(floor, floor.item, 3, document="GR-2")

    with pytest.raises(InsufficientStock) as refusal:
        decided(inspection, accept=10)

    assert refusal.value.available == 8
    assert unchanged(inspection)
    assert unchanged(again[0])


def test_only_who_may_judge_records_and_decides(floor):
    inspection = inspected(floor)
    for role in (Role.PICKER, Role.BUYER, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            recorded(inspection, (1, 1, True), by=an_inspector(role))
        with pytest.raises(NotAllowed):
            decided(inspection, reject=10, by=an_inspector(role))
    with pytest.raises(NotAllowed):
        decided(inspection, reject=10, by=an_inspector(Role.INVENTORY_MANAGER))

    assert unchanged(inspection)
    recorded(inspection, (1, 1, True), by=an_inspector(Role.INVENTORY_MANAGER))


def test_what_is_decided_is_decided_once(floor):
    inspection = inspected(floor)
    decided(inspection, reject=10)

    with pytest.raises(InspectionOver):
        decided(inspection, reject=10)
    with pytest.raises(InspectionOver):
        recorded(inspection, (1, 1, True))

    assert StockTransaction.objects.filter(document=inspection.number).count() == 1


def conceded(inspection, decide, by):
    with transaction.atomic():
        return decide(inspection_id=inspection.pk, reason="cosmetic only", by=by, at=clock.now())


def test_a_concession_of_goods_without_a_required_label_waits_for_the_label(floor):
    floor.item.hazard_class = HazardClass.objects.get(code="8")
    floor.item.save()
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 6), (1, 7, False, 10), by=an_inspector())
    decided(inspection, use_as_is=10)
    a_gate(floor.warehouse)
    boss = an_inspector(Role.INVENTORY_MANAGER)

    with pytest.raises(LabelMissing):
        conceded(inspection, approve_concession, boss)
    assert stands(floor.item) == {("DOCK", "inspection"): 10}
    a_container_label(floor.item)

    assert conceded(inspection, approve_concession, boss).state == "decided"


def test_a_concession_is_approved_by_another(floor):
    inspection, asker, inspector = inspected(floor), an_inspector(), an_inspector()
    recorded(inspection, (1, 1, True, 6), (1, 7, False, 10), by=inspector)

    waiting = decided(inspection, accept=5, use_as_is=5, by=asker)

    assert waiting.state == "waiting"
    assert stands(floor.item) == {("DOCK", "available"): 5, ("DOCK", "inspection"): 5}
    for who in (asker, inspector):
        with pytest.raises(OwnConcession):
            conceded(inspection, approve_concession, who)
    with pytest.raises(NotAllowed):
        conceded(inspection, approve_concession, an_inspector(Role.SUPERVISOR))
    assert stands(floor.item) == {("DOCK", "available"): 5, ("DOCK", "inspection"): 5}
    boss = an_inspector(Role.INVENTORY_MANAGER)
    done = conceded(inspection, approve_concession, boss)
    assert (done.state, done.approved_by, done.accepted) == ("decided", boss.user, False)
    assert stands(floor.item) == {("DOCK", "available"): 10}
    approval = Approval.objects.get(kind="inspection")
    assert (approval.number, approval.asked_by, approval.decided_by) == (inspection.number, asker.user, boss.user)
    with pytest.raises(InspectionOver):
        conceded(inspection, approve_concession, an_inspector(Role.INVENTORY_MANAGER))


def test_a_concession_that_is_refused_rejects_the_goods(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 6), (1, 7, False, 10))
    decided(inspection, reject=1, use_as_is=9)

    done = conceded(inspection, refuse_concession, an_inspector())

    assert (done.state, done.approved_by) == ("decided", None)
    assert stands(floor.item) == {("DOCK", "blocked"): 10}
    assert [(row.disposition, row.quantity) for row in done.decisions.all()] == [("reject", 10)]


def returned(inspection, **more):
    with transaction.atomic():
        return return_rejected(
            inspection_id=inspection.pk, **{"by": an_inspector(Role.SUPERVISOR), "at": clock.now()} | more
        )


def test_what_is_rejected_goes_back_bit_by_bit(floor):
    inspection = inspected(floor)
    decided(inspection, reject=10)
    assert to_do() == [("GR-1", "DOCK", "blocked", 10)]

    first = returned(inspection, quantity=D(4), reference="RMA-7", carrier="Truck")

    assert stands(floor.item) == {("DOCK", "blocked"): 6}
    assert to_do() == [("GR-1", "DOCK", "blocked", 6)]
    assert (first.reference, first.transaction.kind) == ("RMA-7", "return")
    with pytest.raises(MoreThanRejected) as refusal:
        returned(inspection, quantity=D(7))
    assert refusal.value.facts == {"inspection": inspection.number, "left": D(6), "asked": D(7)}
    returned(inspection)
    assert (stands(floor.item), to_do()) == ({}, [])
    with pytest.raises(MoreThanRejected):
        returned(inspection)
    assert SupplierReturn.objects.count() == 2
    assert inspection.decisions.get().returned == 10


def test_what_is_not_rejected_does_not_go_back(floor):
    inspection = inspected(floor)

    with pytest.raises(MoreThanRejected):
        returned(inspection)
    with pytest.raises(NotAllowed):
        returned(inspection, by=an_inspector(Role.PICKER))

    assert unchanged(inspection)
    assert not SupplierReturn.objects.exists()


def lost(floor, item, quantity, *, serial=None):
    """So much at the dock is counted as lost."""
    with transaction.atomic():
        post(
            [
                Move(
                    item_id=item.pk,
                    serial_id=serial.pk if serial else None,
                    quantity=D(quantity),
                    source=Place(location_id=floor.dock.pk, status="inspection"),
                    target=Place(location_id=floor.adjustment.pk, status="inspection"),
                )
            ],
            warehouse_id=floor.warehouse.pk,
            kind=TransactionKind.ADJUST,
            by=an_actor(),
            at=clock.now(),
        )


def test_what_was_lost_meanwhile_is_left_out_of_the_decision(floor):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 10))
    lost(floor, floor.item, 3)

    with pytest.raises(DecisionUnclear):
        decided(inspection, accept=10)
    inspection.refresh_from_db()
    assert inspection.quantity == 10
    done = decided(inspection, accept=7)

    assert (done.state, Inspection.objects.get().quantity) == ("decided", D(7))
    assert stands(floor.item) == {("DOCK", "available"): 7}
    assert AuditEntry.objects.get(kind="inspection", verb="leave out").detail["missing"] == "3"


def test_a_serial_unit_that_was_lost_is_not_decided(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(2)]
    goods = [arrived(drill, floor.dock, 1, serial=unit, supplier=floor.maker) for unit in units]
    (inspection,) = inspections(floor.warehouse, *goods)
    lost(floor, drill, 1, serial=units[0])

    with pytest.raises(DecisionUnclear):
        decided(inspection, reject=["S-0", "S-1"])
    done = decided(inspection, reject=["S-1"])

    assert (done.quantity, [unit.number for unit in done.serials.all()]) == (1, ["S-1"])


def test_an_inspection_is_cancelled_only_when_its_goods_are_gone(floor):
    inspection = inspected(floor)

    def cancelled(by):
        with transaction.atomic():
            return cancel_inspection(inspection_id=inspection.pk, reason="used up", by=by, at=clock.now())

    with pytest.raises(GoodsStillThere) as refusal:
        cancelled(an_inspector())
    assert refusal.value.facts == {"inspection": inspection.number, "quantity": D(10)}
    lost(floor, floor.item, 10)
    with pytest.raises(NotAllowed):
        cancelled(an_inspector(Role.PICKER))
    assert cancelled(an_inspector()).state == "cancelled"
    with pytest.raises(InspectionOver):
        cancelled(an_inspector())


def test_serial_units_go_back_by_their_numbers(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(3)]
    goods = [arrived(drill, floor.dock, 1, serial=unit, supplier=floor.maker) for unit in units]
    (inspection,) = inspections(floor.warehouse, *goods)
    decided(inspection, reject=["S-0", "S-1", "S-2"])

    with pytest.raises(DecisionUnclear):
        returned(inspection, quantity=D(2))
    with pytest.raises(MoreThanRejected):
        returned(inspection, serials=["S-0", "S-9"])
    first = returned(inspection, serials=["S-1"])
    with pytest.raises(MoreThanRejected):
        returned(inspection, serials=["S-1"])
    rest = returned(inspection)

    assert [move.serial.number for move in first.transaction.moves.select_related("serial") if move.serial] == ["S-1"]
    assert rest.transaction.moves.count() == 2
    assert stands(drill) == {}


@pytest.mark.parametrize("amounts", [{"accept": ["S-1"]}, {"reject": 4, "accept": "0"}])
def test_goods_without_serial_numbers_are_decided_by_quantity(floor, amounts):
    inspection = inspected(floor)
    recorded(inspection, (1, 1, True, 10))

    with pytest.raises(DecisionUnclear):
        decided(inspection, **amounts)

    assert unchanged(inspection)
