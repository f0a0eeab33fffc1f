-- I22 nightly: Of each item there stands what came from outside less what went there: nothing comes from nowhere.
-- Our other sites are outside of each site and not of all together: what left for them all came to them all.
select item_id, moved.quantity moved, balance.quantity standing
from (
    select move.item_id, sum(move.quantity * ((source.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))::int - (target.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))::int)) quantity
    from ledger_stockmove move
    join locations_location source on source.id = move.source_id
    join locations_location target on target.id = move.target_id
    group by move.item_id
) moved
full join (
    select item_id, sum(on_hand) quantity from ledger_stockbalance group by item_id
) balance using (item_id)
where coalesce(moved.quantity, 0) <> coalesce(balance.quantity, 0)
union all
select item_id, sum(quantity) filter (where quantity > 0), -sum(quantity) filter (where quantity < 0)
from (
    select move.item_id, case target.kind when 'sites' then move.quantity else -move.quantity end quantity
    from ledger_stockmove move
    join locations_location source on source.id = move.source_id
    join locations_location target on target.id = move.target_id
    where (source.kind = 'sites') <> (target.kind = 'sites')
) between_sites
group by item_id
having sum(quantity) <> 0
