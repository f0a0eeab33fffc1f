-- I14: A reversal undoes one posting, exactly and once.
select header.id transaction_id, header.reverses_id, 'no mirror' problem
from ledger_stocktransaction header
where header.reverses_id is not null
--changed and header.id in (select id from fresh)
and exists (
    select 1
    from (
        select item_id, lot_id, serial_id, owner_id, source_id location_id, source_unit_id unit_id,
               source_status status, -quantity quantity
        from ledger_stockmove where transaction_id in (header.id, header.reverses_id)
        union all
        select item_id, lot_id, serial_id, owner_id, target_id, target_unit_id, target_status, quantity
        from ledger_stockmove where transaction_id in (header.id, header.reverses_id)
    ) part
    group by item_id, lot_id, serial_id, owner_id, location_id, unit_id, status
    having sum(quantity) <> 0
)
union all
select id, reverses_id, 'kind and reversal disagree'
from ledger_stocktransaction where (kind = 'reversal') <> (reverses_id is not null)
--changed and id in (select id from fresh)
union all
select max(id), reverses_id, 'reversed twice'
from ledger_stocktransaction where reverses_id is not null group by reverses_id having count(*) > 1
