-- I24: A shipment that left took, item by item, exactly what was packed into its cartons.
select shipment.number shipment, item_id, packed.quantity packed, left_us.quantity shipped
from (
    select carton.shipment_id, line.item_id, sum(packed.quantity) quantity
    from orders_packedpick packed
    join orders_pick pick on pick.id = packed.pick_id
    join orders_allocation allocation on allocation.id = pick.allocation_id
    join orders_salesorderline line on line.id = allocation.line_id
    join shipping_carton carton on carton.id = packed.carton_id
    join shipping_shipment gone on gone.id = carton.shipment_id and gone.state = 'shipped'
    group by carton.shipment_id, line.item_id
) packed
full join (
    select gone.id shipment_id, move.item_id, sum(move.quantity) quantity
    from shipping_shipment gone
    join orders_ordershipment served on served.shipment_id = gone.id
    join shipping_carton carton on carton.shipment_id = gone.id
    join ledger_stockmove move on move.transaction_id = gone.transaction_id and move.source_unit_id = carton.unit_id
    join locations_location target on target.id = move.target_id and target.kind in ('customer', 'sites')
    where gone.state = 'shipped'
    group by gone.id, move.item_id
) left_us using (shipment_id, item_id)
join shipping_shipment shipment on shipment.id = shipment_id
where packed.quantity is distinct from left_us.quantity
union all
select gone.number, move.item_id, 0, move.quantity
from shipping_shipment gone
join ledger_stockmove move on move.transaction_id = gone.transaction_id
where gone.state = 'shipped' and not exists (
    select from shipping_carton carton
    join shipping_shipment beside on beside.id = carton.shipment_id and beside.transaction_id = gone.transaction_id
    where carton.unit_id = move.source_unit_id)
