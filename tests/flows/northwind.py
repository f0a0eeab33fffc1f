"""Northwind's files in the form that our imports read; only the test knows their columns."""

import csv
import io
from collections import Counter
from dataclasses import dataclass

from tests.flows.books import SHARED, as_csv

FOLDER = SHARED / "data" / "erp" / "northwind"
WAREHOUSE = "NW"
CHANNEL = "PHONE"
DOCK, BENCH, TOTE = "DOCK-1", "PACK-1", "TOTE-1"


@dataclass(frozen=True)
class Northwind:
    """Its tables as lists of rows."""

    products: list[dict[str, str]]
    suppliers: list[dict[str, str]]
    customers: list[dict[str, str]]
    shippers: list[dict[str, str]]
    orders: list[dict[str, str]]
    details: list[dict[str, str]]

    @classmethod
    def read(cls) -> "Northwind":
        """All tables."""
        names = ("Products", "Suppliers", "Customers", "Shippers", "Orders", "Order_Details")
        texts = ((FOLDER / f"{name}.csv").read_text("utf-8-sig") for name in names)
        return cls(*(list(csv.DictReader(io.StringIO(text, newline=""))) for text in texts))

    def ordered(self) -> Counter:
        """Units ordered of each product, all orders together."""
        units: Counter[str] = Counter()
        for row in self.details:
            units[row["ProductID"]] += int(row["Quantity"])
        return units

    def items(self) -> str:
        """Each product as an item counted in its selling unit, whose size is told."""
        return as_csv(
            {
                "number": item(row["ProductID"]),
                "name": row["ProductName"],
                "unit": "EA",
                "size": row["QuantityPerUnit"],
                "standard_cost": row["UnitPrice"],
            }
            for row in self.products
        )

    def parties(self) -> str:
        """Suppliers, customers and carriers in one file."""
        kinds = (("supplier", self.suppliers), ("customer", self.customers), ("carrier", self.shippers))
        return as_csv(
            {
                "number": party(kind, row),
                "name": row["CompanyName"],
                **{other: "yes" if other == kind else "" for other, _ in kinds},
                "contact": row.get("ContactName", ""),
                "phone": row["Phone"],
                "street": row.get("Address", ""),
                "city": row.get("City", ""),
                "region": row.get("Region", ""),
                "postal_code": row.get("PostalCode", ""),
                "country": row.get("Country", ""),
            }
            for kind, rows in kinds
            for row in rows
        )

    def locations(self) -> str:
        """A dock, a bench, a tote and a bin for each product."""
        places = [(DOCK, "dock"), (BENCH, "pack"), (TOTE, "tote")]
        places += [(f"A-{row['ProductID']:0>3}", "pick_face") for row in self.products]
        return as_csv(
            {"warehouse": WAREHOUSE, "code": code, "kind": kind, "pick_sequence": str(number)}
            for number, (code, kind) in enumerate(places)
        )

    def purchase_orders(self) -> str:
        """From each supplier all that was ever ordered of its products, and what Northwind says is in stock."""
        ordered = self.ordered()
        return as_csv(
            {
                "reference": f"NW-{row['SupplierID']}",
                "supplier": party("supplier", row),
                "warehouse": WAREHOUSE,
                "due_on": "1996-07-01",
                "item": item(row["ProductID"]),
                "quantity": str(ordered[row["ProductID"]] + int(row["UnitsInStock"])),
            }
            for row in self.products
        )

    def sales_orders(self) -> str:
        """Every line of every order."""
        orders = {row["OrderID"]: row for row in self.orders}
        return as_csv(
            {
                "reference": row["OrderID"],
                "channel": CHANNEL,
                "customer": (order := orders[row["OrderID"]])["CustomerID"],
                "warehouse": WAREHOUSE,
                "due_on": order["RequiredDate"][:10],
                "placed_on": order["OrderDate"][:10],
                "ship_to": order["ShipName"],
                "street": order["ShipAddress"],
                "city": order["ShipCity"],
                "region": order["ShipRegion"],
                "postal_code": order["ShipPostalCode"],
                "country": order["ShipCountry"],
                "carrier": f"C{order['ShipVia']}",
                "item": item(row["ProductID"]),
                "quantity": row["Quantity"],
                "price": row["UnitPrice"],
            }
            for row in self.details
        )


def item(product: str) -> str:
    """A product's number among our items."""
    return f"NW-{product:0>3}"


def party(kind: str, row: dict[str, str]) -> str:
    """A party's number: customers keep theirs."""
    if kind == "supplier":
        return f"S{row['SupplierID']}"
    return f"C{row['ShipperID']}" if kind == "carrier" else row["CustomerID"]
