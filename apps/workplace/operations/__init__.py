"""What keeps the place and its people fit to work, a verb each."""

from apps.workplace.operations.certificates import MAY_CERTIFY, add_certificate, remind_expiring, revoke_certificate
from apps.workplace.operations.inspect import (
    Answer,
    begin_inspection,
    plan_inspections,
    record_inspection,
)
from apps.workplace.operations.service import MAY_CLOSE, close_action, freeze_closed

__all__ = [
    "MAY_CERTIFY",
    "MAY_CLOSE",
    "Answer",
    "add_certificate",
    "begin_inspection",
    "close_action",
    "freeze_closed",
    "plan_inspections",
    "record_inspection",
    "remind_expiring",
    "revoke_certificate",
]
