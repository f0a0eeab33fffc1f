"""Gives a worker the PIN that opens a handheld to them."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User, hashed_pin
from apps.core.errors import DomainError
from apps.journal import edge
from apps.locations.operations import give_pin


class Command(BaseCommand):
    """Asks for the PIN, so that it stands in no shell's history."""

    help = "Give a person a PIN; it is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose PIN, and who gives it."""
        parser.add_argument("username", help="whose PIN")
        parser.add_argument("--user", required=True, help="who gives it: an admin or a supervisor, by username")

    def handle(self, *, username: str, user: str, **options: Any) -> None:
        """Read it, hash it, hand the hash on."""
        person, by = _person(username), _person(user)
        pin = getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
        try:
            edge.run(give_pin, by=by, render=str, user_id=person.pk, pin_hash=hashed_pin(pin))
        except (DomainError, ValueError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{username} signs on with the new PIN from now on.")


def _person(username: str) -> User:
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is no user {username}.")
    return person
