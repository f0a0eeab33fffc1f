-- I37: No more goes back to a supplier than its receipts brought, approved by another than who asked; what has left was posted.
select document.number return_to_supplier, line.line, line.quantity, came.quantity - came.rejected brought
from returns_returntosupplierline line
join returns_returntosupplier document on document.id = line.return_to_supplier_id and document.state <> 'cancelled'
join purchasing_receiptline came on came.id = line.receipt_line_id
join purchasing_receipt receipt on receipt.id = came.receipt_id
where line.item_id <> came.item_id
   or line.lot_id is distinct from came.lot_id
   or receipt.supplier_id <> document.supplier_id
   or document.approved_by_id = document.requested_by_id
   or (document.state in ('approved', 'shipped', 'credited')) <> (document.approved_by_id is not null)
   or (
       select sum(other.quantity)
       from returns_returntosupplierline other
       join returns_returntosupplier sibling on sibling.id = other.return_to_supplier_id and sibling.state <> 'cancelled'
       where other.receipt_line_id = line.receipt_line_id
   ) > came.quantity - came.rejected
   or (
       document.transaction_id is not null
       and (
           select coalesce(sum(other.quantity), 0) from returns_returntosupplierline other
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
