"""AdventureWorks' files in the form that our imports and operations take; only the test knows their columns."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.flows.books import SHARED, as_csv

FOLDER = SHARED / "data" / "erp" / "adventureworks"
WAREHOUSE = "AW"
DOCK = "DOCK-1"


@dataclass(frozen=True)
class AdventureWorks:
    """Its tables as lists of rows."""

    products: list[dict[str, str]]
    vendors: list[dict[str, str]]
    stock: list[dict[str, str]]
    orders: list[dict[str, str]]
    details: list[dict[str, str]]

    @classmethod
    def read(cls) -> "AdventureWorks":
        """The tables of buying."""
        names = ("Product", "Vendor", "ProductInventory", "PurchaseOrderHeader", "PurchaseOrderDetail")
        texts = ((FOLDER / f"{name}.csv").read_text("utf-8-sig") for name in names)
        return cls(*(list(csv.DictReader(io.StringIO(text, newline=""))) for text in texts))

    def items(self) -> str:
        """All products."""
        return as_csv(
            {
                "number": row["ProductNumber"],
                "name": row["Name"],
                "unit": "EA",
                "standard_cost": row["StandardCost"],
            }
            for row in self.products
        )

    def parties(self) -> str:
        """All vendors, whether they are bought from still or not: their history comes, too."""
        return as_csv({"number": row["AccountNumber"], "name": row["Name"], "supplier": "yes"} for row in self.vendors)

    def locations(self) -> str:
        """A dock, and every bin of the stock list."""
        bins = sorted({bin_code(row) for row in self.stock})
        places = [(DOCK, "dock"), *((code, "storage") for code in bins)]
        return as_csv(
            {"warehouse": WAREHOUSE, "code": code, "kind": kind, "pick_sequence": str(number)}
            for number, (code, kind) in enumerate(places)
        )

    def opening(self) -> list[tuple[str, str, int]]:
        """Product, bin and quantity of what was there; rows of nothing are left out."""
        numbers = self.numbers()
        return [
            (numbers[row["ProductID"]], bin_code(row), int(row["Quantity"]))
            for row in self.stock
            if int(row["Quantity"])
        ]

    def numbers(self) -> dict[str, str]:
        """Product numbers by key."""
        return {row["ProductID"]: row["ProductNumber"] for row in self.products}

    def homes(self) -> dict[str, str]:
        """The first bin of each product, by its number."""
        numbers = self.numbers()
        homes: dict[str, str] = {}
        for row in self.stock:
            homes.setdefault(numbers[row["ProductID"]], bin_code(row))
        return homes

    def bought(self) -> list["Bought"]:
        """Every order with its lines, in its order."""
        numbers = self.numbers()
        vendors = {row["BusinessEntityID"]: row["AccountNumber"] for row in self.vendors}
        lines: dict[str, list[Line]] = defaultdict(list)
        for row in self.details:
            lines[row["PurchaseOrderID"]].append(
                Line(
                    item=numbers[row["ProductID"]],
                    ordered=Decimal(row["OrderQty"]),
                    price=Decimal(row["UnitPrice"]),
                    received=Decimal(row["ReceivedQty"]),
                    rejected=Decimal(row["RejectedQty"]),
                )
            )
        return [
            Bought(
                number=row["PurchaseOrderID"],
                vendor=vendors[row["VendorID"]],
                due_on=date.fromisoformat(row["ShipDate"][:10]),
                lines=lines[row["PurchaseOrderID"]],
            )
            for row in self.orders
        ]


@dataclass(frozen=True)
class Line:
    """What was ordered of a product, and what became of it."""

    item: str
    ordered: Decimal
    price: Decimal
    received: Decimal
    rejected: Decimal


@dataclass(frozen=True)
class Bought:
    """An order and its lines."""

    number: str
    vendor: str
    due_on: date
    lines: list[Line]


def bin_code(row: dict[str, str]) -> str:
    """Location, shelf and bin as one code."""
    return f"{int(row['LocationID']):02}-{row['Shelf']}-{row['Bin']}"
