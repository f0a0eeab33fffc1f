"""What readers saw is taken down, whatever it is; a unit that was seen elsewhere than it should be is looked for."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import DeviceKind
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core import clock
from apps.core.codes import make_sscc
from apps.counting.models import CycleCount
from apps.journal.models import AuditEntry
from apps.ledger.models import HandlingUnit, StockBalance, StockTransaction
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.rfid.models import Asset, ReadEvent
from apps.storage.operations import propose_putaways
from apps.tasks.models import WarehouseTask
from tests.factories.api import Caller, a_device, a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.ledger import SerialFactory, an_actor
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.rfid import ReaderFactory, sscc_tag
from tests.factories.storage import a_pallet, goods_of
from tests.invariants import assert_invariants

SSCC = make_sscc(0, "0614141", 77)
TAG = sscc_tag(SSCC)
NOBODY = "E28011700000020F1A2B3C4D"


@pytest.fixture
def site(db):
    """A pallet with 12 in the dry zone, and a reader that watches the cold one."""
    warehouse = WarehouseFactory(code="LYON", gln="0614141123452")
    dry, cold = (Zone.objects.create(warehouse=warehouse, code=code, name=code) for code in ("DRY", "COLD"))
    rack = LocationFactory(warehouse=warehouse, code="D-1", zone=dry)
    chamber = LocationFactory(warehouse=warehouse, code="C-1", zone=cold)
    item = ItemFactory(number="BOLT")
    pallet = a_pallet(rack, (item, 12), sscc=SSCC)
    return SimpleNamespace(
        warehouse=warehouse,
        dry=dry,
        cold=cold,
        rack=rack,
        chamber=chamber,
        item=item,
        pallet=pallet,
        gate=ReaderFactory(code="COLD-1", warehouse=warehouse, zone=cold, location=None),
        worker=a_worker(warehouse),
    )


def soon(seconds=1):
    """A moment after everything that has been posted, by a reader's clock that is a little ahead."""
    return clock.now() + timedelta(seconds=seconds)


def tell(caller, *reads, reader="COLD-1", key=None):
    rows = [{"epc": epc, "read_at": at.isoformat()} for epc, at in reads]
    return caller.post("/read-events", {"reader": reader, "reads": rows}, key=key)


def told(response):
    assert response.status_code == 200, response.content
    return response.json()


def searches():
    return list(WarehouseTask.objects.filter(kind="locate"))


def test_a_unit_that_is_read_in_another_zone_is_looked_for_once(site):
    now = soon()

    first = told(tell(site.worker, (TAG, now)))
    second = told(tell(site.worker, *((TAG, now + timedelta(minutes=n)) for n in (1, 2, 3))))

    (task,) = searches()
    assert first == {
        "reader": "COLD-1",
        "new": 1,
        "merged": 0,
        "repeated": 0,
        "unknown": [],
        "tasks": [task.number],
        "called_off": [],
    }
    assert second["tasks"] == []
    assert (task.unit, task.source, task.target, task.document, task.item, task.quantity) == (
        site.pallet,
        site.rack,
        None,
        "COLD-1",
        site.item,
        D(12),
    )
    assert ReadEvent.objects.get(task=task).unit == site.pallet


def test_it_is_confirmed_by_saying_where_it_is(site):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()

    response = site.worker.post(f"/tasks/{task.number}/confirm", {"unit": SSCC, "location": "C-1", "version": 1})

    assert (response.status_code, response.json()["state"]) == (200, "done")
    assert HandlingUnit.objects.get(pk=site.pallet.pk).location == site.chamber
    balance = StockBalance.objects.on_hand().get(item=site.item)
    assert (balance.location, balance.on_hand) == (site.chamber, D(12))
    posting = StockTransaction.objects.latest("pk")
    assert (posting.kind, posting.reason) == ("move", f"found by {task.number}")
    assert_invariants()


