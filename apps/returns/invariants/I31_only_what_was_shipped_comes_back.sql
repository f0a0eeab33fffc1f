-- I31: Of each order line, lot and serial number no more came back than was shipped; what came is what was posted, what was inspected what was decided, what was refused is written down.
select document.number "return", line.line, line.received, line.inspected, shipped.quantity shipped
from returns_customerreturnline line
join returns_customerreturn document on document.id = line.customer_return_id
left join lateral (
    select coalesce(sum(packed.quantity), 0) quantity
    from orders_packedpick packed
    join orders_pick pick on pick.id = packed.pick_id
    join orders_allocation allocation on allocation.id = pick.allocation_id and allocation.line_id = line.order_line_id
    join ledger_reservation reservation on reservation.id = allocation.reservation_id
    join ledger_stockbalance balance on balance.id = reservation.balance_id
    join shipping_carton carton on carton.id = packed.carton_id
    join shipping_shipment shipment on shipment.id = carton.shipment_id and shipment.state = 'shipped'
    where balance.lot_id is not distinct from line.lot_id and balance.serial_id is not distinct from line.serial_id
) shipped on line.order_line_id is not null
where (
    select sum(case when sibling.state = 'closed' then other.received else other.announced - other.refused end)
    from returns_customerreturnline other
    join returns_customerreturn sibling on sibling.id = other.customer_return_id and sibling.state <> 'cancelled'
    where other.order_line_id = line.order_line_id and other.lot_id is not distinct from line.lot_id
      and other.serial_id is not distinct from line.serial_id
) > shipped.quantity
or line.received <> (
    select coalesce(sum(arrival.quantity), 0) from returns_returnarrival arrival where arrival.line_id = line.id
)
or line.received <> (
    select coalesce(sum(move.quantity), 0)
    from ledger_stocktransaction header
    join ledger_stockmove move on move.transaction_id = header.id
    join locations_location source on source.id = move.source_id and source.kind = 'customer'
    where header.document = document.number and header.kind = 'return' and move.item_id = line.item_id
      and move.lot_id is not distinct from line.lot_id and move.serial_id is not distinct from line.serial_id
      and header.id in (select transaction_id from returns_returnarrival where line_id = line.id)
)
or line.inspected <> (
    select coalesce(sum(inspection.quantity), 0)
    from returns_returninspection inspection where inspection.line_id = line.id
)
or line.inspected <> (
    select coalesce(sum(arrival.inspected), 0) from returns_returnarrival arrival where arrival.line_id = line.id
)
or line.refused <> (
    select coalesce(sum(refusal.quantity), 0) from returns_returnrefusal refusal where refusal.line_id = line.id
)
or (document.state = 'closed' and line.inspected <> line.received)
