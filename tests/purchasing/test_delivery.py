"""A whole delivery in one posting: what goes back with the truck, what goes straight to its place, or nothing."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from apps.catalog.choices import ReasonKind
from apps.catalog.models import ReasonCode
from apps.core import clock
from apps.core.errors import NotFound
from apps.ledger.models import Lot, StockBalance, StockMove, StockTransaction
from apps.locations.choices import LocationKind
from apps.purchasing.errors import (
    ExpiredOnReceipt,
    NothingArrived,
    OverReceipt,
    RejectionUnclear,
    SerialsMismatch,
    ShortDated,
)
from apps.purchasing.models import Receipt
from apps.purchasing.operations import Arrival, close_receipt, receive_lines
from apps.purchasing.queries import labels_of
from apps.storage.errors import BinFull, NotMixed, WrongPlace
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway
from apps.supply.models import ExpectedReceipt
from apps.traceability.queries import trace_lot
from tests.admin.pages import address as admin_page
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import refusing
from tests.invariants import assert_invariants

MILK = {"line": 2, "lot_number": "L1", "expires_on": date(2099, 12, 31)}


def deliver(yard, *arrivals):
    return receive_lines(
        receipt_id=yard.receipt.pk,
        arrivals=[Arrival(**{**each, "quantity": D(each["quantity"])}) for each in arrivals],
        by=yard.worker,
        at=clock.now(),
    )


def stands(yard):
    rows = StockBalance.objects.on_hand().filter(warehouse=yard.warehouse)
    return sorted(rows.values_list("item__number", "location__code", "status", "on_hand"))


def test_all_of_a_delivery_comes_in_by_one_posting(yard):
    rows = deliver(
        yard,
        {"line": 1, "quantity": 4},
        {"line": 1, "quantity": 3, "status": "damaged"},
        {**MILK, "quantity": 60},
        {**MILK, "lot_number": "L2", "quantity": 40},
        {"line": 3, "quantity": 2, "serials": ["S-1", "S-2"]},
    )

    assert StockTransaction.objects.count() == 1
    assert [(row.order_line.line, str(row.lot or ""), str(row.serial or ""), row.quantity) for row in rows] == [
        (1, "", "", D(4)),
        (1, "", "", D(3)),
        (2, "L1", "", D(60)),
        (2, "L2", "", D(40)),
        (3, "", "S-1", D(1)),
        (3, "", "S-2", D(1)),
    ]
    assert list(yard.order.lines.order_by("line").values_list("received", flat=True)) == [D(7), D(100), D(2), D(0)]
    assert dict(ExpectedReceipt.objects.values_list("line", "received")) == {1: D(7), 2: D(100), 3: D(2), 4: D(0)}
    assert_invariants()


def test_what_is_rejected_goes_back_with_the_truck_and_its_lot_remembers(yard):
    (row,) = deliver(yard, {**MILK, "quantity": 50, "rejected": D(20), "rejected_because": "Torn bags"})

    assert (row.quantity, row.rejected, row.kept, row.rejected_because) == (D(50), D(20), D(30), "Torn bags")
    assert stands(yard) == [("MILK", "DOCK-1", "available", D(30))]
    assert [(move.source.code, move.target.code, move.quantity) for move in StockMove.objects.order_by("pk")] == [
        ("SUPPLIER", "DOCK-1", D(30)),
        ("SUPPLIER", "DOCK-1", D(20)),
        ("DOCK-1", "SUPPLIER", D(20)),
    ]
    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())
    assert [putaway.task.quantity for putaway in Putaway.objects.select_related("task")] == [D(30)]
    assert [label.quantity for label in labels_of(yard.receipt)] == [D(30)]
    assert trace_lot(Lot.objects.get().pk).balance.balances
    assert_invariants()


def test_all_of_a_lot_may_go_back_and_nothing_is_left_to_put_away_or_label(yard):
    deliver(yard, {"line": 1, "quantity": 4, "rejected": D(4), "rejected_because": "Rust"})

    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())

    assert (stands(yard), Putaway.objects.count(), labels_of(yard.receipt)) == ([], 0, [])
    assert yard.order.lines.get(line=1).received == D(4)
    assert_invariants()


def test_goods_go_straight_to_their_place_and_none_of_them_waits(yard):
    deliver(yard, {"line": 1, "quantity": 4, "location_id": yard.bin.pk}, {"line": 1, "quantity": 2})

    assert stands(yard) == [("BOLT", "A-01", "available", D(4)), ("BOLT", "DOCK-1", "available", D(2))]
    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())
    assert [putaway.task.quantity for putaway in Putaway.objects.select_related("task")] == [D(2)]
    assert_invariants()


@pytest.mark.parametrize(
    ("place", "refusal"),
    [
        ({"kind": LocationKind.DOCK}, WrongPlace),
        ({"is_active": False}, WrongPlace),
        ({"max_units": 5}, BinFull),
        ({"mixes_items": False}, NotMixed),
    ],
)
def test_a_place_that_may_not_hold_them_refuses_all_of_the_delivery(yard, place, refusal):
    bin_ = LocationFactory(warehouse=yard.warehouse, code="B-01", **place)

    with refusing(refusal):
        deliver(
            yard,
            {"line": 1, "quantity": 4, "location_id": bin_.pk},
            {"line": 4, "quantity": 2, "location_id": bin_.pk},
        )

    assert (stands(yard), StockTransaction.objects.count()) == ([], 0)


def test_a_place_of_another_site_is_none(yard):
    elsewhere = LocationFactory(warehouse=WarehouseFactory())

    with refusing(NotFound):
        deliver(yard, {"line": 1, "quantity": 4, "location_id": elsewhere.pk})


@pytest.mark.parametrize(
    ("arrivals", "refusal"),
    [
        ([], NothingArrived),
        ([{"line": 1, "quantity": 6}, {"line": 1, "quantity": 6}], OverReceipt),
        ([{"line": 1, "quantity": 1}, {"line": 9, "quantity": 1}], NotFound),
        ([{"line": 1, "quantity": 4, "rejected": D(5), "rejected_because": "Rust"}], RejectionUnclear),
        ([{"line": 1, "quantity": 4, "rejected": D(1)}], RejectionUnclear),
        ([{"line": 1, "quantity": 4, "rejected_because": "Rust"}], RejectionUnclear),
        (
            [{"line": 3, "quantity": 2, "serials": ["A", "B"], "rejected": D(1), "rejected_because": "Rust"}],
            RejectionUnclear,
        ),
        (
            [{"line": 3, "quantity": 1, "serials": ["A"]}, {"line": 3, "quantity": 1, "serials": ["A"]}],
            SerialsMismatch,
        ),
    ],
)
def test_what_is_wrong_in_one_line_keeps_all_out(yard, arrivals, refusal):
    with refusing(refusal):
        deliver(yard, *arrivals)

    assert StockTransaction.objects.count() == 0
    assert set(yard.order.lines.values_list("received", flat=True)) == {D(0)}


def test_a_delivery_note_is_received_over_http(yard):
    hand = a_worker(yard.warehouse)
    address = f"/receipts/{yard.receipt.number}/delivery"
    milk = {"line": 2, "quantity": "50", "lot": "L1", "expires_on": "2099-12-31"}
    body = {
        "lines": [
            {"line": 1, "quantity": "4", "location": "A-01"},
            milk | {"rejected": "20", "rejected_because": "Torn bags"},
        ]
    }

    first = hand.post(address, body, key="note-1")
    again = hand.post(address, body, key="note-1")

    assert (first.status_code, again.json()) == (201, first.json())
    assert [(row["line"], row["quantity"], row["rejected"], row["location"]) for row in first.json()] == [
        (1, "4", "0", "A-01"),
        (2, "50", "20", None),
    ]
    assert stands(yard) == [("BOLT", "A-01", "available", D(4)), ("MILK", "DOCK-1", "available", D(30))]
    assert refused(hand.post(address, {"lines": [{"line": 1, "quantity": "1", "location": "NO"}]}), 404, "not_found")
    assert refused(hand.post(address, {"lines": []}), 400, "malformed")
    stranger = a_person(WarehouseFactory())
    assert refused(stranger.post(address, body), 404, "not_found")
    assert_invariants()


def test_the_clock_from_the_truck_to_the_shelf_stops_with_the_last_putaway(yard, time_machine, client):
    hand, address = a_worker(yard.warehouse), f"/receipts/{yard.receipt.number}"
    client.force_login(UserFactory(is_superuser=True))

    def told():
        page = client.get(admin_page(Receipt, "change", yard.receipt.pk)).content.decode()
        return hand.get(address).json()["stocked_at"], page

    arrived = yard.receipt.arrived_at
    deliver(yard, {"line": 1, "quantity": 4})
    assert (told()[0], "The truck is being unloaded" in told()[1]) == (None, True)
    time_machine.move_to(arrived + timedelta(minutes=20), tick=False)
    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())
    assert (told()[0], "Goods wait at the dock" in told()[1]) == (None, True)
    time_machine.move_to(arrived + timedelta(minutes=95), tick=False)
    task, bin_ = Putaway.objects.values_list("task", "task__target").get()
    confirm_putaway(task_id=task, location_id=bin_, quantity=D(4), by=yard.worker, at=clock.now())

    stocked_at, page = told()
    assert datetime.fromisoformat(stocked_at) == arrived + timedelta(minutes=95)
    assert "1 h 35 min" in page


def test_a_truck_with_nothing_to_put_away_is_stocked_when_it_is_empty(yard):
    deliver(yard, {"line": 1, "quantity": 4, "location_id": yard.bin.pk})

    close_receipt(receipt_id=yard.receipt.pk, by=yard.worker, at=clock.now())

    receipt: Any = Receipt.objects.with_stocked_at().get()
    assert receipt.stocked_at == receipt.closed_at


@pytest.mark.parametrize(("days", "refusal"), [(0, ExpiredOnReceipt), (29, ShortDated), (30, None)])
def test_goods_come_in_with_the_shelf_life_that_they_must_have_or_go_back_whole(yard, days, refusal):
    yard.milk.min_remaining_days = 30
    yard.milk.save(update_fields=["min_remaining_days"])
    expires_on = yard.warehouse.local_date(clock.now()) + timedelta(days=days)
    milk = {"line": 2, "quantity": 5, "lot_number": "L1", "expires_on": expires_on}

    if refusal is not None:
        with refusing(refusal):
            deliver(yard, milk)
        with refusing(refusal):
            deliver(yard, milk | {"rejected": D(4), "rejected_because": "Too old"})
        deliver(yard, milk | {"rejected": D(5), "rejected_because": "Too old"})
        assert stands(yard) == []
    else:
        deliver(yard, milk)
        assert stands(yard) == [("MILK", "DOCK-1", "available", D(5))]
    assert yard.order.lines.get(line=2).received == D(5)
    assert_invariants()


def test_a_reason_of_the_catalog_is_kept_by_its_code_and_other_words_as_they_are(yard):
    ReasonCode.objects.create(kind=ReasonKind.REJECT, code="WET", text="Came wet")
    ReasonCode.objects.create(kind=ReasonKind.REJECT, code="OLD", text="Too old", is_active=False)
    back = {"line": 1, "quantity": 1, "rejected": D(1)}

    rows = deliver(
        yard, *({**back, "rejected_because": why} for why in ("WET", "Came wet", "OLD", "the driver dropped it"))
    )

    assert [(row.rejected_code, row.rejected_because) for row in rows] == [
        ("WET", "Came wet"),
        ("WET", "Came wet"),
        ("", "OLD"),
        ("", "the driver dropped it"),
    ]
