"""While somebody counts, no read of the API tells them the book: asked of every address there is."""

from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.counting.operations import open_item_counts
from tests.api.known import Known, operations
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count, a_decider
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import a_pallet
from tests.factories.world import a_world

LOOSE, ON_PALLET = 7919, 6871
FIGURES = [str(figure).encode() for figure in (LOOSE, ON_PALLET, LOOSE + ON_PALLET)]
"""What the book has, loose, on a unit and of both: figures that nothing else could be."""
PACKED = {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""Answers in which a figure cannot be looked for."""
READS = [
    (endpoint, operation)
    for endpoint, method, operation in operations()
    if method == "get" and not PACKED & operation["responses"].get("200", {}).get("content", {}).keys()
]
ROWS = {"balances", "balances/{id}", "balances/{id}/why", "handling-units/{number}", "moves", "moves/{id}"}
"""Rows of stock: those of other places are told, those of the place in hand are not there."""
SUMS = {
    "availability",
    "available-to-promise",
    "lots/{id}/trace",
    "stock-as-of",
    "stock-position",
    "transactions/{id}/reversal",
}
"""Stock added up over places: refused."""
REFUSED = [
    ("get", "/stock-as-of"),
    ("get", "/stock-position"),
    ("get", "/stock-position/pdf"),
    ("get", "/stock-position/xlsx"),
    ("get", "/available-to-promise"),
    ("get", "/availability"),
    ("post", "/availability"),
    ("get", "/stock-value"),
    ("get", "/stock-value/report"),
    ("get", "/item-costs"),
    ("get", "/cost-layers"),
    ("get", "/cost-entries"),
]


@pytest.fixture
def site(db):
    """One bin with one item, loose and on a pallet, among all else that a warehouse holds."""
    warehouse = WarehouseFactory(code="HERE")
    a_world(2, warehouse)
    item = ItemFactory(number="SECRET", lots=True)
    place = LocationFactory(warehouse=warehouse, code="BIN-SECRET")
    lot = LotFactory(item=item, number="L-SECRET")
    stock(item, place, LOOSE, lot=lot)
    unit = a_pallet(place, (item, ON_PALLET, {"lot": lot}))
    return SimpleNamespace(
        warehouse=warehouse,
        item=item,
        place=place,
        unit=unit,
        counter=a_worker(warehouse, roles=(Role.INVENTORY_MANAGER, Role.SUPERVISOR)),
        known=Known(warehouse, a_person(warehouse).user),
    )


def told(site, templates=None):
    """The addresses that tell a figure of the book, of those or of all: as they stand, and asked about the goods."""
    about = {"item": "SECRET", "location": "BIN-SECRET", "unit": site.unit.number, "warehouse": "HERE"}
    about |= {"at": clock.now().isoformat()}
    found = set()
    for endpoint, operation in READS:
        if templates is not None and endpoint.template not in templates:
            continue
        offered = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
        asked = site.known.question(operation, endpoint.template)
        named = {name: value for name, value in about.items() if name in offered}
        for more in [{}, named] if named else [{}]:
            answer = site.counter.client.get(site.known.address(endpoint.template), asked | more)
            if any(figure in answer.content for figure in FIGURES):
                found.add(endpoint.template)
    return found


def take(site, count):
    return site.counter.post(f"/tasks/{count.task.number}/claim", {})


def test_whoever_has_a_count_in_hand_reads_no_figure_of_it_anywhere(site):
    count = a_count(site.place)
    assert told(site, ROWS | SUMS) == ROWS | SUMS, "nobody has taken it yet"

    assert take(site, count).status_code == 200

    assert told(site) == set()


def test_who_counts_sees_other_places_and_the_book_again_when_it_is_handed_back(site):
    count = a_count(site.place)
    take(site, count)
    elsewhere = LocationFactory(warehouse=site.warehouse, code="OTHER")
    stock(ItemFactory(number="OPEN"), elsewhere, 12)

    rows = site.counter.get("/balances", item="OPEN").json()["results"]
    unit = site.counter.get(f"/handling-units/{site.unit.number}").json()
    assert ([row["on_hand"] for row in rows], unit["location"], unit["contents"]) == (["12"], "BIN-SECRET", [])
    closed = site.counter.post(f"/handling-units/{site.unit.number}/close", {}).json()
    assert (closed["number"], closed["contents"]) == (site.unit.number, [])
    assert site.counter.get("/moves", item="OPEN").json()["results"][0]["quantity"] == "12"

    site.counter.post(f"/tasks/{count.task.number}/hand-back", {})
    (stood,) = site.counter.get(f"/handling-units/{site.unit.number}").json()["contents"]
    assert stood["on_hand"] == str(ON_PALLET)


def test_an_item_that_is_counted_everywhere_hides_each_place_as_it_is_taken(site):
    there = LocationFactory(warehouse=site.warehouse, code="THERE")
    stock(site.item, there, 3, lot=site.item.lots.get())
    counts = open_item_counts(warehouse_id=site.warehouse.pk, item_id=site.item.pk, by=a_decider(), at=clock.now())
    (count,) = [count for count in counts if count.location == site.place]

    take(site, count)

    assert [row["location"] for row in site.counter.get("/balances", item="SECRET").json()["results"]] == ["THERE"]


@pytest.mark.parametrize(("method", "path"), REFUSED)
def test_sums_of_stock_are_refused_with_a_count_in_hand(db, method, path):
    place = LocationFactory(warehouse=WarehouseFactory(), code="A")
    counter = a_worker(place.warehouse, roles=(Role.INVENTORY_MANAGER, Role.SUPERVISOR))
    counter.post(f"/tasks/{a_count(place).task.number}/claim", {})

    answer = getattr(counter, method)(path)

    assert refused(answer, 409, "count_in_hand") == {"who": counter.user.get_username()}
