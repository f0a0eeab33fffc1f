-- I17 nightly: Nothing left for a customer or another site that was held, expired or not available then.
select move.id move_id, move.item_id, lot.number lot, lot.expires_on, move.source_status, move.recorded_at
from ledger_stockmove move
join ledger_stocktransaction header on header.id = move.transaction_id and header.kind <> 'reversal'
join locations_location target on target.id = move.target_id and target.kind in ('customer', 'sites')
join locations_warehouse warehouse on warehouse.id = move.warehouse_id
left join ledger_lot lot on lot.id = move.lot_id
where (move.source_status <> 'available'
   or lot.expires_on <= (move.recorded_at at time zone warehouse.timezone)::date
   or exists (
       select 1 from ledger_hold hold
       where hold.lot_id = move.lot_id and hold.opened_at <= move.recorded_at
         and (hold.closed_at is null or hold.closed_at > move.recorded_at)
   ))
--changed and move.transaction_id in (select id from fresh)
