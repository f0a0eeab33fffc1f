"""Assembly over HTTP: a kit made, sold, and taken apart when it comes back; scoping, keys, papers."""

from datetime import timedelta

import pytest

from apps.accounts.roles import Role
from apps.assembly.queries import went_into
from apps.core import clock
from apps.ledger.models import SerialNumber, StockBalance, StockMove, StockTransaction
from apps.locations.choices import LocationKind
from tests.core import paper_reading
from tests.factories.api import a_person, a_worker, refused
from tests.factories.assembly import a_workshop, an_order
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, pick_all, released
from tests.invariants import assert_invariants


@pytest.fixture
def shop(db):
    shop = a_workshop()
    shop.kit = ItemFactory(number="FIRST-AID", serials=True)
    shop.gauze, shop.bag = ItemFactory(number="GAUZE", lots=True), ItemFactory(number="BAG")
    shop.bill = a_bill(shop.kit, part(shop.gauze, 2), part(shop.bag, 1))
    shop.lot = LotFactory(item=shop.gauze, number="G-1")
    stock(shop.gauze, shop.a, 10, lot=shop.lot)
    stock(shop.bag, shop.b, 10)
    shop.planner = a_person(shop.site, roles=(Role.SUPERVISOR,))
    shop.worker = a_worker(shop.site)
    return shop


def planned(shop, quantity=2, **more):
    body = {
        "warehouse": shop.site.code,
        "item": "FIRST-AID",
        "quantity": quantity,
        "bench": "BENCH",
        "due_on": "2027-01-15",
        **more,
    }
    response = shop.planner.post("/assembly-orders", body)
    assert response.status_code == 201, response.content
    return response.json()


def tell(caller, number, verb, body=None, **more):
    response = caller.post(f"/assembly-orders/{number}/{verb}", body or {}, **more)
    assert response.status_code == 200, response.content
    return response.json()


def work_off(shop):
    """The worker takes every task as the queue gives it."""
    while True:
        given = shop.worker.post("/tasks/next", {"warehouse": shop.site.code, "kinds": ["issue"]})
        if given.status_code != 200:
            return
        task = given.json()
        done = shop.worker.post(
            f"/tasks/{task['number']}/confirm", {"quantity": task["quantity"], "version": task["version"]}
        )
        assert done.status_code == 200, done.content


def test_a_kit_is_made_sold_and_taken_apart(shop):
    order = planned(shop)
    assert [(row["item"], row["quantity"], row["lacks"]) for row in order["components"]] == [
        ("GAUZE", "4", "4"),
        ("BAG", "2", "2"),
    ]
    tell(shop.planner, order["number"], "release")
    work_off(shop)
    body = {"location": "A", "outputs": [{"quantity": 1, "serial": "K1"}, {"quantity": 1, "serial": "K2"}]}
    made = tell(shop.worker, order["number"], "finish", body, key="k")
    again = tell(shop.worker, order["number"], "finish", body, key="k")

    assert again == made
    assert (made["state"], made["made"]) == ("done", "2")
    assert made["outputs"][0]["holds"] == [
        {"item": "GAUZE", "lot": "G-1", "serial": None, "quantity": "2"},
        {"item": "BAG", "lot": None, "serial": None, "quantity": "1"},
    ]
    assert [row["number"] for row in shop.planner.get("/assembly-orders", serial="K1").json()["results"]] == [
        order["number"]
    ]

    wave = released(a_sales_order(shop.site, (shop.kit, 1)))
    pick_all(wave, LocationFactory(warehouse=shop.site, code="TOTE", kind=LocationKind.TOTE))
    (left,) = StockBalance.objects.on_hand().filter(item=shop.kit, location=shop.a)

    assert left.serial is not None
    apart = planned(shop, 1, kind="disassemble", serial=left.serial.number)
    tell(shop.planner, apart["number"], "release")
    work_off(shop)
    ended = tell(
        shop.worker,
        apart["number"],
        "finish",
        {
            "quantity": 1,
            "location": "B",
            "outputs": [{"item": "GAUZE", "lot": "G-1", "quantity": 2}, {"item": "BAG", "quantity": 1}],
        },
    )

    assert ended["state"] == "done"
    assert (stands(shop.bag), {row.made_serial_id for row in went_into(lot_id=shop.lot.pk)}) == (
        {"B": 9},
        {*SerialNumber.objects.values_list("pk", flat=True), None},
    )
    assert_invariants()


