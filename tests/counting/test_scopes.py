"""What can be counted: a place, an item wherever it stands, a unit, emptiness; and what nobody expected."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotFound
from apps.counting.errors import NotCountable
from apps.counting.models import CountDoubt, CycleCount
from apps.counting.operations import open_item_counts, open_unit_count
from apps.counting.states import CountScope, DoubtKind, ProgramKind
from apps.journal.models import OutboxMessage
from apps.ledger.models import StockBalance
from apps.ledger.operations import open_unit
from apps.ledger.states import UnitKind
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider, a_program
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.storage import a_pallet
from tests.invariants import assert_invariants


@pytest.fixture
def site(db):
    """Ten bolts and four nuts in A, six bolts in B."""
    floor = a_floor()
    floor.nut = ItemFactory(number="NUT")
    stock(floor.item, floor.a, 10)
    stock(floor.nut, floor.a, 4)
    stock(floor.item, floor.b, 6)
    return SimpleNamespace(
        floor=floor,
        worker=a_worker(floor.warehouse),
        asker=a_person(floor.warehouse, roles=(Role.SUPERVISOR,)),
        manager=a_person(floor.warehouse, roles=(Role.INVENTORY_MANAGER,)),
    )


def confirm(site, count, **body):
    return site.worker.post(f"/tasks/{count['task']}/confirm", body)


def test_an_item_is_counted_in_every_place_and_nothing_else_with_it(site):
    body = {"warehouse": site.floor.warehouse.code, "item": "BOLT"}
    counts = site.asker.post("/cycle-counts/of-item", body).json()

    assert [(each["location"], each["scope"], each["item"]) for each in counts] == [
        ("A", "item", "BOLT"),
        ("B", "item", "BOLT"),
    ]
    seen = [{"item": "BOLT", "quantity": "10"}]
    assert confirm(site, counts[0], lines=seen).status_code == 200
    assert CycleCount.objects.get(number=counts[0]["number"]).state == "approved", "the nuts are no business of it"
    other = [{"item": "BOLT", "quantity": "6"}, {"item": "NUT", "quantity": "1"}]
    assert confirm(site, counts[1], lines=other).status_code == 200
    count = CycleCount.objects.get(number=counts[1]["number"])
    assert (count.state, [(each.kind, each.text) for each in count.findings.all()]) == (
        "counted",
        [("aside", "NUT")],
    )


def test_an_item_that_stands_nowhere_is_not_counted(site):
    with pytest.raises(NotFound):
        open_item_counts(warehouse_id=site.floor.warehouse.pk, item_id=ItemFactory().pk, by=a_decider(), at=clock.now())


def test_a_place_that_is_being_counted_covers_the_item(site):
    a_count(site.floor.a)

    counts = open_item_counts(
        warehouse_id=site.floor.warehouse.pk, item_id=site.floor.item.pk, by=a_decider(), at=clock.now()
    )

    assert [count.location.code for count in counts] == ["B"]


def test_what_stands_on_a_unit_is_counted_there_and_found_on_it(site):
    unit = a_pallet(site.floor.a, (site.floor.item, 5))

    answer = site.asker.post("/cycle-counts", {"unit": unit.number})
    count = answer.json()
    assert (answer.status_code, count["scope"], count["unit"], count["location"]) == (201, "unit", unit.number, "A")
    lines = [{"item": "BOLT", "quantity": "5"}, {"item": "NUT", "quantity": "2"}]
    assert confirm(site, count, lines=lines).status_code == 200
    approved = site.manager.post(f"/cycle-counts/{count['number']}/approve", {"reason": "on the pallet"})

    assert approved.json()["state"] == "approved", approved.content
    assert StockBalance.objects.get(unit=unit, item=site.floor.nut).on_hand == D(2)
    assert StockBalance.objects.get(location=site.floor.a, unit=None, item=site.floor.item).on_hand == D(10)
    assert_invariants()


def test_a_unit_that_stands_nowhere_is_not_counted(site):
    unit = open_unit(warehouse_id=site.floor.warehouse.pk, kind=UnitKind.PALLET, by=an_actor(), at=clock.now())

    with pytest.raises(NotCountable):
        open_unit_count(unit_id=unit.pk, by=a_decider(), at=clock.now())


def test_an_empty_bin_is_one_tap(site):
    body = {"location": "DOCK", "scope": "empty"}
    count = site.asker.post("/cycle-counts", body).json()

    assert count["scope"] == CountScope.EMPTY
    assert confirm(site, count, lines=[]).status_code == 200
    assert CycleCount.objects.get().state == "approved"


def test_what_nothing_here_bears_is_kept_and_refused_by_nobody(site):
    lot = LotFactory(number="L-1")
    count = site.asker.post("/cycle-counts", {"location": "B"}).json()

    answer = confirm(
        site,
        count,
        lines=[
            {"item": "BOLT", "quantity": "6"},
            {"item": "NO-SUCH", "quantity": "2"},
            {"item": lot.item.number, "lot": "L-9", "quantity": "3"},
        ],
        unknown=[{"text": "5901234123457", "quantity": "1", "note": "a red box"}],
    )

    assert answer.status_code == 200, answer.content
    found_ = CycleCount.objects.get()
    assert [(each.kind, each.text, each.quantity, each.note) for each in found_.findings.all()] == [
        ("barcode", "5901234123457", D(1), "a red box"),
        ("item", "NO-SUCH", D(2), ""),
        ("lot", f"{lot.item.number}, lot L-9", D(3), ""),
    ]
    assert found_.state == "counted"
    approved = site.manager.post(f"/cycle-counts/{count['number']}/approve", {"reason": "put aside"}).json()
    assert (approved["state"], approved["transaction"], len(approved["findings"])) == ("approved", None, 3)
    assert_invariants()


def test_goods_that_stand_elsewhere_in_the_book_raise_a_doubt_there(site):
    stray = ItemFactory(number="STRAY")
    stock(stray, site.floor.b, 1)
    count = site.asker.post("/cycle-counts", {"location": "A"}).json()
    lines = [
        {"item": "BOLT", "quantity": "10"},
        {"item": "NUT", "quantity": "4"},
        {"item": "STRAY", "quantity": "1"},
    ]
    confirm(site, count, lines=lines)
    site.manager.post(f"/cycle-counts/{count['number']}/approve", {"reason": "seen"})
    message = OutboxMessage.objects.get(job="counting.note_doubt")
    assert message.arguments == {
        "location": site.floor.b.pk,
        "kind": "wrong_place",
        "item": stray.pk,
        "document": count["number"],
        "user_id": site.worker.user.pk,
    }


def test_a_doubt_of_the_floor_opens_a_count_where_a_program_is_for_it(site):
    body = {"warehouse": site.floor.warehouse.code, "location": "B", "kind": "wrong_place", "item": "NUT"}
    first = site.worker.post("/count-doubts", body)
    assert (first.status_code, CycleCount.objects.count()) == (201, 0)

    a_program(site.floor, ProgramKind.EVENT, code="SEEN", events=[DoubtKind.WRONG_PLACE])
    site.worker.post("/count-doubts", body)
    site.worker.post("/count-doubts", body)

    count = CycleCount.objects.get()
    assert (count.location.code, count.task.not_for, count.task.priority) == ("B", site.worker.user, 60)
    assert CountDoubt.objects.count() == 3
    stranger = a_worker(WarehouseFactory())
    refused(stranger.post("/count-doubts", body), 404, "not_found")


def test_a_bin_that_is_seen_empty_is_in_doubt_only_while_the_book_has_goods(site):
    body = {"warehouse": site.floor.warehouse.code, "kind": "empty_bin"}

    assert site.worker.post("/count-doubts", body | {"location": "A"}).json()["kind"] == "empty_bin"
    assert site.worker.post("/count-doubts", body | {"location": "DOCK"}).json() == {}
    assert CountDoubt.objects.count() == 1


def test_the_goods_of_a_count_are_named_without_how_much(site):
    count = site.asker.post("/cycle-counts", {"location": "A"}).json()

    rows = site.worker.get(f"/cycle-counts/{count['number']}/goods").json()

    assert rows == [
        {"item": "BOLT", "item_name": site.floor.item.name, "lot": None, "serial": None},
        {"item": "NUT", "item_name": site.floor.nut.name, "lot": None, "serial": None},
    ]


def test_no_answer_to_a_counter_tells_how_much_the_book_has(db):
    """The figure is one that nothing else could be: it stands in no answer on the counter's way."""
    floor = a_floor()
    stock(floor.item, floor.a, 7919)
    worker = a_worker(floor.warehouse)
    count = a_count(floor.a)
    number, code = count.task.number, floor.warehouse.code
    answers = [
        worker.get("/tasks", warehouse=code),
        worker.get(f"/tasks/{number}"),
        worker.post("/tasks/next", {"warehouse": code, "kinds": ["count"]}),
        worker.post("/tasks/bundle", {"warehouse": code, "most": 5, "kinds": ["count"]}),
        worker.get("/cycle-counts"),
        worker.get(f"/cycle-counts/{count.number}"),
        worker.get(f"/cycle-counts/{count.number}/goods"),
        *(worker.post("/scan", {"code": text, "task": number}) for text in ("A", "BOLT", number)),
        worker.get("/balances", warehouse=code, location="A"),
        worker.post(f"/tasks/{number}/confirm", {"lines": [{"item": "BOLT", "quantity": "3"}]}),
        worker.get(f"/cycle-counts/{count.number}"),
        worker.get(f"/tasks/{number}"),
    ]

    for answer in answers:
        assert answer.status_code == 200, answer.content
        assert b"7919" not in answer.content, answer.content
