-- I05: What a balance counts as reserved is the sum of its pending reservations.
select balance.id balance_id, balance.item_id, balance.location_id, balance.reserved, pending.quantity pending
from (
    select balance_id, sum(quantity) quantity from ledger_reservation where state = 'pending' group by balance_id
) pending
full join ledger_stockbalance balance on balance.id = pending.balance_id
where coalesce(pending.quantity, 0) <> coalesce(balance.reserved, 0)
