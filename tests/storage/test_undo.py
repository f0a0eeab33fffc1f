"""A putaway is taken back: the goods stand where they stood, and a bin is proposed for them again."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.ledger.errors import InsufficientStock, NotReversible
from apps.ledger.models import StockBalance
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.storage.errors import NotPutAway
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway, undo_putaway
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.storage import goods_at, putaways_of
from tests.invariants import assert_invariants


@pytest.fixture
def boss(racks):
    return an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), racks.warehouse))


@pytest.fixture
def done(racks):
    """Eight of ten stand in bin A-1; two wait at the dock."""
    bin_ = racks.bin("A-1", max_units=10)
    [putaway] = putaways_of(goods_at(racks.dock, racks.item, 10), dock=racks.dock)
    return confirm_putaway(task_id=putaway.task_id, location_id=bin_.pk, quantity=D(8), by=racks.by, at=clock.now())


def undo(putaway, by):
    with transaction.atomic():
        return undo_putaway(putaway_id=putaway.pk, reason="wrong bin", by=by, at=clock.now())


def standing(racks):
    rows = StockBalance.objects.on_hand().filter(item=racks.item).order_by("location__code")
    return list(rows.values_list("location__code", "on_hand"))


def test_the_goods_stand_where_they_stood_and_are_proposed_again(racks, boss, done):
    [again] = undo(done, boss)

    assert standing(racks) == [("DOCK", D(10))]
    task = again.task
    assert (task.state, task.quantity, task.source, task.target, task.document) == (
        "ready",
        D(8),
        racks.dock,
        done.proposed,
        "GR-1",
    )
    assert Putaway.objects.get(pk=done.pk).undone
    entry = AuditEntry.objects.of("putaway", done.task.number).get()
    assert (entry.verb, entry.detail["reason"], entry.detail["again"]) == ("undo", "wrong bin", [task.number])
    confirm_putaway(task_id=task.pk, location_id=task.target_id, quantity=D(8), by=racks.by, at=clock.now())
    assert standing(racks) == [("A-1", D(8)), ("DOCK", D(2))]
    assert_invariants()


def test_its_page_tells_who_took_it_back_and_why(client, boss, done):
    undo(done, boss)
    client.force_login(UserFactory(is_superuser=True))

    (event,) = client.get(address(Putaway, "change", done.pk)).context["timeline"]

    assert "wrong bin" in str(event)


def test_a_putaway_is_undone_once_and_only_when_done(racks, boss, done):
    waiting = Putaway.objects.get(transaction=None)
    undo(done, boss)

    with pytest.raises(NotReversible):
        undo(done, boss)
    with pytest.raises(NotPutAway) as refusal:
        undo(waiting, boss)

    assert refusal.value.facts == {"task": waiting.task.number, "state": "ready"}
    assert standing(racks) == [("DOCK", D(10))]
    assert Putaway.objects.count() == 3


def test_goods_that_left_the_bin_are_not_taken_back(racks, boss, done):
    away = racks.bin("B-1")
    post(
        [
            Move(
                item_id=racks.item.pk,
                quantity=D(3),
                source=Place(location_id=done.proposed_id),
                target=Place(location_id=away.pk),
            )
        ],
        warehouse_id=racks.warehouse.pk,
        kind=TransactionKind.MOVE,
        by=racks.by,
        at=clock.now(),
    )

    with pytest.raises(InsufficientStock):
        undo(done, boss)

    assert standing(racks) == [("A-1", D(5)), ("B-1", D(3)), ("DOCK", D(2))]
    assert Putaway.objects.count() == 2


def test_who_may_not_undo_changes_nothing(racks, done):
    picker = an_actor(works_at(UserFactory(roles=[Role.PICKER]), racks.warehouse))
    stranger = an_actor(works_at(UserFactory(roles=[Role.SUPERVISOR]), WarehouseFactory()))

    with pytest.raises(NotAllowed):
        undo(done, picker)
    with pytest.raises(NotFound):
        undo(done, stranger)

    assert standing(racks) == [("A-1", D(8)), ("DOCK", D(2))]


def test_over_http_a_putaway_is_undone_here_and_not_in_the_ledger(racks, done):
    boss = a_person(racks.warehouse, roles=[Role.SUPERVISOR])
    stranger = a_person(WarehouseFactory(), roles=[Role.SUPERVISOR])
    path, why = f"/putaways/{done.task.number}", {"reason": "wrong bin"}

    facts = refused(boss.post(f"/transactions/{done.transaction_id}/reverse", why), 409, "belongs_to_document")
    refused(stranger.post(f"{path}/undo", why), 404, "not_found")
    refused(boss.post(f"{path}/undo", {}), 400, "malformed")
    assert facts["document"] == "GR-1"
    answer = boss.post(f"{path}/undo", why)

    assert answer.status_code == 201
    [again] = answer.json()
    assert (again["state"], again["quantity"], again["undone"]) == ("ready", "8", False)
    assert boss.get(path).json()["undone"] is True
    assert standing(racks) == [("DOCK", D(10))]
