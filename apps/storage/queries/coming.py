"""What open tasks bring to places."""


def on_the_way(which: str) -> str:
    """The table `coming` of what open tasks bring to which place; of a unit put away whole, all that is on it.

    `which` says which tasks are asked about.
    """
    return f"""
open_task as (
    select kind, target_id place, item_id, lot_id, unit_id, quantity from tasks_warehousetask
    where state in ('ready', 'assigned') and target_id is not null and {which}
), whole_unit as (
    select place, unit_id unit from open_task where kind = 'putaway' and unit_id is not null
    union all
    select whole_unit.place, child.id
    from ledger_handlingunit child join whole_unit on child.parent_id = whole_unit.unit
), coming as (
    select place, item_id, lot_id, quantity amount from open_task
    where item_id is not null and (kind <> 'putaway' or unit_id is null)
    union all
    select whole_unit.place, b.item_id, b.lot_id, b.on_hand
    from whole_unit join ledger_stockbalance b on b.unit_id = whole_unit.unit and b.on_hand > 0
)
"""  # noqa: S608 - our own words
