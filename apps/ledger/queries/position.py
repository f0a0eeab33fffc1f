"""Up to where the ledger has been proven right, so that the next check asks only of what came since."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from apps.journal.models import AuditEntry

SINCE = (Path(__file__).resolve().parent.parent / "sql" / "changed.sql").read_text("utf-8")
SEEN = """
select pg_current_snapshot()::text, coalesce((select max(id) from ledger_stocktransaction), 0),
       (select system_identifier from pg_control_system())
"""
SNAPSHOT = re.compile(r"\d+:\d+:[\d,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a check could see: PostgreSQL's own snapshot, and the last posting.

    A posting that was under way then is in no later id order, but the snapshot tells that it was not seen; so a late
    commit is never skipped. A restored database brings the transaction ids of the cluster that it was dumped from:
    the first check here takes all that the last one there did not see, and ids tell what has been posted here.
    """

    snapshot: str
    last: int
    cluster: int = 0
    """PostgreSQL's own number of the cluster that the snapshot is of; 0 when it was not noted."""

    @property
    def changed(self) -> str:
        """The common table expressions by which rules are narrowed to what came since."""
        if SNAPSHOT.fullmatch(self.snapshot) is None:
            message = f"no snapshot: {self.snapshot}"
            raise ValueError(message)
        return SINCE.format(snapshot=self.snapshot, last=int(self.last), cluster=int(self.cluster))

    @property
    def detail(self) -> dict[str, Any]:
        """As the trail keeps it."""
        return asdict(self)


def seen_now() -> Position:
    """What can be seen at this moment; asked before the first rule, so what comes meanwhile is asked of next time."""
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        snapshot, last, cluster = cursor.fetchone()
    return Position(snapshot=snapshot, last=last, cluster=cluster)


def verified() -> Position | None:
    """Where the last check stood; None when there was none, or it found something broken: then all is asked again."""
    entry = AuditEntry.objects.filter(kind="ledger", verb="checked").order_by("-pk").first()
    if entry is None or entry.detail.get("broken") or "position" not in entry.detail:
        return None
    return Position(**entry.detail["position"])
