"""Stock over HTTP: what is read, who may decide, and that a refusal moves nothing."""

from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.models import AuditEntry
from apps.ledger.models import Hold, Reservation, StockBalance, StockTransaction
from apps.ledger.operations import (
    Claim,
    Move,
    Place,
    free_lot,
    freeze_lot,
    hold_lots,
    open_units,
    post,
    reserve,
    undo_posting,
)
from apps.ledger.states import HoldReason, TransactionKind, UnitKind
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.fixture
def lot(floor):
    lot = LotFactory(number="L-1", item=ItemFactory(number="MILK", perishable=True), expires_on="2099-01-31")
    stock(lot.item, floor.a, 10, lot=lot)
    return lot


@pytest.fixture
def quality(floor):
    return a_person(floor.warehouse, roles=[Role.QUALITY], username="quinn")


def moved(floor, quantity, kind=TransactionKind.MOVE, **more):
    move = Move(
        item_id=floor.item.pk,
        quantity=D(quantity),
        source=Place(location_id=floor.a.pk),
        target=Place(location_id=floor.b.pk),
    )
    return post([move], warehouse_id=floor.warehouse.pk, kind=kind, by=floor.by, at=clock.now(), **more)


def on_hand(location):
    return {row.item.number: row.on_hand for row in StockBalance.objects.on_hand().filter(location=location)}


