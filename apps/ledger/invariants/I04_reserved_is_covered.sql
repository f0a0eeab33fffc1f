-- I04: Nothing is below zero, and no more is reserved than is there.
select id balance_id, item_id, location_id, lot_id, on_hand, reserved
from ledger_stockbalance
where on_hand < 0 or reserved < 0 or reserved > on_hand
