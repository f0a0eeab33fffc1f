"""An aisle from above, as the handheld draws it."""

from tests.factories.api import a_worker, refused
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.racks import a_rack_zone


def test_an_aisle_is_told_with_its_measured_bins(db):
    warehouse = WarehouseFactory(code="MAIN")
    a_rack_zone(warehouse, aisles=2, bays=3, ways=("up", "down"))
    worker = a_worker(warehouse)

    statements, response = worker.statements(lambda: worker.get("/aisle-plan", warehouse="MAIN", place="R2-02"))

    assert response.json() == {
        "aisle": "R2",
        "direction": "down",
        "bins": [{"code": f"R2-0{bay}", "bay": bay, "x_mm": 5000, "y_mm": 1000 * bay} for bay in (1, 2, 3)],
    }
    a_rack_zone(warehouse, aisles=1, bays=9, code="S")
    again, _ = worker.statements(lambda: worker.get("/aisle-plan", warehouse="MAIN", place="S1-02"))
    assert again == statements


def test_a_place_that_nobody_measured_has_no_drawing(db):
    warehouse = WarehouseFactory(code="MAIN")
    LocationFactory(warehouse=warehouse, code="A-1")

    body = a_worker(warehouse).get("/aisle-plan", warehouse="MAIN", place="A-1").json()

    assert body == {"aisle": None, "direction": None, "bins": []}


def test_another_warehouses_aisle_is_not_there(db):
    here, there = WarehouseFactory(code="HERE"), WarehouseFactory(code="THERE")
    a_rack_zone(there, aisles=1, bays=2)
    worker = a_worker(here)

    refused(worker.get("/aisle-plan", warehouse="THERE", place="R1-01"), 404, "not_found")
    refused(worker.get("/aisle-plan", warehouse="HERE", place="R1-01"), 404, "not_found")
    assert worker.get("/aisle-plan", warehouse="HERE").status_code == 400
