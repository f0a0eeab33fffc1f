fresh as materialized (
    select id from ledger_stocktransaction
    where xid >= pg_snapshot_xmin('{snapshot}'::pg_snapshot) and not pg_visible_in_snapshot(xid, '{snapshot}'::pg_snapshot)
      -- An id that this cluster has not given out yet is another's: it was restored, before any snapshot of this one.
      and (xid < pg_snapshot_xmax(pg_current_snapshot()) or {cluster} <> (select system_identifier from pg_control_system()))
    union
    select id from ledger_stocktransaction where id > {last}
),
changed as materialized (
    select item_id, source_id location_id from ledger_stockmove where transaction_id in (select id from fresh)
    union
    select item_id, target_id from ledger_stockmove where transaction_id in (select id from fresh)
)
