"""Sign-on: who holds a device, and how guessing is stopped."""

from datetime import timedelta

import pytest

from apps.accounts.errors import DeviceExists, TooManyTries, WrongBadgeOrPin
from apps.accounts.models import SHIFT, Device, DeviceKind, SignOn, SignOnFailure, hashed_pin
from apps.accounts.operations import (
    FAILURE_WINDOW,
    register_device,
    replace_token,
    revoke_token,
    set_pin,
    sign_off,
    sign_on,
)
from apps.core import clock
from apps.core.errors import NotAllowed
from tests.factories.accounts import DeviceFactory, UserFactory

NOW = clock.now()


@pytest.fixture
def device(db):
    return DeviceFactory(number="HH-1")


def worker(**more):
    user = UserFactory.build(**more)
    user.set_pin("4711")
    user.save()
    return user


def on(device, *, at=NOW, pin="4711", **who):
    return sign_on(device_id=device.pk, pin=pin, at=at, **who)


def test_a_worker_signs_on_by_badge_or_by_name(device):
    anna = worker(username="anna", badge="B-1")

    assert on(device, badge="B-1").user == anna
    assert on(device, username="anna").user == anna
    assert SignOn.objects.count() == 1


def test_the_next_worker_takes_the_device_over(device):
    worker(username="anna")
    ben = worker(username="ben")
    first = on(device, username="anna")

    on(device, username="ben", at=NOW + timedelta(hours=1))

    first.refresh_from_db()
    assert first.ended_at == NOW + timedelta(hours=1)
    assert SignOn.objects.get(ended_at=None).user == ben


def test_after_a_shift_the_same_worker_signs_on_anew(device):
    worker(username="anna")
    first = on(device, username="anna")

    second = on(device, username="anna", at=NOW + SHIFT)

    assert second.pk != first.pk
    assert SignOn.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "who",
    [
        {"username": "anna", "pin": "0000"},
        {"username": "nobody"},
        {"badge": "B-9"},
        {"username": "left"},
        {"username": "without_pin"},
    ],
    ids=["wrong pin", "unknown name", "unknown badge", "left the company", "has no pin"],
)
def test_what_was_wrong_is_not_told(device, who):
    worker(username="anna", badge="B-1")
    worker(username="left", is_active=False)
    UserFactory(username="without_pin")

    with pytest.raises(WrongBadgeOrPin) as refusal:
        on(device, **who)

    assert (refusal.value.facts, str(refusal.value)) == ({}, "The badge or the PIN is wrong.")
    assert not SignOn.objects.exists()
    assert SignOnFailure.objects.get().device == device


def test_after_five_failures_even_the_right_pin_waits(device):
    worker(username="anna")
    for minute in range(5):
        with pytest.raises(WrongBadgeOrPin):
            on(device, username="anna", pin="0000", at=NOW + timedelta(minutes=minute))

    with pytest.raises(TooManyTries) as refusal:
        on(device, username="anna", at=NOW + timedelta(minutes=5))

    assert refusal.value.facts == {"device": "HH-1", "retry_after": 600}
    assert SignOnFailure.objects.count() == 5
    assert not SignOn.objects.exists()


def test_the_wait_ends_when_the_first_failure_is_old_enough(device):
    worker(username="anna")
    for minute in range(5):
        SignOnFailure.objects.create(device=device, at=NOW + timedelta(minutes=minute))

    assert on(device, username="anna", at=NOW + FAILURE_WINDOW).user.username == "anna"


def test_a_success_does_not_clear_the_failures(device):
    worker(username="thief")
    for _ in range(4):
        SignOnFailure.objects.create(device=device, at=NOW)
    on(device, username="thief")
    with pytest.raises(WrongBadgeOrPin):
        on(device, username="victim")

    with pytest.raises(TooManyTries):
        on(device, username="victim")


def test_failures_at_one_device_do_not_lock_another(device):
    worker(username="anna")
    for _ in range(5):
        SignOnFailure.objects.create(device=device, at=NOW)

    assert on(DeviceFactory(), username="anna").user.username == "anna"


def fail(device, times, **more):
    for _ in range(times):
        SignOnFailure.objects.create(device=device, at=NOW, **more)