def test_work_that_is_told_late_keeps_its_own_time_and_what_came_after_stays(shop):
    number = planned(shop)["number"]
    tell(shop.planner, number, "release")
    late = clock.now() - timedelta(minutes=40)
    stock(shop.bag, shop.b, 5)
    known = list(StockMove.objects.order_by("pk").values_list("pk", "quantity", "recorded_at"))

    for item, place, lot, quantity in (("GAUZE", "A", {"lot": "G-1"}, 4), ("BAG", "B", {}, 2)):
        body = {"item": item, "location": place, "quantity": quantity, **lot}
        tell(shop.worker, number, "issue", body, occurred_at=late)
    body = {"location": "A", "outputs": [{"quantity": 1, "serial": "K1"}, {"quantity": 1, "serial": "K2"}]}
    tell(shop.worker, number, "finish", body, occurred_at=late + timedelta(minutes=1))

    told = StockTransaction.objects.filter(document=number).order_by("pk")
    assert [each.occurred_at - late for each in told] == [timedelta(), timedelta(), timedelta(minutes=1)]
    assert all(each.recorded_at > late + timedelta(minutes=30) for each in told)
    assert list(StockMove.objects.order_by("pk").values_list("pk", "quantity", "recorded_at"))[: len(known)] == known
    assert stands(shop.bag) == {"B": 13}
    assert StockBalance.objects.on_hand().filter(item=shop.kit, location=shop.a).count() == 2
    assert_invariants()


def test_a_short_order_says_so_line_by_line_and_a_picker_plans_nothing(shop):
    order = planned(shop, 6)

    facts = refused(shop.planner.post(f"/assembly-orders/{order['number']}/release", {}), 409, "components_short")
    assert facts["lines"] == [{"line": 2, "item": "GAUZE", "lacks": "2", "free": "10"}]
    refused(shop.worker.post(f"/assembly-orders/{order['number']}/release", {}), 403, "not_allowed")
    part = tell(shop.planner, order["number"], "release", {"partly": True})
    assert [(row["reserved"], row["lacks"]) for row in part["components"]] == [("10", "2"), ("6", "0")]
    refused(shop.planner.post(f"/assembly-orders/{order['number']}/reserve", {}), 409, "components_short")


def test_goods_are_issued_given_back_and_scrapped_over_http(shop):
    order = planned(shop, 1)
    number = order["number"]
    tell(shop.planner, number, "release")
    asked = {"item": "GAUZE", "location": "A", "lot": "G-1", "quantity": 3}
    refused(shop.worker.post(f"/assembly-orders/{number}/issue", asked), 409, "issue_needs_reason")
    (issue,) = tell(shop.worker, number, "issue", {**asked, "reason": "one is torn"})["issues"]
    tell(shop.planner, number, "scrap", {"issue": issue["id"], "quantity": 1, "reason": "torn"})
    (issue,) = tell(shop.worker, number, "give-back", {"issue": issue["id"], "quantity": 1})["issues"]

    assert (issue["quantity"], issue["returned"], issue["scrapped"], issue["left"]) == ("3", "1", "1", "1")
    ended = tell(shop.planner, number, "cancel", {"reason": "not wanted"})
    assert ended["state"] == "cancelling"
    tell(shop.worker, number, "give-back", {"issue": issue["id"], "quantity": 1, "location": "B"})
    assert shop.planner.get(f"/assembly-orders/{number}").json()["state"] == "cancelled"
    assert stands(shop.gauze) == {"A": 8, "B": 1}
    refused(shop.worker.post(f"/assembly-orders/{number}/give-back", {"issue": 0, "quantity": 1}), 400, "malformed")
    refused(shop.worker.post(f"/assembly-orders/{number}/give-back", {"issue": 99999, "quantity": 1}), 404, "not_found")
    assert_invariants()


def test_another_warehouses_order_is_not_found(shop):
    other = a_workshop()
    order = an_order(other, shop.kit, 1)

    assert shop.planner.get(f"/assembly-orders/{order.number}").status_code == 404
    for verb, body in (("release", {}), ("cancel", {"reason": "x"}), ("finish", {"quantity": 1})):
        refused(shop.planner.post(f"/assembly-orders/{order.number}/{verb}", body), 404, "not_found")
    body = {"warehouse": other.site.code, "item": "FIRST-AID", "quantity": 1, "bench": "BENCH"}
    refused(shop.planner.post("/assembly-orders", {**body, "due_on": "2027-01-15"}), 404, "not_found")


def printed_codes(response):
    return [read.text for page in paper_reading.barcodes(response.content) for read in page]


def test_papers_say_what_to_fetch_and_what_is_in_it(shop):
    order = planned(shop, 2, note="For the vans", sales_order="SO-000009")
    tell(shop.planner, order["number"], "release")

    paper = shop.worker.get(f"/assembly-orders/{order['number']}/paper")
    bill = shop.worker.get(f"/bills-of-materials/{shop.bill.number}/paper")

    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    text = "\n".join(paper_reading.texts(paper.content))
    for word in ("Work order", order["number"], "GAUZE", "G-1", "BENCH", "SO-000009", "For the vans", "Comes out"):
        assert word in text
    assert order["number"] in printed_codes(paper)
    text = "\n".join(paper_reading.texts(bill.content))
    for word in ("Bill of materials", shop.bill.number, "FIRST-AID", "GAUZE", "BAG"):
        assert word in text
    assert shop.bill.number in printed_codes(bill)


def test_a_list_takes_as_many_statements_for_many_as_for_few(shop):
    planned(shop)
    few, _ = shop.planner.statements(lambda: shop.planner.get("/assembly-orders"))
    for _ in range(4):
        planned(shop)
    many, response = shop.planner.statements(lambda: shop.planner.get("/assembly-orders"))

    assert (many, len(response.json()["results"])) == (few, 5)
