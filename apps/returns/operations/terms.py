"""Why goods come back, and whether the policy takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.catalog.choices import ReasonKind
from apps.catalog.models import ReasonCode
from apps.journal.actor import Actor
from apps.returns.errors import BeyondPolicy
from apps.returns.models import CustomerReturn, ReturnReason
from apps.returns.operations.matching import Meant
from apps.returns.operations.trail import MAY_OVERRIDE, check_role
from apps.returns.queries import Policies
from apps.returns.states import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason in words, its code where it has one, and what that implies."""

    text: str
    code: ReasonCode | None = None
    terms: ReturnReason | None = None

    @property
    def is_bound(self) -> bool:
        """Whether the policy binds."""
        return self.terms is None or self.terms.bound_by_policy

    @property
    def is_theirs(self) -> bool:
        """Whether the customer bears it, and so the fee."""
        return self.terms is None or self.terms.fault == Fault.CUSTOMER


def why_of(reason: str) -> Why:
    """The text of a reason code, so that a later change of the reason tells no lie; other words as they are."""
    text = reason.strip()
    code = ReasonCode.objects.filter(kind=ReasonKind.RETURN, code=text, is_active=True).first()
    if code is None:
        return Why(text=text)
    return Why(text=code.text, code=code, terms=ReturnReason.objects.filter(reason=code).first())


def put_under_policy(
    document: CustomerReturn, meant: Sequence[Meant], *, why: Why, override: str, by: Actor, at: datetime
) -> None:
    """Note on each line which policy decides and what it costs; what is beyond it needs a supervisor's reason.

    Raises `BeyondPolicy`, `NotAllowed`.
    """
    order = document.order
    if order is None:
        return
    policies, today = Policies(order), document.warehouse.local_date(at)
    for line, row in meant:
        policy = policies.of(line.item.category_id)
        if policy is None:
            continue
        line.policy_id = policy.policy_id
        line.fee_percent = policy.fee_percent if why.is_theirs else line.fee_percent
        delivered = row.delivered_at
        days = (today - document.warehouse.local_date(delivered)).days if delivered is not None else None
        problem = policy.objection(days=days, condition=line.condition)
        if not problem or not why.is_bound:
            continue
        if not override:
            raise BeyondPolicy(item=line.item.number, policy=policy.code, problem=problem)
        check_role(by, MAY_OVERRIDE, f"take back against policy {policy.code}")
        document.override_reason, document.overridden_by = override, by.user
