"""The recall trace report."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apps.core.paper.formats import Address, Printed
from apps.core.paper.sheet import LETTER
from apps.traceability.pdf import (
    MassBalance,
    TracedMove,
    TracedPlace,
    TracedReceipt,
    TracedShipment,
    TraceEvidence,
    TraceReport,
    trace_report,
)
from tests.core import paper_reading

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
BALANCE = MassBalance(
    unit="kg",
    received=Decimal(480),
    on_hand=Decimal(394),
    shipped=Decimal(72),
    scrapped=Decimal(12),
    adjusted=Decimal(2),
)


def make_shipment(index, **changes):
    shipment = TracedShipment(
        customer="Délices du Port" if index % 2 else "株式会社 東京",
        contact="quality@example.fr" if index % 2 else "",
        order=f"SO-{index:06d}",
        shipment=f"SH-{index:06d}",
        shipped_on=date(2026, 11, 10),
        quantity=Decimal(24),
    )
    return replace(shipment, **changes)


def make_evidence(index):
    return TraceEvidence(
        transaction=f"TX-{index:08d}", recorded_at=AT, kind="ship", document=f"SH-{index:06d}", by="Bram"
    )


def make_report(**changes):
    report = TraceReport(
        company=Address(name="Nordkai Provisions Ltd"),
        printed=Printed(at=AT, by="Marta Devos"),
        number="RC-000004",
        opened_on=date(2026, 11, 22),
        as_of=AT,
        item_number="OIL-500",
        item_name="Olive oil 500 ml",
        lot="L2026-118",
        supplier_lot="EK-77123",
        expires_on=date(2027, 11, 30),
        reason="Glass fragments found by the supplier.",
        reported_by="Ελαιώνες Κρήτης",
        held_since=AT,
        balance=BALANCE,
        receipts=(
            TracedReceipt(
                received_on=date(2026, 11, 2),
                supplier="Ελαιώνες Κρήτης",
                purchase_order="PO-000101",
                receipt="GR-000431",
                quantity=Decimal(480),
            ),
        ),
        places=(
            TracedPlace(warehouse="Antwerp DC1", location="A-01-02", status="available", quantity=Decimal(300)),
            TracedPlace(
                warehouse="Antwerp DC1",
                location="Q-01",
                status="blocked",
                handling_unit="340123450000000017",
                quantity=Decimal(94),
            ),
        ),
        shipments=tuple(make_shipment(index) for index in (1, 2, 3)),
        others=(
            TracedMove(
                moved_on=date(2026, 11, 9),
                kind="Scrapped",
                document="SC-000004",
                place="A-01-02",
                reason="Broken in the aisle",
                by="Bram",
                quantity=Decimal(12),
            ),
            TracedMove(moved_on=date(2026, 11, 12), kind="Count difference", quantity=Decimal(2)),
        ),
        evidence=tuple(make_evidence(index) for index in range(3)),
    )
    return replace(report, **changes)


def test_page_one_is_the_answer():
    content = trace_report(make_report())

    answer, *_ = paper_reading.texts(content)
    for expected in (
        "Recall trace report",
        "RC-000004 2026-11-22",
        "L2026-118",
        "Supplier's lot EK-77123",
        "Expires 2027-11-30",
        "Held since 2026-11-22 14:05 UTC",
        "OIL-500",
        "Glass fragments found by the supplier.",
        "Ελαιώνες Κρήτης",
        "Figures as of 2026-11-22 14:05 UTC",
        "BALANCED: all 480 kg are accounted for.",
        "Received 480 kg",
        "On hand 394 kg",
        "Shipped to customers 72 kg",
        "Scrapped 12 kg",
        "Adjusted in counts (lost less found) 2 kg",
        "Total 480 kg 480 kg",
        "Antwerp DC1 available 1 300 kg",
        "Antwerp DC1 blocked 1 94 kg",
        "Délices du Port quality@example.fr 2 48 kg",
        "株式会社 東京 no contact on file 1 24 kg",
    ):
        assert expected in answer
    assert "Used in assembly" not in answer
    assert paper_reading.barcodes(content) == [[paper_reading.Read("]C0", "RC-000004")]] * 2


def test_the_detail_follows_and_the_evidence_is_last():
    _, detail = paper_reading.texts(trace_report(make_report()))

    places = [detail.index(title) for title in ("Receipts", "Places now", "Shipments", "Other moves", "Evidence")]
    assert places == sorted(places)
    for expected in (
        "2026-11-02 Ελαιώνες Κρήτης PO-000101 GR-000431 480 kg",
        "Antwerp DC1 Q-01 340123450000000017 blocked 94 kg",
        "SO-000001 SH-000001 24 kg",
        "SC-000004 A-01-02 Bram 12 kg",
        "Broken in the aisle",
        "TX-00000002 2026-11-22 14:05 UTC ship SH-000002 Bram",
    ):
        assert expected in detail


@pytest.mark.parametrize(
    ("changes", "difference", "verdict"),
    [
        ({}, 0, "BALANCED: all 480 kg are accounted for."),
        ({"on_hand": Decimal(391)}, 3, "OFF BY 3 kg (missing): 480 kg came in, 477 kg are accounted for."),
        (
            {"on_hand": Decimal("395.5")},
            "-1.5",
            "OFF BY 1.5 kg (too many): 480 kg came in, 481.5 kg are accounted for.",
        ),
        ({"returned": Decimal(5), "on_hand": Decimal(399)}, 0, "BALANCED: all 485 kg are accounted for."),
        (
            {"consumed": Decimal(4), "sent_back": Decimal(90), "on_hand": Decimal(300)},
            0,
            "BALANCED: all 480 kg are accounted for.",
        ),
        ({"adjusted": Decimal(-2), "on_hand": Decimal(398)}, 0, "BALANCED: all 480 kg are accounted for."),
    ],
)
def test_the_verdict_says_plainly_whether_it_balances(changes, difference, verdict):
    report = make_report(balance=replace(BALANCE, **changes))

    assert report.balance.difference == Decimal(difference)
    assert report.verdict == verdict
    assert verdict in paper_reading.texts(trace_report(report))[0].replace("\n", " ")


def test_a_report_says_itself_when_its_tables_contradict_page_one():
    report = make_report(places=make_report().places[:1], shipments=(), receipts=())

    answer, _ = paper_reading.texts(trace_report(report))

    assert make_report().contradictions == ()
    for expected in (
        "Receipts below add up to 0 kg, page 1 says 480 kg.",
        "Places below add up to 300 kg, page 1 says 394 kg.",
        "Shipments below add up to 0 kg, page 1 says 72 kg.",
        "Nothing was shipped.",
    ):
        assert expected in answer


def test_a_lot_of_which_nothing_is_known_is_reported_all_the_same():
    nothing = MassBalance(unit="each", received=Decimal(0), on_hand=Decimal(0), shipped=Decimal(0))
    report = make_report(
        balance=nothing,
        receipts=(),
        places=(),
        shipments=(),
        others=(),
        evidence=(),
        held_since=None,
        expires_on=None,
        supplier_lot="",
    )

    answer, detail = paper_reading.texts(trace_report(report))

    assert "NOT HELD" in answer
    assert "Nothing is on hand." in answer
    assert "No receipt is known." in detail
    assert "No ledger transaction names this lot." in detail


def test_two_hundred_shipments_fit_and_repeat_the_header():
    shipments = tuple(make_shipment(index, contact="Quality desk, " * 12) for index in range(200))
    report = make_report(
        shipments=shipments,
        balance=replace(BALANCE, received=Decimal(5208), shipped=Decimal(4800)),
        evidence=tuple(make_evidence(index) for index in range(200)),
        reason="Glass. " * 300,
    )

    for paper in (None, LETTER):
        content = trace_report(report, paper=paper) if paper else trace_report(report)
        pages = paper_reading.texts(content)
        assert "BALANCED: all 5,208 kg are accounted for." in pages[0]
        assert sum(page.count("TX-") for page in pages) == 200
        assert all("Date Customer Order Shipment Quantity" in page for page in pages if "SO-000" in page)
        paper_reading.assert_within_margins(content)


def test_the_same_report_gives_the_same_bytes():
    assert trace_report(make_report()) == trace_report(make_report())
