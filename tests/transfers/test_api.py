"""Transfers over HTTP: each site sees them, the sender decides, the receiver takes in and explains."""

import csv
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import StockTransaction
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.orders.operations import ship_order_shipment
from apps.shipping.models import Carton
from apps.shipping.operations import build_pallet, load_pallet
from apps.supply.models import ExpectedReceipt
from apps.transfers.models import Transfer
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.transfers import a_transfer, dispatched, on_the_road, picked_and_packed


@pytest.fixture
def site(sites):
    """Somebody at each end, in a browser or with a handheld, and a stranger."""
    return SimpleNamespace(
        **vars(sites),
        buyer=a_person(sites.lyon, roles=(Role.BUYER,)),
        boss=a_person(sites.paris.warehouse, roles=(Role.SUPERVISOR,)),
        worker=a_worker(sites.lyon),
        keeper=a_person(sites.lyon, roles=(Role.INVENTORY_MANAGER,)),
        stranger=a_person(WarehouseFactory(), roles=(Role.SUPERVISOR,)),
    )


def asked(site, *lines, **more):
    body = {
        "origin": site.paris.warehouse.code,
        "destination": "LYON",
        "needed_on": (site.lyon.local_date(clock.now()) + timedelta(days=5)).isoformat(),
        "reason": "Lyon runs low",
        "lines": [{"item": item, "quantity": quantity} for item, quantity in lines],
        **more,
    }
    return site.buyer.post("/transfers", body)


def lines(answer):
    return [
        tuple(line[name] for name in ("item", "asked", "dispatched", "received", "damaged", "closed", "in_transit"))
        for line in answer.json()["lines"]
    ]


def test_a_transfer_is_asked_for_and_approved_by_the_other_site(site):
    answer = asked(site, ("BOLT", "4"))
    assert answer.status_code == 201, answer.content
    draft = answer.json()
    assert (draft["state"], draft["stage"], draft["origin"], draft["destination"], draft["order"]) == (
        "draft",
        "draft",
        site.paris.warehouse.code,
        "LYON",
        None,
    )
    address = f"/transfers/{draft['number']}"

    requested = site.buyer.post(f"{address}/request")
    approved = site.boss.post(f"{address}/approve", key="k")
    again = site.boss.post(f"{address}/approve", key="k")

    assert requested.json()["state"] == "requested"
    assert (approved.json()["state"], approved.json()["decided_by"]) == ("approved", site.boss.user.username)
    assert approved.json() == again.json()
    assert SalesOrder.objects.get().number == approved.json()["order"]
    assert lines(approved) == [("BOLT", "4", "0", "0", "0", "0", "0")]


def test_the_sender_decides_and_the_receiver_receives(site):
    transfer = a_transfer(site, (site.item, 4), approve=False)
    address = f"/transfers/{transfer.number}"

    refused(site.buyer.post(f"{address}/approve"), 404, "not_found")
    refused(site.stranger.post(f"{address}/cancel", {"reason": "x"}), 404, "not_found")
    assert site.stranger.get(address).status_code == 404
    rejected = site.boss.post(f"{address}/reject", {"reason": "we need it"})
    refused(site.boss.post(f"{address}/receive-cartons", {"location": "LYON-IN", "cartons": ["1"]}), 404, "not_found")

    assert (rejected.json()["state"], rejected.json()["decision"]) == ("rejected", "we need it")


def test_sites_that_one_has_nothing_to_do_with_are_not_found(site):
    body = {"origin": WarehouseFactory().code, "destination": WarehouseFactory().code}

    facts = refused(asked(site, ("BOLT", "4"), **body), 404, "not_found")
    assert facts["number"] == body["origin"]
    refused(asked(site, ("BOLT", "4"), origin="NOWHERE"), 404, "not_found")
    refused(asked(site, ("NOTHING", "4")), 404, "not_found")
    assert refused(asked(site, ("BOLT", "4"), needed_on="0001-01-01"), 409, "day_over") == {"needed_on": "0001-01-01"}
    assert asked(site, ("BOLT", "0.5")).status_code in {400, 409}
    assert not Transfer.objects.exists()


