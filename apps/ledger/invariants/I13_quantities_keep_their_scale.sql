-- I13 nightly: A quantity has no more decimals than its item.
select move.id move_id, move.item_id, item.scale, move.quantity
from ledger_stockmove move
join catalog_item item on item.id = move.item_id
where move.quantity <> round(move.quantity, item.scale::int)
--changed and move.transaction_id in (select id from fresh)
