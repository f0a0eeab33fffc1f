"""What a supplier announces, and a pallet that comes in by one scan."""

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.codes import make_sscc
from apps.core.codes.errors import MalformedCode
from apps.core.errors import IllegalTransition, NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.ledger.errors import UnitElsewhere
from apps.ledger.models import HandlingUnit, StockBalance, StockTransaction
from apps.ledger.operations import move_unit, open_unit
from apps.ledger.states import UnitKind
from apps.purchasing.errors import (
    LotMismatch,
    NotASupplier,
    NoticeKnown,
    NoticeNotOpen,
    NoticeUnclear,
    NotOrdered,
    ShortDated,
    UnitAlreadyIn,
    UnitNotAnnounced,
)
from apps.purchasing.models import PurchaseOrder, Receipt, ShippingNotice
from apps.purchasing.operations import (
    AnnouncedLine,
    AnnouncedUnit,
    Arrival,
    announce_shipment,
    cancel_notice,
    cancel_receipt,
    close_receipt,
    open_announced_receipt,
    receive_lines,
    receive_unit,
    undo_receipt_line,
)
from apps.storage.operations import confirm_putaway
from apps.tasks.models import WarehouseTask
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.locations import LocationFactory, works_at
from tests.factories.orders import refusing
from tests.invariants import assert_invariants

LATE = date(2099, 12, 31)
PALLET, CARTON_1, CARTON_2, LONE = (make_sscc(3, "4012345", serial) for serial in range(1, 5))


def announce(yard, *, reference="DESP-1", units=(), lines, supplier=None, **more):
    return announce_shipment(
        warehouse_id=yard.warehouse.pk,
        supplier_id=(supplier or yard.supplier).pk,
        reference=reference,
        expected_on=date(2026, 11, 30),
        units=units,
        lines=lines,
        by=yard.worker,
        at=clock.now(),
        **more,
    )


def of(yard, line, item, quantity, **more):
    return AnnouncedLine(order_id=yard.order.pk, line=line, item_id=item.pk, quantity=D(quantity), **more)


@pytest.fixture
def sent(yard):
    """A pallet with two cartons (milk of a lot, and drills) and bolts of its own; a lone carton; loose wire."""
    notice = announce(
        yard,
        units=[
            AnnouncedUnit(sscc=CARTON_1, kind=UnitKind.CARTON, inside=PALLET),
            AnnouncedUnit(sscc=PALLET),
            AnnouncedUnit(sscc=CARTON_2, kind=UnitKind.CARTON, inside=PALLET),
            AnnouncedUnit(sscc=LONE, kind=UnitKind.CARTON),
        ],
        lines=[
            of(yard, 2, yard.milk, 60, sscc=CARTON_1, lot_number="L1", expires_on=LATE, supplier_lot="S-77"),
            of(yard, 3, yard.drill, 2, sscc=CARTON_2, serials=("SN-1", "SN-2")),
            of(yard, 1, yard.bolt, 6, sscc=PALLET),
            of(yard, 1, yard.bolt, 4, sscc=LONE),
            of(yard, 4, yard.wire, "5.5"),
        ],
        carrier="Northern Haulage",
        vehicle="NH 77",
    )
    boss = Actor(user=works_at(UserFactory(roles=[Role.SUPERVISOR]), yard.warehouse))
    told = {"by": yard.worker, "at": clock.now()}
    return SimpleNamespace(
        notice=notice,
        boss=boss,
        told=told,
        open=lambda: open_announced_receipt(notice_id=notice.pk, dock_id=yard.dock.pk, **told),
    )


def stands(yard):
    rows = StockBalance.objects.on_hand().filter(warehouse=yard.warehouse)
    return sorted(rows.values_list("item__number", "unit__sscc", "lot__number", "serial__number", "on_hand"))


