"""Loads through the API: what is scanned at the door."""

import pytest

from apps.core import clock
from apps.shipping.operations import build_pallet
from tests.factories.api import a_person, refused


@pytest.mark.parametrize("read", ["{}", "(00){}", "00{}", "]C100{}", " {}\r\n"])
def test_a_carton_is_loaded_by_its_label_however_the_scanner_tells_it(dock_yard, read):
    shipment = dock_yard.packed()
    load = dock_yard.load(shipment)
    (carton,) = shipment.cartons.all()

    done = a_person(dock_yard.warehouse).post(f"/loads/{load.number}/scan", {"code": read.format(carton.unit.sscc)})

    assert (done.status_code, done.json()["shipments"]) == (200, [shipment.number]), done.content
    carton.refresh_from_db()
    assert carton.loaded_at is not None


def test_a_pallet_is_loaded_by_its_label(dock_yard):
    shipment = dock_yard.packed(dock_yard.mug, dock_yard.mug)
    load = dock_yard.load(shipment)
    cartons = [each.pk for each in shipment.cartons.all()]
    pallet = build_pallet(warehouse_id=dock_yard.warehouse.pk, carton_ids=cartons, by=dock_yard.by, at=clock.now())

    done = a_person(dock_yard.warehouse).post(f"/loads/{load.number}/scan", {"code": f"00{pallet.unit.sscc}"})

    assert done.status_code == 200, done.content
    assert not shipment.cartons.filter(loaded_at=None).exists()


def test_a_label_of_nothing_that_is_packed_here_is_not_found(dock_yard):
    load = dock_yard.load(dock_yard.packed())

    desk = a_person(dock_yard.warehouse)

    refused(desk.post(f"/loads/{load.number}/scan", {"code": "WHAT"}), 404, "not_found")
