"""A queue of what was done out of reach: in order, each once, as if each had been sent by itself."""

import uuid
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.urls import get_resolver

from apps.accounts.models import SignOn
from apps.core import clock
from apps.journal.models import Command
from apps.ledger.models import StockTransaction
from apps.locations.choices import LocationKind
from apps.scanner.api import replay as replaying
from apps.scanner.api.replayable import REPLAYABLE
from apps.tasks.models import Conflict, WarehouseTask
from apps.tasks.states import TaskState
from tests.api.endpoints import endpoints
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller, a_device, a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stands
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.storage import goods_at, putaways_of
from tests.factories.tasks import some_tasks
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return WarehouseFactory(code="LEITH")


@pytest.fixture
def dock(site):
    return LocationFactory(warehouse=site, code="DOCK-IN", kind=LocationKind.DOCK)


@pytest.fixture
def item():
    return ItemFactory(number="CHOC-70")


@pytest.fixture
def hand(site):
    return a_worker(site, device=a_device(site, number="HAND-7"), username="ines")


@pytest.fixture
def putaways(site, dock, item):
    """Three putaways of ten, each to a bin that is there."""
    for number in range(3):
        LocationFactory(warehouse=site, code=f"A-{number}")
    rows = []
    for _ in range(3):
        rows += putaways_of(goods_at(dock, item, 10), dock=dock)
    return [row.task for row in rows]


def confirming(task, quantity="10", *, key=None, **more):
    body = {"quantity": quantity, "version": task.version} | more.pop("body", {})
    if task.target is not None:
        body.setdefault("location", task.target.code)
    return {"key": key or str(uuid.uuid4()), "path": f"tasks/{task.number}/confirm", "body": body, **more}


