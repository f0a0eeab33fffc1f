-- I07: No reservation is pending five minutes after its time.
select id reservation_id, document, quantity, expires_at
from ledger_reservation
where state = 'pending' and expires_at < clock_timestamp() - interval '5 minutes'
