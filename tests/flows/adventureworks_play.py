"""AdventureWorks' buying taken over by our operations; the flow test and the benchmark play it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.catalog.imports import import_items, import_parties
from apps.catalog.models import Item, Party
from apps.journal.actor import Actor
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.imports import import_locations
from apps.locations.models import Company, Location, Warehouse
from apps.locations.operations import open_warehouse
from apps.purchasing.operations import Arrival, OrderLine, take_over_purchase_order
from tests.flows.adventureworks import DOCK, WAREHOUSE, AdventureWorks, Bought
from tests.flows.northwind_play import do

REJECTED = "Rejected on receipt"


@dataclass(frozen=True)
class Works:
    """The company open for work: its books, who takes over, and where everything is."""

    books: AdventureWorks
    by: Actor
    warehouse: Warehouse
    items: dict[str, int]
    vendors: dict[str, int]
    places: dict[str, int]
    homes: dict[str, str]


def open_works(by: Actor) -> Works:
    """The company with its data imported, and its opening stock, in an empty database."""
    Company.objects.create(pk=1, name="Adventure Works", currency="USD", gs1_prefix="4012345")
    warehouse = do(open_warehouse, by, code=WAREHOUSE, name="Adventure Works", timezone="America/Los_Angeles")
    books = AdventureWorks.read()
    for operation, text in (
        (import_items, books.items()),
        (import_parties, books.parties()),
        (import_locations, books.locations()),
    ):
        do(operation, by, text=text)
    works = Works(
        books=books,
        by=by,
        warehouse=warehouse,
        items=dict(Item.objects.values_list("number", "pk")),
        vendors=dict(Party.objects.values_list("number", "pk")),
        places=dict(Location.objects.filter(warehouse=warehouse).values_list("code", "pk")),
        homes=books.homes(),
    )
    found = Place(location_id=Location.objects.virtual(warehouse, LocationKind.ADJUSTMENT).pk)
    do(
        post,
        by,
        moves=[
            Move(
                item_id=works.items[item],
                quantity=Decimal(quantity),
                source=found,
                target=Place(location_id=works.places[place]),
            )
            for item, place, quantity in books.opening()
        ],
        warehouse_id=warehouse.pk,
        kind=TransactionKind.ADJUST,
        document="OPENING",
        reason="Opening stock",
    )
    return works


def take_over(works: Works, bought: Bought) -> None:
    """An order with all that came of it, straight to the bins, but for what was rejected."""
    do(
        take_over_purchase_order,
        works.by,
        warehouse_id=works.warehouse.pk,
        supplier_id=works.vendors[bought.vendor],
        reference=bought.number,
        due_on=bought.due_on,
        dock_id=works.places[DOCK],
        lines=[
            OrderLine(item_id=works.items[line.item], quantity=line.ordered, price=line.price) for line in bought.lines
        ],
        arrivals=[
            Arrival(
                line=number,
                quantity=line.received,
                rejected=line.rejected,
                rejected_because=REJECTED if line.rejected else "",
                location_id=works.places[works.homes[line.item]],
            )
            for number, line in enumerate(bought.lines, start=1)
        ],
    )
