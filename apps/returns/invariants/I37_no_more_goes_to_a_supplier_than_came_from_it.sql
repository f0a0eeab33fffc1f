-- I37: No more goes back to a supplier than its receipts brought, approved by another than who asked; all of it is kept for the return or picked, what was picked was posted, and what has left is what was picked.
select document.number return_to_supplier, line.line, line.quantity, came.quantity - came.rejected brought
from returns_returntosupplierline line
join returns_returntosupplier document on document.id = line.return_to_supplier_id and document.state <> 'cancelled'
join purchasing_receiptline came on came.id = line.receipt_line_id
join purchasing_receipt receipt on receipt.id = came.receipt_id
where line.item_id <> came.item_id
   or line.lot_id is distinct from came.lot_id
   or receipt.supplier_id <> document.supplier_id
   or document.approved_by_id = document.requested_by_id
   or (document.state in ('approved', 'picked', 'shipped', 'credited')) <> (document.approved_by_id is not null)
   or (document.state in ('picked', 'shipped', 'credited')) <> (line.picked is not null)
   or (
       select sum(coalesce(other.picked, other.quantity))
       from returns_returntosupplierline other
       join returns_returntosupplier sibling on sibling.id = other.return_to_supplier_id and sibling.state <> 'cancelled'
       where other.receipt_line_id = line.receipt_line_id
   ) > came.quantity - came.rejected
   -- What is picked is asked for in full, by tasks that are done when it is picked, and ends as what they found.
   or (
       document.picked_at is not null
       and line.picked <> (
           select coalesce(sum(pick.picked), 0) from returns_returntosupplierpick pick where pick.line_id = line.id
       )
   )
   or (
       (document.picked_at is not null or document.state = 'approved')
       and line.quantity <> (
           select coalesce(sum(pick.quantity), 0) from returns_returntosupplierpick pick where pick.line_id = line.id
       )
   )
   or exists (
       select from returns_returntosupplierpick pick
       join tasks_warehousetask task on task.id = pick.task_id
       where pick.line_id = line.id
         and (
             (pick.picked > 0 and task.state <> 'done')
             or (document.state <> 'approved' and task.state in ('ready', 'assigned'))
             or pick.picked <> (
                 select coalesce(sum(move.quantity), 0)
                 from ledger_stockmove move
                 where move.transaction_id = pick.transaction_id and move.target_id = document.staging_id
                   and move.item_id = line.item_id and move.lot_id is not distinct from line.lot_id
                   and move.serial_id is not distinct from line.serial_id and move.target_status = line.status
             )
         )
   )
   or (
       document.transaction_id is not null
       and (
           select coalesce(sum(other.picked), 0) from returns_returntosupplierline other
           where other.return_to_supplier_id = document.id and other.item_id = line.item_id
             and other.lot_id is not distinct from line.lot_id and other.serial_id is not distinct from line.serial_id
       ) <> (
           select coalesce(sum(move.quantity), 0)
           from ledger_stockmove move
           join locations_location target on target.id = move.target_id and target.kind = 'supplier'
           where move.transaction_id = document.transaction_id and move.item_id = line.item_id
             and move.lot_id is not distinct from line.lot_id and move.serial_id is not distinct from line.serial_id
       )
   )
union all
-- A reservation for a return ends with its task.
select document.number, line.line, pick.quantity, pick.picked
from returns_returntosupplierpick pick
join returns_returntosupplierline line on line.id = pick.line_id
join returns_returntosupplier document on document.id = line.return_to_supplier_id
join tasks_warehousetask task on task.id = pick.task_id and task.state in ('done', 'cancelled')
join ledger_reservation reservation
  on (reservation.id = pick.reservation_id or reservation.origin_id = pick.reservation_id)
 and reservation.state = 'pending'
