"""An order as a table: every line, and nothing that a spreadsheet would calculate."""

import csv
from io import StringIO

from apps.accounts.roles import Role
from apps.purchasing.models import PurchaseOrderLine
from tests.factories.api import a_person
from tests.factories.catalog import ItemFactory
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import an_approved_order


def read(answer):
    return list(csv.DictReader(StringIO(answer.content.decode())))


def test_an_order_is_a_table_of_its_lines(yard):
    buyer = a_person(yard.warehouse, roles=[Role.BUYER])
    yard.receive(1, 4)

    answer = buyer.get(f"/purchase-orders/{yard.order}/csv")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{yard.order}.csv"'
    rows = read(answer)
    assert len(rows) == 4
    assert rows[0] == {
        "order": yard.order.number,
        "revision": "0",
        "supplier": "DAIRY",
        "warehouse": "MAIN",
        "line": "1",
        "item": "BOLT",
        "name": "Name of BOLT",
        "supplier_code": "",
        "quantity": "10",
        "unit": "EA",
        "price": "2.5",
        "amount": "25",
        "currency": "EUR",
        "received": "4",
        "expected_on": "2027-01-15",
    }


def test_no_cell_is_a_formula_and_quotes_survive(db):
    warehouse = WarehouseFactory()
    order = an_approved_order(warehouse, (ItemFactory(name='=HYPERLINK("http://x","y")'), 1))
    PurchaseOrderLine.objects.update(supplier_code="@A,1")

    (row,) = read(a_person(warehouse, roles=[Role.BUYER]).get(f"/purchase-orders/{order}/csv"))

    assert row["name"] == '\'=HYPERLINK("http://x","y")'
    assert row["supplier_code"] == "'@A,1"


def test_an_order_of_another_warehouse_is_not_found(yard):
    stranger = a_person(WarehouseFactory(), roles=[Role.BUYER])

    assert stranger.get(f"/purchase-orders/{yard.order}/csv").status_code == 404
