"""A queue that is told twice at the same moment, by two tabs or after a lost answer: each thing happens once."""

from decimal import Decimal as D
from typing import Any

from apps.accounts.models import SignOn
from apps.core import clock
from apps.journal.models import Command
from apps.locations.models import DeviceAccess
from apps.tasks.models import Conflict, WarehouseTask
from apps.tasks.operations import lease_bundle
from apps.tasks.states import TaskState
from tests.concurrency.crowd import together
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.api import Caller
from tests.factories.ledger import an_actor, stands
from tests.factories.locations import LocationFactory, works_at
from tests.factories.storage import goods_at, putaways_of
from tests.factories.tasks import some_tasks

TABS = 4


def test_a_queue_that_four_tabs_tell_at_once_is_carried_out_once_and_answered_alike(floor):
    floor.warehouse.locations.pickable().update(is_active=False)
    rows = []
    for number in range(5):
        LocationFactory(warehouse=floor.warehouse, code=f"P-{number}", max_units=40)
        rows += putaways_of(goods_at(floor.dock, floor.item, 40), dock=floor.dock)
    worker = works_at(UserFactory(roles=["picker"]), floor.warehouse)
    device = DeviceFactory()
    DeviceAccess.objects.create(device=device, warehouse=floor.warehouse)
    SignOn.objects.create(device=device, user=worker, started_at=clock.now())
    entries: list[dict[str, Any]] = [
        {
            "key": f"key {row.task.number}",
            "path": f"tasks/{row.task.number}/confirm",
            "body": {"quantity": "40", "version": row.task.version, "location": row.task.target.code},
        }
        for row in rows
    ]
    entries[0]["body"]["version"] = 9

    def tell():
        return Caller(device=device).client.post("/api/v1/commands", {"entries": entries}, format="json").json()

    answers = together(*[tell] * TABS, in_transaction=False)

    results = [answer["results"] for answer in answers]
    assert [each["status"] for each in results[0]] == [409, 200, 200, 200, 200]
    assert results == [results[0]] * TABS
    assert Command.objects.filter(key__startswith="key ").count() == 5
    assert Conflict.objects.count() == 1
    assert sum(amount for place, amount in stands(floor.item).items() if place.startswith("P-")) == D(160)


def test_two_who_take_tasks_along_at_once_never_share_one(floor):
    some_tasks(floor.warehouse, 20)
    workers = [works_at(UserFactory(roles=["picker"]), floor.warehouse) for _ in range(TABS)]

    def take(worker):
        return lambda: [
            task.pk
            for task in lease_bundle(
                warehouse_code=floor.warehouse.code, most=5, by=an_actor(worker), at=clock.now()
            ).tasks
        ]

    taken = together(*(take(worker) for worker in workers))

    assert [len(each) for each in taken] == [5] * TABS
    assert len({pk for each in taken for pk in each}) == 20
    assert WarehouseTask.objects.filter(state=TaskState.ASSIGNED).count() == 20