def test_one_scan_of_a_pallet_takes_in_all_that_is_on_it(yard, sent):
    receipt = sent.open()

    rows = receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    assert len({row.transaction_id for row in rows}) == 1
    assert stands(yard) == [
        ("BOLT", PALLET, None, None, D(6)),
        ("DRILL", CARTON_2, None, "SN-1", D(1)),
        ("DRILL", CARTON_2, None, "SN-2", D(1)),
        ("MILK", CARTON_1, "L1", None, D(60)),
    ]
    units = {unit.sscc: unit for unit in HandlingUnit.objects.select_related("parent")}
    assert {sscc: unit.kind for sscc, unit in units.items()} == {
        PALLET: "pallet",
        CARTON_1: "carton",
        CARTON_2: "carton",
    }
    assert [units[sscc].parent for sscc in (PALLET, CARTON_1, CARTON_2)] == [None, units[PALLET], units[PALLET]]
    assert {unit.location for unit in units.values()} == {yard.dock}
    assert list(yard.order.lines.order_by("line").values_list("received", flat=True)) == [6, 60, 2, 0]
    assert_invariants()


def test_what_is_loose_comes_in_line_by_line_and_what_is_missing_is_known(yard, sent):
    receipt = sent.open()
    receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)
    receive_lines(receipt_id=receipt.pk, arrivals=[Arrival(line=4, quantity=D("5.5"))], **sent.told)

    close_receipt(receipt_id=receipt.pk, **sent.told)

    pallets = WarehouseTask.objects.filter(document=receipt.number, unit__isnull=False)
    assert pallets.get(item=None, source=yard.dock, unit__sscc=PALLET) == pallets.get()
    sent.notice.refresh_from_db()
    came = dict(sent.notice.lines.with_came().values_list("line", "came"))
    assert (sent.notice.state, came) == ("received", {1: 60, 2: 2, 3: 6, 4: 0, 5: D("5.5")})
    assert_invariants()


def test_a_unit_comes_in_once_and_again_only_when_it_was_undone(yard, sent):
    receipt = sent.open()
    rows = receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    for sscc in (PALLET, CARTON_1):
        with pytest.raises(UnitAlreadyIn) as refusal:
            receive_unit(receipt_id=receipt.pk, sscc=sscc, **sent.told)
        assert refusal.value.facts == {"sscc": sscc, "receipt": receipt.number}
    undo_receipt_line(receipt_line_id=rows[0].pk, reason="wrong pallet", by=sent.boss, at=clock.now())
    assert stands(yard) == []
    receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    assert len(stands(yard)) == 4
    assert HandlingUnit.objects.count() == 3
    assert_invariants()


def test_a_carton_of_a_pallet_may_come_in_alone_and_the_rest_is_received_line_by_line(yard, sent):
    receipt = sent.open()

    receive_unit(receipt_id=receipt.pk, sscc=CARTON_1, **sent.told)
    with pytest.raises(UnitAlreadyIn):
        receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    assert stands(yard) == [("MILK", CARTON_1, "L1", None, D(60))]


def test_a_damaged_unit_comes_in_damaged_or_goes_back_whole(yard, sent):
    receipt = sent.open()

    damaged = receive_unit(receipt_id=receipt.pk, sscc=LONE, status="damaged", **sent.told)
    back = receive_unit(receipt_id=receipt.pk, sscc=PALLET, rejected_because="crushed", **sent.told)

    assert {row.status for row in damaged} == {"damaged"}
    assert {row.kept for row in back} == {0}
    assert stands(yard) == [("BOLT", LONE, None, None, D(4))]
    assert not HandlingUnit.objects.filter(sscc=PALLET).exists()
    assert_invariants()


def test_a_unit_that_nobody_announced_for_this_truck_is_not_taken_in_by_one_scan(yard, sent):
    with pytest.raises(UnitNotAnnounced):
        receive_unit(receipt_id=yard.receipt.pk, sscc=PALLET, **sent.told)
    receipt = sent.open()
    with pytest.raises(UnitNotAnnounced) as refusal:
        receive_unit(receipt_id=receipt.pk, sscc=make_sscc(3, "4012345", 99), **sent.told)

    assert refusal.value.facts["receipt"] == receipt.number
    assert not StockTransaction.objects.exists()


def test_the_notice_binds_its_goods_to_the_rules_of_receiving(yard, sent):
    """What was announced is judged when it comes: here a lot with another date, and one with too little life left."""
    receipt = sent.open()
    yard.milk.min_remaining_days = 10**5
    yard.milk.save()
    with pytest.raises(ShortDated):
        receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)
    yard.milk.min_remaining_days = None
    yard.milk.save()
    yard.receive(2, 1, lot_number="L1", expires_on=date(2098, 1, 1))
    with pytest.raises(LotMismatch):
        receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    assert len(stands(yard)) == 1
    assert not HandlingUnit.objects.exists()


