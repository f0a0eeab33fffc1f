"""Writes a proof that one move stands in the ledger as it was sealed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.errors import NotFound
from apps.ledger.models import StockMove
from apps.ledger.proof import proof_of


class Command(BaseCommand):
    """For an auditor, who checks it with scripts/check_proof.py and a head that they kept."""

    help = "Print a proof of one move as JSON; scripts/check_proof.py checks it without the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The move, and the head that the auditor has."""
        parser.add_argument("move_id", type=int)
        parser.add_argument("--to", type=int, default=None, metavar="BLOCK", help="the block whose hash was kept")

    def handle(self, *, move_id: int, to: int | None, **options: Any) -> None:
        """Print it."""
        move = StockMove.objects.filter(pk=move_id).first()
        if move is None:
            raise CommandError(f"There is no move {move_id}.")
        try:
            proof = proof_of(move.transaction_id, to=to)
        except NotFound as error:
            raise CommandError(str(error)) from None
        self.stdout.write(json.dumps(proof | {"move": str(move_id)}, indent=1, ensure_ascii=False))
