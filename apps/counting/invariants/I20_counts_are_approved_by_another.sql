-- I20: No posted adjustment of a count was approved or posted by who counted, asked for it or picked there last, and it moved exactly the variance.
select count.number, count.counted_by_id counter, count.approved_by_id approver, posting.id posting
from counting_cyclecount count
join ledger_stocktransaction posting on posting.id = count.transaction_id
where count.approved_by_id is null or count.counted_by_id is null
   or count.approved_by_id in (count.counted_by_id, count.first_counted_by_id, count.last_picked_by_id)
   or posting.by_id in (count.counted_by_id, count.first_counted_by_id, count.last_picked_by_id)
   or count.counted_by_id in (count.first_counted_by_id, count.last_picked_by_id)
   -- What the plan of a day asked for, no person chose; so of an inventory who counts, but not who approves.
   or (count.day_id is null and not count.by_rule and count.asked_by_id in (count.approved_by_id, posting.by_id))
   or (count.day_id is null and count.inventory_id is null and count.asked_by_id = count.counted_by_id)
   or posting.kind <> 'adjust' or posting.document <> count.number
   or exists (
       select 1
       from (
           select item_id, lot_id, serial_id, status, owner_id, unit_id, counted - expected quantity
           from counting_countline
           where count_id = count.id and round = case when count.first_counted_by_id is null then 1 else 2 end
           union all
           select item_id, lot_id, serial_id, target_status, owner_id, target_unit_id, -quantity
           from ledger_stockmove where transaction_id = posting.id and target_id = count.location_id
           union all
           select item_id, lot_id, serial_id, source_status, owner_id, source_unit_id, quantity
           from ledger_stockmove where transaction_id = posting.id and source_id = count.location_id
       ) part
       group by item_id, lot_id, serial_id, status, owner_id, unit_id
       having sum(quantity) <> 0
   )
