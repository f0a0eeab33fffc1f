"""Opening stock: what stood there on the first day, posted once, a term of its own, undone by a reversal."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import CommandError
from django.db import transaction

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core import clock
from apps.ledger.models import Lot, StockBalance, StockMove, StockTransaction
from apps.ledger.operations import undo_posting
from apps.locations.choices import LocationKind
from apps.losses.queries import Days, losses_in
from apps.traceability.queries.balances import balances_of
from apps.valuation.models import CostEntry
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, moved
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.valuation import valued
from tests.invariants import assert_invariants

HEAD = "warehouse,reference,location,item,quantity,lot,expires_on,serial,supplier,status,unit_cost\n"
STOCK = (
    f"{HEAD}LYS,OLD-1,A-1,BOLT,100,,,,,,0.05\n"
    "LYS,OLD-1,A-1,MILK,12,M-7,2020-03-01,,DAIRY,blocked,1.10\n"
    "LYS,OLD-1,A-2,MILK,30,M-8,2099-03-01,,,,\n"
    "LYS,OLD-1,A-2,DRILL,1,,,S-1,,,80\n"
    "LYS,OLD-1,A-2,DRILL,1,,,S-2,,,80\n"
)


@pytest.fixture(autouse=True)
def site(db):
    """A site with two bins, and items of each kind."""
    warehouse = WarehouseFactory(code="LYS")
    for code in ("A-1", "A-2"):
        LocationFactory(warehouse=warehouse, code=code)
    ItemFactory(number="BOLT")
    ItemFactory(number="MILK", lots=True, expires=True)
    ItemFactory(number="DRILL", tracking="serial")
    PartyFactory(number="DAIRY", is_supplier=True)
    yield warehouse
    assert_invariants()


def on_hand():
    rows = StockBalance.objects.on_hand().order_by("location__code", "item__number", "serial__number")
    return list(
        rows.values_list("location__code", "item__number", "lot__number", "serial__number", "status", "on_hand")
    )


def test_what_stood_there_is_posted_once_with_lots_serials_conditions_and_costs(bring_in, site):
    assert bring_in("opening_stock", STOCK, commit=False).startswith("  new list OLD-1\nPreview: 1 new")
    assert on_hand() == []

    assert bring_in("opening_stock", STOCK) == "  new list OLD-1\nImported: 1 new, 0 changed, 0 as they were.\n"

    assert on_hand() == [
        ("A-1", "BOLT", None, None, "available", D(100)),
        ("A-1", "MILK", "M-7", None, "blocked", D(12)),
        ("A-2", "DRILL", None, "S-1", "available", D(1)),
        ("A-2", "DRILL", None, "S-2", "available", D(1)),
        ("A-2", "MILK", "M-8", None, "available", D(30)),
    ]
    posting = StockTransaction.objects.get()
    assert (posting.kind, posting.document, posting.by.username) == ("opening", "OLD-1", "importer")
    old = Lot.objects.get(number="M-7")
    assert (old.expires_on, str(old.supplier)) == (date(2020, 3, 1), str(Party.objects.get(number="DAIRY")))
    assert StockMove.objects.get(item__number="BOLT").unit_cost == D("0.05")
    assert bring_in("opening_stock", STOCK) == "Imported: 0 new, 0 changed, 1 as they were.\n"
    assert StockTransaction.objects.count() == 1
    day = site.local_date(clock.now())
    assert losses_in(Days(sites=[site], since=day, until=day)) == []
    valued()
    assert sum(entry.value for entry in CostEntry.objects.filter(item__number="DRILL")) == D(160)


def test_it_is_a_term_of_the_mass_balance_and_its_reversal_takes_it_back(bring_in, site):
    bring_in("opening_stock", STOCK)
    lot = Lot.objects.get(number="M-8")

    balance = balances_of([lot.pk])[lot.pk]

    assert (balance.opening, balance.received, balance.adjusted, balance.on_hand) == (D(30), D(0), D(0), D(30))
    assert (balance.came, balance.balances) == (D(30), True)
    boss = an_actor(works_at(UserFactory(roles=[Role.INVENTORY_MANAGER]), site))
    with transaction.atomic():
        undo_posting(transaction_id=StockTransaction.objects.get().pk, reason="Wrong file", by=boss, at=clock.now())
    balance = balances_of([lot.pk])[lot.pk]
    assert (balance.opening, balance.on_hand, balance.balances) == (D(0), D(0), True)
    assert bring_in("opening_stock", STOCK).endswith("Imported: 1 new, 0 changed, 0 as they were.\n")
    assert balances_of([lot.pk])[lot.pk].opening == D(30)
    here, there = site.locations.get(code="A-2"), site.locations.get(code="A-1")
    moved(lot.item, here, there, 5, lot=lot)
    assert balances_of([lot.pk])[lot.pk].balances


def test_what_is_wrong_is_told_by_row_and_nothing_is_posted(refused, bring_in, site):
    other = LocationFactory(warehouse=WarehouseFactory(code="OTHER"), code="X-1")
    virtual = site.locations.get(kind=LocationKind.ADJUSTMENT)

    assert refused("opening_stock", STOCK.replace("A-1,BOLT", f"{other.code},BOLT")) == [
        "row 2, location: is no place of this warehouse ('X-1')"
    ]
    assert refused("opening_stock", STOCK.replace("A-1,BOLT", f"{virtual.code},BOLT")) == [
        f"row 2, location: is no place of this warehouse ('{virtual.code}')"
    ]
    [told] = refused("opening_stock", STOCK.replace("M-8", ""))
    assert told.startswith("row 2: ")
    [told] = refused("opening_stock", STOCK.replace("S-2", "S-1"))
    assert "DRILL" in told
    [told] = refused("opening_stock", STOCK.replace("A-2,DRILL,1,,,S-2", "A-2,DRILL,1,,,"))
    assert "DRILL" in told
    assert on_hand() == []
    assert not Lot.objects.exists()
    bring_in("opening_stock", STOCK)
    assert refused("opening_stock", STOCK.replace(",100,", ",90,")) == [
        "row 2, reference: is there with other lines, and an import changes no list"
    ]


def test_only_who_answers_for_stock_brings_it_in(bring_in, site):
    works_at(UserFactory(username="buyer", roles=[Role.BUYER]), site)

    with pytest.raises(CommandError, match="bring in opening stock"):
        bring_in("opening_stock", STOCK, user="buyer")

    assert on_hand() == []
