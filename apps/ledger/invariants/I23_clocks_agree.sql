-- I23 flag: No posting happened, by its device's clock, more than five minutes after it was recorded.
select id transaction_id, device_id, occurred_at, recorded_at
from ledger_stocktransaction
where occurred_at > recorded_at + interval '5 minutes'
--changed and id in (select id from fresh)
