"""A cage that one camera sees, with bolts in it; a shift that is always on; a door."""

from datetime import time

import pytest

from apps.locations.models import Zone
from apps.losses.models import Camera, Door, WorkShift
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.workplace import a_checklist, a_thing
from tests.invariants import assert_invariants


@pytest.fixture
def cage(db):
    """Ten bolts at 2.50 in a zone that one camera sees; a shift that is always on; a door."""
    floor = a_floor()
    floor.zone = Zone.objects.create(warehouse=floor.warehouse, code="CAGE", name="Cage")
    floor.a.zone = floor.zone
    floor.a.save()
    thing = a_thing(floor.warehouse, a_checklist(code="CAMERA"), number="CAM-1")
    floor.camera = Camera.objects.create(asset=thing, channel="NVR 1/4")
    floor.camera.zones.add(floor.zone)
    WorkShift.objects.create(
        warehouse=floor.warehouse, name="Always", begins=time(0), ends=time(0), weekdays=[*range(7)]
    )
    floor.door = Door.objects.create(warehouse=floor.warehouse, code="D-1", name="Cage door", zone=floor.zone)
    stock(floor.item, floor.a, 10, cost="2.50")
    yield floor
    assert_invariants()
