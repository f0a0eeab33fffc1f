"""A parcel comes back: what the figures say of it at each step, and that it is sold again."""

from decimal import Decimal as D

from apps.accounts.roles import Role
from apps.core import clock
from apps.insights.position import stock_position
from tests.factories.api import a_person, a_worker
from tests.factories.ledger import stock
from tests.factories.returns import a_shipped_order


def figures(floor, person):
    (row,) = stock_position(person.user, at=clock.now(), item=floor.item).rows
    return row.figures.on_hand, row.figures.available, row.figures.outbound, row.figures.back_ordered


def test_a_parcel_comes_back_and_is_sold_again(floor):
    stock(floor.item, floor.a, 6)
    order = a_shipped_order(floor, (floor.item, 6))
    seller = a_person(floor.warehouse, roles=(Role.SALES,))
    quality = a_person(floor.warehouse, roles=(Role.QUALITY,))
    worker = a_worker(floor.warehouse)

    lines = [{"line": 1, "quantity": "2"}]
    answer = seller.post("/customer-returns", {"order": order.number, "reason": "UNWANTED", "lines": lines})
    address = f"/customer-returns/{answer.json()['number']}"
    worker.post(f"{address}/receive", {"location": "DOCK"})
    assert figures(floor, seller) == (D(2), D(0), D(0), D(0))
    assert seller.get(f"/sales-orders/{order.number}").json()["lines"][0]["shipped"] == "6"

    quality.post(f"{address}/inspect", {"line": 1, "quantity": "2", "disposition": "restock", "grade": "A"})
    assert figures(floor, seller) == (D(2), D(0), D(0), D(0))
    task = worker.post("/tasks/next", {"warehouse": floor.warehouse.code, "kinds": ["putaway"]}).json()
    done = worker.post(
        f"/tasks/{task['number']}/confirm",
        {"version": task["version"], "quantity": "2", "location": task["target"]},
    )

    assert done.status_code == 200, done.content
    assert figures(floor, seller) == (D(2), D(2), D(0), D(0))
    assert a_shipped_order(floor, (floor.item, 2)).state == "shipped"
    assert quality.get(address).json()["state"] == "closed"
