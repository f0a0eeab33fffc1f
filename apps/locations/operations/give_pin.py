"""A worker gets the PIN that opens a handheld to them."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import User
from apps.accounts.operations import set_pin
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import Warehouse


def give_pin(*, user_id: int, pin_hash: str, by: Actor, at: datetime) -> User:
    """Let a person sign on with a new PIN; the old one ends.

    Takes what `apps.accounts.models.hashed_pin` made of it: the command log keeps a digest of what an operation is
    given, and of four digits a digest tells all. An admin gives a PIN to anybody; a supervisor to themselves and to
    the pickers of their warehouses, since whoever knows a PIN works in its owner's name. A superuser's is given by a
    superuser. Raises `NotAllowed`, `NotFound`.
    """
    if not by.user.has_role(Role.ADMIN, Role.SUPERVISOR):
        raise NotAllowed(who=by.user.get_username(), act="give PINs")
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        raise NotFound(kind="person", number=str(user_id))
    if not _may_give(by.user, person):
        raise NotAllowed(who=by.user.get_username(), act=f"give {person.get_username()} a PIN")
    set_pin(user_id=person.pk, pin_hash=pin_hash)
    record("give pin", kind="person", number=person.get_username(), by=by, at=at)
    return person


def _may_give(giver: User, person: User) -> bool:
    if person.is_superuser:
        return giver.is_superuser
    if giver.pk == person.pk or giver.has_role(Role.ADMIN):
        return True
    together = Warehouse.objects.for_user(giver).filter(access__user=person)
    return person.roles <= {Role.PICKER.value} and together.exists()
