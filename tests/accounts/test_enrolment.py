"""A handheld gets its token for a code that works once and for ten minutes; its token is renewed without a gap."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.errors import DeviceExists, EnrolmentEnded, EnrolmentUnknown, EnrolmentUsed
from apps.accounts.models import Device, DeviceKind, Enrolment, SignOn
from apps.accounts.operations import (
    enrol_by_code,
    offer_enrolment,
    register_handheld,
    replace_token,
    revoke_token,
    rotate_token,
)
from apps.core import clock
from apps.core.errors import NotAllowed
from tests.factories.accounts import DeviceFactory, UserFactory

NOW = clock.now()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def boss(db):
    return UserFactory()


@pytest.fixture
def handheld(db):
    return register_handheld(number="HH-1", name="Dock handheld", at=NOW)


def offer(device, boss, at=NOW):
    return offer_enrolment(device_id=device.pk, made_by=boss, at=at)


def test_a_code_becomes_a_token_once(handheld, boss):
    offered = offer(handheld, boss)

    enrolled = enrol_by_code(code=offered.code, at=LATER)

    assert Device.objects.by_token(enrolled.token, LATER) == handheld
    assert Enrolment.objects.values_list("device__number", "made_by", "used_at").get() == ("HH-1", boss.pk, LATER)
    with pytest.raises(EnrolmentUsed) as refusal:
        enrol_by_code(code=offered.code, at=LATER)
    assert refusal.value.facts == {"device": "HH-1"}
    assert Device.objects.by_token(enrolled.token, LATER) == handheld


def test_neither_code_nor_token_is_kept(handheld, boss):
    offered = offer(handheld, boss)
    enrolled = enrol_by_code(code=offered.code, at=LATER)
    rotated = rotate_token(device_id=handheld.pk, at=LATER)

    kept = f"{Device.objects.values().get()} {Enrolment.objects.values().get()}"
    assert [secret for secret in (offered.code, enrolled.token, rotated.token) if secret in kept] == []
    assert offered.code not in repr(offered)


def test_a_code_is_good_for_ten_minutes(handheld, boss):
    offered = offer(handheld, boss)

    with pytest.raises(EnrolmentEnded):
        enrol_by_code(code=offered.code, at=NOW + timedelta(minutes=10))
    assert enrol_by_code(code=offered.code, at=NOW + timedelta(minutes=9, seconds=59)).device == handheld


@pytest.mark.parametrize("code", ["", "x", "x" * 43, "\x00", "\ud800"])
def test_a_code_that_nobody_made_opens_nothing(handheld, boss, code):
    offer(handheld, boss)

    with pytest.raises(EnrolmentUnknown):
        enrol_by_code(code=code, at=LATER)
    assert not Device.objects.get().is_enrolled


def test_a_newer_code_ends_the_one_before(handheld, boss):
    first, second = offer(handheld, boss), offer(handheld, boss, at=LATER)

    with pytest.raises(EnrolmentEnded) as refusal:
        enrol_by_code(code=first.code, at=LATER)
    assert refusal.value.facts == {"device": "HH-1"}
    assert enrol_by_code(code=second.code, at=LATER).device == handheld


@pytest.mark.parametrize("end", [revoke_token, replace_token])
def test_a_code_ends_with_the_device_and_with_another_token(handheld, boss, end):
    offered = offer(handheld, boss)

    end(device_id=handheld.pk, at=LATER)

    with pytest.raises(EnrolmentEnded):
        enrol_by_code(code=offered.code, at=LATER)


def test_a_device_works_on_until_its_new_code_is_used(boss):
    device = DeviceFactory()
    SignOn.objects.create(device=device, user=UserFactory(), started_at=NOW)
    offered = offer(device, boss)
    assert Device.objects.by_token(device.plain_token, LATER) == device

    enrolled = enrol_by_code(code=offered.code, at=LATER)

    assert Device.objects.by_token(device.plain_token, LATER) is None
    assert Device.objects.by_token(enrolled.token, LATER) == device
    assert not SignOn.objects.filter(ended_at=None).exists()


def test_a_device_that_is_not_enrolled_is_known_by_no_token(handheld):
    assert not handheld.is_enrolled
    for token in ("", " ", "x" * 43):
        assert Device.objects.by_token(token, NOW - timedelta(days=1)) is None


def test_a_number_is_given_to_one_handheld(handheld):
    with pytest.raises(DeviceExists):
        register_handheld(number="HH-1", name="Another", at=NOW)


def test_an_integration_scans_nothing(boss):
    shop = DeviceFactory(kind=DeviceKind.INTEGRATION, service_user=UserFactory(), number="SHOP")

    with pytest.raises(NotAllowed) as refusal:
        offer(shop, boss)

    assert refusal.value.facts == {"who": "SHOP", "act": "be enrolled by a code"}
    assert not Enrolment.objects.exists()


def test_the_database_knows_that_a_used_code_was_not_withdrawn(handheld, boss):
    offer(handheld, boss)

    with pytest.raises(IntegrityError, match="enrolment_is_used_or_withdrawn"), transaction.atomic():
        Enrolment.objects.update(used_at=NOW, ended_at=NOW)


def test_both_tokens_are_good_until_the_next_one_is_used(db):
    device = DeviceFactory()

    rotated = rotate_token(device_id=device.pk, at=NOW)

    assert Device.objects.by_token(device.plain_token, NOW) == device
    assert Device.objects.by_token(rotated.token, NOW) == device

    Device.objects.begin_next_token(Device.objects.get())

    assert Device.objects.by_token(device.plain_token, NOW) is None
    assert Device.objects.by_token(rotated.token, NOW + timedelta(days=89)) == device
    assert Device.objects.by_token(rotated.token, NOW + timedelta(days=90)) is None


def test_the_next_token_outlives_the_one_before(db):
    device = DeviceFactory()
    rotated = rotate_token(device_id=device.pk, at=NOW + timedelta(days=89))

    after = NOW + timedelta(days=91)
    assert Device.objects.by_token(device.plain_token, after) is None
    assert Device.objects.by_token(rotated.token, after) == device


def test_asked_again_the_next_token_is_another(db):
    device = DeviceFactory()
    lost = rotate_token(device_id=device.pk, at=NOW)

    again = rotate_token(device_id=device.pk, at=NOW)

    assert Device.objects.by_token(lost.token, NOW) is None
    assert Device.objects.by_token(again.token, NOW) == device


@pytest.mark.parametrize("end", [revoke_token, replace_token])
def test_a_next_token_ends_with_the_device_and_with_another_token(db, end):
    device = DeviceFactory()
    rotated = rotate_token(device_id=device.pk, at=NOW)

    end(device_id=device.pk, at=NOW)

    assert Device.objects.by_token(rotated.token, NOW) is None
    assert Device.objects.by_token(device.plain_token, NOW) is None
