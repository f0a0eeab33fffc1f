"""Documents by their numbers, as they are printed and as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from apps.compliance.models import Inspection, SupplierReturn
from apps.core.codes import ParsedCode
from apps.counting.models import CycleCount, Inventory
from apps.incidents.models import Incident
from apps.insights.probe import texts_of
from apps.insights.rules import EXACT, LIKELY, Candidate
from apps.locations.models import DockAppointment
from apps.losses.models import LossCase
from apps.orders.models import Pick, PickRound, SalesOrder, Wave
from apps.overrides.models import HazardOverride
from apps.planning.models import ReorderProposal
from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt, ShippingNotice
from apps.returns.models import CustomerClaim, CustomerReturn, DisposalCertificate, ReturnToSupplier
from apps.shipping.models import Load, ParcelException, Shipment
from apps.tasks.models import WarehouseTask
from apps.traceability.models import RecallCase, SuspectCase
from apps.transfers.models import Transfer
from apps.workplace.models import CorrectiveAction, WorkplaceInspection

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST = 20
"""Of one kind: one SSCC may be announced again and again."""

DOCUMENTS: dict[str, Any] = {
    "PO": PurchaseOrder,
    "GR": Receipt,
    "ASN": ShippingNotice,
    "UG": ParkedGoods,
    "SO": SalesOrder,
    "W": Wave,
    "RN": PickRound,
    "PK": Pick,
    "SH": Shipment,
    "LD": Load,
    "PX": ParcelException,
    "T": WarehouseTask,
    "CC": CycleCount,
    "PI": Inventory,
    "QI": Inspection,
    "SR": SupplierReturn,
    "RC": RecallCase,
    "SU": SuspectCase,
    "LO": LossCase,
    "HO": HazardOverride,
    "RP": ReorderProposal,
    "RT": CustomerReturn,
    "CM": CustomerClaim,
    "DC": DisposalCertificate,
    "VR": ReturnToSupplier,
    "TR": Transfer,
    "DA": DockAppointment,
    "WI": WorkplaceInspection,
    "CA": CorrectiveAction,
    "IN": Incident,
}
_DOCUMENT = re.compile(r"([A-Z]{1,4})-\d+")
_SHORT = re.compile(r"([A-Z]{1,4})[- ]?0*(\d{1,8})")
WIDTHS = (6, 8)
"""Digits in a document's number; tasks and picks have more."""


def document_kind(model: Any) -> str:
    """What a kind of document is called among candidates."""
    return str(model._meta.verbose_name).replace(" ", "_")


def documents_named(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """The prefix says which kind of document it is, so one table is asked."""
    for text in dict.fromkeys(text.upper() for text in texts_of(parsed)):
        match = _DOCUMENT.fullmatch(text)
        if match:
            yield from _numbered(match.group(1), [text], user)


def announced_by(parsed: ParsedCode, user: User) -> Iterator[Candidate]:
    """The despatch that an SSCC is announced by, as long as it is still to come."""
    if not parsed.sscc:
        return
    rows = ShippingNotice.objects.for_user(user).open().filter(units__sscc=parsed.sscc).distinct()
    for notice in rows.order_by("-pk")[:MOST]:
        yield Candidate(
            kind=document_kind(ShippingNotice),
            number=notice.number,
            label=f"SSCC {parsed.sscc}, announced by {notice.number}",
            score=LIKELY,
            pk=notice.pk,
            detail={"state": notice.state, "sscc": parsed.sscc},
        )


def by_short_number(text: str, user: User) -> list[Candidate]:
    """The document whose number was typed as people say it, without its noughts: PO-12 or po12.

    For the desk alone: on the floor W-1 is a bin.
    """
    match = _SHORT.fullmatch(text.upper())
    if match is None:
        return []
    return list(
        _numbered(match.group(1), [f"{match.group(1)}-{match.group(2).zfill(width)}" for width in WIDTHS], user)
    )


def _numbered(prefix: str, numbers: list[str], user: User) -> Iterator[Candidate]:
    model = DOCUMENTS.get(prefix)
    if model is None:
        return
    for document in model.objects.for_user(user).filter(number__in=numbers):
        yield Candidate(
            kind=document_kind(model),
            number=document.number,
            label=f"{str(model._meta.verbose_name).capitalize()} {document.number}",
            score=EXACT,
            pk=document.pk,
            detail={"state": document.state} if hasattr(document, "state") else {},
        )