def test_cartons_are_received_by_their_labels(site):
    transfer, unit = on_the_road(site, (site.item, 4))
    address = f"/transfers/{transfer.number}"
    body = {"location": "LYON-IN", "cartons": [unit.sscc]}

    first = site.worker.post(f"{address}/receive-cartons", body, key="k")
    again = site.worker.post(f"{address}/receive-cartons", body, key="k")

    assert first.status_code == 200, first.content
    assert first.json() == again.json()
    assert (first.json()["state"], lines(first)) == ("closed", [("BOLT", "4", "4", "4", "0", "0", "0")])
    (arrival,) = first.json()["arrivals"]
    assert (arrival["carton"], arrival["quantity"], arrival["status"], arrival["received_by"]) == (
        unit.sscc,
        "4",
        "available",
        site.worker.user.username,
    )


def test_goods_are_received_short_and_damaged_and_the_rest_is_explained(site):
    milk, saw = ItemFactory(number="MILK", lots=True), ItemFactory(number="SAW", serials=True)
    lot = LotFactory(item=milk, number="L-1")
    serials = [SerialFactory(item=saw, number=f"S-{n}") for n in (1, 2)]
    stock(milk, site.paris.a, 6, lot=lot)
    for serial in serials:
        stock(saw, site.paris.a, 1, serial=serial)
    transfer = a_transfer(site, (milk, 6), (saw, 2))
    unit = dispatched(site, transfer)
    address = f"/transfers/{transfer.number}"

    part = site.worker.post(
        f"{address}/receive",
        {
            "location": "LYON-IN",
            "lines": [
                {"item": "MILK", "lot": "L-1", "quantity": "3", "carton": unit.sscc},
                {"item": "MILK", "quantity": "1", "damaged": True, "reason": "leaks"},
                {"item": "SAW", "quantity": "1", "serial": "S-2"},
            ],
        },
    )
    over = site.worker.post(
        f"{address}/receive", {"location": "LYON-IN", "lines": [{"item": "SAW", "quantity": "1", "serial": "S-2"}]}
    )
    rest = site.keeper.post(f"{address}/close-transit", {"outcome": "lost", "note": "the driver says so"})

    assert part.status_code == 200, part.content
    assert (part.json()["stage"], lines(part)) == (
        "part_received",
        [("MILK", "6", "6", "4", "1", "0", "2"), ("SAW", "2", "2", "1", "0", "0", "1")],
    )
    assert refused(over, 409, "more_than_in_transit")["asked"] == "1"
    assert (rest.json()["state"], lines(rest)) == (
        "closed",
        [("MILK", "6", "6", "4", "1", "2", "0"), ("SAW", "2", "2", "1", "0", "1", "0")],
    )
    assert {(each["item"], each["serial"], each["outcome"]) for each in rest.json()["closings"]} == {
        ("MILK", None, "lost"),
        ("SAW", "S-1", "lost"),
    }
    assert StockTransaction.objects.latest("pk").reason == "the driver says so"


def test_what_is_found_is_named_with_its_place(site):
    transfer, _ = on_the_road(site, (site.item, 4))

    answer = site.keeper.post(
        f"/transfers/{transfer.number}/close-transit",
        {
            "outcome": "found",
            "note": "stood behind the door",
            "location": "LYON-IN",
            "lines": [{"item": "BOLT", "quantity": "4"}],
        },
    )

    assert (answer.status_code, answer.json()["state"]) == (200, "closed"), answer.content


def test_a_place_of_the_sender_is_not_found_by_the_receiver(site):
    transfer, unit = on_the_road(site, (site.item, 4))
    LocationFactory(warehouse=site.paris.warehouse, code="PARIS-IN", kind=LocationKind.DOCK)

    answer = site.worker.post(
        f"/transfers/{transfer.number}/receive-cartons", {"location": "PARIS-IN", "cartons": [unit.sscc]}
    )

    refused(answer, 404, "not_found")


def test_what_has_left_is_not_cancelled(site):
    transfer, _ = on_the_road(site, (site.item, 4))

    answer = site.boss.post(f"/transfers/{transfer.number}/cancel", {"reason": "changed our minds"})

    assert refused(answer, 409, "already_dispatched") == {"transfer": transfer.number}
    ended = site.boss.post(f"/transfers/{transfer.number}/end", {"reason": "nothing more"})
    assert ended.json()["stage"] == "in_transit"


