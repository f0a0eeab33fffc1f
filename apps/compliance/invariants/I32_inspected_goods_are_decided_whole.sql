-- I32: What was decided about inspected goods is all of them, was posted as decided, and its concession by another.
select inspection.number, inspection.state, inspection.quantity, decided.quantity decided, posted.accepted, posted.rejected
from compliance_inspection inspection
left join lateral (
    select coalesce(sum(quantity), 0) quantity,
           coalesce(sum(quantity) filter (where disposition = 'accept'), 0) accept,
           coalesce(sum(quantity) filter (where disposition = 'reject'), 0) reject,
           coalesce(sum(quantity) filter (where disposition = 'use_as_is'), 0) use_as_is,
           coalesce(sum(returned), 0) returned
    from compliance_inspectiondecision where inspection_id = inspection.id
) decided on true
left join lateral (
    select coalesce(sum(move.quantity) filter (where header.kind = 'status' and move.target_status = 'available'), 0) accepted,
           coalesce(sum(move.quantity) filter (where header.kind = 'status' and move.target_status = 'blocked'), 0) rejected,
           coalesce(sum(move.quantity) filter (where header.kind = 'return'), 0) returned
    from ledger_stocktransaction header
    join ledger_stockmove move on move.transaction_id = header.id
    where header.document = inspection.number
) posted on true
where (inspection.state in ('waiting', 'decided') and decided.quantity <> inspection.quantity)
   or (inspection.state not in ('waiting', 'decided') and decided.quantity <> 0)
   or posted.accepted <> decided.accept + case when inspection.approved_by_id is null then 0 else decided.use_as_is end
   or posted.rejected <> decided.reject
   or posted.returned <> decided.returned
   or (inspection.state = 'decided' and decided.use_as_is > 0 and inspection.approved_by_id is null)
   or inspection.approved_by_id = inspection.decided_by_id
   or exists (
       select 1 from compliance_inspectionresult result
       join compliance_inspectioncharacteristic characteristic on characteristic.id = result.characteristic_id
       where characteristic.inspection_id = inspection.id and result.recorded_by_id = inspection.approved_by_id
   )
