-- I33: A cancelled receipt has neither goods nor parked ones; goods of an order come by a receipt of it; named goods came in.
select 'a cancelled receipt has goods' problem, receipt.number
from purchasing_receipt receipt
where receipt.state = 'cancelled'
  and (exists (
           select 1 from purchasing_receiptline line
           where line.receipt_id = receipt.id
             and not exists (select 1 from ledger_stocktransaction undone where undone.reverses_id = line.transaction_id)
       )
       or exists (select 1 from purchasing_parkedgoods parked where parked.receipt_id = receipt.id and parked.state = 'parked'))
union all
select 'goods of an order that the receipt is not of', receipt.number
from purchasing_receiptline line
join purchasing_receipt receipt on receipt.id = line.receipt_id
join purchasing_purchaseorderline ordered on ordered.id = line.order_line_id
where line.item_id <> ordered.item_id
   or not exists (
       select 1 from purchasing_receipt_orders brings
       where brings.receipt_id = receipt.id and brings.purchaseorder_id = ordered.order_id
   )
union all
select 'goods that another notice announced', receipt.number
from purchasing_receiptline line
join purchasing_receipt receipt on receipt.id = line.receipt_id
join purchasing_shippingnoticeline announced on announced.id = line.notice_line_id
where line.item_id <> announced.item_id or announced.notice_id is distinct from receipt.notice_id
union all
select 'named goods are not the ones that came in', parked.number
from purchasing_parkedgoods parked
left join purchasing_receiptline line on line.id = parked.received_as_id
where (parked.state = 'identified') <> (line.id is not null)
   or line.item_id <> parked.item_id
   or exists (select 1 from ledger_stocktransaction undone where undone.reverses_id = line.transaction_id)
