-- I10 nightly: No key of a balance was below zero after any posting, not only now.
-- Counted back from what stands now, which I03 proves: of what came since a moment only the moves since are read. Within
-- a balance the order of ids is the order of postings, so these are its last ones.
select warehouse_id, item_id, location_id, nullif(lot, 0) lot_id, status, nullif(serial, 0) serial_id,
       nullif(owner, 0) owner_id, nullif(unit, 0) unit_id, transaction_id, on_hand - later on_hand
from (
    select warehouse_id, item_id, location_id, lot, status, serial, owner, unit, transaction_id,
           coalesce(sum(quantity) over (
               partition by warehouse_id, item_id, location_id, lot, status, serial, owner, unit
               order by last_move desc rows between unbounded preceding and 1 preceding
           ), 0) later
    from (
        select warehouse_id, item_id, location_id, coalesce(lot_id, 0) lot, status, coalesce(serial_id, 0) serial,
               coalesce(owner_id, 0) owner, coalesce(unit_id, 0) unit, transaction_id,
               max(id) last_move, sum(quantity) quantity
        from (
            select id, transaction_id, warehouse_id, item_id, source_id location_id, lot_id, source_status status,
                   serial_id, owner_id, source_unit_id unit_id, -quantity quantity
            from ledger_stockmove
            --changed where transaction_id in (select id from fresh)
            union all
            select id, transaction_id, warehouse_id, item_id, target_id, lot_id, target_status,
                   serial_id, owner_id, target_unit_id, quantity
            from ledger_stockmove
            --changed where transaction_id in (select id from fresh)
        ) part
        where location_id not in (select id from locations_location where kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    ) posted
) counted_back
join (
    select warehouse_id, item_id, location_id, coalesce(lot_id, 0) lot, status, coalesce(serial_id, 0) serial,
           coalesce(owner_id, 0) owner, coalesce(unit_id, 0) unit, on_hand
    from ledger_stockbalance
) balance using (warehouse_id, item_id, location_id, lot, status, serial, owner, unit)
where on_hand - later < 0
order by transaction_id
