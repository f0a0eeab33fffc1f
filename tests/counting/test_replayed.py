"""A count taken along: what was scanned out of reach is read when it is told."""

from decimal import Decimal as D

import pytest

from apps.core import clock
from apps.counting.models import CycleCount
from tests.factories.api import a_device, a_worker
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.counting import a_count
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """In A: ten bolts, six of a lot of nuts, a pump with its serial number."""
    floor = a_floor()
    floor.nut, floor.pump = ItemFactory(number="NUT", lots=True), ItemFactory(number="PUMP", serials=True)
    floor.lot, floor.serial = LotFactory(item=floor.nut, number="L7"), SerialFactory(item=floor.pump, number="S-1")
    stock(floor.item, floor.a, 10)
    stock(floor.nut, floor.a, 6, lot=floor.lot)
    stock(floor.pump, floor.a, 1, serial=floor.serial)
    for item, gtin in ((floor.item, "04006381333931"), (floor.nut, "05901234123457")):
        item.packagings.create(level="each", unit=item.unit, gtin=gtin)
    floor.hand = a_worker(floor.warehouse, device=a_device(floor.warehouse, number="HAND-7"))
    return floor


def replayed(floor, *, lines=(), unknown=()):
    """The queue as the handheld sends it when it is back in reach."""
    count = a_count(floor.a)
    entry = {
        "key": "6b0e5a70-0b55-4b4e-9a43-2f1f5a6b7c8d",
        "path": f"tasks/{count.task.number}/confirm",
        "body": {"lines": list(lines), "unknown": list(unknown)},
        "occurred_at": clock.now().isoformat(),
    }
    answer = floor.hand.client.post("/api/v1/commands", {"entries": [entry]}, format="json")
    (result,) = answer.json()["results"]
    assert result["status"] == 200, result
    found = CycleCount.objects.get(pk=count.pk)
    return found, [
        (line.item.number, str(line.lot or ""), str(line.serial or ""), line.expected, line.counted)
        for line in found.lines.order_by("item__number")
    ]


def test_codes_that_are_known_here_are_counted_as_they_would_have_been_in_reach(floor):
    count, lines = replayed(
        floor,
        unknown=[
            {"text": "4006381333931", "quantity": "10", "seconds_ago": 0},
            {"text": "0105901234123457\x1d10L7", "quantity": "6"},
            {"text": "S-1"},
        ],
    )

    assert lines == [
        ("BOLT", "", "", D(10), D(10)),
        ("NUT", "L7", "", D(6), D(6)),
        ("PUMP", "", "S-1", D(1), D(1)),
    ]
    assert (count.state, count.findings.count()) == ("approved", 0)
    assert_invariants()


def test_goods_that_were_listed_and_scanned_are_added_up_and_a_serial_number_is_there_once(floor):
    count, lines = replayed(
        floor,
        lines=[
            {"item": "BOLT", "quantity": "7"},
            {"item": "NUT", "lot": "L7", "quantity": "6"},
            {"item": "PUMP", "serial": "S-1", "quantity": "1"},
        ],
        unknown=[{"text": "4006381333931", "quantity": "3"}, {"text": "S-1", "quantity": "1"}],
    )

    assert [line[-1] for line in lines] == [D(10), D(6), D(1)]
    assert count.state == "approved"


@pytest.mark.parametrize(
    "scan",
    [
        pytest.param({"text": "NOBODY-KNOWS", "quantity": "1"}, id="a code that nothing bears"),
        pytest.param({"text": "4006381333931"}, id="nobody said how many"),
        pytest.param({"text": "5901234123457", "quantity": "6"}, id="of which lot?"),
        pytest.param({"text": "A", "quantity": "1"}, id="a place"),
        pytest.param({"text": "4006381333932", "quantity": "1"}, id="a wrong check digit"),
    ],
)
def test_what_names_no_goods_stays_text_for_a_person(floor, scan):
    count, _ = replayed(floor, unknown=[scan])

    (finding,) = count.findings.all()
    assert (finding.text, finding.quantity) == (scan["text"], D(scan["quantity"]) if "quantity" in scan else None)
    assert count.state == "counted", "the rest is missing, and a person must look"


def test_a_case_with_a_number_stays_text_as_it_may_mean_cases_or_pieces(floor):
    case = floor.item.packagings.create(
        level="case", numerator=12, gtin="14006381333938", unit=UnitFactory(code="CASE")
    )

    count, _ = replayed(floor, unknown=[{"text": case.gtin, "quantity": "2"}])

    assert [each.text for each in count.findings.all()] == ["14006381333938"]
