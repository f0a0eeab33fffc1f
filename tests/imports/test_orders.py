"""Purchase and sales orders: raised once, as drafts, through the operations."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest

from apps.catalog.choices import Lifecycle
from apps.catalog.models import Barcode, Item
from apps.locations.models import Company
from apps.orders.models import Channel, SalesOrder
from apps.purchasing.models import PurchaseOrder
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.locations import WarehouseFactory, works_at

PURCHASE = (
    "reference,supplier,warehouse,due_on,terms,item,quantity,price\n"
    "F-1,ACME,LYS,2030-05-02,30 days,BOLT,100,0.05\n"
    "F-1,ACME,LYS,2030-05-02,30 days,NUT,50,0.03\n"
    "F-2,ACME,LYS,2030-05-03,,BOLT,7,\n"
)
SALE = (
    "reference,channel,customer,warehouse,due_on,placed_on,ship_to,city,item,quantity,price\n"
    "W-1,WEB,SHOP,LYS,2030-05-02,2030-04-30,Shop,Metz,BOLT,10,0.10\n"
    "W-1,WEB,SHOP,LYS,2030-05-02,2030-04-30,Shop,Metz,NUT,5,\n"
)


@pytest.fixture(autouse=True)
def company(db):
    """A site, a supplier, a customer, a channel and two items."""
    Company.objects.create(pk=1, name="Company", currency="EUR")
    WarehouseFactory(code="LYS", timezone="Europe/Paris")
    PartyFactory(number="ACME", is_supplier=True)
    PartyFactory(number="SHOP", is_customer=True, city="Paris", min_remaining_days=30)
    Channel.objects.create(code="WEB", name="Web shop", kind="web")
    ItemFactory(number="BOLT", standard_cost=D("0.04"))
    ItemFactory(number="NUT")


def test_rows_with_one_reference_are_one_purchase_order(bring_in):
    said = bring_in("purchase_orders", PURCHASE)

    assert said == "  new order F-1\n  new order F-2\nImported: 2 new, 0 changed, 0 as they were.\n"
    first, second = PurchaseOrder.objects.order_by("reference")
    assert (first.state, first.terms, first.due_on.isoformat(), first.raised_by.username) == (
        "draft",
        "30 days",
        "2030-05-02",
        "importer",
    )
    assert list(first.lines.values_list("line", "item__number", "quantity", "price")) == [
        (1, "BOLT", D(100), D("0.05")),
        (2, "NUT", D(50), D("0.03")),
    ]
    assert second.lines.get().price == D("0.04")


def test_an_order_is_raised_once(bring_in):
    bring_in("purchase_orders", PURCHASE)

    assert bring_in("purchase_orders", PURCHASE) == "Imported: 0 new, 0 changed, 2 as they were.\n"
    assert PurchaseOrder.objects.count() == 2


def test_an_order_that_is_there_otherwise_is_not_changed(bring_in, refused):
    bring_in("purchase_orders", PURCHASE)

    assert refused("purchase_orders", PURCHASE.replace(",50,", ",60,")) == [
        "row 2, reference: is there with other lines, and an import changes no order"
    ]
    assert PurchaseOrder.objects.get(reference="F-1").lines.get(line=2).quantity == D(50)


def test_what_the_operation_refuses_is_told_with_its_row_and_no_order_is_raised(refused):
    ItemFactory(number="OLD", lifecycle=Lifecycle.RETIRED, standard_cost=D(1))

    assert refused(
        "purchase_orders", PURCHASE + "F-3,ACME,LYS,2030-05-03,,OLD,1,\nF-4,SHOP,LYS,2030-05-03,,NUT,1,1\n"
    ) == [
        "row 5: OLD is retired and is not bought.",
        "row 6: SHOP is no active supplier.",
    ]
    assert not PurchaseOrder.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("F-9,ACME,LYS,2030-05-03,,BOLT,0,1", "row 5, quantity: it must be more than zero ('0')"),
        ("F-9,ACME,LYS,2030-05-03,,BOLT,-1,1", "row 5, quantity: it must be more than zero ('-1')"),
        ("F-9,ACME,LYS,2030-05-03,,BOLT,1.5,1", "row 5, quantity: at most 0 decimals are allowed ('1.5')"),
        ("F-9,ACME,LYS,2030-05-03,,BOLT,NaN,1", "row 5, quantity: it is not a number ('NaN')"),
        ("F-9,ACME,LYS,2030-05-03,,BOLT,1e999,1", "row 5, quantity: it is too large ('1e999')"),
        ("F-9,ACME,LYS,2030-05-03,,BOLT,ten,1", "row 5, quantity: it is not a number ('ten')"),
        (
            "F-9,ACME,LYS,2030-05-03,,BOLT,1,-1",
            "row 5, price: is no price: nothing or more, with at most 6 decimals ('-1')",
        ),
        ("F-9,ACME,LYS,3.5.2030,,BOLT,1,1", "row 5, due_on: is no date; write it as 2026-11-30 ('3.5.2030')"),
        ("F-9,ACME,LYS,2030-02-30,,BOLT,1,1", "row 5, due_on: is no day of the calendar ('2030-02-30')"),
        ("F-2,ACME,LYS,2030-05-04,,NUT,1,1", "row 5, due_on: differs from row 4 of the same document"),
        ("F-9,ACME,LYS,2030-05-03,,COG,1,1", "row 5, item: there is no item with this number ('COG')"),
    ],
)
def test_a_bad_line_is_told_by_its_row_and_column(refused, row, said):
    assert refused("purchase_orders", f"{PURCHASE}{row}\n") == [said]
    assert not PurchaseOrder.objects.exists()


def test_rows_with_one_reference_are_one_sales_order(bring_in):
    bring_in("sales_orders", SALE)

    order = SalesOrder.objects.get()
    assert (order.state, order.ship_to, order.city, order.min_remaining_days) == ("draft", "Shop", "Metz", 30)
    assert order.placed_at == datetime(2030, 4, 29, 22, tzinfo=UTC)  # midnight in Lyon
    assert list(order.lines.values_list("item__number", "quantity", "price")) == [
        ("BOLT", D(10), D("0.10")),
        ("NUT", D(5), D(0)),
    ]
    assert bring_in("sales_orders", SALE) == "Imported: 0 new, 0 changed, 1 as they were.\n"


def test_an_order_of_a_file_has_its_terms_and_names_items_by_barcode(bring_in):
    Barcode.objects.create(item=Item.objects.get(number="NUT"), code="OLD-NUT")
    head = "reference,channel,customer,warehouse,due_on,requested_on,priority,ship_complete,item,quantity"

    bring_in("sales_orders", f"{head}\nW-9,WEB,SHOP,LYS,2030-05-02,2030-05-01,80,yes,OLD-NUT,3\n")

    order = SalesOrder.objects.get()
    assert (order.priority, order.ship_complete, order.requested_on) == (80, True, date(2030, 5, 1))
    assert order.lines.get().item.number == "NUT"


def test_a_preview_raises_no_order(bring_in):
    said = bring_in("sales_orders", SALE, commit=False)

    assert said.startswith("  new order W-1\nPreview: 1 new")
    assert not SalesOrder.objects.exists()


def test_a_channel_that_takes_no_orders_is_told_with_the_row(refused):
    Channel.objects.update(is_active=False)

    assert refused("sales_orders", SALE) == ["row 2: Channel WEB takes no orders."]
    assert not SalesOrder.objects.exists()


@pytest.mark.parametrize(
    ("kind", "text", "rows"), [("purchase_orders", PURCHASE, [2, 3, 4]), ("sales_orders", SALE, [2, 3])]
)
def test_a_warehouse_of_others_is_unknown_to_a_file_of_orders(refused, kind, text, rows):
    works_at(UserFactory(username="ines"), WarehouseFactory(code="OWN"))

    assert refused(kind, text, user="ines") == [
        f"row {row}, warehouse: there is no warehouse with this code ('LYS')" for row in rows
    ]
    assert not PurchaseOrder.objects.exists()
    assert not SalesOrder.objects.exists()