def test_ten_failures_of_one_person_lock_them_at_every_device(device):
    anna, ben = worker(username="anna", badge="B-1"), worker(username="ben")
    for _ in range(3):
        elsewhere = DeviceFactory()
        for _ in range(3):
            with pytest.raises(WrongBadgeOrPin):
                on(elsewhere, username="anna", pin="0000")
    assert on(device, badge="B-1").user == anna
    with pytest.raises(WrongBadgeOrPin):
        on(DeviceFactory(), badge="B-1", pin="0000")

    fresh = DeviceFactory(number="FRESH")
    for who in ({"username": "anna"}, {"badge": "B-1"}):
        with pytest.raises(TooManyTries) as refusal:
            on(fresh, **who)
        assert refusal.value.facts == {"device": "FRESH", "retry_after": 900}
    assert on(fresh, username="ben").user == ben
    assert on(fresh, username="anna", at=NOW + FAILURE_WINDOW).user == anna


def test_fifty_failures_from_one_address_lock_it_at_every_device(device):
    worker(username="anna")
    for _ in range(10):
        fail(DeviceFactory(), 5, address="10.0.0.9")

    with pytest.raises(TooManyTries):
        on(device, username="anna", address="10.0.0.9")
    assert on(device, username="anna", address="10.0.0.10").user.username == "anna"
    assert on(device, username="anna", address="10.0.0.9", at=NOW + FAILURE_WINDOW)


def test_a_floor_behind_one_address_is_not_locked_by_one_device(device):
    worker(username="anna")
    fail(DeviceFactory(), 5, address="10.0.0.9")

    assert on(device, username="anna", address="10.0.0.9").user.username == "anna"


def test_who_has_left_is_counted_as_whom_they_were(device):
    left = worker(username="left", is_active=False)

    with pytest.raises(WrongBadgeOrPin):
        on(device, username="left", address="10.0.0.9")

    assert SignOnFailure.objects.values_list("user", "address").get() == (left.pk, "10.0.0.9")


def test_an_integration_is_held_by_nobody(db):
    integration = DeviceFactory(kind=DeviceKind.INTEGRATION, service_user=UserFactory(), number="SHOP")
    worker(username="anna")

    with pytest.raises(NotAllowed) as refusal:
        on(integration, username="anna")

    assert refusal.value.facts == {"who": "SHOP", "act": "be held by a worker"}
    assert not SignOn.objects.exists()


def test_sign_off_lets_the_device_go_and_may_be_repeated(device):
    worker(username="anna")
    started = on(device, username="anna")

    sign_off(device_id=device.pk, at=NOW + timedelta(hours=2))
    sign_off(device_id=device.pk, at=NOW + timedelta(hours=3))

    started.refresh_from_db()
    assert started.ended_at == NOW + timedelta(hours=2)


def test_a_registered_device_is_known_by_its_token_alone(db):
    registered = register_device(number="HH-2", name="Dock handheld", at=NOW)

    assert Device.objects.by_token(registered.token, NOW) == registered.device
    assert registered.token not in repr(registered)
    assert registered.token not in str(Device.objects.filter(number="HH-2").values().get())
    assert Device.objects.by_token(registered.token[:-1], NOW) is None
    assert Device.objects.by_token(registered.token, NOW + timedelta(days=91)) is None


def test_two_devices_do_not_share_a_number(device):
    with pytest.raises(DeviceExists) as refusal:
        register_device(number="HH-1", name="Another", at=NOW)

    assert refusal.value.facts == {"number": "HH-1"}
    assert Device.objects.count() == 1


def test_a_revoked_device_is_unknown_and_held_by_nobody(device):
    worker(username="anna")
    on(device, username="anna")

    revoke_token(device_id=device.pk, at=NOW)
    revoke_token(device_id=device.pk, at=NOW + timedelta(days=1))

    device.refresh_from_db()
    assert device.revoked_at == NOW
    assert Device.objects.by_token(device.plain_token, NOW) is None
    assert not SignOn.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "\uff11\uff12\uff13\uff14"])
def test_a_pin_has_four_to_eight_digits(pin):
    with pytest.raises(ValueError, match="4 to 8 digits"):
        UserFactory.build().set_pin(pin)


def test_a_new_pin_ends_the_old_one(device):
    anna = worker(username="anna")

    set_pin(user_id=anna.pk, pin_hash=hashed_pin("0815"))

    assert on(device, username="anna", pin="0815").user == anna
    with pytest.raises(WrongBadgeOrPin):
        on(device, username="anna", pin="4711")


def test_a_replaced_token_ends_the_old_one_and_the_sign_on(device):
    worker(username="anna")
    on(device, username="anna")

    replaced = replace_token(device_id=device.pk, at=NOW)

    assert Device.objects.by_token(device.plain_token, NOW) is None
    assert Device.objects.by_token(replaced.token, NOW) == device
    assert not SignOn.objects.filter(ended_at=None).exists()
