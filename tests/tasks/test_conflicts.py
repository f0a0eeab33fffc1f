"""The conflict inbox: read, settled, and counted on the desk."""

import pytest
from django.urls import reverse

from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import AuditEntry
from apps.tasks.models import Conflict
from apps.tasks.operations import Late, note_conflict, settle_conflict
from tests.factories.accounts import UserFactory
from tests.factories.api import a_device, a_person, a_worker, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.tasks import some_tasks

pytestmark = pytest.mark.django_db

REFUSAL = {"code": "task_stale", "title": "Task T-1 has changed.", "status": 409, "facts": {"seen": 1, "version": 3}}


@pytest.fixture
def site():
    return WarehouseFactory(code="LEITH")


@pytest.fixture
def worker(site):
    return works_at(UserFactory(username="ines", roles=["picker"]), site)


@pytest.fixture
def boss(site):
    return works_at(UserFactory(username="bo", roles=["supervisor"]), site)


@pytest.fixture
def conflict(site, worker):
    (task,) = some_tasks(site, 1)
    return noted(worker, about=task.number)


def noted(worker, *, key="k", about=""):
    late = Late(key=key, command=f"tasks/{about}/confirm", said={"quantity": "9"}, about=about)
    return note_conflict(late=late, refusal=REFUSAL, by=an_actor(worker), at=clock.now())


def test_a_command_leaves_one_conflict_however_often_it_is_told(worker, conflict):
    assert noted(worker, about=conflict.task.number) == conflict
    assert Conflict.objects.count() == 1


def test_whoever_works_nowhere_leaves_none(db):
    assert noted(UserFactory()) is None


def test_a_supervisor_settles_it_with_a_note_that_the_trail_keeps(boss, conflict):
    settle_conflict(conflict_id=conflict.pk, how="seen", note="Bo had done it", by=an_actor(boss), at=clock.now())
    settle_conflict(conflict_id=conflict.pk, how="by_hand", note="Moved back", by=an_actor(boss), at=clock.now())

    conflict.refresh_from_db()
    assert (conflict.state, conflict.note, conflict.settled_by) == ("by_hand", "Moved back", boss)
    assert list(AuditEntry.objects.of("conflict", conflict.number).values_list("verb", flat=True)) == [
        "by_hand",
        "seen",
    ]


def test_what_was_done_by_hand_stays_so(boss, conflict):
    settle_conflict(conflict_id=conflict.pk, how="by_hand", note="x", by=an_actor(boss), at=clock.now())

    with pytest.raises(IllegalTransition):
        settle_conflict(conflict_id=conflict.pk, how="seen", by=an_actor(boss), at=clock.now())


def test_a_picker_settles_nothing(worker, conflict):
    with pytest.raises(NotAllowed):
        settle_conflict(conflict_id=conflict.pk, how="seen", by=an_actor(worker), at=clock.now())

    conflict.refresh_from_db()
    assert conflict.state == "open"


def test_over_http_the_open_ones_are_listed_and_settled(site, conflict):
    person = a_person(site, roles=("supervisor",))

    (row,) = person.get("/conflicts", open=True).json()["results"]
    settled = person.post(f"/conflicts/{conflict.number}/settle", {"how": "seen", "note": "All right"})

    assert (row["number"], row["worker"], row["code"], row["said"]) == (
        conflict.number,
        "ines",
        "task_stale",
        {"quantity": "9"},
    )
    assert row["refusal"]["facts"] == {"seen": 1, "version": 3}
    assert row["found"]["state"] == "ready"
    assert (settled.json()["state"], settled.json()["settled_by"]) == ("seen", person.user.username)
    assert person.get("/conflicts", open=True).json()["results"] == []
    assert len(person.get("/conflicts", state="seen").json()["results"]) == 1


def test_over_http_a_picker_sees_their_own_and_a_supervisor_all(site, worker, conflict):
    other = a_worker(site, device=a_device(site, number="HAND-8"))
    mine = noted(other.user, key="mine")

    assert [row["number"] for row in other.get("/conflicts").json()["results"]] == [mine.number]
    assert other.get(f"/conflicts/{conflict.number}").status_code == 404
    supervisor = a_person(site, roles=("supervisor",))
    assert len(supervisor.get("/conflicts").json()["results"]) == 2


def test_over_http_another_sites_conflict_is_not_found(conflict):
    stranger = a_person(WarehouseFactory(), roles=("supervisor",))

    refused(stranger.post(f"/conflicts/{conflict.number}/settle", {"how": "seen"}), 404, "not_found")
    assert stranger.get("/conflicts").json()["results"] == []


def test_at_the_desk_it_says_what_was_said_and_how_the_task_stood_and_is_settled_by_a_button(client, boss, conflict):
    boss.is_staff = True
    boss.save()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:tasks_conflict_change", args=[conflict.pk])

    shown = client.get(page).content.decode()
    client.post(reverse("admin:tasks_conflict_do", args=[conflict.pk, "by-hand"]), {"note": "Moved back"})

    for text in ("Task T-1 has changed.", "ines", "quantity", "How the task stood", "Done by hand"):
        assert text in shown
    conflict.refresh_from_db()
    assert (conflict.state, conflict.note) == ("by_hand", "Moved back")


def test_the_desk_counts_the_open_ones(client, boss, conflict):
    boss.is_staff = True
    boss.save()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")

    home = client.get(reverse("admin:index")).content.decode()

    assert "done out of reach, refused when told" in home
