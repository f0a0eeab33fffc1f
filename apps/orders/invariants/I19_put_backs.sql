-- I19: A task asks for exactly what is left of each put-back; what came back of it is what its returns brought.
select pick.number pick, put_back.quantity, put_back.returned, task.number task, task.state task_state, task.quantity asked
from orders_putback put_back
join orders_pick pick on pick.id = put_back.pick_id
left join tasks_warehousetask task on task.id = put_back.task_id
where put_back.returned <> coalesce((
          select sum(came.quantity) from orders_pickreturn came where came.put_back_id = put_back.id), 0)
   or (task.state in ('ready', 'assigned')) <> (put_back.returned < put_back.quantity)
   or (put_back.returned < put_back.quantity
       and (task.quantity <> put_back.quantity - put_back.returned or task.source_id is distinct from pick.tote_id))