def replay(hand, *entries, **more):
    answer = hand.client.post("/api/v1/commands", {"entries": list(entries), **more}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_each_entry_is_carried_out_in_order_and_answered_as_by_itself(hand, item, putaways):
    first, second, third = putaways
    alone = hand.post(f"/tasks/{third.number}/confirm", confirming(third)["body"]).json()

    results = replay(hand, confirming(first, key="a"), confirming(second, key="b"))

    assert [(each["key"], each["status"], each["code"], each["conflict"]) for each in results] == [
        ("a", 200, "", None),
        ("b", 200, "", None),
    ]
    assert results[0]["body"].keys() == alone.keys()
    assert (results[0]["body"]["number"], results[0]["body"]["state"]) == (first.number, "done")
    assert sum(stands(item).values()) == D(30)
    assert WarehouseTask.objects.filter(state=TaskState.DONE, done_by=hand.user).count() == 3
    assert not Conflict.objects.exists()
    assert_invariants()


def test_a_queue_sent_again_gets_the_same_results_and_does_nothing_more(hand, putaways):
    queue = [confirming(task) for task in putaways] + [confirming(putaways[0], key="stale")]
    first = replay(hand, *queue)
    posted = StockTransaction.objects.count()

    again = replay(hand, *queue)

    assert again == first
    assert [each["status"] for each in first] == [200, 200, 200, 409]
    assert StockTransaction.objects.count() == posted
    assert Conflict.objects.count() == 1


def test_an_entry_that_was_answered_before_by_itself_is_not_done_again(hand, putaways):
    (task, *_) = putaways
    entry = confirming(task, key="sent, and the answer was lost")
    hand.post(f"/tasks/{task.number}/confirm", entry["body"], key=entry["key"])

    (result,) = replay(hand, entry)

    assert (result["status"], result["body"]["state"]) == (200, "done")
    assert Command.objects.filter(key=entry["key"]).count() == 1


def test_a_chain_stops_at_its_first_conflict_and_the_others_go_on(hand, item, putaways):
    first, second, third = putaways
    stale = confirming(second, key="stale", body={"version": 9})
    after = {"key": "after", "path": f"putaways/{second.number}/undo", "body": {"reason": "Wrong bin"}}

    results = replay(hand, confirming(first), stale, after, confirming(third))

    assert [(each["status"], each["code"]) for each in results] == [
        (200, ""),
        (409, "task_stale"),
        (424, "not_reached"),
        (200, ""),
    ]
    assert results[1]["body"]["recover"] == ["refresh"]
    assert results[2]["body"]["facts"] == {"after": "stale"}
    assert stands(item)["DOCK-IN"] == D(10)
    assert_invariants()


def test_a_chain_may_be_named_and_then_spans_tasks(hand, putaways):
    first, second, third = putaways

    results = replay(
        hand,
        confirming(first, chain="tote 1", body={"version": 9}),
        confirming(second, chain="tote 1"),
        confirming(third),
    )

    assert [each["status"] for each in results] == [409, 424, 200]


def test_a_conflict_is_kept_with_who_said_what_when_by_both_clocks_and_how_it_stood(hand, site, putaways):
    (task, *_) = putaways
    other = works_at(UserFactory(username="bo", roles=["picker"]), site)
    Caller(other).post(f"/tasks/{task.number}/confirm", confirming(task)["body"])
    done_at = clock.now() - timedelta(minutes=40)

    (result,) = replay(hand, confirming(task, key="late", occurred_at=done_at.isoformat()))

    conflict = Conflict.objects.get()
    assert result["conflict"] == conflict.number
    assert (conflict.state, conflict.worker.username, str(conflict.device)) == ("open", "ines", "HAND-7")
    assert (conflict.key, conflict.command) == ("late", f"tasks/{task.number}/confirm")
    assert conflict.said == {"quantity": "10", "version": 1, "location": task.target.code}
    assert (conflict.warehouse, conflict.task) == (site, task)
    assert conflict.occurred_at == done_at
    assert abs(conflict.received_at - clock.now()) < timedelta(minutes=1)
    assert (conflict.code, conflict.refusal["status"]) == ("task_stale", 409)
    assert (conflict.found["state"], conflict.found["done_by"]) == ("done", "bo")


def test_what_was_not_reached_is_in_the_inbox_as_well(hand, putaways):
    (task, *_) = putaways

    replay(
        hand,
        confirming(task, body={"version": 9}),
        {"key": "after", "path": f"putaways/{task.number}/undo", "body": {"reason": "Wrong bin"}},
    )

    assert sorted(Conflict.objects.values_list("code", flat=True)) == ["not_reached", "task_stale"]


def test_a_clock_that_is_ahead_is_a_conflict_that_shows_both_times(hand, putaways):
    (task, *_) = putaways
    ahead = clock.now() + timedelta(hours=1)

    (result,) = replay(hand, confirming(task, occurred_at=ahead.isoformat()))

    assert (result["status"], result["code"]) == (409, "clock_ahead")
    assert Conflict.objects.get().occurred_at == ahead


def test_the_ledger_keeps_when_the_device_says_that_it_was_done(hand, putaways):
    (task, *_) = putaways
    done_at = clock.now() - timedelta(hours=2)

    replay(hand, confirming(task, key="late", occurred_at=done_at.isoformat()))

    assert StockTransaction.objects.get(key="late").occurred_at == done_at


def test_what_is_no_work_of_the_floor_is_not_replayed(hand):
    results = replay(
        hand,
        {"key": "1", "path": "sales-orders/SO-000001/cancel"},
        {"key": "2", "path": "scan", "body": {"code": "x"}},
        {"key": "3", "path": "commands", "body": {"entries": []}},
        {"key": "4", "path": "../../admin/"},
        {"key": "5", "path": "tasks/T-1/confirm?version=2"},
        {"key": "6", "path": "sign-off"},
    )

    assert {(each["status"], each["code"]) for each in results} == {(400, "not_replayable")}
    assert SignOn.objects.filter(ended_at=None).count() == 1


def test_an_entry_without_sense_is_refused_by_itself_and_holds_up_nothing(hand, putaways):
    (task, other, *_) = putaways

    results = replay(
        hand,
        {"key": "m", "path": f"tasks/{task.number}/confirm", "body": {"quantity": "\x00"}},
        {"key": "t", "path": f"tasks/{other.number}/confirm", "body": {"quantity": "1"}, "occurred_at": "yesterday"},
        {"key": "n", "path": "tasks/T-99999999/confirm", "body": {"quantity": "1"}},
        confirming(putaways[2]),
    )

    assert [(each["status"], each["code"]) for each in results] == [
        (400, "malformed"),
        (400, "malformed"),
        (404, "not_found"),
        (200, ""),
    ]
    assert Conflict.objects.get(key="m").said == {"quantity": "\ufffd"}


def test_another_warehouses_task_is_not_found_and_shows_nothing(hand, putaways):
    elsewhere = WarehouseFactory()
    (task,) = some_tasks(elsewhere, 1)

    (result,) = replay(hand, confirming(task))

    assert (result["status"], result["code"]) == (404, "not_found")
    conflict = Conflict.objects.get()
    assert (conflict.task, conflict.found) == (None, {})


def test_a_bug_is_one_entrys_result_and_is_sent_again(hand, putaways, monkeypatch):
    broken, fine = putaways[:2]
    real = replaying._single

    def breaking(entry, request):
        if entry.key == "bug":
            raise_bug()
        return real(entry, request)

    def raise_bug():
        message = "broken"
        raise RuntimeError(message)

    monkeypatch.setattr("apps.scanner.api.views.confirm_task", lambda **_: raise_bug())
    results = replay(hand, confirming(broken, key="bug"), confirming(broken, key="next"))
    monkeypatch.undo()
    again = replay(hand, confirming(broken, key="bug"), confirming(fine))

    assert [(each["status"], each["code"]) for each in results] == [(500, "bug"), (424, "not_reached_yet")]
    assert not Conflict.objects.exists()
    assert [each["status"] for each in again] == [200, 200]


def test_a_device_revoked_in_mid_queue_is_out_at_its_next_entry(hand, putaways, monkeypatch):
    real = replaying._single

    def revoking(entry, request):
        if entry.key == "second":
            hand.client.handler._force_user = None
            type(hand.device).objects.filter(pk=request.auth.pk).update(revoked_at=clock.now())
        return real(entry, request)

    monkeypatch.setattr(replaying, "_single", revoking)

    results = replay(hand, confirming(putaways[0]), confirming(putaways[1], key="second"), confirming(putaways[2]))

    assert [(each["status"], each["code"]) for each in results] == [
        (200, ""),
        (401, "authentication_failed"),
        (401, "authentication_failed"),
    ]
    assert not Conflict.objects.exists()
    assert WarehouseTask.objects.filter(state=TaskState.DONE).count() == 1


def test_a_queue_is_told_by_whoever_did_it(hand, putaways):
    (task, *_) = putaways
    body = {"worker": "bo", "entries": [confirming(task)]}

    facts = refused(hand.client.post("/api/v1/commands", body, format="json"), 409, "queue_of_another")

    assert facts == {"worker": "bo", "signed_on": "ines"}
    assert WarehouseTask.objects.filter(state=TaskState.DONE).count() == 0
    assert replay(hand, confirming(task), worker="ines")[0]["status"] == 200


@pytest.mark.parametrize(
    "envelope",
    [
        {},
        {"entries": []},
        {"entries": [{"key": "a"}]},
        {"entries": [{"path": "tasks/T-1/confirm"}]},
        {"entries": [{"key": "", "path": "tasks/T-1/confirm"}]},
        {"entries": [{"key": "a\nb", "path": "tasks/T-1/confirm"}]},
        {"entries": [{"key": "k" * 81, "path": "tasks/T-1/confirm"}]},
        {"entries": [{"key": "a", "path": "tasks/T-1/confirm", "body": []}]},
        {"entries": [{"key": str(n), "path": "tasks/T-1/confirm"} for n in range(101)]},
    ],
)
def test_an_envelope_without_sense_is_refused_as_a_whole(hand, envelope):
    refused(hand.client.post("/api/v1/commands", envelope, format="json"), 400, "malformed")

    assert not Conflict.objects.exists()


def test_half_a_character_in_a_path_is_refused_as_a_whole(hand):
    envelope = r'{"entries": [{"key": "a", "path": "tasks/\ud800/confirm"}]}'

    answer = hand.client.generic("POST", "/api/v1/commands", envelope, content_type="application/json")

    refused(answer, 400, "malformed")


def test_half_a_character_in_a_body_is_one_entrys_result(hand, putaways):
    (task, *_) = putaways
    entry = rf'{{"key": "a", "path": "tasks/{task.number}/confirm", "body": {{"quantity": "1", "unit": "\ud800"}}}}'

    answer = hand.client.generic(
        "POST", "/api/v1/commands", f'{{"entries": [{entry}]}}', content_type="application/json"
    )

    assert answer.status_code == 200
    (result,) = answer.json()["results"]
    assert result["status"] >= 400


def test_an_auditor_changes_nothing_and_leaves_no_conflict(site, putaways):
    auditor = a_worker(site, roles=["auditor"])

    (result,) = replay(auditor, confirming(putaways[0]))

    assert (result["status"], result["code"]) == (403, "not_allowed")
    assert not Conflict.objects.exists()


def test_a_person_in_a_browser_replays_as_themselves(site, putaways):
    person = a_person(site, roles=("supervisor",))

    (result,) = replay(person, confirming(putaways[0]))

    assert result["status"] == 200
    assert WarehouseTask.objects.get(state=TaskState.DONE).done_by == person.user


def test_a_place_with_letters_beyond_latin_is_found_by_its_escaped_path(hand, putaways):
    (task, *_) = putaways
    WarehouseTask.objects.filter(pk=task.pk).update(number="T-Ł1")
    entry = confirming(task) | {"path": "/tasks/T-%C5%811/confirm"}

    (result,) = replay(hand, entry)

    assert (result["status"], result["body"]["number"]) == (200, "T-Ł1")


def test_whatever_may_be_replayed_is_a_command():
    found = {}
    for endpoint in endpoints():
        match = get_resolver().resolve(endpoint.path)
        if "post" in endpoint.methods:
            found[match.url_name] = replaying.is_command(match)

    assert {name for name in REPLAYABLE if not found.get(name)} == set()
