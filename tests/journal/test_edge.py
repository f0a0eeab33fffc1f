"""A command happens once under its key: answers and refusals are kept, bugs and contention are not."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, transaction

from apps.catalog.models import Item, Unit
from apps.core.api.problems import ReplayedRefusal
from apps.core.errors import Busy, NotAllowed
from apps.journal import edge
from apps.journal.errors import KeyReused
from apps.journal.models import Command, OutboxMessage
from apps.journal.operations import enqueue
from apps.ledger.operations import Claim
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.journal.conftest import NoMoreUnits, make_unit


def run(clerk, *, key="k-1", operation=make_unit, render=lambda unit: {"code": unit.code}, **arguments):
    return edge.run(operation, by=clerk, key=key, render=render, **arguments)


def units():
    return sorted(Unit.objects.filter(name="by clerk").values_list("code", flat=True))


def test_the_same_key_gets_the_same_answer_and_is_done_once(clerk):
    first = run(clerk, code="PAIR")
    again = run(clerk, code="PAIR")

    assert first == again == {"code": "PAIR"}
    assert units() == ["PAIR"]
    command = Command.objects.get()
    assert (command.actor, command.key, command.answer, command.refusal) == (
        f"user:{clerk.pk}",
        "k-1",
        {"code": "PAIR"},
        None,
    )
    assert command.operation == "tests.journal.conftest.make_unit"


def test_a_refusal_is_replayed_and_leaves_nothing_else(clerk):
    with pytest.raises(NoMoreUnits):
        run(clerk, code="PAIR", refuse=True)
    with pytest.raises(ReplayedRefusal) as replayed:
        run(clerk, code="PAIR", refuse=True)

    assert replayed.value.problem == {
        "type": "urn:stillage:no_more_units",
        "title": "No more than 1.",
        "status": 409,
        "code": "no_more_units",
        "facts": {"most": 1},
        "recover": ["stop"],
    }
    assert units() == []
    assert Command.objects.get().refusal == replayed.value.problem


@pytest.mark.parametrize("other", [{"code": "TRIO"}, {"code": "PAIR", "refuse": False}])
def test_the_same_key_with_another_body_is_refused(clerk, other):
    run(clerk, code="PAIR")

    with pytest.raises(KeyReused) as refusal:
        run(clerk, **other)

    assert (refusal.value.facts, refusal.value.status) == ({"key": "k-1"}, 422)
    assert units() == ["PAIR"]


@pytest.mark.parametrize(("roles", "refused"), [(["auditor"], True), (["auditor", "supervisor"], False), ([], False)])
def test_whoever_only_audits_changes_nothing(db, roles, refused):
    person = UserFactory(roles=roles)

    if refused:
        with pytest.raises(NotAllowed):
            run(person, code="PAIR")
        run(person, code="PAIR", operation=lambda **_: Unit(code="READ"), reads=True)
    else:
        run(person, code="PAIR")

    assert Unit.objects.filter(code="PAIR").exists() is not refused


def test_the_same_key_for_another_operation_is_refused(clerk):
    def other(*, code, by, at):
        return Unit(code=code)

    run(clerk, code="PAIR")

    with pytest.raises(KeyReused):
        run(clerk, operation=other, code="PAIR")


def test_keys_belong_to_whoever_sends(clerk):
    colleague = UserFactory(username="colleague")
    device = DeviceFactory()

    run(clerk, code="A")
    run(colleague, code="B")
    edge.run(make_unit, by=clerk, device=device, key="k-1", render=str, code="C")
    edge.run(make_unit, by=clerk, job="sweep", key="k-1", render=str, code="D")

    assert sorted(Command.objects.values_list("actor", flat=True)) == sorted(
        [f"user:{clerk.pk}", f"user:{colleague.pk}", f"device:{device.pk}", "job:sweep"]
    )


def test_without_a_key_each_call_is_a_command_of_its_own(clerk):
    run(clerk, key=None, code="A")
    run(clerk, key=None, code="B")

    assert units() == ["A", "B"]
    assert Command.objects.count() == 2


def test_a_bug_undoes_everything_and_keeps_no_answer(clerk):
    with pytest.raises(RuntimeError, match="a bug"):
        run(clerk, code="PAIR", fail=True)

    assert units() == []
    assert not Command.objects.exists()
    # The same command may be sent again once the bug is gone.
    assert run(clerk, code="PAIR") == {"code": "PAIR"}


def test_an_answer_that_cannot_be_written_down_is_a_bug(clerk):
    with pytest.raises(TypeError):
        run(clerk, code="PAIR", render=lambda unit: object())

    assert units() == []
    assert not Command.objects.exists()


def test_busy_is_not_an_answer(clerk):
    def always_busy(*, by, at):
        raise Busy

    with pytest.raises(Busy):
        run(clerk, operation=always_busy)

    assert not Command.objects.exists()


def test_a_refusal_takes_the_effects_with_it(clerk):
    def announce(*, by, at):
        enqueue("journal.sweep_outbox", at=at)
        raise NoMoreUnits(most=1)

    with pytest.raises(NoMoreUnits):
        run(clerk, operation=announce)

    assert not OutboxMessage.objects.exists()


def test_an_operation_learns_who_and_when(clerk):
    seen: dict[str, object] = {}

    def look(*, by, at):
        seen.update(user=by.user, device=by.device, key=by.key, name=by.name, at=at)

    device = DeviceFactory()
    edge.run(look, by=clerk, device=device, key="k-9", render=lambda _: None)

    command = Command.objects.get()
    assert seen == {
        "user": clerk,
        "device": device,
        "key": "k-9",
        "name": f"device:{device.pk}",
        "at": command.at,
    }


def test_arguments_of_every_sort_are_compared(clerk):
    def look(*, item, move, by, at):
        return None

    move = Claim(balance_id=1, quantity=D("1.5"))
    run(clerk, operation=look, render=lambda _: 1, item=Item(pk=1), move=move)

    assert run(clerk, operation=look, render=lambda _: 2, item=Item(pk=1), move=move) == 1
    for other in ({"item": Item(pk=2), "move": move}, {"item": Item(pk=1), "move": replace(move, quantity=D(2))}):
        with pytest.raises(KeyReused):
            run(clerk, operation=look, render=lambda _: 2, **other)


@pytest.mark.django_db(transaction=True)
def test_a_command_is_never_part_of_a_larger_transaction(committed_clerk):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        run(committed_clerk, code="PAIR")


def test_another_database_error_is_a_bug(clerk):
    def divide(*, by, at):
        Unit.objects.raw("select 1/0 as id")[0]

    with pytest.raises(DatabaseError, match="division by zero"):
        run(clerk, operation=divide)

    assert not Command.objects.exists()
