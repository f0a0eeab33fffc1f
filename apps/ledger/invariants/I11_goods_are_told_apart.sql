-- I11 nightly: A move names a lot and a serial number exactly when its item is tracked by them, and they are of that item.
select move.id move_id, move.item_id, item.tracking, move.lot_id, move.serial_id
from ledger_stockmove move
join catalog_item item on item.id = move.item_id
left join ledger_lot lot on lot.id = move.lot_id
left join ledger_serialnumber serial on serial.id = move.serial_id
where ((item.tracking in ('lot', 'both')) <> (lot.id is not null)
   or (item.tracking in ('serial', 'both')) <> (serial.id is not null)
   or (move.lot_id is null) <> (lot.id is null)
   or (move.serial_id is null) <> (serial.id is null)
   or lot.item_id <> move.item_id
   or serial.item_id <> move.item_id)
--changed and move.transaction_id in (select id from fresh)