def test_goods_are_received_onto_a_pallet_under_its_sscc(yard):
    told = {"by": yard.worker, "at": clock.now()}
    for quantity in (3, 2):
        receive_lines(receipt_id=yard.receipt.pk, arrivals=[Arrival(line=1, quantity=D(quantity), sscc=LONE)], **told)

    assert stands(yard) == [("BOLT", LONE, None, None, D(5))]
    with pytest.raises(MalformedCode):
        receive_lines(
            receipt_id=yard.receipt.pk, arrivals=[Arrival(line=1, quantity=D(1), sscc=LONE[:-1] + "0")], **told
        )
    unit = HandlingUnit.objects.get(sscc=LONE)
    move_unit(unit_id=unit.pk, location_id=LocationFactory(warehouse=yard.warehouse).pk, **told)
    with refusing(UnitElsewhere):
        receive_lines(receipt_id=yard.receipt.pk, arrivals=[Arrival(line=1, quantity=D(1), sscc=LONE)], **told)
    assert_invariants()


def test_what_came_line_by_line_under_a_units_sscc_does_not_come_again_by_its_scan(yard, sent):
    receipt = sent.open()
    receive_lines(receipt_id=receipt.pk, arrivals=[Arrival(line=1, quantity=D(3), sscc=LONE)], **sent.told)

    with pytest.raises(UnitAlreadyIn):
        receive_unit(receipt_id=receipt.pk, sscc=LONE, **sent.told)

    assert stands(yard) == [("BOLT", LONE, None, None, D(3))]
    assert dict(sent.notice.lines.with_came().values_list("line", "came"))[4] == 3


def test_loose_goods_count_for_the_announced_line_with_their_lot(yard):
    notice = announce(
        yard,
        lines=[of(yard, 2, yard.milk, 5, lot_number=lot, expires_on=LATE) for lot in ("L1", "L2")]
        + [of(yard, 2, yard.milk, 5)],
    )
    told = {"by": yard.worker, "at": clock.now()}
    receipt = open_announced_receipt(notice_id=notice.pk, dock_id=yard.dock.pk, **told)

    arrivals = [
        Arrival(line=2, quantity=D(quantity), lot_number=lot, expires_on=LATE)
        for lot, quantity in (("L2", 4), ("L9", 5), ("L1", 1))
    ]
    receive_lines(receipt_id=receipt.pk, arrivals=arrivals, **told)

    assert dict(notice.lines.with_came().values_list("line", "came")) == {1: 1, 2: 4, 3: 5}


def test_loose_goods_that_nobody_ordered_come_in_up_to_what_was_announced(yard):
    nut = ItemFactory(number="NUT")
    notice = announce(yard, lines=[AnnouncedLine(item_id=nut.pk, quantity=D(5))])
    told = {"by": yard.worker, "at": clock.now()}
    receipt = open_announced_receipt(notice_id=notice.pk, dock_id=yard.dock.pk, **told)

    receive_lines(receipt_id=receipt.pk, arrivals=[Arrival(item_id=nut.pk, quantity=D(4))], **told)
    with pytest.raises(NotOrdered):
        receive_lines(receipt_id=receipt.pk, arrivals=[Arrival(item_id=nut.pk, quantity=D(2))], **told)

    assert stands(yard) == [("NUT", None, None, None, D(4))]


def test_a_despatch_is_announced_once(yard, sent):
    with pytest.raises(NoticeKnown) as refusal:
        announce(yard, lines=[of(yard, 1, yard.bolt, 1)])

    assert refusal.value.facts == {"supplier": "DAIRY", "reference": "DESP-1", "notice": sent.notice.number}
    other = PartyFactory(is_supplier=True)
    announce(yard, supplier=other, lines=[AnnouncedLine(item_id=yard.bolt.pk, quantity=D(1))])
    assert ShippingNotice.objects.count() == 2