def test_found_where_the_ledger_has_it_nothing_moves(site):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()
    before = StockTransaction.objects.count()

    response = site.worker.post(f"/tasks/{task.number}/confirm", {"unit": SSCC, "location": "D-1"})

    assert response.json()["state"] == "done"
    assert StockTransaction.objects.count() == before


def test_a_unit_that_is_not_found_has_its_place_counted(site):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()

    body = {"quantity": "0", "short_reason": "not in the chamber"}
    response = site.worker.post(f"/tasks/{task.number}/confirm", body)

    assert response.json()["state"] == "done"
    count = CycleCount.objects.get()
    assert (count.location, count.state) == (site.rack, "open")
    entry = AuditEntry.objects.get(verb="not found")
    assert (entry.number, entry.detail["task"], entry.detail["count"]) == (SSCC, task.number, count.number)
    assert_invariants()


@pytest.mark.parametrize("body", [{"unit": SSCC}, {"quantity": "0"}, {"quantity": "3"}])
def test_a_search_is_confirmed_by_a_place_or_by_a_reason(site, body):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()

    facts = refused(site.worker.post(f"/tasks/{task.number}/confirm", body), 400, "place_needed")

    assert facts == {"task": task.number, "unit": SSCC}
    assert searches()[0].state == "ready"
    assert not CycleCount.objects.exists()


def test_another_unit_is_not_the_one_that_is_looked_for(site):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()
    other = a_pallet(site.chamber)

    body = {"unit": other.number, "location": "C-1"}
    refused(site.worker.post(f"/tasks/{task.number}/confirm", body), 409, "wrong_unit")


def test_a_late_read_of_before_the_last_move_asks_for_nothing(site):
    before = clock.now() - timedelta(hours=2)

    answer = told(tell(site.worker, (TAG, before)))

    assert (answer["new"], answer["tasks"]) == (1, [])
    assert searches() == []


def test_a_unit_that_is_read_where_it_stands_asks_for_nothing(site):
    ReaderFactory(code="DRY-1", warehouse=site.warehouse, zone=site.dry, location=None)

    assert told(tell(site.worker, (TAG, soon()), reader="DRY-1"))["tasks"] == []


def test_a_reader_without_a_zone_watches_its_place(site):
    door = LocationFactory(warehouse=site.warehouse, code="DOOR", kind=LocationKind.DOCK)
    ReaderFactory(code="DOOR-1", location=door)
    here = a_pallet(door, (site.item, 1), sscc=make_sscc(0, "0614141", 78))

    answer = told(tell(site.worker, (TAG, soon()), (sscc_tag(here.sscc), soon()), reader="DOOR-1"))

    (task,) = searches()
    assert answer["tasks"] == [task.number]
    assert (task.unit, task.target) == (site.pallet, door)


def test_seen_in_its_place_again_nobody_needs_to_look(site):
    ReaderFactory(code="DRY-1", warehouse=site.warehouse, zone=site.dry, location=None)
    (number,) = told(tell(site.worker, (TAG, soon(1))))["tasks"]

    answer = told(tell(site.worker, (TAG, soon(30)), reader="DRY-1"))

    assert answer["called_off"] == [number]
    assert searches()[0].state == "cancelled"


def test_who_looks_already_goes_on(site):
    ReaderFactory(code="DRY-1", warehouse=site.warehouse, zone=site.dry, location=None)
    (number,) = told(tell(site.worker, (TAG, soon(1))))["tasks"]
    assert site.worker.post(f"/tasks/{number}/claim").json()["whole_unit"] is True

    assert told(tell(site.worker, (TAG, soon(30)), reader="DRY-1"))["called_off"] == []


def test_after_it_was_found_it_may_go_astray_again(site):
    (number,) = told(tell(site.worker, (TAG, soon(1))))["tasks"]
    site.worker.post(f"/tasks/{number}/confirm", {"unit": SSCC, "location": "C-1"})
    ReaderFactory(code="DRY-1", warehouse=site.warehouse, zone=site.dry, location=None)

    assert len(told(tell(site.worker, (TAG, soon(60)), reader="DRY-1"))["tasks"]) == 1


