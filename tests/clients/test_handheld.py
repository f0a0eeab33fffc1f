"""The example client works a wave against a server, and goes on through a dead spot: so it cannot rot."""

import ast
import json
import sys
from decimal import Decimal as D
from pathlib import Path

import pytest

import clients.handheld
from apps.accounts.models import SignOn
from apps.accounts.roles import Role
from apps.journal.models import Command
from apps.locations.choices import LocationKind
from apps.orders.models import Pick
from apps.tasks.models import Conflict, WarehouseTask
from clients.handheld import Api, NoAnswer, Queue, Refused, Worker, main, over_http
from tests.factories.accounts import UserFactory
from tests.factories.api import a_device
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import a_sales_order, released
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


class Air:
    """Carries requests, but for where there is a dead spot; `deaf` loses the answers only."""

    def __init__(self):
        self.dead = self.deaf = False
        self.sent = 0

    def __call__(self, request):
        if self.dead:
            raise OSError
        self.sent += 1
        answer = over_http(request)
        if self.deaf:
            raise OSError
        return answer


@pytest.fixture
def item(db):
    return ItemFactory(number="CHOC-70", perishable=True)


@pytest.fixture
def site(item):
    site = WarehouseFactory(code="LEITH")
    shelf = LocationFactory(warehouse=site, code="A-01-1")
    LocationFactory(warehouse=site, code="TOTE-1", kind=LocationKind.TOTE)
    stock(item, shelf, 40, lot=LotFactory(item=item, number="L7", expires_on="2028-03-31"))
    for _ in range(4):
        released(a_sales_order(site, (item, 2)))
    worker = works_at(UserFactory(username="ines", roles=[Role.PICKER]), site)
    worker.set_pin("2580")
    worker.save(update_fields=["pin"])
    return site


@pytest.fixture
def air():
    return Air()


@pytest.fixture
def worker(site, air, live_server, tmp_path, monkeypatch):
    monkeypatch.setattr("clients.handheld.time.sleep", lambda _: None)
    device = a_device(site, number="HAND-7")
    worker = Worker(Api(live_server.url, device.plain_token, air), Queue(tmp_path / "queue.jsonl"))
    worker.sign_on("ines", "2580")
    return worker


def test_a_wave_is_worked_from_the_first_task_to_the_last(worker, item):
    assert worker.pick_all("LEITH", "TOTE-1") == 4

    assert set(Pick.objects.values_list("state", "tote__code")) == {("picked", "TOTE-1")}
    assert stands(item) == {"A-01-1": D(32), "TOTE-1": D(8)}
    worker.sign_off()
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert_invariants()


def test_an_answer_that_is_lost_is_asked_for_again_under_the_same_key(worker, item, air):
    bundle = worker.take_along("LEITH", most=1)
    air.deaf = True

    worker.pick_taken_along(bundle, "TOTE-1")

    assert air.sent == 1 + 1 + 3  # the sign-on, the bundle, and the confirm three times
    assert Command.objects.filter(operation__contains="confirm_task").count() == 1
    assert stands(item) == {"A-01-1": D(38), "TOTE-1": D(2)}


def test_what_is_picked_in_a_dead_spot_is_told_afterwards_and_happens_once(worker, item, air):
    bundle = worker.take_along("LEITH")
    air.dead = True
    worker.pick_taken_along(bundle, "TOTE-1")
    with pytest.raises(NoAnswer):
        worker.queue.replay(worker.api, worker.name)
    kept = worker.queue.file.read_text()
    assert stands(item) == {"A-01-1": D(40)}

    air.dead = False
    first = worker.queue.replay(worker.api, worker.name)
    worker.queue.file.write_text(kept)  # the device forgot that it had told it
    again = worker.queue.replay(worker.api, worker.name)

    assert [each["status"] for each in first] == [200] * 4
    assert again == first
    assert worker.queue.waiting() == []
    assert stands(item) == {"A-01-1": D(32), "TOTE-1": D(8)}
    assert_invariants()


def test_what_another_did_meanwhile_is_a_conflict_and_the_rest_is_done(worker, item, air):
    bundle = worker.take_along("LEITH")
    air.dead = True
    worker.pick_taken_along(bundle, "TOTE-1")
    WarehouseTask.objects.filter(number=bundle["tasks"][1]["number"]).update(version=9)

    air.dead = False
    worker.queue.replay(worker.api, worker.name)

    (conflict,) = worker.queue.conflicts
    assert (conflict["code"], conflict["conflict"]) == ("task_stale", Conflict.objects.get().number)
    assert worker.queue.waiting() == []
    assert stands(item) == {"A-01-1": D(34), "TOTE-1": D(6)}


def test_an_entry_that_nothing_was_decided_about_is_kept(tmp_path):
    queue = Queue(tmp_path / "queue.jsonl")
    queue.keep("tasks/T-00000001/confirm", {"quantity": "2"}, key="large")
    result = {"key": "large", "status": 413, "code": "body_too_large", "body": {}, "conflict": None}
    answer = json.dumps({"results": [result]}).encode()

    queue.replay(Api("http://warehouse", "", lambda _: (200, answer)), "ines")

    assert [entry["key"] for entry in queue.waiting()] == ["large"]
    assert queue.conflicts == []


def test_a_refusal_says_why_and_what_may_be_done(worker):
    with pytest.raises(Refused) as refusal:
        worker.api.command("tasks/bundle", {"warehouse": "NOWHERE"})

    assert (refusal.value.code, refusal.value.status, refusal.value.recover) == ("not_found", 404, ["rescan"])


def test_from_the_command_line_it_does_the_whole(site, live_server, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    main(live_server.url, a_device(site).plain_token, "ines", "2580", "LEITH", "TOTE-1")

    assert capsys.readouterr().out == "4 picks done\n"


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse(Path(str(clients.handheld.__file__)).read_text())
    names = {
        str(node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert names - set(sys.stdlib_module_names) == set()
