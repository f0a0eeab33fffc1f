"""The return slip: it leads the parcel to the dock and the scanner to the return."""

from decimal import Decimal as D

from apps.accounts.roles import Role
from apps.journal.models import OutboxMessage
from apps.returns.jobs import print_return_slip
from tests.core import paper_reading
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_blind_return, a_return, a_shipped_order, back, loose


def test_a_slip_names_the_goods_and_is_scanned(floor):
    milk, drill = ItemFactory(number="MILK", lots=True), ItemFactory(number="DRILL", serials=True)
    stock(milk, floor.a, 3, lot=LotFactory(item=milk, number="L-1"))
    stock(drill, floor.a, 1, serial=SerialFactory(item=drill, number="S-1"))
    order = a_shipped_order(floor, (milk, 3), (drill, 1), customer=CustomerFactory(number="SHOP", name="The Shop"))
    document = a_return(order, back(2), back(1, line=2))

    answer = a_person(floor.warehouse, roles=(Role.SALES,)).get(f"/customer-returns/{document.number}/slip")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    (text,) = paper_reading.texts(answer.content)
    for expected in (
        "Return slip",
        floor.warehouse.name,
        "SHOP The Shop",
        order.number,
        "Not wanted any more",
        "1 MILK",
        "L-1 2 EA",
        "2 DRILL",
        "S-1 1 EA",
    ):
        assert expected in text
    assert paper_reading.barcodes(answer.content) == [[paper_reading.Read("]C0", document.number)]]


def test_a_blind_slip_says_that_it_belongs_to_no_order(floor):
    document = a_blind_return(floor.warehouse, CustomerFactory(), loose(floor.item, D(1)))

    browser = a_person(floor.warehouse)
    (text,) = paper_reading.texts(browser.get(f"/customer-returns/{document.number}/slip").content)

    assert "Not matched to an order" in text
    stranger = a_person(WarehouseFactory())
    assert stranger.get(f"/customer-returns/{document.number}/slip").status_code == 404


def test_a_slip_is_printed_when_the_return_is_announced(floor, paper_dir):
    document = a_blind_return(floor.warehouse, CustomerFactory(), loose(floor.item, D(1)))

    message = OutboxMessage.objects.get(job="returns.print_return_slip")
    print_return_slip(**message.arguments)

    assert message.arguments["customer_return"] == document.number
    assert [path.name for path in paper_dir.rglob("*.pdf")] == [f"{document.number}.pdf"]
