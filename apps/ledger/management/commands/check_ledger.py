"""Proves the ledger right, or names what is wrong with it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.invariants import check_invariants
from apps.ledger.queries.position import verified


class Command(BaseCommand):
    """Runs every rule, or one, over all that was ever posted; the rows that break one are printed."""

    help = "Check the ledger's rules; exit code 1 when one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One rule or all; of all that was ever posted, or of what came since the last check."""
        parser.add_argument("rule", nargs="?", default="", metavar="I03", help="this rule alone")
        parser.add_argument("--changed", action="store_true", help="what came since the last check found all right")

    def handle(self, *, rule: str, changed: bool, **options: Any) -> None:
        """Print what is found; a flag is printed and breaks nothing."""
        since = verified() if changed else None
        try:
            changed_since = since.changed if since is not None else ""
            found = check_invariants(only=rule, everything=since is None, changed=changed_since)
        except LookupError as error:
            raise CommandError(str(error)) from None
        for violation in found:
            self.stdout.write(str(violation))
        broken = [violation for violation in found if not violation.invariant.flag]
        if broken:
            numbers = ", ".join(violation.invariant.number for violation in broken)
            raise CommandError(f"The ledger is broken: {numbers}.", returncode=1)
        if options["verbosity"]:
            of = " for what came since the last check" if since is not None else ""
            self.stdout.write(f"{rule or 'Every rule'} holds{of}.")
