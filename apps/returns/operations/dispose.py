"""Goods leave for good: scrapped, or given away; a certificate says where they went, and who saw it."""

from __future__ import annotations

from datetime import datetime

from apps.catalog.models import Item
from apps.journal.actor import Actor
from apps.journal.operations import enqueue
from apps.returns.errors import BeneficiaryNeeded, WitnessIsTheSame
from apps.returns.models import DISPOSAL_NUMBERS, DisposalCertificate, ReturnInspection
from apps.returns.states import Disposition


def check_disposal(item: Item, disposition: str, *, beneficiary: str, witness_id: int | None, by: Actor) -> None:
    """A gift names who gets it, and a witness is somebody else. Raises `BeneficiaryNeeded`, `WitnessIsTheSame`."""
    if disposition == Disposition.DONATE and not beneficiary:
        raise BeneficiaryNeeded(item=item.number)
    if witness_id is not None and witness_id == by.user.pk:
        raise WitnessIsTheSame(who=by.user.get_username())


def certify(
    decision: ReturnInspection, *, beneficiary: str, witness_id: int | None, by: Actor, at: datetime
) -> DisposalCertificate:
    """Number the disposal; its paper is printed."""
    certificate = DisposalCertificate.objects.create(
        number=DISPOSAL_NUMBERS.next(),
        inspection=decision,
        issued_at=at,
        disposed_by=by.user,
        witness_id=witness_id,
        beneficiary=beneficiary if decision.disposition == Disposition.DONATE else "",
    )
    enqueue("returns.print_certificate", at=at, certificate=certificate.number, user_id=by.user.pk)
    return certificate