def test_a_balance_reads_by_numbers_and_codes(floor, lot, quality):
    reserve([Claim(balance_id=lot.balances.get().pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="SO")
    response = quality.get("/balances", item="MILK")

    (row,) = response.json()["results"]
    row.pop("id")
    assert row == {
        "warehouse": floor.warehouse.code,
        "item": "MILK",
        "item_name": "Name of MILK",
        "item_unit": "EA",
        "location": "A",
        "lot": "L-1",
        "lot_id": lot.pk,
        "expires_on": "2099-01-31",
        "serial": None,
        "owner": None,
        "unit": None,
        "status": "available",
        "on_hand": "10",
        "reserved": "2",
        "free": "8",
    }


def test_an_emptied_place_has_no_balance_to_show(floor, quality):
    stock(floor.item, floor.a, 4)
    moved(floor, 4)

    assert [row["location"] for row in quality.get("/balances").json()["results"]] == ["B"]


def test_moves_and_postings_name_each_other(floor, quality):
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 3, document="T-7", reason="tidy")

    (move,) = quality.get("/moves", transaction=posting).json()["results"]
    header = quality.get(f"/transactions/{posting}").json()

    assert (move["item"], move["quantity"], move["source"], move["target"]) == ("BOLT", "3", "A", "B")
    assert (move["kind"], move["document"], move["by"]) == ("move", "T-7", floor.by.user.username)
    assert (header["document"], header["reason"], header["reverses"], header["reversed_by"]) == (
        "T-7",
        "tidy",
        None,
        None,
    )


def test_reservations_and_units_are_read(floor, lot, quality):
    reserve([Claim(balance_id=lot.balances.get().pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="SO-1")
    open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.TOTE)

    (reservation,) = quality.get("/reservations", document="SO-1", state="pending").json()["results"]
    (unit,) = quality.get("/handling-units", kind="tote", closed="false").json()["results"]

    assert (reservation["item"], reservation["location"], reservation["quantity"]) == ("MILK", "A", "2")
    assert quality.get(f"/handling-units/{unit['number']}").json() == unit | {
        "contents": [],
        "labels": [],
        "nested": [],
    }


def test_a_held_lot_loses_its_reservations_and_shows_it(floor, lot, quality):
    reserve([Claim(balance_id=lot.balances.get().pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="SO-1")

    response = quality.post(f"/lots/{lot.pk}/hold", {"reason": "quality", "note": "smells"})

    assert response.status_code == 201
    body = response.json()
    assert (body["lot"], body["reason"], body["note"], body["opened_by"]) == ("L-1", "quality", "smells", "quinn")
    assert quality.get(f"/lots/{lot.pk}").json()["held"] is True
    assert [row["number"] for row in quality.get("/lots", held="true").json()["results"]] == ["L-1"]
    assert Reservation.objects.get().state == "released"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.kind, entry.number) == ("hold", "lot", "L-1")
    assert entry.detail == {"item": "MILK", "reason": "quality", "note": "smells"}


def test_a_hold_is_released_once(floor, lot, quality):
    hold = quality.post(f"/lots/{lot.pk}/hold", {"reason": "quality"}).json()["id"]

    released = quality.post(f"/holds/{hold}/release", {"note": "tested"})
    again = quality.post(f"/holds/{hold}/release", {"note": "tested"})

    assert (released.status_code, released.json()["closed_by"], released.json()["close_note"]) == (
        200,
        "quinn",
        "tested",
    )
    refused(again, 409, "hold_ended")
    assert quality.get(f"/lots/{lot.pk}").json()["held"] is False
    assert [row["id"] for row in quality.get("/holds", open="false").json()["results"]] == [hold]


def test_a_repeated_hold_holds_once(floor, lot, quality):
    first = quality.post(f"/lots/{lot.pk}/hold", {"reason": "quality"}, key="k-1")
    again = quality.post(f"/lots/{lot.pk}/hold", {"reason": "quality"}, key="k-1")

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert Hold.objects.count() == 1


def test_a_recalls_hold_ends_with_the_recall(floor, lot, quality):
    (hold,) = hold_lots([lot.pk], reason=HoldReason.RECALL, by=floor.by, source="RC-000001")

    facts = refused(quality.post(f"/holds/{hold}/release", {"note": "fine"}), 409, "belongs_to_document")

    assert facts == {"what": "hold", "document": "RC-000001"}
    assert Hold.objects.open().count() == 1


@pytest.mark.parametrize(
    ("role", "hold", "release", "reverse"),
    [
        (Role.QUALITY, 201, 200, 403),
        (Role.SUPERVISOR, 201, 403, 201),
        (Role.INVENTORY_MANAGER, 201, 403, 201),
        (Role.SAFETY, 201, 403, 403),
        (Role.ADMIN, 201, 200, 201),
        (Role.PICKER, 403, 403, 403),
        (Role.BUYER, 403, 403, 403),
        (Role.SALES, 403, 403, 403),
        (Role.AUDITOR, 403, 403, 403),
    ],
)
def test_each_role_decides_what_is_its_business(floor, lot, role, hold, release, reverse):
    person = a_person(floor.warehouse, roles=[role])
    (standing,) = hold_lots([lot.pk], reason=HoldReason.OTHER, by=floor.by)
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 1)

    assert person.post(f"/lots/{lot.pk}/hold", {"reason": "damage"}).status_code == hold
    assert person.post(f"/holds/{standing}/release", {"note": "ok"}).status_code == release
    assert person.post(f"/transactions/{posting}/reverse", {"reason": "wrong"}).status_code == reverse


def test_a_refused_decision_changes_nothing(floor, lot):
    person = a_person(floor.warehouse, roles=[Role.PICKER], username="pia")
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 1)

    facts = refused(person.post(f"/lots/{lot.pk}/hold", {"reason": "damage"}), 403, "not_allowed")
    refused(person.post(f"/transactions/{posting}/reverse", {"reason": "wrong"}), 403, "not_allowed")

    assert facts == {"who": "pia", "act": "hold a lot"}
    assert not Hold.objects.exists()
    assert not AuditEntry.objects.exists()
    assert on_hand(floor.b) == {"BOLT": D(1)}


def test_a_posting_is_reversed_once_and_says_so(floor):
    boss = a_person(floor.warehouse, roles=[Role.SUPERVISOR])
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 3)

    response = boss.post(f"/transactions/{posting}/reverse", {"reason": "wrong bin"})
    again = boss.post(f"/transactions/{posting}/reverse", {"reason": "wrong bin"})

    assert (response.status_code, response.json()["reverses"], response.json()["kind"]) == (201, posting, "reversal")
    assert refused(again, 409, "not_reversible") == {"transaction": posting}
    assert on_hand(floor.a) == {"BOLT": D(4)}
    assert on_hand(floor.b) == {}
    assert boss.get(f"/transactions/{posting}").json()["reversed_by"] == response.json()["id"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.number, entry.warehouse_code) == ("reverse", str(posting), floor.warehouse.code)


