-- I10 nightly: No key of a balance was below zero after any posting, not only now.
select warehouse_id, item_id, location_id, lot_id, status, serial_id, owner_id, unit_id, transaction_id, on_hand
from (
    select warehouse_id, item_id, location_id, lot_id, status, serial_id, owner_id, unit_id, transaction_id,
           sum(sum(quantity)) over (
               partition by warehouse_id, item_id, location_id, lot_id, status, serial_id, owner_id, unit_id
               order by max(id)
           ) on_hand
    from (
        select id, transaction_id, warehouse_id, item_id, source_id location_id, lot_id, source_status status,
               serial_id, owner_id, source_unit_id unit_id, -quantity quantity
        from ledger_stockmove
        --changed where (item_id, source_id) in (select item_id, location_id from changed)
        union all
        select id, transaction_id, warehouse_id, item_id, target_id, lot_id, target_status,
               serial_id, owner_id, target_unit_id, quantity
        from ledger_stockmove
        --changed where (item_id, target_id) in (select item_id, location_id from changed)
    ) part
    where location_id not in (select id from locations_location where kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production'))
    group by warehouse_id, item_id, location_id, lot_id, status, serial_id, owner_id, unit_id, transaction_id
) after_posting
where on_hand < 0