@pytest.mark.parametrize(
    ("units", "lines", "problem"),
    [
        ([], [], "no lines"),
        ([AnnouncedUnit(sscc=PALLET), AnnouncedUnit(sscc=PALLET)], [{}], "in it twice"),
        ([AnnouncedUnit(sscc=CARTON_1, inside=PALLET)], [{}], "not among its units"),
        ([], [{"sscc": PALLET}], "not among its units"),
        (
            [AnnouncedUnit(sscc=PALLET, inside=CARTON_1), AnnouncedUnit(sscc=CARTON_1, inside=PALLET)],
            [{}],
            "stands in itself",
        ),
    ],
)
def test_a_notice_holds_together(yard, units, lines, problem):
    rows = [AnnouncedLine(item_id=yard.bolt.pk, quantity=D(1), **line) for line in lines]

    with pytest.raises(NoticeUnclear, match=problem):
        announce(yard, units=units, lines=rows)

    assert not ShippingNotice.objects.exists()


def test_a_notice_names_lines_of_its_suppliers_orders_and_real_codes(yard):
    other = PartyFactory(is_supplier=True)
    with pytest.raises(NoticeUnclear, match="no order line of this supplier with BOLT"):
        announce(yard, supplier=other, lines=[of(yard, 1, yard.bolt, 1)])
    with pytest.raises(NoticeUnclear, match="with MILK"):
        announce(yard, lines=[of(yard, 1, yard.milk, 1)])
    with pytest.raises(MalformedCode):
        announce(yard, units=[AnnouncedUnit(sscc="123456789012345678")], lines=[of(yard, 1, yard.bolt, 1)])
    with pytest.raises(NotASupplier):
        announce(yard, supplier=PartyFactory(), lines=[of(yard, 1, yard.bolt, 1)])
    with pytest.raises(NotFound):
        announce(yard, lines=[AnnouncedLine(item_id=0, quantity=D(1))])

    assert not ShippingNotice.objects.exists()


def test_one_truck_brings_a_notice_and_a_cancelled_one_comes_no_more(yard, sent):
    receipt = sent.open()
    with pytest.raises(NoticeNotOpen):
        sent.open()
    with pytest.raises(IllegalTransition):
        cancel_notice(notice_id=sent.notice.pk, reason="lost", **sent.told)

    cancel_receipt(receipt_id=receipt.pk, reason="drove off", by=sent.boss, at=clock.now())
    sent.notice.refresh_from_db()
    assert sent.notice.state == "announced"
    with pytest.raises(NotAllowed):
        cancel_notice(notice_id=sent.notice.pk, reason="lost", by=Actor(user=UserFactory()), at=clock.now())
    assert cancel_notice(notice_id=sent.notice.pk, reason="lost", **sent.told).state == "cancelled"
    with pytest.raises(NoticeNotOpen):
        sent.open()


def test_what_was_announced_without_an_order_comes_in_by_its_notice(yard):
    nut = ItemFactory(number="NUT")
    notice = announce(
        yard,
        units=[AnnouncedUnit(sscc=LONE)],
        lines=[AnnouncedLine(item_id=nut.pk, quantity=D(5), sscc=LONE)],
    )
    told = {"by": yard.worker, "at": clock.now()}

    receipt = open_announced_receipt(notice_id=notice.pk, dock_id=yard.dock.pk, **told)
    [row] = receive_unit(receipt_id=receipt.pk, sscc=LONE, **told)

    assert (row.order_line, row.notice_line) == (None, notice.lines.get())
    assert Receipt.objects.get(pk=receipt.pk).orders.count() == 0


def test_a_pallet_that_stands_in_the_warehouse_already_does_not_come_in(yard, sent):
    open_unit(
        warehouse_id=yard.warehouse.pk,
        kind=UnitKind.PALLET,
        sscc=PALLET,
        location_id=yard.bin.pk,
        **sent.told,
    )
    receipt = sent.open()

    with refusing(UnitElsewhere):
        receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)

    assert stands(yard) == []