def test_goods_that_moved_on_are_not_reversed(floor):
    boss = a_person(floor.warehouse, roles=[Role.SUPERVISOR])
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 3)
    post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(2),
                source=Place(location_id=floor.b.pk),
                target=Place(location_id=floor.tote.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=floor.by,
        at=clock.now(),
    )

    facts = refused(boss.post(f"/transactions/{posting}/reverse", {"reason": "x"}), 409, "insufficient_stock")

    assert (facts["location"], facts["available"], facts["requested"]) == ("B", "1", "3")
    assert on_hand(floor.b) == {"BOLT": D(1)}


@pytest.mark.parametrize("kind", ["receive", "putaway", "pick", "pack", "load", "ship"])
def test_what_a_document_counts_is_undone_by_the_document(floor, kind):
    boss = a_person(floor.warehouse, roles=[Role.ADMIN])
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 3, kind=TransactionKind(kind), document="D-1")

    facts = refused(boss.post(f"/transactions/{posting}/reverse", {"reason": "x"}), 409, "belongs_to_document")

    assert facts["document"] == "D-1"
    assert on_hand(floor.b) == {"BOLT": D(3)}


def test_another_warehouses_stock_is_neither_seen_nor_changed(floor, lot):
    stranger = a_person(WarehouseFactory(), roles=[Role.ADMIN])
    stock(floor.item, floor.a, 4)
    posting = moved(floor, 1)
    balance = StockBalance.objects.filter(location=floor.a)[0]

    for path in ("/balances", "/moves", "/transactions", "/reservations", "/handling-units"):
        assert stranger.get(path).json()["results"] == []
    refused(stranger.get(f"/transactions/{posting}"), 404, "not_found")
    refused(stranger.get(f"/balances/{balance.pk}"), 404, "not_found")
    refused(stranger.post(f"/transactions/{posting}/reverse", {"reason": "x"}), 404, "not_found")
    assert StockTransaction.objects.filter(kind="reversal").count() == 0


def test_what_does_not_exist_is_not_found_by_any_route(floor, quality):
    admin = an_actor(a_person(floor.warehouse, roles=[Role.ADMIN]).user)

    refused(quality.post("/lots/999999/hold", {"reason": "quality"}), 404, "not_found")
    refused(quality.post("/holds/999999/release", {"note": "x"}), 404, "not_found")
    for decide in (
        lambda: freeze_lot(lot_id=0, reason=HoldReason.OTHER, note="", by=admin, at=clock.now()),
        lambda: free_lot(hold_id=0, note="", by=admin, at=clock.now()),
        lambda: undo_posting(transaction_id=0, reason="", by=admin, at=clock.now()),
    ):
        with pytest.raises(Exception, match="There is no"):
            decide()


@pytest.mark.parametrize(
    ("path", "params", "found"),
    [
        ("/balances", {"location": "A"}, 2),
        ("/balances", {"lot": "L-1"}, 1),
        ("/balances", {"status": "damaged"}, 0),
        ("/lots", {"expires_before": "2099-02-01"}, 1),
        ("/lots", {"expires_before": "2099-01-31"}, 0),
        ("/moves", {"document": "TEST"}, 2),
        ("/moves", {"kind": "ship"}, 0),
        ("/moves", {"since": "2099-01-01T00:00:00Z"}, 0),
        ("/moves", {"until": "2099-01-01T00:00:00Z"}, 2),
        ("/transactions", {"kind": "receive"}, 2),
    ],
)
def test_lists_are_filtered(floor, lot, quality, path, params, found):
    stock(floor.item, floor.a, 1)
    LocationFactory()

    assert len(quality.get(path, **params).json()["results"]) == found
