-- The least that a move of one from bin to bin leaves behind; balances are updated in order, so nobody waits in a ring.
\set item random(:first_item, :last_item)
\set low random(:first_bin, :last_bin - 1)
\set high random(:low + 1, :last_bin)
begin;
insert into ledger_stocktransaction (warehouse_id, kind, document, reason, occurred_at, recorded_at, by_id, actor, xid)
values (:site, 'move', '', '', now(), now(), :worker, 'bench', pg_current_xact_id())
returning id as header \gset
insert into ledger_stockmove (transaction_id, warehouse_id, item_id, quantity, source_id, source_status, target_id,
                              target_status, recorded_at)
values (:header, :site, :item, 1, :low, 'available', :high, 'available', now())
returning id as move \gset
update ledger_stockbalance set on_hand = on_hand - 1, last_move_id = :move
where warehouse_id = :site and item_id = :item and location_id = :low and lot_id is null and status = 'available'
  and serial_id is null and owner_id is null and unit_id is null;
update ledger_stockbalance set on_hand = on_hand + 1, last_move_id = :move
where warehouse_id = :site and item_id = :item and location_id = :high and lot_id is null and status = 'available'
  and serial_id is null and owner_id is null and unit_id is null;
commit;
