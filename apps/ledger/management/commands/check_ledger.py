"""Proves the ledger right, or names what is wrong with it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.invariants import check_invariants


class Command(BaseCommand):
    """Runs every rule, or one, over all that was ever posted; the rows that break one are printed."""

    help = "Check the ledger's rules; exit code 1 when one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One rule or all."""
        parser.add_argument("--only", default="", metavar="I03", help="this rule alone")

    def handle(self, *, only: str, **options: Any) -> None:
        """Print what is found; a flag is printed and breaks nothing."""
        try:
            found = check_invariants(only=only)
        except LookupError as error:
            raise CommandError(str(error)) from None
        for violation in found:
            self.stdout.write(str(violation))
        broken = [violation for violation in found if not violation.invariant.flag]
        if broken:
            numbers = ", ".join(violation.invariant.number for violation in broken)
            raise CommandError(f"The ledger is broken: {numbers}.", returncode=1)
        if options["verbosity"]:
            self.stdout.write(f"{only or 'Every rule'} holds.")
