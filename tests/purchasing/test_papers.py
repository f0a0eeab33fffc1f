"""What is printed: the order for the supplier, the labels for what came in."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core import clock
from apps.journal.actor import Actor
from apps.journal.models import OutboxMessage
from apps.ledger.models import Lot
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.purchasing import jobs
from apps.purchasing.models import PurchaseOrder, Receipt
from apps.purchasing.operations import close_receipt, open_receipt
from apps.purchasing.queries import labels_of, order_on_paper, receiving_sheet_of
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import an_order

SOON = date(2099, 12, 31)


@pytest.fixture
def shelf(settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    return tmp_path


def test_the_paper_says_what_was_ordered_and_who_approved(yard, django_assert_num_queries):
    raiser = yard.order.raised_by
    raiser.first_name, raiser.last_name = "Ada", "Byron"
    raiser.save()

    with django_assert_num_queries(3):  # order, lines, company
        paper = order_on_paper(yard.order.pk, at=clock.now(), by=raiser)

    assert (paper.number, paper.raised_by, paper.approved_by) == (
        yard.order.number,
        "Ada Byron",
        yard.order.approved_by.username,
    )
    assert [(line.item_number, line.quantity, line.unit, line.price, line.amount) for line in paper.lines] == [
        ("BOLT", D(10), "EA", D("2.5"), D("25.00")),
        ("MILK", D(100), "EA", D("2.5"), D("250.00")),
        ("DRILL", D(2), "EA", D("2.5"), D("5.00")),
        ("WIRE", D("5.5"), "EA", D("2.5"), D("13.75")),
    ]
    assert paper.total == D("293.75")
    assert paper.approved_on == yard.warehouse.local_date(yard.order.approved_at)


def test_a_draft_on_paper_names_no_approver(yard):
    draft = an_order(yard.warehouse, (yard.bolt, 1))

    paper = order_on_paper(draft.pk, at=clock.now(), by=draft.raised_by)

    assert (paper.approved_by, paper.approved_on) == ("", None)


def test_approval_prints_the_order(yard, shelf):
    message = OutboxMessage.objects.get(job="purchasing.print_purchase_order")

    path = jobs.print_purchase_order.run(**message.arguments)

    assert path == str(shelf / f"{yard.order.number}.pdf")
    assert Path(path).read_bytes().startswith(b"%PDF")


def test_each_posting_of_goods_gets_a_label(yard, django_assert_num_queries):
    each = {"item": yard.milk, "level": PackagingLevel.EACH, "unit": yard.milk.unit}
    Packaging.objects.create(**each, gtin="04006381333931")
    yard.receive(2, 40, lot_number="L1", expires_on=SOON)
    yard.receive(2, 5, lot_number="L1", status="damaged")
    yard.receive(3, 2, serials=["SN-1", "SN-2"])
    yard.receive(1, 4)
    hold_lots([Lot.objects.get().pk], reason=HoldReason.QUALITY, by=yard.worker)

    receipt = Receipt.objects.select_related("warehouse").get(pk=yard.receipt.pk)
    with django_assert_num_queries(3):  # lines, GTINs, holds
        labels = labels_of(receipt)

    assert [
        (label.item_number, label.gtin, label.lot, label.expires_on, label.quantity, label.held, label.hold_reason)
        for label in labels
    ] == [
        ("MILK", "04006381333931", "L1", SOON, D(40), True, "Waiting for quality"),
        ("MILK", "04006381333931", "L1", SOON, D(5), True, "Waiting for quality"),
        ("DRILL", "", "", None, D(2), False, ""),
        ("BOLT", "", "", None, D(4), False, ""),
    ]
    assert {label.receipt_number for label in labels} == {yard.receipt.number}


def test_closing_a_receipt_prints_its_labels(yard, shelf):
    yard.receive(2, 40, lot_number="L1", expires_on=SOON)
    yard.receive(1, 4)
    close_receipt(receipt_id=yard.receipt.pk, by=Actor(user=yard.worker.user), at=clock.now())
    message = OutboxMessage.objects.get(job="purchasing.print_lot_labels")

    path = jobs.print_lot_labels.run(**message.arguments)

    assert path == str(shelf / f"{yard.receipt.number}.pdf")
    assert Path(path).read_bytes().startswith(b"%PDF")


def test_the_receiving_sheet_says_what_each_item_is_told_apart_by(yard, django_assert_num_queries):
    order = PurchaseOrder.objects.select_related("warehouse", "supplier").get(pk=yard.order.pk)
    by = yard.order.raised_by

    with django_assert_num_queries(3):  # lines, GTINs, company
        paper = receiving_sheet_of(order, at=clock.now(), by=by)

    assert [(line.item_number, line.to_come, line.has_lots, line.has_serials) for line in paper.lines] == [
        ("BOLT", D(10), False, False),
        ("MILK", D(100), True, False),
        ("DRILL", D(2), False, True),
        ("WIRE", D("5.5"), False, False),
    ]


def test_a_truck_at_the_dock_prints_its_sheet(yard, shelf):
    receipt = open_receipt(order_ids=[yard.order.pk], dock_id=yard.dock.pk, by=an_actor(), at=clock.now())

    message = OutboxMessage.objects.get(job="purchasing.print_receiving_sheet", arguments__receipt=receipt.number)
    path = Path(jobs.print_receiving_sheet(**message.arguments))

    assert path == shelf / f"{receipt.number}-{yard.order.number}-sheet.pdf"
    assert path.read_bytes().startswith(b"%PDF")


def test_the_receiving_sheet_comes_over_http_to_whoever_works_there(yard):
    path = f"/purchase-orders/{yard.order.number}/receiving-sheet"

    answer = a_person(yard.warehouse).get(path)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    refused(a_person(WarehouseFactory()).get(path), 404, "not_found")
