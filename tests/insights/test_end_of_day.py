"""The end-of-day report: exact figures of a small world, one warehouse's and one local day's only, and on paper."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.counting.operations import approve_count
from apps.insights.day import DayStatus, end_of_day
from apps.insights.day.figures import Amount
from apps.insights.jobs import print_day, print_end_of_day
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import Lot
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.models import Warehouse
from apps.orders.operations import ship_order_shipment
from apps.purchasing.operations import open_receipt
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from tests.core import paper_reading
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.desk import a_desk
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import a_sales_order, packed, pick, released
from tests.factories.purchasing import an_approved_order, receive_line
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    """13 of 15 came and 1 is damaged; 6 and 3 of 4 left, 2 came back; of 9 nuts one was lost; a lot is held."""
    floor = a_floor()
    bolt, nut = floor.item, ItemFactory(number="NUT")
    stock(bolt, floor.a, 20)
    stock(nut, floor.b, 9)
    receive(floor, bolt, nut)
    order = a_shipped_order(floor, (bolt, 6))
    ship_short(floor, bolt)
    count = counted(a_count(floor.b), found(nut, 8))
    approve_count(count_id=count.pk, reason="looked", by=a_decider(), at=clock.now())
    document = taken_in(a_return(order, back(2)), floor.dock, 2)
    inspected(document, 1)
    lot = LotFactory(item=ItemFactory(number="PASTE", lots=True), number="L1")
    stock(lot.item, floor.a, 4, lot=lot)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=an_actor())
    return floor


@transaction.atomic
def receive(floor, bolt, nut):
    order = an_approved_order(floor.warehouse, (bolt, 10), (nut, 5))
    told = {"by": an_actor(), "at": clock.now()}
    receipt = open_receipt(order_ids=[order.pk], dock_id=floor.dock.pk, **told)
    for line, quantity, status in ((1, 7, "available"), (1, 1, "damaged"), (2, 5, "available")):
        receive_line(receipt_id=receipt.pk, line=line, quantity=D(quantity), status=status, **told)


@transaction.atomic
def ship_short(floor, bolt):
    order = a_sales_order(floor.warehouse, (bolt, 4))
    (one,) = released(order).picks.all()
    pick(one, 3, floor.tote, short_reason="not there")
    shipment = packed(order)
    told = {"by": an_actor(), "at": clock.now()}
    for carton in Carton.objects.filter(shipment=shipment):
        load_carton(carton_id=carton.pk, dock_id=floor.dock.pk, **told)
    ship_order_shipment(shipment_id=shipment.pk, **told)


def told_of(floor, days=0):
    at = clock.now()
    return end_of_day(floor.warehouse, on=floor.warehouse.local_date(at) + timedelta(days=days), at=at)


def pieces(quantity, floor):
    return (Amount(floor.item.unit.code, D(quantity)),)


def test_the_figures_are_exact(floor):
    told = told_of(floor)

    assert (told.status, told.is_empty) == (DayStatus.UNDER_WAY, False)
    came, went = told.inbound, told.outbound
    assert (len(came.receipts), came.lines, came.amounts) == (1, 3, pieces(13, floor))
    assert (came.short, came.over, came.damaged) == (pieces(2, floor), (), pieces(1, floor))
    assert [(row.item, row.short, row.damaged) for row in came.differences] == [("BOLT", D(2), D(1))]
    assert (went.orders_shipped, went.orders_part_shipped, went.lines, went.cartons) == (1, 1, 2, 2)
    assert (went.amounts, went.back_ordered) == (pieces(9, floor), pieces(1, floor))
    assert [(row.item, row.asked, row.picked, row.reason) for row in went.short_picks] == [
        ("BOLT", D(4), D(3), "not there")
    ]
    assert [(row.kind, row.tasks) for row in told.work] == [("Count", 1), ("Pick", 1), ("Pick", 1)]
    (count,) = told.counts
    assert (count.location, count.gained, count.lost, bool(count.approved_by)) == ("B", (), pieces(1, floor), True)
    assert told.returned.amounts == pieces(2, floor)
    assert [(row.disposition, row.quantity) for row in told.returned.inspected] == [("Good: back into stock", D(1))]
    assert [(row.lot, row.on_hand) for row in told.left.held] == [("L1", D(4))]
    assert {row.kind: row.moves for row in told.postings} == {
        "Receive": 6,
        "Pick": 2,
        "Pack": 2,
        "Load": 2,
        "Ship": 2,
        "Return": 1,
        "Adjust": 1,
        "Change of status": 1,
    }


def test_a_count_that_waits_does_not_tell_its_variance(floor):
    counted(a_count(floor.a), found(floor.item, 1))

    waiting = told_of(floor).counts[-1]

    assert (waiting.state, waiting.gained, waiting.lost) == ("Waits for approval", (), ())


@pytest.mark.parametrize(("days", "status"), [(-1, DayStatus.OVER), (1, DayStatus.TO_COME)])
def test_another_day_is_empty_and_says_so(floor, days, status):
    told = told_of(floor, days)

    assert (told.status, told.is_empty) == (status, True)
    assert (told.inbound.receipts, told.outbound.shipments, told.counts, told.postings) == ((), (), (), ())
    caller = a_person(floor.warehouse)
    paper = caller.get("/end-of-day/pdf", warehouse=floor.warehouse.code, on=told.on.isoformat())
    (page,) = paper_reading.texts(paper.content)
    assert ("has not begun" if days > 0 else "Nothing was moved") in page


def test_a_day_is_the_warehouses_own(floor):
    """Here it may be tomorrow already: a day begins where the goods are."""
    Warehouse.objects.filter(pk=floor.warehouse.pk).update(timezone="Pacific/Kiritimati")
    floor.warehouse.refresh_from_db()
    there = told_of(floor)

    assert there.on == clock.local_date(clock.now(), "Pacific/Kiritimati")
    assert there.outbound.amounts == pieces(9, floor)


def test_it_is_read_over_http_by_those_who_work_there(floor):
    code = floor.warehouse.code

    body = a_person(floor.warehouse).get("/end-of-day", warehouse=code).json()

    unit = floor.item.unit.code
    assert (body["warehouse"], body["status"], body["empty"]) == (code, "under way", False)
    assert body["outbound"]["amounts"] == [{"unit": unit, "quantity": "9"}]
    assert body["inbound"]["short"] == [{"unit": unit, "quantity": "2"}]
    assert body["ledger"] is None
    elsewhere = a_person(WarehouseFactory())
    for path in ("/end-of-day", "/end-of-day/pdf"):
        refused(elsewhere.get(path, warehouse=code), 404, "not_found")
        assert "warehouse" in refused(elsewhere.get(path), 400, "malformed")
        assert "on" in refused(elsewhere.get(path, warehouse=code, on="9999-12-31"), 400, "malformed")


def test_it_asks_as_much_for_twenty_documents_as_for_two():
    few, many = WarehouseFactory(), WarehouseFactory()
    a_desk(2, warehouse=few)
    a_desk(20, warehouse=many)

    asked = [
        caller.statements(lambda caller=caller, site=site: caller.get("/end-of-day", warehouse=site.code))
        for site in (few, many)
        for caller in [a_person(site)]
    ]

    assert [len(answer.json()["inbound"]["receipts"]) for _, answer in asked] == [2, 20]
    assert asked[0][0] == asked[1][0] <= 40


def test_the_paper_answers_on_its_first_page(floor):
    paper = a_person(floor.warehouse).get("/end-of-day/pdf", warehouse=floor.warehouse.code).content

    first, *rest = paper_reading.texts(paper)
    unit = floor.item.unit.code
    assert f"1 receipt brought 13 {unit}; 2 shipments took 9 {unit}." in " ".join(first.split())
    for words in (f"short 2 {unit}", f"back-ordered: 1 {unit}", f"lost 1 {unit}", "L1", "never"):
        assert words in first
    assert any("What the ledger wrote" in page for page in rest)
    assert paper_reading.sizes(paper)[0] == (210.0, 297.0)
    paper_reading.assert_within_margins(paper)


def test_a_lot_that_is_held_for_two_reasons_is_one_lot_on_hold(floor):
    hold_lots([Lot.objects.get(number="L1").pk], reason=HoldReason.DAMAGE, by=an_actor())

    paper = a_person(floor.warehouse).get("/end-of-day/pdf", warehouse=floor.warehouse.code).content

    assert "Lots on hold 1 L1 " in " ".join(paper_reading.texts(paper)[0].split()) + " "
    assert len(told_of(floor).left.held) == 2


@pytest.fixture
def lyon(time_machine):
    """A warehouse in the night of the 1st of May."""
    time_machine.move_to("2030-05-01T18:25:00Z")
    return WarehouseFactory(code="LYS", timezone="Europe/Paris")


def test_the_report_is_printed_once_a_day_in_each_warehouses_own_night(lyon, time_machine, paper_dir):
    WarehouseFactory(code="NYC", timezone="America/New_York")

    assert print_end_of_day() == 1
    time_machine.move_to("2030-05-01T19:25:00Z")
    assert print_end_of_day(added_later=True) == 1

    entry = AuditEntry.objects.get(verb="reported")
    assert (entry.number, entry.warehouse_code) == ("2030-05-01", "LYS")
    message = OutboxMessage.objects.get()
    assert message.job == "insights.print_day"
    path = print_day(**message.arguments)
    assert path == str(paper_dir / "LYS-2030-05-01-end-of-day.pdf")
    assert "Nothing was moved" in paper_reading.texts((paper_dir / "LYS-2030-05-01-end-of-day.pdf").read_bytes())[0]


def test_before_the_night_nothing_is_printed(lyon, time_machine):
    time_machine.move_to("2030-05-01T17:59:00Z")

    assert print_end_of_day() == 0
    assert not OutboxMessage.objects.exists()
