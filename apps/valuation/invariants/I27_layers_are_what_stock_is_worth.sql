-- I27 nightly: Of each item, layers and entries add up to its quantity and value, and that is what the ledger says it has.
with read as (select position from valuation_cursor),
layers as (select item_id, sum(rest) quantity, sum(value) value from valuation_costlayer group by item_id),
entries as (select item_id, sum(quantity) quantity, sum(value) value from valuation_costentry group by item_id),
moves as (
    select move.item_id,
           sum(case when source.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites')
                    then move.quantity else -move.quantity end) quantity
    from ledger_sealedtransaction seal
    join ledger_stockmove move on move.transaction_id = seal.transaction_id and move.owner_id is null
    join locations_location source on source.id = move.source_id
    join locations_location target on target.id = move.target_id
    where seal.position <= (select position from read)
      and (source.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))
          <> (target.kind in ('supplier', 'customer', 'adjustment', 'scrap', 'production', 'sites'))
    group by move.item_id)
select item.number item, cost.quantity, cost.value, layers.quantity layers, layers.value layers_value,
       entries.quantity entries, entries.value entries_value, moves.quantity ledger
from valuation_itemcost cost
full join layers using (item_id)
full join entries using (item_id)
full join moves using (item_id)
left join catalog_item item on item.id = item_id
where coalesce(cost.quantity, 0) <> coalesce(layers.quantity, 0) or coalesce(cost.value, 0) <> coalesce(layers.value, 0)
   or coalesce(cost.quantity, 0) <> coalesce(entries.quantity, 0) or coalesce(cost.value, 0) <> coalesce(entries.value, 0)
   or coalesce(cost.quantity, 0) <> coalesce(moves.quantity, 0)
   or (cost.quantity = 0 and cost.value <> 0)
