"""Prints the papers of returns."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from apps.accounts.models import User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.returns.models import CustomerReturn, DisposalCertificate, ReturnToSupplier
from apps.returns.pdf import disposal_certificate, return_slip, return_to_supplier_note
from apps.returns.queries import CERTIFIED, disposal_of, return_slip_of
from apps.returns.queries.to_supplier import return_to_supplier_of


@shared_task(name="returns.print_return_slip")
def print_return_slip(*, customer_return: str, user_id: int, **_: Any) -> str:
    """Write a return's slip; the file's path."""
    document = CustomerReturn.objects.select_related("warehouse", "order", "customer").get(number=customer_return)
    slip = return_slip_of(document, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{customer_return}.pdf", return_slip(slip)))


@shared_task(name="returns.print_certificate")
def print_certificate(*, certificate: str, user_id: int, **_: Any) -> str:
    """Write a scrap certificate or donation note; the file's path."""
    issued = DisposalCertificate.objects.select_related(*CERTIFIED).get(number=certificate)
    paper = disposal_of(issued, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{certificate}.pdf", disposal_certificate(paper)))


@shared_task(name="returns.print_supplier_note")
def print_supplier_note(*, return_to_supplier: str, user_id: int, **_: Any) -> str:
    """Write the note of a return to a supplier; the file's path."""
    document = ReturnToSupplier.objects.select_related("warehouse", "supplier", "approved_by", "staging").get(
        number=return_to_supplier
    )
    paper = return_to_supplier_of(document, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{return_to_supplier}.pdf", return_to_supplier_note(paper)))
