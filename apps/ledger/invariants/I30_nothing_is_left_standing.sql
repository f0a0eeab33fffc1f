-- I30 flag: Nothing has stood for a day where goods only pass: docks, staging, packing benches and totes. The road has days of its own (I34).
select balance.id balance_id, balance.item_id, balance.location_id, balance.lot_id, balance.unit_id, balance.on_hand,
       move.recorded_at since
from ledger_stockbalance balance
join locations_location place on place.id = balance.location_id
join ledger_stockmove move on move.id = balance.last_move_id
where balance.on_hand > 0 and place.kind in ('dock', 'staging', 'pack', 'tote')
  and move.recorded_at < clock_timestamp() - interval '24 hours'
