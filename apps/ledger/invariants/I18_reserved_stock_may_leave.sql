-- I18: What is reserved is available, in a bin that is picked from, and of a lot that is not held.
select reservation.id reservation_id, reservation.document, balance.item_id, balance.lot_id, balance.status, place.kind
from ledger_reservation reservation
join ledger_stockbalance balance on balance.id = reservation.balance_id
join locations_location place on place.id = balance.location_id
where reservation.state = 'pending'
  and (
      balance.status <> 'available'
      or place.kind not in ('storage', 'pick_face')
      or exists (select 1 from ledger_hold hold where hold.lot_id = balance.lot_id and hold.closed_at is null)
  )
