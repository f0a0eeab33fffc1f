"""A zone is counted as a whole: with or without its traffic, from handhelds or from paper."""

from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.errors import InventoryNotDone, ZoneBeingCounted
from apps.counting.jobs import print_inventory_sheets
from apps.counting.models import CycleCount, Inventory
from apps.counting.operations import cancel_inventory, close_inventory, start_inventory
from apps.counting.queries import accuracy_of
from apps.ledger.errors import MoveRefused
from apps.ledger.models import StockBalance
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.models import Location, Zone
from apps.storage.models import ItemVelocity
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """A and B are zone Z: ten bolts at 3 each stand in A, none in B."""
    floor = a_floor()
    floor.zone = Zone.objects.create(warehouse=floor.warehouse, code="Z", name="Zone Z")
    Location.objects.filter(pk__in=[floor.a.pk, floor.b.pk]).update(zone=floor.zone)
    stock(floor.item, floor.a, 10, cost=3)
    floor.manager = a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,))
    return floor


@transaction.atomic
def started(floor, **more):
    return start_inventory(zone_id=floor.zone.pk, by=a_decider(), at=clock.now(), **more)


@transaction.atomic
def closed(inventory, operation=close_inventory, **more):
    return operation(inventory_id=inventory.pk, by=a_decider(), at=clock.now(), **more)


@transaction.atomic
def moved(floor, quantity=1):
    return post(
        [
            Move(
                item_id=floor.item.pk,
                quantity=D(quantity),
                source=Place(location_id=floor.a.pk),
                target=Place(location_id=floor.tote.pk),
            )
        ],
        warehouse_id=floor.warehouse.pk,
        kind=TransactionKind.PICK,
        by=an_actor(),
        at=clock.now(),
    )


def test_all_of_a_zone_is_counted_once_and_its_traffic_goes_on(floor):
    inventory = started(floor)

    assert set(inventory.counts.values_list("location__code", "state")) == {("A", "open"), ("B", "open")}
    moved(floor)
    with pytest.raises(ZoneBeingCounted) as refusal:
        started(floor)
    assert refusal.value.facts == {"zone": "Z", "inventory": inventory.number}


def test_a_frozen_zone_neither_gives_nor_takes_until_it_is_closed(floor):
    inventory = started(floor, freeze=True)

    with pytest.raises(MoveRefused) as refusal:
        moved(floor)
    assert refusal.value.problem == "the place is frozen: its zone is counted, or it is out of service"
    with pytest.raises(MoveRefused), transaction.atomic():
        stock(floor.item, floor.b, 1)
    one, other = inventory.counts.order_by("location__code")
    count = counted(one, found(floor.item, 9))
    with pytest.raises(InventoryNotDone) as early:
        closed(inventory)
    assert early.value.facts == {"inventory": inventory.number, "open": 2}
    floor.manager.post(f"/cycle-counts/{count.number}/approve", {"reason": "one is missing"})
    counted(other)

    assert closed(inventory).state == "closed"
    assert StockBalance.objects.get(location=floor.a).on_hand == D(9)
    moved(floor)
    assert_invariants()


def test_given_up_it_leaves_the_queue_and_thaws(floor):
    inventory = started(floor, freeze=True)
    counted(inventory.counts.get(location=floor.a), found(floor.item, 10))

    closed(inventory, cancel_inventory, reason="fire drill")

    assert set(inventory.counts.values_list("location__code", "state")) == {("A", "approved"), ("B", "cancelled")}
    moved(floor)


def test_results_come_as_a_file_all_or_none(floor):
    inventory = started(floor)
    path = f"/inventories/{inventory.number}/results"
    wrong = "location,item,quantity\nA,BOLT,8\nC-9,BOLT,1\nB,,\n"

    facts = refused(floor.manager.post(path, {"text": wrong}), 400, "import_refused")
    assert facts["problems"] == ["row 3, location: is not waiting to be counted in this inventory ('C-9')"]
    assert not CycleCount.objects.exclude(state="open").exists()
    answer = floor.manager.post(path, {"text": "location,item,quantity\nA,BOLT,8\nB,,\n"}, key="k")
    again = floor.manager.post(path, {"text": "location,item,quantity\nA,BOLT,8\nB,,\n"}, key="k")

    assert answer.status_code == 200, answer.content
    assert again.json() == answer.json()
    assert answer.json()["progress"] == {
        "places": 2,
        "to_count": 0,
        "to_decide": 1,
        "decided": 1,
        "varied": 0,
        "percent": 50,
    }
    count = CycleCount.objects.get(location=floor.a)
    assert (count.state, count.value) == ("counted", D(6))
    boss = a_person(floor.warehouse, roles=(Role.SUPERVISOR,))
    refused(floor.manager.post(f"/cycle-counts/{count.number}/approve", {"reason": "mine"}), 409, "own_count")
    assert boss.post(f"/cycle-counts/{count.number}/approve", {"reason": "seen"}).status_code == 200
    table = floor.manager.get(f"/inventories/{inventory.number}/found").content.decode().splitlines()
    assert table[1].startswith("A,Approved,BOLT,,,available,10,8,2,0,6,")
    assert_invariants()


