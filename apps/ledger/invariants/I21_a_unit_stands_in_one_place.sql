-- I21: A handling unit and all in it stand in one place, no unit is inside itself, and one out of use holds nothing.
with recursive inside (unit_id, within_id) as (
    select id, parent_id from ledger_handlingunit where parent_id is not null
    union
    select inside.unit_id, parent.parent_id
    from inside join ledger_handlingunit parent on parent.id = inside.within_id
    where parent.parent_id is not null
)
select balance.unit_id, balance.location_id, unit.location_id other_location_id, 'its goods are elsewhere' problem
from ledger_stockbalance balance
join ledger_handlingunit unit on unit.id = balance.unit_id
where balance.on_hand > 0 and balance.location_id is distinct from unit.location_id
union all
select child.id, child.location_id, parent.location_id, 'what it is in is elsewhere'
from ledger_handlingunit child
join ledger_handlingunit parent on parent.id = child.parent_id
where child.location_id is distinct from parent.location_id
union all
select unit_id, null, null, 'it is inside itself' from inside where unit_id = within_id
union all
select unit.id, null, null, 'it is out of use and holds something'
from ledger_handlingunit unit
where unit.retired_at is not null
  and (exists (select 1 from ledger_stockbalance balance where balance.unit_id = unit.id and balance.on_hand > 0)
       or exists (select 1 from ledger_handlingunit child where child.parent_id = unit.id))
