"""Devices are enrolled at a warehouse by whoever answers for it, and retired."""

import pytest

from apps.accounts.errors import DeviceExists
from apps.accounts.models import Device, DeviceKind, SignOn
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed, NotFound
from apps.journal.models import AuditEntry
from apps.locations.operations import (
    enrol_device,
    enrol_handheld,
    reenrol_handheld,
    renew_device,
    revoke_device,
)
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.api import Caller, a_worker, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory, works_at

NOW = clock.now()


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON")


def boss(site, role=Role.SUPERVISOR):
    return an_actor(works_at(UserFactory(roles=[role]), site))


def enrol(site, by, **more):
    return enrol_device(number="HH-1", name="Dock", warehouse_id=site.pk, by=by, at=NOW, **more)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_an_enrolled_device_is_used_at_its_warehouse(site, role):
    enrolled = enrol(site, boss(site, role))

    assert enrolled.device.warehouse_access.warehouse == site
    assert Device.objects.by_token(enrolled.token, NOW) == enrolled.device
    line = AuditEntry.objects.get()
    assert (line.verb, line.kind, line.number, line.warehouse_code, line.detail) == (
        "enrol",
        "device",
        "HH-1",
        "LYON",
        {},
    )


def test_an_integration_is_enrolled_with_whom_it_acts_as(site):
    user = UserFactory()

    enrolled = enrol(site, boss(site), kind=DeviceKind.INTEGRATION, service_user_id=user.pk)

    assert enrolled.device.service_user == user


@pytest.mark.parametrize("role", [Role.PICKER, Role.BUYER, Role.AUDITOR, Role.QUALITY])
def test_others_enrol_and_revoke_nothing(site, role):
    device = enrol(site, boss(site)).device
    person = boss(site, role)

    with pytest.raises(NotAllowed):
        enrol_device(number="HH-2", name="Dock", warehouse_id=site.pk, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        revoke_device(device_id=device.pk, reason="lost", by=person, at=NOW)
    with pytest.raises(NotAllowed):
        enrol_handheld(number="HH-2", name="Dock", warehouse_id=site.pk, by=person, at=NOW)
    with pytest.raises(NotAllowed):
        reenrol_handheld(device_id=device.pk, by=person, at=NOW)

    assert Device.objects.get().revoked_at is None
    assert AuditEntry.objects.count() == 1


def test_another_warehouse_is_not_found(site):
    with pytest.raises(NotFound):
        enrol(WarehouseFactory(), boss(site))
    with pytest.raises(NotFound):
        enrol_handheld(number="HH-1", name="Dock", warehouse_id=WarehouseFactory().pk, by=boss(site), at=NOW)

    assert not Device.objects.exists()


def test_a_number_is_enrolled_once(site):
    enrol(site, boss(site))

    with pytest.raises(DeviceExists):
        enrol(site, boss(site))

    assert Device.objects.count() == 1


def test_a_lost_device_is_revoked_at_once(site):
    worker = a_worker(site)
    assert worker.get("/me").status_code == 200

    revoke_device(device_id=worker.device.pk, reason="left on the bus", by=boss(site), at=NOW)

    refused(worker.get("/me"), 401, "authentication_failed")
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert AuditEntry.objects.get().detail == {"reason": "left on the bus"}


def test_a_device_of_another_warehouse_is_not_revoked(site):
    worker = a_worker(WarehouseFactory())

    with pytest.raises(NotFound):
        revoke_device(device_id=worker.device.pk, reason="spite", by=boss(site), at=NOW)

    assert Caller(device=worker.device).get("/me").status_code == 200


def test_a_renewed_device_has_another_token_and_nobody_holds_it(site):
    worker = a_worker(site)

    renewed = renew_device(device_id=worker.device.pk, by=boss(site), at=NOW)

    refused(worker.get("/me"), 401, "authentication_failed")
    assert Device.objects.by_token(renewed.token, NOW) == worker.device
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert AuditEntry.objects.values_list("verb", "number").get() == ("renew", worker.device.number)


def test_a_device_of_another_warehouse_is_not_renewed(site):
    worker = a_worker(WarehouseFactory())

    with pytest.raises(NotFound):
        renew_device(device_id=worker.device.pk, by=boss(site), at=NOW)

    assert Caller(device=worker.device).get("/me").status_code == 200


def test_a_device_that_is_used_nowhere_is_in_an_admins_hands(site):
    device = DeviceFactory()

    with pytest.raises(NotFound):
        revoke_device(device_id=device.pk, reason="lost", by=boss(site), at=NOW)
    revoke_device(device_id=device.pk, reason="lost", by=boss(site, Role.ADMIN), at=NOW)

    assert Device.objects.get().revoked_at == NOW


def test_a_handheld_of_another_warehouse_is_not_enrolled_again(site):
    worker = a_worker(WarehouseFactory())

    with pytest.raises(NotFound):
        reenrol_handheld(device_id=worker.device.pk, by=boss(site), at=NOW)

    assert not worker.device.enrolments.exists()
