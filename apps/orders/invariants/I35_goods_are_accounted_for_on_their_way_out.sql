-- I35: Of each order line, by lot, all that was picked is in a tote, in a carton, with the customer, or back in stock.
-- What came out of bins by picks equals what those picks say; what went into cartons and was not taken out again equals
-- what the cartons' records say; what left with shipments is of the lots that were packed; and all that came back from a tote names
-- the posting that brought it, which moved exactly that.
select orders.number as "order", line.line, taken.lot_id, taken.said, taken.moved
from (
    select allocation.line_id, balance.lot_id, sum(pick.picked) said, sum(moved.quantity) moved
    from orders_pick pick
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    left join lateral (
        select coalesce(sum(move.quantity), 0) quantity
        from ledger_stockmove move
        where move.transaction_id = pick.transaction_id
          and move.item_id = balance.item_id and move.lot_id is not distinct from balance.lot_id
    ) moved on true
    where pick.picked > 0
    group by allocation.line_id, balance.lot_id
) taken
join orders_salesorderline line on line.id = taken.line_id
join orders_salesorder orders on orders.id = line.order_id
where taken.said <> taken.moved
union all
select gone.document, null, coalesce(packed.lot_id, left_us.lot_id), packed.quantity, left_us.quantity
from (
    select carton.shipment_id, balance.item_id, balance.lot_id, sum(record.quantity) quantity
    from orders_packedpick record
    join orders_pick pick on pick.id = record.pick_id
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    join shipping_carton carton on carton.id = record.carton_id
    join shipping_shipment sent on sent.id = carton.shipment_id and sent.state = 'shipped'
    group by carton.shipment_id, balance.item_id, balance.lot_id
) packed
full join (
    select sent.id shipment_id, move.item_id, move.lot_id, sum(move.quantity) quantity
    from shipping_shipment sent
    join orders_ordershipment served on served.shipment_id = sent.id
    join shipping_carton carton on carton.shipment_id = sent.id
    join ledger_stockmove move on move.transaction_id = sent.transaction_id and move.source_unit_id = carton.unit_id
    where sent.state = 'shipped'
    group by sent.id, move.item_id, move.lot_id
) left_us on left_us.shipment_id = packed.shipment_id and left_us.item_id = packed.item_id
         and left_us.lot_id is not distinct from packed.lot_id
join shipping_shipment gone on gone.id = coalesce(packed.shipment_id, left_us.shipment_id)
where packed.quantity is distinct from left_us.quantity
union all
select shipment.document, null, coalesce(packed.lot_id, inside.lot_id), packed.quantity, inside.quantity
from (
    select carton.id carton_id, balance.item_id, balance.lot_id, sum(record.quantity) quantity
    from orders_packedpick record
    join orders_pick pick on pick.id = record.pick_id
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    join shipping_carton carton on carton.id = record.carton_id
    join shipping_shipment here on here.id = carton.shipment_id and here.state not in ('shipped', 'cancelled')
    group by carton.id, balance.item_id, balance.lot_id
) packed
full join (
    select carton.id carton_id, balance.item_id, balance.lot_id, sum(balance.on_hand) quantity
    from shipping_carton carton
    join shipping_shipment here on here.id = carton.shipment_id and here.state not in ('shipped', 'cancelled')
    join orders_ordershipment served on served.shipment_id = here.id
    join ledger_stockbalance balance on balance.unit_id = carton.unit_id and balance.on_hand > 0
    group by carton.id, balance.item_id, balance.lot_id
) inside on inside.carton_id = packed.carton_id and inside.item_id = packed.item_id
        and inside.lot_id is not distinct from packed.lot_id
join shipping_carton carton on carton.id = coalesce(packed.carton_id, inside.carton_id)
join shipping_shipment shipment on shipment.id = carton.shipment_id
where packed.quantity is distinct from inside.quantity
union all
select orders.number, line.line, back.lot_id, back.said, back.moved
from (
    select allocation.line_id, balance.lot_id, sum(pick.returned) said, sum(traced.quantity) moved
    from orders_pick pick
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    join lateral (
        select coalesce(sum(came.quantity), 0) quantity from orders_pickreturn came where came.pick_id = pick.id
    ) traced on true
    group by pick.id, allocation.line_id, balance.lot_id
    having sum(pick.returned) <> sum(traced.quantity)
    union all
    select allocation.line_id, balance.lot_id, sum(came.quantity), min(moved.quantity)
    from orders_pickreturn came
    join orders_pick pick on pick.id = came.pick_id
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    join lateral (
        select coalesce(sum(move.quantity), 0) quantity
        from ledger_stockmove move
        where move.transaction_id = came.transaction_id
          and move.item_id = balance.item_id and move.lot_id is not distinct from balance.lot_id
    ) moved on true
    group by came.transaction_id, pick.id, allocation.line_id, balance.lot_id
    having sum(came.quantity) <> min(moved.quantity)
) back
join orders_salesorderline line on line.id = back.line_id
join orders_salesorder orders on orders.id = line.order_id
