"""What keeps the place and its people fit to work, a verb each."""

from apps.workplace.operations.certificates import MAY_CERTIFY, add_certificate, remind_expiring, revoke_certificate
from apps.workplace.operations.inspect import (
    Answer,
    begin_inspection,
    plan_inspections,
    record_inspection,
)
from apps.workplace.operations.photos import MOST_PHOTOS, add_photo, photo_name
from apps.workplace.operations.service import MAY_CLOSE, close_action, freeze_closed, open_told_action

__all__ = [
    "MAY_CERTIFY",
    "MAY_CLOSE",
    "MOST_PHOTOS",
    "Answer",
    "add_certificate",
    "add_photo",
    "begin_inspection",
    "close_action",
    "freeze_closed",
    "open_told_action",
    "photo_name",
    "plan_inspections",
    "record_inspection",
    "remind_expiring",
    "revoke_certificate",
]
