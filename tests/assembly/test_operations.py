"""Assembly: reserved, issued, finished; every output knows what it is made of."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.assembly.errors import (
    ComponentsShort,
    IssueNeedsReason,
    NotABench,
    NotAComponent,
    NotIssued,
    NotOnFloor,
    OutputLotDiffers,
    OutputUnclear,
    TooManyMade,
    WorkUnclear,
)
from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyOutput
from apps.assembly.operations import (
    Used,
    cancel_assembly,
    confirm_issue,
    release_assembly,
    reserve_components,
    return_component,
    scrap_component,
)
from apps.assembly.queries import wanted_of
from apps.catalog.choices import PartRole
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.ledger.errors import InsufficientStock, LotOnHold
from apps.ledger.models import Lot, StockMove, StockTransaction
from apps.ledger.operations import freeze_lot
from apps.ledger.states import HoldReason, StockStatus
from apps.scanner.operations import Confirmation, confirm_task
from apps.supply.models import ExpectedReceipt, Promise
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.assembly import (
    a_workshop,
    an_order,
    bring,
    finish,
    issue_all,
    made,
    put_to_work,
)
from tests.factories.bills import a_bill, a_kit, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stands, stock
from tests.factories.orders import refusing
from tests.invariants import assert_invariants


@pytest.fixture
def shop(db):
    """Soap of two bars of fat (by lot) and a box; what is left of the fat comes out besides."""
    shop = a_workshop()
    shop.fat = ItemFactory(number="FAT", perishable=True)
    shop.box = ItemFactory(number="BOX")
    shop.foil = ItemFactory(number="FOIL")
    shop.rest = ItemFactory(number="REST")
    shop.soap = ItemFactory(number="SOAP", perishable=True, expires_with_parts=True)
    a_bill(
        shop.soap,
        part(shop.fat, 2, scrap=10),
        part(shop.box, 1, alternatives=[(shop.foil, 3)]),
        part(shop.rest, 1, role=PartRole.BY_PRODUCT),
    )
    today = clock.now().date()
    shop.soon, shop.late = (
        LotFactory(item=shop.fat, number=name, expires_on=today + timedelta(days=days))
        for name, days in (("SOON", 20), ("LATE", 90))
    )
    yield shop
    assert_invariants()


def filled(shop):
    stock(shop.fat, shop.b, 10, lot=shop.late)
    stock(shop.fat, shop.a, 4, lot=shop.soon)
    stock(shop.box, shop.a, 9)


def claims(order):
    tasks = WarehouseTask.objects.open().filter(document=order.number).order_by("pk")
    return [(task.goods.number, task.lot and task.lot.number, task.source.code, task.quantity) for task in tasks]


def holds(output):
    rows = AssemblyGenealogy.objects.filter(output=output).order_by("pk")
    return [(row.issue.item.number, str(row.issue.lot or row.issue.serial or ""), row.quantity) for row in rows]


def test_soap_is_made_first_expired_first_and_expires_with_its_fat(shop):
    filled(shop)

    order = put_to_work(shop, shop.soap, 5)

    assert claims(order) == [("FAT", "SOON", "A", 4), ("FAT", "LATE", "B", 7), ("BOX", None, "A", 5)]
    assert [(row.item.number, row.quantity) for row in ExpectedReceipt.objects.open()] == [
        ("SOAP", D(5)),
        ("REST", D(5)),
    ]
    assert sorted(Promise.objects.values_list("item__number", "quantity", "allocated")) == [
        ("BOX", D(5), D(5)),
        ("FAT", D(11), D(11)),
    ]
    issue_all(order)
    finish(order, made(3, lot="S-1"), made(1, item_id=shop.rest.pk), place=shop.a)
    finish(order, made(2, lot="S-2"), place=shop.b)

    order.refresh_from_db()
    assert (order.state, order.made, stands(shop.fat)["BENCH"]) == ("in_work", 5, 1), "what was not spoilt is there"
    first, rest, second = AssemblyOutput.objects.order_by("pk")
    assert holds(first) == [("FAT", "SOON", 4), ("FAT", "LATE", 2), ("BOX", "", 3)]
    assert holds(rest) == holds(first)
    assert holds(second) == [("FAT", "LATE", 4), ("BOX", "", 2)]
    assert [lot.expires_on for lot in Lot.objects.filter(item=shop.soap).order_by("number")] == [
        shop.soon.expires_on,
        shop.late.expires_on,
    ]
    with transaction.atomic():
        scrap_component(
            issue_id=AssemblyIssue.objects.get(lot=shop.late).pk,
            quantity=D(1),
            reason="burnt",
            by=shop.by,
            at=clock.now(),
        )
    order.refresh_from_db()
    assert order.state == "done"
    assert not Promise.objects.open().exists()
    assert not ExpectedReceipt.objects.open().exists()
    assert (stands(shop.soap), stands(shop.rest)) == ({"A": 3, "B": 2}, {"A": 1})
    kinds = StockTransaction.objects.filter(document=order.number).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["pick", "pick", "pick", "produce", "produce", "scrap"]


def test_shortage_is_said_line_by_line_and_what_is_there_can_be_taken(shop):
    stock(shop.fat, shop.a, 4, lot=shop.soon)
    order = an_order(shop, shop.soap, 5)

    with refusing(ComponentsShort) as refusal:
        release_assembly(order_id=order.pk, by=shop.by, at=clock.now())
    assert refusal.value.lines == [
        {"line": 2, "item": "FAT", "lacks": "7", "free": "4"},
        {"line": 3, "item": "BOX", "lacks": "5", "free": "0"},
    ]
    order.refresh_from_db()
    assert (order.state, claims(order)) == ("draft", [])

    release_assembly(order_id=order.pk, partly=True, by=shop.by, at=clock.now())
    stock(shop.box, shop.b, 2)
    reserve_components(order_id=order.pk, by=shop.by, at=clock.now())
    assert claims(order) == [("FAT", "SOON", "A", 4), ("BOX", None, "B", 2)]
    with refusing(ComponentsShort):
        reserve_components(order_id=order.pk, by=shop.by, at=clock.now())
    assert [(each.line.item.number, each.open) for each in wanted_of(order)] == [("FAT", D(7)), ("BOX", D(3))]


def test_more_or_less_than_asked_needs_a_reason(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 1)
    fat, box = WarehouseTask.objects.open().filter(document=order.number).order_by("pk")

    for task, quantity in ((fat, 2), (box, 2)):
        with refusing(IssueNeedsReason):
            confirm_issue(task_id=task.pk, quantity=D(quantity), by=an_actor(), at=clock.now())
    confirm_issue(task_id=fat.pk, quantity=D(1), reason="melted", by=an_actor(), at=clock.now())
    issue = confirm_issue(task_id=box.pk, quantity=D(3), reason="torn ones among them", by=an_actor(), at=clock.now())

    assert issue is not None
    assert (issue.quantity, issue.reason) == (D(3), "torn ones among them")
    assert stands(shop.box) == {"A": 6, "BENCH": 3}
    assert [(each.line.item.number, each.open) for each in wanted_of(order)] == [("FAT", D(2)), ("BOX", D(0))]
    with refusing(NotIssued) as refusal:
        finish(order, made(1, lot="S-1"))
    assert refusal.value.facts == {"order": order.number, "item": "FAT", "left": D(1), "asked": D(2)}


def test_an_alternative_stands_in_and_nothing_else_does(shop):
    filled(shop)
    stock(shop.foil, shop.b, 9)
    order = put_to_work(shop, shop.soap, 2)

    issue = bring(order, shop.foil, shop.b, 6)
    with refusing(NotAComponent) as refusal:
        bring(order, shop.rest, shop.b, 1)
    assert refusal.value.facts == {"order": order.number, "item": "REST"}

    assert claims(order) == [("FAT", "SOON", "A", 4), ("FAT", "LATE", "B", 1)], "no box is needed"
    issue_all(order)
    finish(order, made(1, lot="S-1"), place=shop.a)
    issue.refresh_from_db()
    assert issue.consumed == 3
    assert holds(AssemblyOutput.objects.get())[-1] == ("FOIL", "", 3)


def test_other_goods_than_reserved_are_taken_and_the_claim_follows(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 2)

    bring(order, shop.fat, shop.b, 4, lot=shop.late)

    assert claims(order) == [("BOX", None, "A", 2), ("FAT", "SOON", "A", 1)]
    with refusing(IssueNeedsReason) as refusal:
        bring(order, shop.fat, shop.b, 2, lot=shop.late)
    assert refusal.value.facts == {"item": "FAT", "asked": D(1), "quantity": D(2)}
    bring(order, shop.fat, shop.b, 2, lot=shop.late, reason="the pot is large")
    assert claims(order) == [("BOX", None, "A", 2)]


def test_what_is_reserved_for_others_is_not_issued(shop):
    stock(shop.fat, shop.a, 3, lot=shop.soon)
    stock(shop.box, shop.a, 1)
    put_to_work(shop, shop.soap, 1)
    other = put_to_work(shop, shop.soap, 1, partly=True)

    with refusing(InsufficientStock) as refusal:
        bring(other, shop.fat, shop.a, 1, lot=shop.soon)

    assert refusal.value.available == 0


def test_components_that_are_recalled_while_being_issued_go_nowhere_but_back(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 5)
    soon, late, box = WarehouseTask.objects.open().filter(document=order.number).order_by("pk")
    issue = confirm_issue(task_id=soon.pk, quantity=D(4), by=an_actor(), at=clock.now())
    confirm_issue(task_id=box.pk, quantity=D(5), by=an_actor(), at=clock.now())

    for lot in (shop.soon, shop.late):
        freeze_lot(lot_id=lot.pk, reason=HoldReason.RECALL, note="glass", by=_quality(), at=clock.now())

    with refusing(LotOnHold) as refusal:
        confirm_issue(task_id=late.pk, quantity=D(7), by=an_actor(), at=clock.now())
    assert refusal.value.lot == "LATE"
    with refusing(LotOnHold):
        finish(order, made(1, lot="S-1"))
    fresh = LotFactory(item=shop.fat, number="FRESH", expires_on=shop.late.expires_on)
    stock(shop.fat, shop.b, 20, lot=fresh)
    assert issue is not None
    return_component(issue_id=issue.pk, quantity=D(4), by=an_actor(), at=clock.now())
    reserve_components(order_id=order.pk, by=shop.by, at=clock.now())
    assert claims(order) == [("FAT", "FRESH", "B", 11)]
    issue_all(order)
    finish(order, made(5, lot="S-1"), place=shop.a)
    assert {place: stands(shop.fat)[place] for place in ("A", "BENCH")} == {"A": 4, "BENCH": 1}
    assert sorted(holds(AssemblyOutput.objects.get())) == [("BOX", "", 5), ("FAT", "FRESH", 10)]


def test_cancelling_a_half_issued_order_puts_its_goods_back(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 2)
    task = WarehouseTask.objects.open().filter(document=order.number).order_by("pk")[0]
    confirm_issue(task_id=task.pk, quantity=D(4), by=an_actor(), at=clock.now())

    cancel_assembly(order_id=order.pk, reason="not wanted", by=shop.by, at=clock.now())

    order.refresh_from_db()
    assert (order.state, claims(order)) == ("cancelling", [("FAT", "SOON", "BENCH", 4)])
    with refusing(NotOnFloor):
        finish(order, made(1, lot="S-1"))
    (back,) = WarehouseTask.objects.open().filter(document=order.number)
    for quantity, state in ((1, "ready"), (3, "done")):
        done = confirm_task(task=back, done=Confirmation(quantity=D(quantity)), by=an_actor(), at=clock.now())
        assert done.state == state
    order.refresh_from_db()
    assert (order.state, stands(shop.fat), stands(shop.box)) == ("cancelled", {"A": 4, "B": 10}, {"A": 9})


def test_a_half_made_order_is_done_short(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 2)
    issue_all(order)
    finish(order, made(1, lot="S-1"), place=shop.a)

    cancel_assembly(order_id=order.pk, reason="enough", by=shop.by, at=clock.now())
    for issue in AssemblyIssue.objects.filter(line__order=order):
        if issue.left:
            return_component(issue_id=issue.pk, quantity=issue.left, by=an_actor(), at=clock.now())

    order.refresh_from_db()
    assert (order.state, order.made, order.end_reason) == ("done", 1, "enough")
    assert not WarehouseTask.objects.open().filter(document=order.number, kind="put_back").exists()


def test_each_unit_with_a_serial_number_knows_its_own_parts(db):
    shop = a_workshop()
    clock_, motor = ItemFactory(number="CLOCK", serials=True), ItemFactory(number="MOTOR", serials=True)
    a_bill(clock_, motor, part(screw := ItemFactory(number="SCREW"), 4))
    motors = [SerialFactory(item=motor, number=f"M{n}") for n in (1, 2, 3)]
    for each in motors:
        stock(motor, shop.a, 1, serial=each)
    stock(screw, shop.a, 20)
    order = put_to_work(shop, clock_, 3)
    issues = {str(issue.serial): issue for issue in issue_all(order)}

    for problem, output in (
        ("each unit has a serial number of its own", made(2, serial="C9")),
        ("name its serial number", made(1)),
    ):
        with refusing(OutputUnclear) as refusal:
            finish(order, output)
        assert refusal.value.problem == problem
    finish(order, made(serial="C1", used=(Used(issue_id=issues["M3"].pk, quantity=D(1)),)), made(serial="C2"))
    finish(order, made(serial="C3"), place=shop.b)

    assert {str(each.serial): [row[1] for row in holds(each)] for each in AssemblyOutput.objects.all()} == {
        "C1": ["M3", ""],
        "C2": ["M1", ""],
        "C3": ["M2", ""],
    }
    assert {row.quantity for row in AssemblyGenealogy.objects.filter(issue__item=screw)} == {4}
    assert stands(clock_) == {"BENCH": 1, "B": 1}
    assert WarehouseTask.objects.open().filter(document=order.number, kind="putaway").count() == 2
    order.refresh_from_db()
    assert order.state == "done"
    assert_invariants()


def test_what_is_made_can_be_taken_apart_again(db):
    shop = a_workshop()
    bike = ItemFactory(number="BIKE", serials=True)
    wheel, frame = ItemFactory(number="WHEEL", lots=True), ItemFactory(number="FRAME")
    a_bill(bike, part(wheel, 2, scrap=20), frame)
    serial = SerialFactory(item=bike, number="B1")
    stock(bike, shop.a, 1, serial=serial)
    order = put_to_work(shop, bike, 1, kind="disassemble", serial_id=serial.pk)
    issue_all(order)

    with refusing(OutputUnclear):
        finish(order, quantity=1)
    with refusing(TooManyMade):
        finish(order, made(3, item_id=wheel.pk, lot="W"), quantity=1)
    finish(
        order,
        made(1, item_id=wheel.pk, lot="W"),
        made(1, item_id=wheel.pk, lot="BENT", status=StockStatus.DAMAGED),
        made(1, item_id=frame.pk),
        quantity=1,
        place=shop.b,
    )

    order.refresh_from_db()
    assert (order.state, stands(bike), stands(frame)) == ("done", {}, {"B": 1})
    assert sorted(
        (each.line.item.number, str(each.lot or ""), holds(each)) for each in AssemblyOutput.objects.all()
    ) == [
        ("FRAME", "", [("BIKE", "B1", 1)]),
        ("WHEEL", "BENT", [("BIKE", "B1", D("0.5"))]),
        ("WHEEL", "W", [("BIKE", "B1", D("0.5"))]),
    ]
    assert_invariants()


def test_rework_repack_and_refurbish_keep_the_goods_unless_told(shop):
    soap = LotFactory(item=shop.soap, number="S-1", expires_on=shop.late.expires_on)
    stock(shop.soap, shop.a, 10, lot=soap)
    stock(shop.box, shop.a, 10)

    repack = put_to_work(shop, shop.soap, 4, kind="repack", lot_id=soap.pk, extra=[(shop.box, 4)])
    issue_all(repack)
    finish(repack, quantity=4, place=shop.b)
    rework = put_to_work(shop, shop.soap, 3, kind="rework", lot_id=soap.pk)
    issue_all(rework)
    finish(rework, made(3, lot="S-1R"), place=shop.b)

    assert [str(each.lot) for each in AssemblyOutput.objects.order_by("pk")] == ["S-1", "S-1R"]
    assert Lot.objects.get(number="S-1R").expires_on == soap.expires_on
    phone = ItemFactory(number="PHONE", serials=True)
    serial = SerialFactory(item=phone, number="P1")
    stock(phone, shop.a, 1, serial=serial, status=StockStatus.RETURNED)
    order = put_to_work(shop, phone, 1, kind="refurbish", serial_id=serial.pk)
    bring(order, phone, shop.a, 1, serial=serial, status=StockStatus.RETURNED)
    finish(order, quantity=1, place=shop.b)
    output = AssemblyOutput.objects.get(serial=serial)
    assert (holds(output), stands(phone)) == ([("PHONE", "P1", 1)], {"B": 1})
    order.refresh_from_db()
    assert order.state == "done"


def test_a_service_is_done_for_an_order_with_or_without_paper(shop):
    stock(shop.foil, shop.a, 5)
    wrap = put_to_work(
        shop, quantity=2, kind="service", sales_order="SO-000001", remark="Gift wrap", extra=[(shop.foil, 2)]
    )
    issue_all(wrap)
    finish(wrap, quantity=2)
    label = put_to_work(shop, quantity=1, kind="service", sales_order="SO-000001", remark="Price labels")
    finish(label, quantity=1)

    for order in (wrap, label):
        order.refresh_from_db()
        assert order.state == "done"
    assert stands(shop.foil) == {"A": 3}
    assert StockMove.objects.filter(transaction__kind="consume").count() == 1


def test_a_lot_does_not_outlive_what_is_put_into_it(shop):
    filled(shop)
    order = put_to_work(shop, shop.soap, 5)
    issue_all(order)
    LotFactory(item=shop.soap, number="S-1", expires_on=shop.late.expires_on)

    with refusing(OutputLotDiffers) as refusal:
        finish(order, made(1, lot="S-1"))

    assert refusal.value.would == str(shop.soon.expires_on)
    with refusing(OutputUnclear):
        finish(order, made(1))
    with refusing(TooManyMade):
        finish(order, made(6, lot="S-2"))


def test_what_cannot_be_worked_is_refused(shop):
    kit = ItemFactory(number="KIT")
    a_kit(kit, shop.box)

    for problem, more in (
        ("name an item, except for a service, which makes none", {"kind": "assemble"}),
        ("goods are named for work that changes them", {"item": shop.soap, "lot_id": shop.soon.pk}),
        ("KIT is a phantom kit: its parts are sold together", {"item": kit}),
        (
            "the lot or serial number belongs to another item",
            {"item": shop.soap, "kind": "rework", "lot_id": shop.soon.pk},
        ),
        (
            "nothing is added to what is taken apart",
            {"item": shop.soap, "kind": "disassemble", "extra": [(shop.box, 1)]},
        ),
    ):
        with refusing(WorkUnclear) as refusal:
            an_order(shop, **more)
        assert refusal.value.problem == problem
    shop.bench = shop.a
    with refusing(NotABench):
        an_order(shop, shop.soap)
    shop.by = an_actor()
    with refusing(NotAllowed):
        an_order(shop, shop.soap)


def _quality():
    return an_actor(UserFactory(roles=(Role.QUALITY,)))
