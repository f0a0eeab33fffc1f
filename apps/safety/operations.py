"""What is made of the hazardous materials table."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.roles import Role
from apps.core.errors import NotAllowed
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.safety.errors import AlreadyDescribed, NotDescribable
from apps.safety.models import HazardClass, HazmatEntry, ShippingDescription

MAY_DESCRIBE = (Role.SAFETY, Role.ADMIN)
LONGEST_NAME = 200


def describe_entry(*, entry_id: int, by: Actor, at: datetime) -> ShippingDescription:
    """Make a shipping description of a row of the table, for somebody to complete; the row and its text are its source.

    Whether it is a liquid, an acid or a cyanide the table does not say: unknown is taken as the stricter by the rules.
    Raises `NotAllowed`, `NotDescribable`, `AlreadyDescribed`.
    """
    if not by.user.has_role(*MAY_DESCRIBE):
        raise NotAllowed(who=by.user.get_username(), act="describe dangerous goods")
    entry = HazmatEntry.objects.lock_one(entry_id)
    hazard_class = HazardClass.objects.filter(code=entry.hazard_class).first()
    if entry.is_forbidden:
        raise NotDescribable(entry=str(entry), problem="it is forbidden in transport")
    if hazard_class is None:
        raise NotDescribable(entry=str(entry), problem="the table names no hazard class that is known here")
    if len(entry.name) > LONGEST_NAME:
        raise NotDescribable(entry=str(entry), problem="its name is to be chosen from several by hand")
    source = f"{entry.source}, row {entry.row} of the text of {entry.effective_on}"
    known = ShippingDescription.objects.filter(source=source).first()
    if known is not None:
        raise AlreadyDescribed(entry=str(entry), description=known.code)
    code = "-".join(part for part in (entry.un_number, entry.packing_group, str(entry.row)) if part)
    description = ShippingDescription.objects.create(
        code=code,
        un_number=entry.un_number,
        proper_shipping_name=entry.name,
        hazard_class=hazard_class,
        subsidiary=entry.subsidiary,
        packing_group=entry.packing_group,
        zone=entry.zone,
        group=entry.group,
        source=source,
    )
    record("describe", kind="shipping description", number=code, by=by, at=at, source=source)
    return description
