-- I03 nightly: A balance is the sum of the moves of its key, and knows the last of them.
select warehouse_id, item_id, location_id, nullif(lot, 0) lot_id, status, nullif(serial, 0) serial_id,
       nullif(owner, 0) owner_id, nullif(unit, 0) unit_id,
       moved.quantity moved, balance.on_hand, moved.last_move, balance.last_move_id
from (
    select warehouse_id, item_id, location_id, coalesce(lot_id, 0) lot, status, coalesce(serial_id, 0) serial,
           coalesce(owner_id, 0) owner, coalesce(unit_id, 0) unit, sum(quantity) quantity, max(id) last_move
    from (
        select id, warehouse_id, item_id, source_id location_id, lot_id, source_status status, serial_id, owner_id,
               source_unit_id unit_id, -quantity quantity
        from ledger_stockmove
        --changed where (item_id, source_id) in (select item_id, location_id from changed)
        union all
        select id, warehouse_id, item_id, target_id, lot_id, target_status, serial_id, owner_id,
               target_unit_id, quantity
        from ledger_stockmove
        --changed where (item_id, target_id) in (select item_id, location_id from changed)
    ) part
    where location_id not in (select id from locations_location where kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))
    group by 1, 2, 3, 4, 5, 6, 7, 8
) moved
full join (
    select warehouse_id, item_id, location_id, coalesce(lot_id, 0) lot, status, coalesce(serial_id, 0) serial,
           coalesce(owner_id, 0) owner, coalesce(unit_id, 0) unit, on_hand, last_move_id
    from ledger_stockbalance
    --changed where (item_id, location_id) in (select item_id, location_id from changed)
) balance using (warehouse_id, item_id, location_id, lot, status, serial, owner, unit)
where moved.quantity is distinct from balance.on_hand
   or moved.last_move is distinct from balance.last_move_id
