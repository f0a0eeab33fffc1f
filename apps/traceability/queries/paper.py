"""A lot's trace as paper: what the recall report prints."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from apps.accounts.models import User
from apps.locations.queries import letterhead, printed
from apps.traceability import pdf
from apps.traceability.models import RecallCase
from apps.traceability.queries.traced import LotTrace


def trace_on_paper(trace: LotTrace, case: RecallCase, *, at: datetime, by: User) -> pdf.TraceReport:
    """A lot's trace as the recall report prints it."""
    balance, lot = trace.balance, trace.lot
    return pdf.TraceReport(
        company=letterhead(),
        printed=printed(at, by),
        number=case.number,
        opened_on=case.created_at.date(),
        as_of=at,
        item_number=lot.item.number,
        item_name=lot.item.name,
        lot=lot.number,
        supplier_lot=lot.supplier_lot,
        expires_on=lot.expires_on,
        reason=case.reason,
        reported_by=case.reported_by.name if case.reported_by is not None else case.opened_by.get_username(),
        held_since=trace.held_since,
        balance=pdf.MassBalance(
            unit=lot.item.unit.code,
            **{field.name: getattr(balance, field.name) for field in dataclasses.fields(balance)},
        ),
        receipts=tuple(
            pdf.TracedReceipt(
                received_on=row.received_on,
                supplier=f"{row.supplier} {row.supplier_name}",
                purchase_order=row.purchase_order,
                receipt=row.receipt,
                quantity=row.quantity,
            )
            for row in trace.receipts
        ),
        places=tuple(
            pdf.TracedPlace(
                warehouse=row.warehouse,
                location=row.location,
                status=row.status,
                handling_unit=row.unit,
                quantity=row.quantity,
            )
            for row in trace.places
        ),
        shipments=tuple(
            pdf.TracedShipment(
                customer=f"{row.customer} {row.customer_name}",
                contact=row.contact,
                order=row.order,
                shipment=row.shipment,
                shipped_on=row.shipped_on,
                quantity=row.quantity,
                returned=row.returned,
            )
            for row in trace.shipments
        ),
        returns=tuple(
            pdf.TracedReturn(
                returned_on=row.returned_on,
                customer=f"{row.customer} {row.customer_name}".strip(),
                order=row.order,
                document=row.document,
                reason=row.reason,
                quantity=row.quantity,
            )
            for row in trace.returns
        ),
        others=tuple(
            pdf.TracedMove(
                moved_on=row.on,
                kind=row.kind,
                document=row.document,
                place=row.place,
                reason=row.reason,
                by=row.by,
                quantity=row.quantity,
            )
            for row in trace.others
        ),
        evidence=tuple(
            pdf.TraceEvidence(
                transaction=str(row.transaction),
                recorded_at=row.recorded_at,
                kind=row.kind,
                document=row.document,
                by=row.by,
            )
            for row in trace.evidence
        ),
    )
