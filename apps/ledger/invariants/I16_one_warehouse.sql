-- I16 nightly: A posting, its moves and their places share one warehouse; so do a balance, its place and its reservations.
select 'move' what, move.id, header.warehouse_id, source.warehouse_id source_warehouse, target.warehouse_id target_warehouse
from ledger_stockmove move
join ledger_stocktransaction header on header.id = move.transaction_id
join locations_location source on source.id = move.source_id
join locations_location target on target.id = move.target_id
where (move.warehouse_id <> header.warehouse_id
   or move.warehouse_id <> source.warehouse_id
   or move.warehouse_id <> target.warehouse_id)
--changed and move.transaction_id in (select id from fresh)
union all
select 'balance', balance.id, balance.warehouse_id, place.warehouse_id, null
from ledger_stockbalance balance
join locations_location place on place.id = balance.location_id
where balance.warehouse_id <> place.warehouse_id
union all
select 'reservation', reservation.id, reservation.warehouse_id, balance.warehouse_id, null
from ledger_reservation reservation
join ledger_stockbalance balance on balance.id = reservation.balance_id
where reservation.warehouse_id <> balance.warehouse_id
