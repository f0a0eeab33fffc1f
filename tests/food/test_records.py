"""What a regulator asks of listed foods: received, made and shipped, with what the records lack."""

import io
from datetime import date, timedelta
from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.accounts.roles import Role
from apps.core import clock
from apps.food.models import ListedFood
from apps.food.operations import determine_food, state_code
from apps.food.queries import Asked, Period, lots_with, records_of
from apps.journal.models import AuditEntry
from apps.ledger.models import Lot
from apps.locations.choices import LocationKind
from apps.locations.models import Company
from apps.shipping.models import Shipment
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.assembly import a_planner, finish, issue_all, made, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, moved
from tests.factories.locations import LocationFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_return, a_shipped_order, back, received, taken_in
from tests.invariants import assert_invariants


def quality():
    return an_actor(UserFactory(roles=[Role.QUALITY]))


@transaction.atomic
def listed(item, code, on=date(2026, 1, 1)):
    food = ListedFood.objects.get(code=code)
    return determine_food(
        item_id=item.pk,
        food_id=food.pk,
        effective_on=on,
        basis="fresh, as the label says",
        by=quality(),
        at=clock.now(),
    )


@transaction.atomic
def stated(lot, code, **source):
    return state_code(lot_id=lot.pk, code=code, by=quality(), at=clock.now(), **source)


@pytest.fixture
def kitchen(db):
    """Cheese of a dairy and salt went into a salad; two of three salads went to a shop, one of them came back."""
    floor = a_floor()
    site = floor.warehouse
    shop = SimpleNamespace(
        site=site,
        a=floor.a,
        bench=LocationFactory(warehouse=site, code="BENCH", kind=LocationKind.PACK),
        by=a_planner(),
    )
    floor.cheese, floor.salad = (ItemFactory(number=name, name=name.title(), lots=True) for name in ("FETA", "SALAD"))
    floor.salt = ItemFactory(number="SALT", lots=True)
    listed(floor.cheese, "CHEESE-SOFT-RIPENED")
    listed(floor.salad, "DELI-SALAD")
    a_bill(floor.salad, part(floor.cheese, 2), part(floor.salt, 1))
    floor.dairy = PartyFactory(
        number="DAIRY",
        name="Hill dairy",
        is_supplier=True,
        phone="+44 131 496 0001",
        street="1 Hill",
        city="Peebles",
        region="SB",
        postal_code="EH45",
        country="GB",
    )
    for item, lot, quantity in ((floor.cheese, "C-1", 8), (floor.salt, "S-1", 4)):
        line = received(floor, item, quantity, lot=lot, supplier=floor.dairy)
        moved(item, floor.dock, floor.a, quantity, lot=line.lot)
    order = put_to_work(shop, floor.salad, 3)
    issue_all(order)
    finish(order, made(3, lot="D-1"), place=shop.a)
    floor.work = order
    floor.shop = CustomerFactory(number="SHOP", name="=Corner shop")
    floor.order = a_shipped_order(floor, (floor.salad, 2), customer=floor.shop)
    yield floor
    assert_invariants()


def told(book, title) -> list[dict[str, Any]]:
    """The rows of a sheet by its heads."""
    heads, *rows = book[title].values
    return [dict(zip(heads, row, strict=True)) for row in rows]


def today(floor):
    return floor.warehouse.local_date(clock.now())


def days(floor, **more):
    day = today(floor)
    return Asked(period=Period(since=day, until=day), sites=[floor.warehouse.pk], **more)


def lot(number):
    return Lot.objects.get(number=number)


def test_each_event_tells_its_key_data_and_what_of_it_nobody_entered(kitchen):
    bench = LocationFactory(warehouse=kitchen.warehouse, code="BACK", kind=LocationKind.QUARANTINE)
    taken_in(a_return(kitchen.order, back(1)), bench)
    found = records_of(days(kitchen))

    cheese, salad = found.received  # salt is no food of the list
    assert (cheese.traced.item, cheese.traced.quantity, cheese.traced.food) == (
        "FETA",
        D(8),
        "Cheese of pasteurized milk, soft ripened or semi-soft",
    )
    assert str(cheese.source) == "Hill dairy, 1 Hill, Peebles, SB EH45, GB, +44 131 496 0001"
    assert cheese.document_kind == "Goods receipt"
    # The dairy's code is passed on as it is; that the dairy assigned it nobody has said.
    assert (cheese.traced.code.code, cheese.traced.code.source) == ("C-1", "")
    assert "who assigned the code" in cheese.missing
    assert (salad.document_kind, salad.traced.quantity, salad.source.business) == (
        "Customer return",
        D(1),
        "=Corner shop",
    )

    [made_here] = found.transformed
    assert (made_here.document, made_here.traced.item, made_here.traced.quantity) == (
        kitchen.work.number,
        "SALAD",
        D(3),
    )
    assert {(row.traced.item, row.traced.code.code, row.traced.quantity, row.is_certain) for row in made_here.used} == {
        ("FETA", "C-1", D(6), True),
        ("SALT", "S-1", D(3), True),
    }
    # What was made here is traced by its own number, and this site is the source of it.
    assert made_here.traced.code.code == "D-1"
    assert made_here.traced.code.source.startswith(f"{Company.objects.get().name}, {kitchen.warehouse.name}")

    [sent] = found.shipped
    shipment = Shipment.objects.get()
    assert (sent.document, sent.traced.code.code, sent.traced.quantity) == (shipment.number, "D-1", D(2))
    assert sent.to.business == shipment.ship_to
    assert {gap.event for gap in found.gaps()} == {"Receiving", "Transformation", "Shipping"}
    assert "used of FETA: who assigned the code" in made_here.missing


