"""While somebody counts with a handheld, no page of the desk that lists stock tells them the book."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.core import clock
from apps.ledger.models import HandlingUnit, Lot, StockBalance, StockMove, StockTransaction
from tests.admin.pages import PAGES, address
from tests.factories.accounts import UserFactory
from tests.factories.api import a_worker
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import a_pallet

LOOSE, ON_PALLET = 7919, 6871
FIGURES = [f"{figure:{form}}".encode() for figure in (LOOSE, ON_PALLET, LOOSE + ON_PALLET) for form in ("", ",")]
LISTS = [StockBalance, StockMove]
PARTS = [*LISTS, HandlingUnit, Lot, StockTransaction]
TELLING = {*((model, "changelist") for model in LISTS), *((model, "change") for model in PARTS)}
"""Pages of the admin that have a figure of the book."""
STOCK = [model for model in PAGES if model._meta.app_label in {"ledger", "valuation", "traceability"}]
SUMS = ["desk-stock-position", "desk-stock-as-of", "desk-stock-value", "desk-trace"]


@pytest.fixture
def place(db):
    """A bin with goods, loose and on a pallet."""
    place = LocationFactory(warehouse=WarehouseFactory(code="HERE"), code="BIN-SECRET")
    item = ItemFactory(number="SECRET", lots=True)
    lot = LotFactory(item=item, number="L-SECRET")
    stock(item, place, LOOSE, lot=lot)
    a_pallet(place, (item, ON_PALLET, {"lot": lot}))
    return place


def telling(client):
    """Of pages of one place's goods, those that tell a figure of the book."""
    asked = {(model, "changelist"): address(model) for model in LISTS}
    for model in PARTS:
        asked[model, "change"] = address(model, "change", model._default_manager.order_by("pk")[0].pk)
    return {page for page, path in asked.items() if any(figure in client.get(path).content for figure in FIGURES)}


def test_the_desk_tells_the_book_to_nobody_who_has_a_count_in_hand(place, client):
    counter = a_worker(place.warehouse, roles=(Role.INVENTORY_MANAGER, Role.SUPERVISOR))
    client.force_login(counter.user)
    count = a_count(place)
    assert telling(client) == TELLING, "nobody has taken it yet"

    counter.post(f"/tasks/{count.task.number}/claim", {})

    assert telling(client) == set()
    assert {client.get(address(model)).status_code for model in STOCK} == {409}
    asked = {"item": "SECRET", "at": f"{clock.now():%Y-%m-%dT%H:%M:%S}"}
    assert [client.get(reverse(page), asked).status_code for page in SUMS] == [409] * 4
    assert b"You have a count in hand" in client.get(address(StockBalance)).content
    assert client.get(address(Item)).status_code == 200

    client.force_login(UserFactory(is_superuser=True))
    assert client.get(address(StockBalance)).status_code == 200, "another, who does not count"
