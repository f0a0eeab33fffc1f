"""Putaways over HTTP: where goods were to go, why, and where they went."""

from decimal import Decimal as D

from apps.core import clock
from apps.storage.operations import confirm_putaway
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.locations import WarehouseFactory
from tests.factories.storage import goods_at, putaways_of


def test_a_putaway_reads_with_its_reasons_and_where_the_goods_went(racks):
    racks.bin("A-1")
    other = racks.bin("A-2")
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    confirm_putaway(
        task_id=putaway.task_id,
        location_id=other.pk,
        quantity=D(8),
        override_reason="ladder",
        by=racks.by,
        at=clock.now(),
    )
    caller = a_person(racks.warehouse)

    body = caller.get(f"/putaways/{putaway.task.number}").json()

    putaway.refresh_from_db()
    assert body == {
        "task": putaway.task.number,
        "state": "done",
        "warehouse": "MAIN",
        "document": "GR-1",
        "item": "BOLT",
        "lot": None,
        "serial": None,
        "unit": None,
        "status": "available",
        "quantity": "8",
        "source": "DOCK",
        "proposed": "A-1",
        "went_to": "A-2",
        "reasons": [
            {"rule": "empty", "points": 20, "sentence": "The bin is empty."},
            {"rule": "whole", "points": 45, "sentence": "It takes all 8."},
            {"rule": "near", "points": 10, "sentence": "It is stop 1 of 2 on the walk."},
        ],
        "parks": False,
        "passed_over": [],
        "override_code": "",
        "override_reason": "ladder",
        "transaction": putaway.transaction_id,
        "undone": False,
    }


def test_another_warehouses_putaways_are_not_found(racks):
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 8), dock=racks.dock)
    stranger = a_person(WarehouseFactory())

    assert stranger.get("/putaways").json()["results"] == []
    refused(stranger.get(f"/putaways/{putaway.task.number}"), 404, "not_found")


def test_lists_filter_and_take_the_same_number_of_statements_for_2_and_20(racks):
    racks.bin("A-1")
    caller = a_person(racks.warehouse)

    def put_away(count, document):
        for _ in range(count):
            [putaway] = putaways_of(goods_at(racks.dock, ItemFactory(), 1), dock=racks.dock, document=document)
            confirm_putaway(
                task_id=putaway.task_id,
                location_id=putaway.proposed_id,
                quantity=D(1),
                by=racks.by,
                at=clock.now(),
            )

    put_away(2, "GR-1")
    few, _ = caller.statements(lambda: caller.get("/putaways"))
    put_away(18, "GR-2")
    many, answer = caller.statements(lambda: caller.get("/putaways"))

    assert (len(answer.json()["results"]), many) == (20, few)
    for params, count in (
        ({"document": "GR-1"}, 2),
        ({"state": "ready"}, 0),
        ({"overridden": "true"}, 0),
        ({"overridden": "false"}, 20),
        ({"proposed": "A-1"}, 20),
        ({"status": "damaged"}, 0),
    ):
        assert len(caller.get("/putaways", **params).json()["results"]) == count, params
