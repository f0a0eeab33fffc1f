"""Why is this number 7? Every balance leads to its moves, documents, scans and people."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, Move, Place, open_units, post, reserve
from apps.ledger.queries.why import moves_of, steps_of
from apps.ledger.states import StockStatus, TransactionKind, UnitKind
from tests.factories.api import a_device, a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory


def moved(floor, quantity, source, target, *, by=None, document="", reason="", **places):
    return post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(quantity),
                source=Place(location_id=source.pk),
                target=Place(location_id=target.pk, **places),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=by or floor.by,
        at=clock.now(),
        document=document,
        reason=reason,
    )


def balance_of(floor, place, **more):
    return StockBalance.objects.get(
        item=floor.item, location=place, status=StockStatus.AVAILABLE, **{"unit": None} | more
    )


@pytest.fixture
def seven(floor):
    """Ten came, four went, one came back; and much else that is not this balance's."""
    pallet = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET)[0]
    lot = LotFactory(item=ItemFactory(lots=True))
    scan = an_actor(device=a_device(floor.warehouse, number="HH-1"), key="scan-1")
    stock(floor.item, floor.a, 10)
    stock(floor.item, floor.a, 5, status=StockStatus.DAMAGED)
    stock(lot.item, floor.a, 5, lot=lot)
    moved(floor, 4, floor.a, floor.b, by=scan, document="SO-7")
    moved(floor, 1, floor.b, floor.a, reason="one too many")
    stock(floor.item, floor.dock, 3, unit=pallet)
    return balance_of(floor, floor.a)


def test_the_moves_lead_to_the_number(floor, seven):
    person = a_person(floor.warehouse)

    rows = person.get(f"/balances/{seven.pk}/why").json()["results"]

    assert [(row["change"], row["on_hand"], row["source"], row["target"]) for row in rows] == [
        ("1", "7", "B", "A"),
        ("-4", "6", "A", "B"),
        ("10", "10", floor.supplier.code, "A"),
    ]
    assert [(row["kind"], row["document"], row["reason"], row["device"], row["key"]) for row in rows] == [
        ("move", "", "one too many", None, None),
        ("move", "SO-7", "", "HH-1", "scan-1"),
        ("receive", "TEST", "", None, None),
    ]
    assert rows[0]["by"] == floor.by.user.username


def test_why_nothing_is_left_can_be_asked_too(floor, seven):
    moved(floor, 7, floor.a, floor.b)
    person = a_person(floor.warehouse)

    rows = person.get(f"/balances/{seven.pk}/why").json()["results"]

    assert (rows[0]["change"], rows[0]["on_hand"]) == ("-7", "0")


def test_pages_go_on_where_the_last_one_ended(floor, seven):
    person = a_person(floor.warehouse)
    address, seen = f"/balances/{seven.pk}/why?page_size=2", []
    while address:
        body = person.get(address.rsplit("/api/v1", maxsplit=1)[-1]).json()
        seen.append([(row["change"], row["on_hand"]) for row in body["results"]])
        address = body["next"]

    assert seen == [[("1", "7"), ("-4", "6")], [("10", "10")]]


def test_every_balance_adds_up_by_its_own_moves_alone(floor, seven):
    for balance in StockBalance.objects.all():
        steps = steps_of(balance, list(moves_of(balance).order_by("-pk")))

        assert (steps[0].on_hand, steps[0].move.pk) == (balance.on_hand, balance.last_move_id)
        assert steps[-1].on_hand == steps[-1].change


def test_a_page_takes_as_many_statements_for_many_moves_as_for_few(floor, seven):
    person = a_person(floor.warehouse)
    few, _ = person.statements(lambda: person.get(f"/balances/{seven.pk}/why"))
    for _ in range(15):
        moved(floor, 1, floor.b, floor.a)
        moved(floor, 1, floor.a, floor.b)

    many, answer = person.statements(lambda: person.get(f"/balances/{seven.pk}/why"))

    assert (len(answer.json()["results"]), many) == (33, few)


def test_another_warehouses_balance_is_not_found(seven):
    refused(a_person(WarehouseFactory()).get(f"/balances/{seven.pk}/why"), 404, "not_found")


def test_the_desk_tells_it_page_by_page_and_links_each_document(client, floor, seven, monkeypatch):
    monkeypatch.setattr("apps.ledger.admin.position.STEPS", 2)
    reserve([Claim(balance_id=seven.pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="SO-8")
    client.force_login(a_person(floor.warehouse, roles=[Role.INVENTORY_MANAGER]).user)
    address = reverse("admin:ledger_stockbalance_change", args=[seven.pk])

    first = client.get(address)
    reserved, why = first.context["tables"]
    rest = client.get(address + why.more)

    assert [str(row[0]).count("SO-8") for row in reserved.rows] == [2]
    assert [str(row[2]) for row in reserved.rows] == ['<span class="sg-amount">2 <small>EA</small></span>']
    assert [("SO-7" in str(row[2]), "sg-link" in str(row[2])) for row in why.rows] == [(False, False), (True, True)]
    assert len(rest.context["tables"][1].rows) == 1
    assert rest.context["tables"][1].more == ""
    assert client.get(address + "?before=nonsense").status_code == 200
    assert "Who did what" not in first.content.decode()
