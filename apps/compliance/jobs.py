"""Prints what inspectors and drivers take along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from celery import shared_task

from apps.accounts.models import User
from apps.compliance.models import Inspection, SupplierReturn
from apps.compliance.pdf import inspection_sheet, return_note
from apps.compliance.queries.paper import ON_NOTE, ON_SHEET, inspection_sheet_of, return_note_of
from apps.core import clock
from apps.core.paper.shelf import keep


@shared_task(name="compliance.print_inspection_sheets")
def print_inspection_sheets(*, inspections: Sequence[str], user_id: int, **_: Any) -> list[str]:
    """Write the sheets of inspections that began together; the files' paths."""
    by, at = User.objects.get(pk=user_id), clock.now()
    rows = Inspection.objects.filter(number__in=inspections).select_related(*ON_SHEET).order_by("number")
    return [str(keep(f"{each.number}.pdf", inspection_sheet(inspection_sheet_of(each, at=at, by=by)))) for each in rows]


@shared_task(name="compliance.print_return_note")
def print_return_note(*, supplier_return: str, user_id: int, **_: Any) -> str:
    """Write the note of a supplier return; the file's path."""
    sent = SupplierReturn.objects.select_related(*ON_NOTE).get(number=supplier_return)
    paper = return_note(return_note_of(sent, at=clock.now(), by=User.objects.get(pk=user_id)))
    return str(keep(f"{supplier_return}.pdf", paper))