def test_an_inventory_goes_over_http_and_belongs_to_its_warehouse(floor):
    body = {"warehouse": floor.warehouse.code, "zone": "Z", "freeze": True}
    answer = floor.manager.post("/inventories", body)
    number = answer.json()["number"]
    stranger = a_person(WarehouseFactory(), roles=(Role.INVENTORY_MANAGER,))

    assert (answer.status_code, answer.json()["state"], answer.json()["progress"]["places"]) == (201, "counting", 2)
    refused(stranger.post("/inventories", body), 404, "not_found")
    refused(stranger.post(f"/inventories/{number}/close"), 404, "not_found")
    refused(a_person(floor.warehouse, roles=(Role.PICKER,)).post("/inventories", body), 403, "not_allowed")
    facts = refused(floor.manager.post(f"/inventories/{number}/close"), 409, "inventory_not_done")
    assert facts["open"] == 2
    assert floor.manager.post(f"/inventories/{number}/cancel", {"reason": "x"}).json()["state"] == "cancelled"


def test_the_sheets_of_a_zone_are_one_paper_and_blind(floor, settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    stock(floor.item, floor.a, 7909)
    inventory = started(floor)

    answer = floor.manager.get(f"/inventories/{inventory.number}/sheets")
    print_inventory_sheets(inventory=inventory.number, user_id=inventory.asked_by_id)

    text = " ".join(paper_reading.texts(answer.content))
    assert "BOLT" in text
    assert "7919" not in text
    assert all(number in text for number in inventory.counts.values_list("task__number", flat=True))
    assert (tmp_path / f"{inventory.number}.pdf").exists()


def test_accuracy_is_told_by_record_by_unit_and_by_location(floor):
    other = ItemFactory()
    stock(other, floor.b, 20, cost=2)
    ItemVelocity.objects.create(warehouse=floor.warehouse, item=floor.item, velocity="A")
    inventory = started(floor)
    first = counted(inventory.counts.get(location=floor.a), found(floor.item, 8))  # two of ten are missing
    floor.manager.post(f"/cycle-counts/{first.number}/approve", {"reason": "seen"})
    second = counted(inventory.counts.get(location=floor.b), found(other, 21))  # one of twenty too much
    floor.manager.post(f"/cycle-counts/{second.number}/approve", {"reason": "seen"})
    today = floor.warehouse.local_date(clock.now())

    told = accuracy_of(floor.warehouse, since=today, until=today)
    answer = floor.manager.get("/count-accuracy", warehouse=floor.warehouse.code).json()

    assert (told.locations, told.locations_right, told.records, told.records_right) == (2, 0, 2, 0)
    assert (told.book, told.gross, told.net, told.value) == (D(30), D(3), D(-1), D(8))
    assert (answer["by_location"], answer["by_record"]) == ("0.0", "0.0")
    assert (answer["by_unit_gross"], answer["by_unit_net"]) == ("90.0", "96.7")
    assert [(each["abc_class"], each["records"], each["book"], each["by_unit_net"]) for each in answer["classes"]] == [
        ("A", 1, "10", "80.0"),
        ("none", 1, "20", "95.0"),
    ]


def test_the_accuracy_page_shows_each_share_with_what_it_is_of_in_as_many_queries_for_more_sites(
    floor, client, django_assert_num_queries
):
    client.force_login(UserFactory(is_superuser=True))
    count = counted(started(floor).counts.get(location=floor.a), found(floor.item, 8))
    floor.manager.post(f"/cycle-counts/{count.number}/approve", {"reason": "seen"})
    page = reverse("desk-count-accuracy")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        shown = client.get(page)
    WarehouseFactory.create_batch(5)

    with django_assert_num_queries(len(few)):
        more = client.get(page)

    rows = {row[:2]: [strip_tags(str(cell)) for cell in row[2:]] for row in shown.context["table"].rows}
    site = floor.warehouse.code
    assert rows[site, "All"][:2] == ["0.0 % 0 of 1", "0.0 % 0 of 1"]
    assert rows[site, "All"][2:] == ["80.0 % 8 of 10", "80.0 % 8 of 10", "6.00 EUR"]
    assert rows["", "Not rated"][:2] == ["0.0 % 0 of 1", "0.0 % 0 of 1"]
    assert [row[2:] for row in more.context["table"].rows].count(("n/a",) * 5) >= 5
    assert client.get(page, {"since": "2026-02-02", "until": "2026-02-01"}).status_code == 400
    assert floor.manager.get("/count-accuracy", warehouse=WarehouseFactory().code).status_code == 404


def test_what_was_not_counted_has_no_accuracy(floor):
    today = floor.warehouse.local_date(clock.now())

    told = accuracy_of(floor.warehouse, since=today, until=today)

    assert (told.by_location, told.by_record, told.by_unit_gross, told.by_unit_net) == (None, None, None, None)
    assert Inventory.objects.count() == 0