def test_a_lot_is_told_alone_or_with_what_it_was_made_of_and_into_and_always_in_the_same_queries(kitchen):
    cheese = lot("C-1")

    alone = records_of(Asked(lots=[cheese.pk]))
    both = records_of(Asked(lots=lots_with(cheese.pk)))

    assert [row.traced.item for row in alone.received] == ["FETA"]
    assert [row.traced.item for row in alone.transformed] == ["SALAD"]  # it went in
    assert alone.shipped == ()
    assert [row.traced.item for row in both.shipped] == ["SALAD"]
    with CaptureQueriesContext(connection) as few:
        records_of(days(kitchen))
    received(kitchen, kitchen.cheese, 3, lot="C-2", supplier=kitchen.dairy)
    a_shipped_order(kitchen, (kitchen.salad, 1), customer=CustomerFactory(number="OTHER"))
    with CaptureQueriesContext(connection) as many:
        more = records_of(days(kitchen))
    assert (len(more.received), len(more.shipped)) == (2, 2)
    assert len(many) == len(few)


def test_what_was_not_on_the_list_on_the_day_is_not_told_and_another_day_neither(kitchen):
    day = today(kitchen)
    with transaction.atomic():
        determine_food(
            item_id=kitchen.cheese.pk, food_id=None, effective_on=day, basis="it is baked", by=quality(), at=clock.now()
        )

    assert records_of(days(kitchen)).received == ()
    assert [row.traced.food for row in records_of(Asked(lots=[lot("C-1").pk])).received] == [""]
    tomorrow = Period(since=day + timedelta(days=1), until=day + timedelta(days=2))
    assert len(records_of(Asked(period=tomorrow, sites=[kitchen.warehouse.pk]))) == 0
    assert len(records_of(Asked(period=Period(since=day, until=day), sites=[]))) == 0


def test_a_code_that_is_stated_is_told_with_its_source_and_one_of_goods_without_a_label_is_not_invented(kitchen):
    stated(lot("C-1"), "00012345-C1", party_id=kitchen.dairy.pk)
    bare = received(kitchen, kitchen.cheese, 2, lot="L-00000007", supplier=kitchen.dairy)

    found = {row.traced.lot_id: row for row in records_of(days(kitchen)).received}

    assert found[lot("C-1").pk].traced.code.code == "00012345-C1"
    assert found[lot("C-1").pk].traced.code.source.startswith("Hill dairy, 1 Hill")
    assert found[bare.lot_id].traced.code.code == ""
    assert "traceability lot code" in found[bare.lot_id].missing


def test_the_spreadsheet_sorts_by_every_column_explains_its_words_and_lists_what_is_missing(kitchen):
    auditor = a_person(kitchen.warehouse, roles=(Role.AUDITOR,), is_staff=True)
    day = today(kitchen).isoformat()

    answer = auditor.get("/food-records-file", since=day, until=day, warehouse=kitchen.warehouse.code)

    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["About", "Receiving", "Transformation", "Shipping", "Locations", "Gaps", "Glossary"]
    [cheese] = told(book, "Receiving")
    assert (cheese["Traceability lot code"], cheese["Quantity"], cheese["Source"]) == ("C-1", 8, "partner DAIRY")
    assert cheese["Received"].date().isoformat() == day
    assert cheese["Missing"].startswith("who assigned the code")
    assert [(row["Used lot code"], row["Used quantity"]) for row in told(book, "Transformation")] == [
        ("C-1", 6),
        ("S-1", 3),
    ]
    [salad] = told(book, "Shipping")
    assert salad["Recipient"].startswith("'=Corner shop")  # no formula
    assert book["Receiving"].auto_filter.ref == "A1:O2"
    assert {"Traceability lot code", "Certain", "EA"} <= {row["Code or word"] for row in told(book, "Glossary")}
    assert [row["Event"] for row in told(book, "Gaps")] == ["Receiving", "Transformation", "Shipping"]
    assert AuditEntry.objects.filter(verb="read food records").count() == 1


def test_records_are_asked_for_by_lot_days_or_shipment_and_read_by_who_may_read_traces(kitchen):
    auditor = a_person(kitchen.warehouse, roles=(Role.AUDITOR,), is_staff=True)
    picker = a_worker(kitchen.warehouse)
    shipment, day = Shipment.objects.get(), today(kitchen).isoformat()

    told = auditor.get("/food-records", lot=lot("C-1").pk, traced="true").json()
    sent = picker.get("/food-records", shipment=shipment.number).json()

    assert [row["traced"]["item"] for row in told["shipped"]] == ["SALAD"]
    assert told["gaps"][0]["rule"] == "21 CFR 1.1345(a)"
    assert [row["traced"]["code"]["code"] for row in sent["shipped"]] == ["D-1"]
    assert (sent["received"], sent["transformed"]) == ([], [])
    for asked in ({"lot": lot("C-1").pk}, {"since": day, "until": day}):
        refused(picker.get("/food-records", **asked), 403, "not_allowed")
        refused(picker.get("/food-records-file", **asked), 403, "not_allowed")
    assert auditor.get("/food-records", shipment="SH-NONE").status_code == 404
    assert auditor.get("/food-records", lot=1, since=day, until=day).status_code == 400
    assert auditor.get("/food-records", since=day).status_code == 400
    assert auditor.get("/food-records").status_code == 400
    stranger = a_person(roles=(Role.QUALITY,))
    assert stranger.get("/food-records", shipment=shipment.number).status_code == 404
    assert stranger.get("/food-records", since=day, until=day).json()["received"] == []
