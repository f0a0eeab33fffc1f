"""A worker gets a PIN from whoever answers for them, and no log keeps it."""

import io

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User, hashed_pin
from apps.accounts.operations import sign_on
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry, Command
from apps.locations.operations import give_pin
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at

NOW = clock.now()


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON")


@pytest.fixture
def picker(site):
    return works_at(UserFactory(username="anna", roles=[Role.PICKER]), site)


def give(person, by, pin="4711"):
    return give_pin(user_id=person.pk, pin_hash=hashed_pin(pin), by=an_actor(by), at=NOW)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SUPERVISOR])
def test_a_picker_signs_on_with_the_pin_they_were_given(site, picker, role):
    boss = works_at(UserFactory(roles=[role]), site)

    give(picker, boss)

    assert sign_on(device_id=DeviceFactory().pk, username="anna", pin="4711", at=NOW).user == picker
    line = AuditEntry.objects.get()
    assert (line.verb, line.kind, line.number, line.user, line.detail) == ("give pin", "person", "anna", boss, {})


def refused(person, by, error=NotAllowed):
    with pytest.raises(error):
        give(person, by)

    assert not User.objects.exclude(pin="").exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.PICKER, Role.BUYER, Role.INVENTORY_MANAGER, Role.AUDITOR])
def test_others_give_no_pin(site, picker, role):
    refused(picker, works_at(UserFactory(roles=[role]), site))


def test_a_supervisor_gives_no_pin_to_who_works_elsewhere_or_is_more_than_a_picker(site, picker):
    refused(picker, works_at(UserFactory(roles=[Role.SUPERVISOR]), WarehouseFactory()))
    buyer = works_at(UserFactory(roles=[Role.PICKER, Role.BUYER]), site)
    refused(buyer, works_at(UserFactory(roles=[Role.SUPERVISOR]), site))


def test_a_superusers_pin_is_given_by_a_superuser_alone(db):
    boss = UserFactory(is_superuser=True)
    refused(boss, UserFactory(roles=[Role.ADMIN]))

    give(boss, boss)

    boss.refresh_from_db()
    assert boss.check_pin("4711")


def test_who_has_left_gets_no_pin(db):
    refused(UserFactory(is_active=False), UserFactory(roles=[Role.ADMIN]), NotFound)


@pytest.fixture
def typed(monkeypatch):
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_command_reads_the_pin_and_logs_none_of_it(picker, typed, capsys):
    UserFactory(username="ada", roles=[Role.ADMIN])
    typed("4711\n")

    call_command("give_pin", "anna", user="ada")

    picker.refresh_from_db()
    assert picker.check_pin("4711")
    assert capsys.readouterr().out == "anna signs on with the new PIN from now on.\n"
    assert "4711" not in str(list(AuditEntry.objects.values("detail", "number")))
    assert Command.objects.get().answer == "anna"


@pytest.mark.parametrize(
    ("who", "by", "pin", "said"),
    [
        ("anna", "ada", "12", "4 to 8 digits"),
        ("nobody", "ada", "4711", "no user nobody"),
        ("anna", "nobody", "4711", "no user nobody"),
        ("anna", "anna", "4711", "may not"),
    ],
)
def test_the_command_says_what_is_wrong(picker, typed, who, by, pin, said):
    UserFactory(username="ada", roles=[Role.ADMIN])
    typed(f"{pin}\n")

    with pytest.raises(CommandError, match=said):
        call_command("give_pin", who, user=by)

    picker.refresh_from_db()
    assert picker.pin == ""
