"""Where goods would go, at the desk."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.storage.models import Putaway
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.storage import FacePoolFactory, PickFaceFactory, a_pallet


@pytest.fixture
def desk(client, racks):
    """Asks the page as a supervisor there."""
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), racks.warehouse))
    return lambda **asked: client.get(reverse("desk-putaway-ranking"), asked)


def rows(answer, number=0):
    return answer.context["tables"][number].rows


def codes(answer):
    return [cells[0].partition(">")[2].partition("<")[0] for cells in rows(answer)]


def test_it_asks_first(desk):
    answer = desk()

    assert answer.status_code == 200
    assert "tables" not in answer.context
    assert b"errors" not in answer.content
    assert b'role="alert"' not in answer.content


def test_it_shows_the_bins_in_order_with_points_and_reasons_and_why_others_are_out(desk, racks):
    face = racks.bin("F-1", LocationKind.PICK_FACE, pick_sequence=3)
    PickFaceFactory(item=racks.item, location=face, minimum=2, maximum=10)
    racks.bin("A-1", pick_sequence=1)
    full = racks.bin("A-2", pick_sequence=2, max_units=5)
    stock(racks.item, full, 5)

    answer = desk(warehouse="MAIN", item="BOLT", quantity="8", status="available")

    assert answer.status_code == 200
    assert codes(answer) == ["F-1", "A-1"]
    _, kind, _, points, because = rows(answer)[0]
    assert (kind, points) == ("Pick face", 265)
    assert "<b>+200</b> Own pick face, 0 of 10 full." in because
    assert rows(answer, 1) == [(1, "full")]
    assert answer.context["looked_at"] == 3
    assert not Putaway.objects.exists()


def test_it_shows_where_a_whole_unit_would_go(desk, racks):
    racks.bin("A-1", max_units=50)
    racks.bin("A-2", max_units=5)
    pallet = a_pallet(racks.dock, (racks.item, 40))

    answer = desk(warehouse="MAIN", unit=pallet.number)

    assert codes(answer) == ["A-1"]
    assert "It takes the whole unit." in rows(answer)[0][-1]
    assert rows(answer, 1) == [(1, "full")]


def test_lanes_and_free_faces_are_left_out(desk, racks):
    racks.bin("LANE", is_cross_dock=True)
    zone = Zone.objects.create(warehouse=racks.warehouse, code="FAST", name="Fast")
    FacePoolFactory(zone=zone)
    racks.bin("D-1", LocationKind.PICK_FACE, zone=zone)

    answer = desk(warehouse="MAIN", item="BOLT", quantity="8")

    assert codes(answer) == []
    assert b"No bin may hold it" in answer.content


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"item": "NONE", "quantity": "1"}, "No item has this number."),
        ({"item": "BOLT"}, "it is not a number"),
        ({"item": "BOLT", "quantity": "-1"}, "it must be more than zero"),
        ({"item": "BOLT", "quantity": "0.5"}, "decimals are allowed"),
        ({"item": "BOLT", "quantity": "1", "lot": "L-9"}, "The item has no lot of this number."),
        ({"item": "BOLT", "quantity": "1", "unit": "HU-1"}, "Name an item with a quantity, or a handling unit."),
        ({"item": ""}, "Name an item with a quantity, or a handling unit."),
        ({"unit": "HU-404"}, "No handling unit here has this label."),
        ({"item": "BO\0LT", "quantity": "1"}, "Null characters"),
        ({"item": "BOLT", "quantity": "1", "status": "lost"}, "Select a valid choice"),
        ({"item": "BOLT", "quantity": "1", "warehouse": "ELSEWHERE"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(desk, asked, says):
    answer = desk(**({"warehouse": "MAIN"} | asked))

    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_an_empty_unit_and_one_of_another_site_go_nowhere(desk, racks):
    empty = a_pallet(racks.dock)
    other = WarehouseFactory(code="OTHER")

    assert b"Nothing is on it." in desk(warehouse="MAIN", unit=empty.number).content
    assert desk(warehouse="OTHER", item="BOLT", quantity="1").status_code == 400
    assert other.code == "OTHER"


def test_a_lot_that_is_here_already_counts(desk, racks):
    item = ItemFactory(number="MILK", lots=True)
    lot = LotFactory(item=item, number="L-1")
    stock(item, racks.bin("A-1"), 1, lot=lot)

    answer = desk(warehouse="MAIN", item="MILK", quantity="2", lot="L-1")

    assert "<b>+50</b> The same lot is here." in rows(answer)[0][-1]


def test_only_who_sees_putaways_may_ask(client, racks):
    client.force_login(works_at(UserFactory(roles=[Role.BUYER]), racks.warehouse))

    assert client.get(reverse("desk-putaway-ranking")).status_code == 403
    assert b"Where would it go" not in client.get(reverse("admin:storage_putawayrule_changelist")).content


def test_the_lists_of_putaways_and_of_rules_lead_there(client, racks):
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), racks.warehouse))

    for model in ("putaway", "putawayrule"):
        page = client.get(reverse(f"admin:storage_{model}_changelist")).content.decode()
        assert f"/storage/{model}/where" in page
        answer = client.get(reverse(f"admin:storage_{model}_where"))
        assert answer.url == reverse("desk-putaway-ranking")


@pytest.mark.parametrize("count", [2, 40])
def test_it_asks_as_much_for_many_bins_as_for_few(desk, racks, count, django_assert_num_queries):
    for number in range(count):
        racks.bin(f"A-{number:02}")

    with django_assert_num_queries(15):
        answer = desk(warehouse="MAIN", item="BOLT", quantity="8")

    assert len(codes(answer)) == min(count, 20)
