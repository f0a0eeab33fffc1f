-- I24: Of each line no more is shipped than packed, packed than picked, picked and not to be put back than ordered; shipped orders left nothing behind.
select number as "order", line, state, ordered, picked, packed, shipped
from (
    select orders.number, orders.state, line.line, line.quantity ordered,
           coalesce(sum(pick.picked - pick.returned - coalesce(back.quantity, 0)), 0) picked,
           coalesce(sum(packing.packed), 0) packed,
           coalesce(sum(packing.shipped), 0) shipped
    from orders_salesorderline line
    join orders_salesorder orders on orders.id = line.order_id
    left join orders_allocation allocation on allocation.line_id = line.id
    left join orders_pick pick on pick.allocation_id = allocation.id
    left join (
        select packed.pick_id, sum(packed.quantity) packed,
               sum(packed.quantity) filter (where shipment.state = 'shipped') shipped
        from orders_packedpick packed
        join shipping_carton carton on carton.id = packed.carton_id
        join shipping_shipment shipment on shipment.id = carton.shipment_id
        group by packed.pick_id
    ) packing on packing.pick_id = pick.id
    left join (
        select put_back.pick_id, sum(put_back.quantity - put_back.returned) quantity from orders_putback put_back group by put_back.pick_id
    ) back on back.pick_id = pick.id
    group by orders.id, line.id
) line
where shipped > packed or packed > picked or picked > ordered
   or (state = 'shipped' and not (shipped = packed and packed = picked))
