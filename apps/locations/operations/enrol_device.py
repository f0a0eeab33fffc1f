"""Who and what may work where: devices are enrolled at a warehouse, get another token, and are retired."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.models import Device, DeviceKind
from apps.accounts.operations import (
    Offered,
    Registered,
    offer_enrolment,
    register_device,
    register_handheld,
    replace_token,
    revoke_token,
)
from apps.accounts.roles import Role
from apps.core.errors import NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.locations.models import DeviceAccess, Warehouse


def enrol_device(
    *,
    number: str,
    name: str,
    warehouse_id: int,
    by: Actor,
    at: datetime,
    kind: str = DeviceKind.HANDHELD,
    service_user_id: int | None = None,
) -> Registered:
    """Give a device its token and a warehouse to be used at; by a supervisor or admin who works there.

    The token is in the answer and nowhere else: what the edge renders must leave it out, since the command log keeps
    what was rendered. Raises `NotAllowed`, `NotFound`, `DeviceExists`.
    """
    warehouse = _where(warehouse_id, by)
    registered = register_device(number=number, name=name, kind=kind, service_user_id=service_user_id, at=at)
    DeviceAccess.objects.create(device=registered.device, warehouse=warehouse)
    record("enrol", kind="device", number=number, by=by, at=at, warehouse_code=warehouse.code)
    return registered


def enrol_handheld(*, number: str, name: str, warehouse_id: int, by: Actor, at: datetime) -> Offered:
    """Let a new handheld be used at a warehouse, and make the code that it exchanges for its token within ten minutes.

    The code is in the answer and nowhere else, as a token would be. Raises `NotAllowed`, `NotFound`, `DeviceExists`.
    """
    warehouse = _where(warehouse_id, by)
    device = register_handheld(number=number, name=name, at=at)
    DeviceAccess.objects.create(device=device, warehouse=warehouse)
    record("enrol", kind="device", number=number, by=by, at=at, warehouse_code=warehouse.code)
    return offer_enrolment(device_id=device.pk, made_by=by.user, at=at)


def reenrol_handheld(*, device_id: int, by: Actor, at: datetime) -> Offered:
    """Make another code for a handheld that was reset, found again, or not enrolled in time; the codes before it end.

    The token that it has stays good until the code is used. Raises `NotAllowed` and `NotFound`.
    """
    _check_may_care_for_devices(by)
    _check_is_used_where_they_work(device_id, by)
    offered = offer_enrolment(device_id=device_id, made_by=by.user, at=at)
    record("offer enrolment", kind="device", number=offered.device.number, by=by, at=at)
    return offered


def revoke_device(*, device_id: int, reason: str, by: Actor, at: datetime) -> Device:
    """End a lost or broken device's token at once, and whoever's sign-on stands on it.

    Raises `NotAllowed`, and `NotFound` for a device of a warehouse where `by` does not work.
    """
    _check_may_care_for_devices(by)
    _check_is_used_where_they_work(device_id, by)
    device = revoke_token(device_id=device_id, at=at)
    record("revoke", kind="device", number=device.number, by=by, at=at, reason=reason)
    return device


def renew_device(*, device_id: int, by: Actor, at: datetime) -> Registered:
    """Give a device another token before the old one ends, or after it was lost; the old one is void at once.

    The token is in the answer and nowhere else, as after `enrol_device`. Raises `NotAllowed` and `NotFound`.
    """
    _check_may_care_for_devices(by)
    _check_is_used_where_they_work(device_id, by)
    renewed = replace_token(device_id=device_id, at=at)
    record("renew", kind="device", number=renewed.device.number, by=by, at=at)
    return renewed


def _where(warehouse_id: int, by: Actor) -> Warehouse:
    _check_may_care_for_devices(by)
    warehouse = Warehouse.objects.for_user(by.user).filter(pk=warehouse_id).first()
    if warehouse is None:
        raise NotFound(kind="warehouse", number=str(warehouse_id))
    return warehouse


def _check_is_used_where_they_work(device_id: int, by: Actor) -> None:
    """A device that is used nowhere is in an admin's hands."""
    used = DeviceAccess.objects.filter(device_id=device_id)
    if used.filter(warehouse__in=Warehouse.objects.for_user(by.user)).exists():
        return
    if used.exists() or not by.user.has_role(Role.ADMIN):
        raise NotFound(kind="device", number=str(device_id))


def _check_may_care_for_devices(by: Actor) -> None:
    if not by.user.has_role(Role.ADMIN, Role.SUPERVISOR):
        raise NotAllowed(who=by.user.get_username(), act="enrol or revoke devices")