def test_a_despatch_over_the_api(yard):
    hand = a_worker(yard.warehouse)
    body = {
        "warehouse": "MAIN",
        "supplier": "DAIRY",
        "reference": "DESP-9",
        "expected_on": "2026-11-30",
        "units": [{"sscc": PALLET}, {"sscc": CARTON_1, "kind": "carton", "inside": PALLET}],
        "lines": [
            {"item": "BOLT", "quantity": "6", "order": yard.order.number, "line": 1, "sscc": PALLET},
            {
                "item": "MILK",
                "quantity": "60",
                "order": yard.order.number,
                "line": 2,
                "sscc": CARTON_1,
                "lot": "L1",
                "expires_on": "2099-12-31",
            },
        ],
    }

    told = hand.post("/shipping-notices", body)
    number = told.json()["number"]
    receipt = hand.post("/receipts", {"notice": number, "dock": "DOCK-1"}).json()
    rows = hand.post(f"/receipts/{receipt['number']}/units", {"sscc": PALLET}).json()
    closed = hand.post(f"/receipts/{receipt['number']}/close").json()
    after = hand.get(f"/shipping-notices/{number}").json()

    assert told.status_code == 201
    assert [unit["inside"] for unit in told.json()["units"]] == ["", PALLET]
    assert (receipt["notice"], receipt["orders"], receipt["delivery_note"]) == (
        number,
        [yard.order.number],
        "DESP-9",
    )
    assert sorted((row["item"], row["unit"], row["quantity"]) for row in rows) == [
        ("BOLT", PALLET, "6"),
        ("MILK", CARTON_1, "60"),
    ]
    assert (closed["state"], after["state"]) == ("closed", "received")
    assert [line["came"] for line in after["lines"]] == ["6", "60"]
    refused(hand.post("/shipping-notices", body), 409, "notice_known")
    refused(hand.post("/shipping-notices", {**body, "lines": []}), 400, "malformed")
    found = hand.get("/shipping-notices", sscc=CARTON_1).json()["results"]
    assert [each["number"] for each in found] == [number]
    assert_invariants()


def test_a_notice_is_cancelled_and_printed_over_the_api(yard, sent):
    boss = a_person(yard.warehouse, roles=("supervisor",))
    path = f"/shipping-notices/{sent.notice.number}"

    sheet = boss.get(f"{path}/sheet")
    text = " ".join(" ".join(paper_reading.texts(sheet.content)).split())

    for expected in (sent.notice.number, "DESP-1", "Northern Haulage", f"Carton {CARTON_1} on Pallet {PALLET}"):
        assert expected in text
    [[code]] = paper_reading.barcodes(sheet.content)
    assert code.text == sent.notice.number
    assert boss.post(f"{path}/cancel", {"reason": "lost"}).json()["state"] == "cancelled"
    refused(boss.post("/receipts", {"notice": sent.notice.number, "dock": "DOCK-1"}), 409, "notice_not_open")


def test_a_notices_orders_must_be_receivable_when_its_truck_comes(yard, sent):
    PurchaseOrder.objects.filter(pk=yard.order.pk).update(state="closed")
    hand = a_worker(yard.warehouse)

    refused(hand.post("/receipts", {"notice": sent.notice.number, "dock": "DOCK-1"}), 409, "order_not_receivable")


def test_a_pallet_that_came_by_one_scan_is_put_away_by_one_and_undone_whole(yard, sent):
    receipt = sent.open()
    rows = receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)
    close_receipt(receipt_id=receipt.pk, **sent.told)
    (task,) = WarehouseTask.objects.filter(document=receipt.number)

    undo_receipt_line(receipt_line_id=rows[0].pk, reason="wrong pallet", by=sent.boss, at=clock.now())

    assert stands(yard) == []
    assert not WarehouseTask.objects.open().filter(pk=task.pk).exists()
    assert_invariants()


def test_all_that_is_on_a_pallet_stands_in_its_bin_after_one_confirm(yard, sent):
    receipt = sent.open()
    receive_unit(receipt_id=receipt.pk, sscc=PALLET, **sent.told)
    close_receipt(receipt_id=receipt.pk, **sent.told)
    (task,) = WarehouseTask.objects.filter(document=receipt.number)

    confirm_putaway(task_id=task.pk, location_id=yard.bin.pk, quantity=D(1), **sent.told)

    assert set(StockBalance.objects.on_hand().values_list("location__code", flat=True)) == {"A-01"}
    assert len(stands(yard)) == 4
    assert_invariants()
