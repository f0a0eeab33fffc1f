"""A gift wholesaler's 2 December 2010 in the form that our imports and our API read.

The data set is UCI Online Retail; the README beside it says which codes are not goods and what a `C` invoice is.
"""

import csv
import gzip
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from tests.flows.books import SHARED, as_csv

FILE = SHARED / "data" / "orders" / "online_retail_to_2011_08.csv.gz"
DAY = "2010-12-02"
WAREHOUSE, CHANNEL, SUPPLIER, WALK_IN = "GIFTS", "WEB", "MAKERS", "WALK-IN"
DOCKS, BENCHES, TOTES = ("DOCK-1", "DOCK-2"), ("PACK-1",), ("TOTE-1", "TOTE-2", "TOTE-3", "TOTE-4")
NOT_GOODS = {"DOT", "POST", "M", "D", "S", "B", "C2", "PADS", "AMAZONFEE", "CRUK", "BANK CHARGES"}
SPARE = 5
"""Units of each item that are left when all orders have gone."""


@dataclass(frozen=True)
class Sold:
    """Some of an item on an invoice; a cancellation has the units that come back."""

    invoice: str
    at: str
    customer: str
    item: str
    name: str
    units: int
    price: str


@dataclass(frozen=True)
class RetailDay:
    """The day's lines of goods: sold, and cancelled."""

    sold: list[Sold]
    cancelled: list[Sold]

    @classmethod
    def read(cls) -> "RetailDay":
        """The day's lines; codes that differ only by letter case are one item."""
        sold, cancelled = [], []
        with gzip.open(FILE, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                code, units = row["StockCode"].upper(), int(float(row["Quantity"]))
                if not row["InvoiceDate"].startswith(DAY) or code in NOT_GOODS or code.startswith("GIFT_"):
                    continue
                line = Sold(
                    invoice=row["InvoiceNo"],
                    at=row["InvoiceDate"],
                    customer=row["CustomerID"].split(".")[0] or WALK_IN,
                    item=code,
                    name=row["Description"].strip(),
                    units=abs(units),
                    price=row["UnitPrice"],
                )
                if row["InvoiceNo"].startswith("C"):
                    cancelled.append(line)
                elif units > 0:
                    sold.append(line)
        return cls(sold, cancelled)

    @cached_property
    def orders(self) -> dict[str, list[Sold]]:
        """The day's orders in the order in which they came in."""
        return _by_invoice(self.sold)

    @cached_property
    def returns(self) -> dict[str, list[Sold]]:
        """The day's cancellations likewise, of what was sold before the day."""
        return _by_invoice(self.cancelled)

    @cached_property
    def ordered(self) -> Counter:
        """Units sold of each item."""
        return _units(self.sold)

    @cached_property
    def returned(self) -> Counter:
        """Units that came back of each item."""
        return _units(self.cancelled)

    @property
    def opening(self) -> dict[str, int]:
        """What is bought before the day begins: all that it sells, and a few spare."""
        return {item: units + SPARE for item, units in sorted(self.ordered.items())}

    def items(self) -> str:
        """Everything that is sold or comes back."""
        names: dict[str, str] = {}
        for line in (*self.sold, *self.cancelled):
            names[line.item] = names.get(line.item) or line.name
        return as_csv({"number": item, "name": name or item, "unit": "EA"} for item, name in sorted(names.items()))

    def parties(self) -> str:
        """The customers, and one supplier of all goods."""
        customers = sorted({line.customer for line in (*self.sold, *self.cancelled)} | {WALK_IN})
        rows = [{"number": SUPPLIER, "name": "Gift makers", "supplier": "yes", "customer": ""}]
        rows += [{"number": each, "name": f"Customer {each}", "supplier": "", "customer": "yes"} for each in customers]
        return as_csv(rows)

    def locations(self) -> str:
        """Docks, a bench, a tote a picker, and a bin for each item."""
        places = [*((code, "dock") for code in DOCKS), *((code, "pack") for code in BENCHES)]
        places += [(code, "tote") for code in TOTES]
        places += [(bin_of(item), "storage") for item in sorted(self.ordered | self.returned)]
        return as_csv(
            {"warehouse": WAREHOUSE, "code": code, "kind": kind, "pick_sequence": str(number), "mixes_items": "no"}
            for number, (code, kind) in enumerate(places)
        )


def bin_of(item: str) -> str:
    """The bin of an item."""
    return f"B-{item}"


def _by_invoice(lines: list[Sold]) -> dict[str, list[Sold]]:
    invoices: dict[str, list[Sold]] = {}
    for line in lines:
        invoices.setdefault(line.invoice, []).append(line)
    return invoices


def _units(lines: list[Sold]) -> Counter:
    units: Counter[str] = Counter()
    for line in lines:
        units[line.item] += line.units
    return units