def test_transfers_are_found_by_where_they_stand_and_between_which_sites(site):
    draft = a_transfer(site, (site.item, 1), request=False)
    away, _ = on_the_road(site, (site.item, 4))

    def found(**asked):
        return [row["number"] for row in site.buyer.get("/transfers", **asked).json()["results"]]

    assert found() == [away.number, draft.number]
    assert found(stage="in_transit") == [away.number]
    assert found(state="draft") == [draft.number]
    assert found(origin="LYON") == []
    assert found(destination="LYON", item="BOLT") == [away.number, draft.number]
    assert found(warehouse="LYON", stage="closed") == []
    assert "lines" not in site.buyer.get("/transfers").json()["results"][0]


def test_what_is_on_the_road_is_listed_with_the_late_ones_first(site):
    priced = ItemFactory(number="NUT", standard_cost="2.50")
    late, unit = on_the_road(site, (priced, 4))
    ExpectedReceipt.objects.update(due_on=site.lyon.local_date(clock.now()) - timedelta(days=2))
    on_the_road(site, (site.item, 1))

    for asked, expected in (("true", [late.number]), ("false", [Transfer.objects.latest("pk").number])):
        found = site.boss.get("/transfers", late=asked).json()["results"]
        assert [row["number"] for row in found] == expected
    rows = site.boss.get("/in-transit").json()
    sheet = list(csv.DictReader(StringIO(site.keeper.get("/in-transit/csv").content.decode())))

    assert [(row["item"], row["days_late"]) for row in rows] == [("NUT", 2), ("BOLT", 0)]
    assert (rows[0]["transfer"], rows[0]["carton"], rows[0]["value"], rows[0]["quantity"]) == (
        late.number,
        unit.sscc,
        "10",
        "4",
    )
    assert [(row["item"], row["quantity"], row["days_late"]) for row in sheet] == [
        ("NUT", "4", "2"),
        ("BOLT", "1", "0"),
    ]
    assert site.boss.get("/in-transit", destination="LYON", origin=site.paris.warehouse.code).json() == rows
    assert site.boss.get("/in-transit", origin="LYON").json() == []
    assert site.boss.get("/in-transit", origin="NOWHERE").json() == []
    assert site.stranger.get("/in-transit").json() == []


def test_the_list_of_the_road_takes_the_same_statements_however_long_it_is(site):
    on_the_road(site, (site.item, 1))
    few, _ = site.boss.statements(lambda: site.boss.get("/in-transit"))
    for _ in range(3):
        on_the_road(site, (ItemFactory(), 2))
    many, answer = site.boss.statements(lambda: site.boss.get("/in-transit"))

    assert (len(answer.json()), many) == (4, few)


def test_a_transfer_note_tells_what_is_in_which_carton_and_is_scanned(site):
    milk = ItemFactory(number="MILK", lots=True, expires=True)
    day = site.lyon.local_date(clock.now()) + timedelta(days=90)
    stock(milk, site.paris.a, 6, lot=LotFactory(item=milk, number="L-1", expires_on=day))
    transfer = a_transfer(site, (milk, 6))
    unit = dispatched(site, transfer)

    answer = site.worker.get(f"/transfers/{transfer.number}/note")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    (text,) = paper_reading.texts(answer.content)
    for expected in ("Transfer note", "LYON Lyon", "Lyon runs low", "MILK", "6 EA", "L-1", unit.sscc, transfer.number):
        assert expected in text
    assert paper_reading.Read("]C0", transfer.number) in paper_reading.barcodes(answer.content)[0]
    assert site.stranger.get(f"/transfers/{transfer.number}/note").status_code == 404
    assert Carton.objects.count() == 1


def test_a_pallets_label_receives_all_cartons_on_it(site):
    stock(site.item, site.paris.a, 4)
    transfer = a_transfer(site, (site.item, 4))
    shipment = picked_and_packed(site, transfer)
    by = {"by": site.sender, "at": clock.now()}
    with transaction.atomic():
        pallet = build_pallet(
            warehouse_id=site.paris.warehouse.pk, carton_ids=[each.pk for each in shipment.cartons.all()], **by
        )
        load_pallet(pallet_id=pallet.pk, dock_id=site.paris.dock.pk, **by)
    with transaction.atomic():
        ship_order_shipment(shipment_id=shipment.pk, **by)
    body = {"location": "LYON-IN", "cartons": [pallet.unit.number]}

    done = site.worker.post(f"/transfers/{transfer.number}/receive-cartons", body, key="p")
    again = site.worker.post(f"/transfers/{transfer.number}/receive-cartons", body, key="p")

    assert (done.status_code, done.json()["state"]) == (200, "closed"), done.content
    assert done.json() == again.json()
