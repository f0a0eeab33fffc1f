-- I34: What is on the road belongs to a transfer that was dispatched; of each line, dispatched is received, closed or in transit.
with of_transfer as (
    select transfer.id transfer_id, transfer.number, shipment.id shipment_id, shipment.transaction_id
    from transfers_transfer transfer
    join orders_ordershipment served on served.order_id = transfer.order_id
    join shipping_shipment shipment on shipment.id = served.shipment_id and shipment.state = 'shipped'
), on_the_road as (
    select balance.id, balance.item_id, balance.on_hand, carton.shipment_id
    from ledger_stockbalance balance
    join locations_location place on place.id = balance.location_id and place.kind = 'transit'
    left join shipping_carton carton on carton.unit_id = balance.unit_id
    where balance.on_hand > 0
), told as (
    select of_transfer.transfer_id, move.item_id, move.quantity dispatched, 0 came, 0 closed, 0 standing
    from of_transfer join ledger_stockmove move on move.transaction_id = of_transfer.transaction_id
    union all
    select line.transfer_id, line.item_id, 0, arrival.quantity, 0, 0
    from transfers_transferarrival arrival join transfers_transferline line on line.id = arrival.line_id
    union all
    select line.transfer_id, line.item_id, 0, 0, closing.quantity, 0
    from transfers_transitclosing closing join transfers_transferline line on line.id = closing.line_id
    union all
    select of_transfer.transfer_id, road.item_id, 0, 0, 0, road.on_hand
    from on_the_road road join of_transfer using (shipment_id)
)
select transfer.number transfer, told.item_id, null::bigint balance_id, sum(dispatched) dispatched, sum(came) received,
       sum(closed) closed, sum(standing) in_transit, 'it does not add up' problem
from told join transfers_transfer transfer on transfer.id = told.transfer_id
group by transfer.id, told.item_id
having sum(dispatched) <> sum(came) + sum(closed) + sum(standing)
union all
select null, item_id, id, null, null, null, on_hand, 'no transfer sent it'
from on_the_road
where shipment_id is null or shipment_id not in (select shipment_id from of_transfer)
union all
select transfer.number, line.item_id, null, null, null, closing.quantity, null, 'whoever received it closed it'
from transfers_transitclosing closing
join transfers_transferline line on line.id = closing.line_id
join transfers_transfer transfer on transfer.id = line.transfer_id
where exists (
    select 1 from transfers_transferarrival arrival
    join transfers_transferline other on other.id = arrival.line_id and other.transfer_id = transfer.id
    where arrival.received_by_id = closing.closed_by_id and arrival.received_at <= closing.closed_at)
union all
select number, null, null, null, null, null, null, 'it is closed and goods are on the road'
from transfers_transfer transfer
where state = 'closed' and exists (
    select 1 from on_the_road road join of_transfer using (shipment_id) where of_transfer.transfer_id = transfer.id)
