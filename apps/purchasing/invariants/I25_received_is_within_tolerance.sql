-- I25: What counts as received of a line is the sum of its receipts, within what the order tolerates and was allowed.
select orders.number as "order", line.line, line.quantity ordered, line.over_tolerance_percent, line.over_allowed,
       line.received, receipts.quantity receipts
from purchasing_purchaseorderline line
join purchasing_purchaseorder orders on orders.id = line.order_id
left join (
    select order_line_id, sum(quantity) quantity from purchasing_receiptline came
    where not exists (select 1 from ledger_stocktransaction undone where undone.reverses_id = came.transaction_id)
    group by order_line_id
) receipts on receipts.order_line_id = line.id
where line.received <> coalesce(receipts.quantity, 0)
   or line.received > line.quantity * (1 + line.over_tolerance_percent / 100) + line.over_allowed
