"""Proves that sealed history is as it was sealed, or says the first thing that is not."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.ledger.anchor import AnchorDisagrees, read_anchor
from apps.ledger.models import Block
from apps.ledger.verify import verify_blocks


class Command(BaseCommand):
    """Recomputes every leaf, root and hash, and holds them against the anchor."""

    help = "Prove sealed history; exit code 1 when it was changed, 2 when the anchor cannot be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the anchor is; an auditor brings one."""
        parser.add_argument("--anchor", type=Path, default=None, metavar="FILE", help="default: LEDGER_ANCHOR")

    def handle(self, *, anchor: Path | None, **options: Any) -> None:
        """Say how far history was proven."""
        path = anchor or Path(settings.LEDGER_ANCHOR)
        try:
            heads = read_anchor(path) if anchor or path.exists() else []
        except (AnchorDisagrees, OSError) as error:
            raise CommandError(f"The anchor cannot be read: {error}", returncode=2) from None
        verdict = verify_blocks(heads)
        proven = f"{verdict.blocks} blocks with {verdict.transactions} transactions"
        if verdict.fault:
            raise CommandError(f"{verdict.fault}\nBefore that, {proven} are as they were sealed.", returncode=1)
        self.stdout.write(f"{proven} are as they were sealed; {Block.objects.unsealed().count()} are not sealed yet.")
        if heads:
            self.stdout.write(f"{len(heads)} anchored heads agree.")
        else:
            self.stdout.write("No anchor was held against them: a full rewrite would not show.")
