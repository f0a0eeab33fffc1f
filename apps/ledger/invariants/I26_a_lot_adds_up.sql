-- I26 nightly: Of each lot there stands what was received, produced and found less what was shipped, consumed and lost.
-- What left for our other sites came to them, of each lot too.
select lot_id, moved.quantity moved, balance.quantity standing
from (
    select move.lot_id, sum(move.quantity * ((source.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))::int - (target.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))::int)) quantity
    from ledger_stockmove move
    join locations_location source on source.id = move.source_id
    join locations_location target on target.id = move.target_id
    where move.lot_id is not null
    --changed and move.lot_id in (select lot_id from ledger_stockmove where transaction_id in (select id from fresh))
    group by move.lot_id
) moved
full join (
    select lot_id, sum(on_hand) quantity from ledger_stockbalance where lot_id is not null
    --changed and lot_id in (select lot_id from ledger_stockmove where transaction_id in (select id from fresh))
    group by lot_id
) balance using (lot_id)
where coalesce(moved.quantity, 0) <> coalesce(balance.quantity, 0)
union all
select lot_id, sum(quantity) filter (where quantity > 0), -sum(quantity) filter (where quantity < 0)
from (
    select move.lot_id, case target.kind when 'sites' then move.quantity else -move.quantity end quantity
    from ledger_stockmove move
    join locations_location source on source.id = move.source_id
    join locations_location target on target.id = move.target_id
    where (source.kind = 'sites') <> (target.kind = 'sites') and move.lot_id is not null
    --changed and move.lot_id in (select lot_id from ledger_stockmove where transaction_id in (select id from fresh))
) between_sites
group by lot_id
having sum(quantity) <> 0
