"""Which listed items have changed since somebody looked: read from the ledger and the promises, told by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from apps.ledger.queries.position import Position

OVERLAP = timedelta(seconds=10)
"""What has no transaction's number is read again for so long: its writer may have committed after it noted the time."""
RECENT = 1_000
"""Of reservations, so many numbers may be given out and not committed."""
CHANGED = """
with {changed}, dirty as (
    select item_id from changed
    union
    select item_id from supply_promise
    where xid >= pg_snapshot_xmin('{snapshot}'::pg_snapshot)
      and not pg_visible_in_snapshot(xid, '{snapshot}'::pg_snapshot)
    union
    select balance.item_id from ledger_reservation claim
    join ledger_stockbalance balance on balance.id = claim.balance_id
    where claim.id > (select coalesce(max(id), 0) from ledger_reservation) - %(recent)s
      and claim.reserved_at >= %(since)s
    union
    select lot.item_id from ledger_hold hold
    join ledger_lot lot on lot.id = hold.lot_id
    where hold.opened_at >= %(since)s or hold.closed_at >= %(since)s
    union
    select item_id from orders_historicalchannellisting where history_date >= %(since)s
)
select distinct dirty.item_id from dirty join orders_channellisting listing on listing.item_id = dirty.item_id
"""


def items_changed(seen: Position, *, since: datetime) -> set[int]:
    """The listed items of which stock moved, was spoken for or held, promises were made or ended, or a listing changed.

    By PostgreSQL's own snapshot: what commits late is not skipped, what is rolled back was never there.
    """
    statement = CHANGED.format(changed=seen.changed, snapshot=seen.snapshot)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"recent": RECENT, "since": since - OVERLAP})
        return {item for (item,) in cursor.fetchall()}
