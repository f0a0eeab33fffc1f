-- I36: A cancelled order has no open promise, reservation, task or goods to be put back; one on its way there only the last.
select orders.number as "order", orders.state,
       (select count(*) from supply_promise promise where promise.document = orders.number and promise.closed_at is null) promises,
       (select count(*) from ledger_reservation claim where claim.document = orders.number and claim.state = 'pending') reservations,
       coalesce((select sum(put_back.quantity - put_back.returned)
          from orders_putback put_back
          join orders_pick pick on pick.id = put_back.pick_id
          join orders_allocation allocation on allocation.id = pick.allocation_id
          join orders_salesorderline line on line.id = allocation.line_id
          where line.order_id = orders.id), 0) to_put_back
from orders_salesorder orders
where orders.state in ('cancelled', 'cancelling')
  and (exists (select from supply_promise promise where promise.document = orders.number and promise.closed_at is null)
       or exists (select from ledger_reservation claim where claim.document = orders.number and claim.state = 'pending')
       or (orders.state = 'cancelled') <> (not exists (
           select from orders_putback put_back
           join orders_pick pick on pick.id = put_back.pick_id
           join orders_allocation allocation on allocation.id = pick.allocation_id
           join orders_salesorderline line on line.id = allocation.line_id
           where line.order_id = orders.id and put_back.returned < put_back.quantity)))
