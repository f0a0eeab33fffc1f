-- I19: A pick's task is done exactly when the pick is picked or short, and its one posting moved what was picked.
select pick.number pick, pick.state, task.state task_state, pick.picked, pick.transaction_id
from orders_pick pick
join tasks_warehousetask task on task.id = pick.task_id
where (task.state = 'done') <> (pick.state in ('picked', 'short'))
   or (pick.picked > 0) <> (pick.transaction_id is not null)
   or pick.picked <> coalesce((
          select sum(quantity) from ledger_stockmove move
          where move.transaction_id = pick.transaction_id and move.item_id = task.item_id), 0)
