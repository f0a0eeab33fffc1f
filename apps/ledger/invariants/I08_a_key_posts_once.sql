-- I08: A command's key has posted once.
select actor, key, count(*) postings, min(id) first_transaction_id, max(id) last_transaction_id
from ledger_stocktransaction
where key is not null
--changed and (actor, key) in (select actor, key from ledger_stocktransaction where id in (select id from fresh))
group by actor, key
having count(*) > 1
