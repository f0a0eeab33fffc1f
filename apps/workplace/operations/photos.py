"""What a line looked like when it was inspected."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error
from datetime import datetime

from apps.core.errors import NotAllowed, PictureRefused
from apps.core.paper import shelf
from apps.core.pictures import cleaned
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.workplace.errors import PhotoNotWanted
from apps.workplace.models import PHOTO_NUMBERS, CheckPhoto, CheckResult, WorkplaceInspection
from apps.workplace.operations.service import MAY_CLOSE

MOST_PHOTOS = 4
"""Of one line: they are evidence, not an album."""


def add_photo(*, inspection_id: int, line: int, picture: str, by: Actor, at: datetime) -> CheckPhoto:
    """Keep a picture (JPEG or PNG, in base64) of a line, by whoever did the inspection or answers for it.

    The same picture again is the one that is kept. Raises `NotAllowed`, `PhotoNotWanted`, `PictureRefused`.
    """
    inspection = WorkplaceInspection.objects.lock_one(inspection_id)
    result = CheckResult.objects.filter(inspection=inspection, line=line).first()
    if result is None:
        raise PhotoNotWanted(inspection=inspection.number, line=line, most=MOST_PHOTOS)
    if inspection.done_by_id != by.user.pk and not by.user.has_role(*MAY_CLOSE):
        raise NotAllowed(who=by.user.get_username(), act="add photos to another's inspection")
    try:
        made = cleaned(b64decode(picture, validate=True))
    except Error:
        raise PictureRefused(reason="it is not written in base64") from None
    digest = hashlib.sha256(made.content).hexdigest()
    for known in result.photos.filter(digest=digest):
        return known
    if result.photos.count() >= MOST_PHOTOS:
        raise PhotoNotWanted(inspection=inspection.number, line=line, most=MOST_PHOTOS)
    # Written before the row: what is rolled back leaves a file that nothing names, never a row without its file.
    shelf.keep(photo_name(digest), made.content)
    photo = CheckPhoto.objects.create(
        number=PHOTO_NUMBERS.next(),
        result=result,
        digest=digest,
        width=made.width,
        height=made.height,
        taken_by=by.user,
        created_at=at,
    )
    code = inspection.warehouse.code
    about = {"line": line, "photo": photo.number}
    record("photo", kind="workplace inspection", number=inspection.number, by=by, at=at, warehouse_code=code, **about)
    return photo


def photo_name(digest: str) -> str:
    """Its name on the shelf."""
    return f"photo-{digest}.jpg"
