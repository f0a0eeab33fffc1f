-- I19: A putaway that is done has its one posting; one that is not done has none.
select task.number task, task.state, putaway.transaction_id
from storage_putaway putaway
join tasks_warehousetask task on task.id = putaway.task_id
where (task.state = 'done') <> (putaway.transaction_id is not null)
