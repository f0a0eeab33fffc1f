"""Several who have pick faces given out and filled up at the same moment, and workers among them."""

from decimal import Decimal as D
from functools import partial

from apps.core import clock
from apps.journal.models import AuditEntry
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.storage.models import PickFace, Replenishment
from apps.storage.operations import replenish_faces
from apps.tasks.models import WarehouseTask
from apps.tasks.operations import claim_task
from tests.concurrency.crowd import persist, together
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order
from tests.factories.storage import FacePoolFactory, PickFaceFactory

TIMES = 4


def ask(floor):
    boss = an_actor(UserFactory(roles=["supervisor"]))
    return partial(replenish_faces, warehouse_id=floor.warehouse.pk, by=boss, at=clock.now())


def nobody_was_refused(results):
    return not [result for result in results if isinstance(result, Exception)]


def test_a_free_face_is_given_out_once_however_many_ask(floor):
    zone = Zone.objects.create(warehouse=floor.warehouse, code="FAST", name="Fast")
    FacePoolFactory(zone=zone)
    for number in range(3):
        LocationFactory(warehouse=floor.warehouse, zone=zone, code=f"D-{number}", kind=LocationKind.PICK_FACE)
    others = [ItemFactory() for _ in range(3)]
    for item in (floor.item, *others):
        stock(item, floor.a, 40)
    a_sales_order(floor.warehouse, *((item, 4) for item in (floor.item, *others)))

    results = together(*[ask(floor)] * TIMES)

    assert nobody_was_refused(results)
    faces = PickFace.objects.dynamic()
    assert len({face.location_id for face in faces}) == len({face.item_id for face in faces}) == len(faces) == 3
    assert AuditEntry.objects.filter(verb="assigned").count() == 3
    assert sorted(Replenishment.objects.values_list("task__quantity", flat=True)) == [D(10)] * 3


def test_a_replenishment_is_raised_once_while_a_worker_takes_it(floor):
    face = LocationFactory(warehouse=floor.warehouse, code="F", kind=LocationKind.PICK_FACE)
    PickFaceFactory(item=floor.item, location=face, minimum=2, maximum=10)
    stock(floor.item, floor.a, 1)
    [first] = persist(ask(floor))
    stock(floor.item, floor.a, 40)

    results = together(
        partial(claim_task, task_id=first.task_id, by=an_actor(), at=clock.now()),
        *[ask(floor)] * TIMES,
    )

    assert nobody_was_refused(results)
    asked = sorted(WarehouseTask.objects.values_list("quantity", flat=True))
    assert asked in ([D(10)], [D(1), D(9)])