def test_a_unit_on_its_way_is_not_looked_for(site):
    dock = LocationFactory(warehouse=site.warehouse, code="DOCK", kind=LocationKind.DOCK)
    pallet = a_pallet(dock, (site.item, 4), sscc=make_sscc(0, "0614141", 79))
    with transaction.atomic():
        propose_putaways(
            goods_of(pallet), warehouse_id=site.warehouse.pk, document="GR-1", by=an_actor(), at=clock.now()
        )

    assert told(tell(site.worker, (sscc_tag(pallet.sscc), soon())))["tasks"] == []


def test_a_unit_that_serves_a_document_is_not_looked_for(site):
    sscc = make_sscc(0, "0614141", 80)
    open_units(warehouse_id=site.warehouse.pk, kind=UnitKind.CARTON, sscc=[sscc], document="SH-000001")

    assert told(tell(site.worker, (sscc_tag(sscc), soon())))["tasks"] == []


def test_the_outermost_unit_is_looked_for(site):
    inner = make_sscc(0, "0614141", 81)
    a_pallet(site.rack, (site.item, 3), sscc=inner)
    assert site.worker.post(f"/handling-units/{inner}/nest", {"into": SSCC}).status_code == 200

    told(tell(site.worker, (sscc_tag(inner), soon()), (TAG, soon())))

    (task,) = searches()
    assert task.unit == site.pallet


def test_the_database_has_one_search_for_a_unit(site):
    tell(site.worker, (TAG, soon()))
    (task,) = searches()
    task.pk, task.number = None, "T-2"
    task._state.adding = True

    with pytest.raises(IntegrityError, match="task_locate_once_a_unit"), transaction.atomic():
        task.save(force_insert=True)


def test_each_tag_is_what_it_stands_for(site):
    serial = SerialFactory(number="6789")
    Packaging.objects.create(
        item=serial.item, level=PackagingLevel.EACH, unit=UnitFactory(code="BOX"), gtin="80614141123458"
    )
    cage = Asset.objects.create(
        warehouse=site.warehouse, number="00614141123452400", name="Cage 400", unit=HandlingUnit.objects.get()
    )
    LocationFactory(warehouse=site.warehouse, code="400")
    at = soon()

    answer = told(
        tell(
            site.worker,
            ("3074257bf7194e4000001a85", at),
            ("urn:epc:id:sgln:0614141.12345.400", at),
            ("urn:epc:id:grai:0614141.12345.400", at),
            ("urn:epc:id:sscc:0614141.9999999999", at),
            (NOBODY, at),
        )
    )

    events = {event.epc: event for event in ReadEvent.objects.all()}
    goods = events["urn:epc:id:sgtin:0614141.812345.6789"]
    assert (goods.kind, goods.item, goods.serial) == ("item", serial.item, serial)
    place = events["urn:epc:id:sgln:0614141.12345.400"]
    assert (place.kind, str(place.location)) == ("location", "400")
    asset = events["urn:epc:id:grai:0614141.12345.400"]
    assert (asset.kind, asset.asset, asset.unit) == ("asset", cage, site.pallet)
    assert answer["unknown"] == [NOBODY, "urn:epc:id:sscc:0614141.9999999999"]
    assert (answer["new"], len(answer["tasks"])) == (5, 1)


def test_reads_of_one_tag_within_the_window_are_one_event(site):
    now = clock.now() - timedelta(hours=1)
    reads = [(NOBODY, now + timedelta(seconds=seconds)) for seconds in (0, 20, 40, 200)]

    answer = told(tell(site.worker, *reads))
    again = told(tell(site.worker, *reads))

    assert (answer["new"], answer["merged"], answer["repeated"]) == (2, 2, 0)
    assert (again["new"], again["merged"], again["repeated"]) == (0, 0, 4)
    assert list(ReadEvent.objects.order_by("first_at").values_list("first_at", "last_at", "reads")) == [
        (now, now + timedelta(seconds=40), 3),
        (now + timedelta(seconds=200), now + timedelta(seconds=200), 1),
    ]


