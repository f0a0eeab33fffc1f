-- I38: What went into the work of an assembly order is what was issued less what went back or was scrapped, each output of it knows what it holds, and the outputs of a line hold all of it.
select 'issue' fault, orders.number, issue.id, issue.quantity issued, issue.consumed
from assembly_assemblyissue issue
join assembly_assemblyline line on line.id = issue.line_id
join assembly_assemblyorder orders on orders.id = line.order_id
where orders.state in ('done', 'cancelled') and issue.quantity - issue.returned - issue.scrapped <> issue.consumed
   or orders.kind <> 'service' and issue.consumed <> coalesce((
       select sum(went_in.quantity) from ledger_stockmove went_in
       where went_in.id in (select held.input_move_id from assembly_assemblygenealogy held where held.issue_id = issue.id)
   ), 0)
union all
select 'line', orders.number, held.input_move_id, went_in.quantity, sum(held.quantity)
from assembly_assemblygenealogy held
join assembly_assemblyoutput output on output.id = held.output_id
join assembly_assemblyline line on line.id = output.line_id
join assembly_assemblyorder orders on orders.id = line.order_id
join ledger_stockmove went_in on went_in.id = held.input_move_id
group by orders.number, held.input_move_id, output.line_id, went_in.quantity
having sum(held.quantity) <> went_in.quantity
union all
select 'output', orders.number, output.id, output.quantity, made.quantity
from assembly_assemblyoutput output
join assembly_assemblyline line on line.id = output.line_id
join assembly_assemblyorder orders on orders.id = line.order_id
join ledger_stockmove made on made.id = output.move_id
join ledger_stocktransaction posting on posting.id = made.transaction_id
where made.quantity <> output.quantity or posting.document <> orders.number
   or made.lot_id is distinct from output.lot_id or made.serial_id is distinct from output.serial_id
   or not exists (select from assembly_assemblygenealogy held where held.output_id = output.id)
