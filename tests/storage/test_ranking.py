"""Where goods would go is asked without anything happening."""

import pytest

from apps.storage.models import Putaway
from apps.tasks.models import WarehouseTask
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.storage import PutawayRuleFactory, a_pallet


@pytest.fixture
def boss(racks):
    return a_person(racks.warehouse)


def ask(caller, **question):
    return caller.get("/putaway-ranking", **({"warehouse": "MAIN"} | question))


def test_the_best_bins_come_first_with_their_reasons_and_the_others_are_counted(racks, boss):
    shared = racks.bin("A-1", max_units=10)
    racks.bin("A-2", max_units=0)
    racks.bin("A-3")
    stock(racks.item, shared, 2)

    body = ask(boss, item="BOLT", quantity="5").json()

    assert body == {
        "bins": [
            {
                "location": "A-1",
                "kind": "storage",
                "takes": "5",
                "points": 85,
                "reasons": [
                    {"rule": "same_item", "points": 30, "sentence": "The same item is here."},
                    {"rule": "whole", "points": 45, "sentence": "It takes all 5."},
                    {"rule": "near", "points": 10, "sentence": "It is stop 1 of 3 on the walk."},
                ],
            },
            {
                "location": "A-3",
                "kind": "storage",
                "takes": "5",
                "points": 65,
                "reasons": [
                    {"rule": "empty", "points": 20, "sentence": "The bin is empty."},
                    {"rule": "whole", "points": 45, "sentence": "It takes all 5."},
                ],
            },
        ],
        "out": [{"why": "full", "sentence": "full", "bins": 1}],
        "looked_at": 3,
    }
    assert (WarehouseTask.objects.count(), Putaway.objects.count()) == (0, 0)


def test_the_proposal_is_the_first_of_the_ranking(racks, boss):
    for number in range(4):
        racks.bin(f"A-{number}", max_units=10 * number)

    best = ask(boss, item="BOLT", quantity="15", most="1").json()["bins"]

    assert [each["location"] for each in best] == ["A-2"]


def test_all_that_is_on_a_pallet_is_asked_about_by_its_label(racks, boss):
    racks.bin("A-1", max_units=6)
    racks.bin("A-2", max_units=7)
    pallet = a_pallet(racks.dock, (racks.item, 5), (ItemFactory(), 2))

    body = ask(boss, unit=pallet.number).json()

    assert [(each["location"], each["takes"]) for each in body["bins"]] == [("A-2", "7")]
    assert body["out"] == [{"why": "full", "sentence": "full", "bins": 1}]


def test_what_is_not_seen_is_not_found(racks, boss):
    pallet = a_pallet(racks.dock)
    lot = LotFactory()

    refused(ask(boss, item="NONE", quantity="1"), 404, "not_found")
    refused(ask(boss, item="BOLT", quantity="1", lot=lot.number), 404, "not_found")
    refused(ask(boss, unit=pallet.number), 404, "not_found")
    refused(ask(a_person(WarehouseFactory()), item="BOLT", quantity="1"), 404, "not_found")


@pytest.mark.parametrize("question", [{}, {"item": "BOLT"}, {"item": "BOLT", "unit": "P"}, {"quantity": "1"}])
def test_a_question_names_goods_or_a_unit(boss, question):
    refused(ask(boss, **question), 400, "malformed")


def test_rules_read_by_their_names(racks, boss):
    rule = PutawayRuleFactory(
        warehouse=racks.warehouse, code="COLD", location_kind="storage", item=racks.item, source="Contract 7"
    )

    [row] = boss.get("/putaway-rules", item="BOLT").json()["results"]

    assert (row["id"], row["code"], row["item"], row["location_kind"], row["strength"], row["source"]) == (
        rule.pk,
        "COLD",
        "BOLT",
        "storage",
        "prefer",
        "Contract 7",
    )
    assert a_person(WarehouseFactory()).get("/putaway-rules").json()["results"] == []