def test_a_repeated_key_gets_the_first_answer(site):
    now = soon()

    first, second = (told(tell(site.worker, (TAG, now), key="batch-1")) for _ in range(2))

    assert first == second
    assert len(first["tasks"]) == 1


def test_a_reader_out_of_use_tells_nothing(site):
    site.gate.is_active = False
    site.gate.save()

    assert refused(tell(site.worker, (TAG, soon())), 409, "reader_off") == {"reader": "COLD-1"}
    assert not ReadEvent.objects.exists()


def test_a_readers_own_device_alone_tells_its_reads(site):
    user = a_person(site.warehouse).user
    own = a_device(site.warehouse, kind=DeviceKind.INTEGRATION, service_user=user, number="GATE")
    site.gate.device = own
    site.gate.save()

    facts = refused(tell(site.worker, (TAG, soon())), 403, "not_your_reader")

    assert facts == {"reader": "COLD-1", "device": "GATE"}
    assert not ReadEvent.objects.exists()
    assert told(tell(Caller(device=own), (TAG, soon())))["new"] == 1


def test_a_readers_clock_that_is_ahead_is_said(site):
    facts = refused(tell(site.worker, (TAG, soon()), (TAG, soon(3600))), 409, "read_ahead")

    assert facts["reader"] == "COLD-1"
    assert not ReadEvent.objects.exists()


def test_another_warehouses_reader_is_not_found(site):
    stranger = a_worker(WarehouseFactory())

    refused(tell(stranger, (TAG, soon())), 404, "not_found")
    refused(stranger.get("/readers/COLD-1"), 404, "not_found")


def test_another_warehouses_unit_is_unknown_here(site):
    other = LocationFactory(code="X")
    ReaderFactory(code="ELSEWHERE", location=other)
    worker = a_worker(other.warehouse)

    assert told(tell(worker, (TAG, soon()), reader="ELSEWHERE"))["unknown"] == [TAG]
    assert searches() == []


@pytest.mark.parametrize(
    "reads",
    [
        [],
        None,
        [{}],
        [{"epc": "A"}],
        [{"epc": "", "read_at": "2026-11-22T08:00:00Z"}],
        [{"epc": "A\x00", "read_at": "2026-11-22T08:00:00Z"}],
        [{"epc": "A\u202e", "read_at": "2026-11-22T08:00:00Z"}],
        [{"epc": "A" * 201, "read_at": "2026-11-22T08:00:00Z"}],
        [{"epc": "A", "read_at": "yesterday"}],
        [{"epc": "A", "read_at": "2026-11-22T08:00:00Z"}] * 1001,
    ],
    ids=range(10),
)
def test_what_is_no_batch_of_reads_is_malformed(site, reads):
    refused(site.worker.post("/read-events", {"reader": "COLD-1", "reads": reads}), 400, "malformed")

    assert not ReadEvent.objects.exists()


def test_events_are_found_by_what_they_say(site):
    told(tell(site.worker, (TAG, soon()), (NOBODY, soon())))

    found = site.worker.get("/read-events", kind="handling_unit", reader="COLD-1", unit=SSCC).json()["results"]

    (row,) = found
    (task,) = searches()
    assert (row["epc"], row["unit"], row["task"], row["reads"]) == (TAG, SSCC, task.number, 1)


def test_a_thousand_tags_take_as_many_statements_as_ten(site):
    def batch(count, first):
        at = soon()
        return [(f"urn:epc:id:sscc:0614141.{first + n:010}", at) for n in range(count)]

    few, _ = site.worker.statements(lambda: told(tell(site.worker, *batch(10, 5000))))
    many, _ = site.worker.statements(lambda: told(tell(site.worker, *batch(1000, 6000))))

    assert many == few
