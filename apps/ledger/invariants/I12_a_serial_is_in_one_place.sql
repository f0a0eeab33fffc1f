-- I12 nightly: A serial number is in stock once or not at all, in all warehouses together.
select serial_id, sum(quantity) in_stock
from (
    select serial_id, source_id location_id, -quantity quantity from ledger_stockmove where serial_id is not null
    --changed and serial_id in (select serial_id from ledger_stockmove where transaction_id in (select id from fresh))
    union all
    select serial_id, target_id, quantity from ledger_stockmove where serial_id is not null
    --changed and serial_id in (select serial_id from ledger_stockmove where transaction_id in (select id from fresh))
) part
where location_id not in (select id from locations_location where kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))
group by serial_id
having sum(quantity) not in (0, 1)
