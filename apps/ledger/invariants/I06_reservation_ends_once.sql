-- I06: A reservation is pending without an end or ended at a moment; its parts are of the same document and item.
select part.id reservation_id, part.document, part.state, part.quantity, part.reserved_at, part.ended_at, part.origin_id
from ledger_reservation part
join ledger_stockbalance here on here.id = part.balance_id
left join ledger_reservation origin on origin.id = part.origin_id
left join ledger_stockbalance there on there.id = origin.balance_id
where part.quantity <= 0
   or (part.state = 'pending') <> (part.ended_at is null)
   or part.ended_at < part.reserved_at
   or origin.origin_id is not null
   or origin.document <> part.document
   or there.item_id <> here.item_id
