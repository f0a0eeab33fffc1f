"""From whom is bought, who may decide about an order, up to which value, and what the trail keeps of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.models import AuditEntry
from apps.journal.operations import record
from apps.locations.queries import company_currency
from apps.purchasing.errors import AboveApprovalLimit, NotASupplier, OwnChange, SelfApproval
from apps.purchasing.models import ApprovalLimit, PurchaseOrder
from apps.purchasing.models.limit import DECIDERS
from apps.purchasing.queries import who_may_approve


def supplier_of(party_id: int) -> Party:
    """The party when it is bought from. Raises `NotASupplier`."""
    party = Party.objects.get(pk=party_id)
    if not (party.is_supplier and party.is_active):
        raise NotASupplier(party=party.number)
    return party


def check_may_decide(by: Actor, act: str) -> None:
    """Buyers and whoever runs the warehouse. Raises `NotAllowed`."""
    if not by.user.has_role(*DECIDERS):
        raise NotAllowed(who=by.user.get_username(), act=act)


def check_may_touch(order: PurchaseOrder, by: Actor, verb: str) -> None:
    """Whoever raised the order, and whoever decides. Raises `NotAllowed`."""
    if order.raised_by_id != by.user.pk:
        check_may_decide(by, f"{verb} {order}")


def check_limit(order: PurchaseOrder, value: Decimal, by: Actor) -> None:
    """A role of the approver has a limit that reaches the value; where no limit is set at all, nobody is limited.

    Raises `AboveApprovalLimit`, which names the roles that may.
    """
    limits = list(ApprovalLimit.objects.all())
    own = [limit for limit in limits if by.user.has_role(Role(limit.role))]
    if not limits or any(limit.covers(value) for limit in own):
        return
    raise AboveApprovalLimit(
        order=order.number,
        value=value,
        currency=company_currency(),
        who=by.user.get_username(),
        most=max((limit.most for limit in own if limit.most is not None), default=Decimal(0)),
        may=" or ".join(who_may_approve(value)) or "nobody",
    )


def check_another(order: PurchaseOrder, by: Actor) -> None:
    """Four eyes: neither who raised the order nor who changed it decides. Raises `SelfApproval`, `OwnChange`."""
    if order.raised_by_id == by.user.pk:
        raise SelfApproval(order=order.number, who=by.user.get_username())
    if order.amended_by_id is not None and by.user.pk in who_changed(order):
        raise OwnChange(order=order.number, who=by.user.get_username())


def who_changed(order: PurchaseOrder) -> set[int]:
    """Everybody who changed the order since it was approved, by the trail."""
    changes = AuditEntry.objects.of("purchase order", order.number).filter(verb="amend")
    return set(changes.filter(detail__revision=order.revision).values_list("user", flat=True))


def note(verb: str, order: PurchaseOrder, by: Actor, at: datetime, reason: str, **detail: Any) -> None:
    """What was decided goes on the trail."""
    record(
        verb,
        kind="purchase order",
        number=order.number,
        by=by,
        at=at,
        warehouse_code=order.warehouse.code,
        reason=reason,
        **detail,
    )
