"""Enrolment and rotation over HTTP, as the device does it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from apps.accounts.models import Device, Enrolment, SignOn
from apps.accounts.operations import offer_enrolment, revoke_token
from apps.core import clock
from apps.journal.models import Command
from apps.locations.models import DeviceAccess
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.api import Caller, a_device, a_worker, refused
from tests.factories.locations import WarehouseFactory, works_at


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON")


@pytest.fixture
def anna(site):
    user = works_at(UserFactory(username="anna", roles=["picker"]), site, WarehouseFactory(code="PARIS"))
    user.set_pin("4711")
    user.save()
    return user


@pytest.fixture
def code(site):
    device = Device.objects.create(number="HH-1", name="Dock", created_at=clock.now(), expires_at=clock.now())
    DeviceAccess.objects.create(device=device, warehouse=site)
    return offer_enrolment(device_id=device.pk, made_by=UserFactory(), at=clock.now()).code


def bearer(token):
    caller = Caller()
    caller.client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return caller


def test_a_device_enrols_a_worker_signs_on_and_both_see_the_devices_warehouse_alone(code, anna):
    answer = Caller().post("/enrol", {"code": code})

    told = answer.json()
    assert (answer.status_code, told["device"], told["name"], answer["Cache-Control"]) == (
        201,
        "HH-1",
        "Dock",
        "no-store",
    )
    handheld = bearer(told["token"])
    refused(handheld.get("/me"), 403, "sign_on_needed")
    assert handheld.post("/sign-on", {"username": "anna", "pin": "4711"}).json()["device"] == "HH-1"
    assert [row["code"] for row in handheld.get("/warehouses").json()["results"]] == ["LYON"]
    assert not Command.objects.exists()


def test_a_code_that_was_used_is_refused_and_says_what_to_do(code):
    Caller().post("/enrol", {"code": code})

    again = Caller().post("/enrol", {"code": code})

    assert again.json() == {
        "type": "urn:stillage:enrolment_used",
        "title": "The enrolment code of HH-1 has been used.",
        "status": 409,
        "code": "enrolment_used",
        "facts": {"device": "HH-1"},
        "recover": ["new_code"],
    }


def test_a_code_that_is_too_old_is_gone(code):
    Enrolment.objects.update(expires_at=clock.now())

    assert refused(Caller().post("/enrol", {"code": code}), 410, "enrolment_ended") == {"device": "HH-1"}
    assert not Device.objects.get().is_enrolled


@pytest.mark.parametrize("text", ["x", "x" * 43, "\u202ex", "9" * 100])
def test_a_code_that_nobody_made_is_not_found(code, text):
    assert Caller().post("/enrol", {"code": text}).status_code in {400, 404}
    assert Enrolment.objects.get().used_at is None


@pytest.mark.parametrize(
    "body", [{}, {"code": ""}, {"code": "x" * 101}, {"code": "a\x00"}, {"code": ["x"]}, {"code": None}]
)
def test_a_code_is_a_short_text(site, body):
    assert list(refused(Caller().post("/enrol", body), 400, "malformed")) == ["code"]


def test_a_token_that_is_wrong_does_not_stand_in_the_way_of_enrolling(code):
    assert bearer("ended long ago").post("/enrol", {"code": code}).status_code == 201


def test_a_device_asks_for_its_next_token_and_goes_on(site):
    worker = a_worker(site)

    answer = worker.post("/device/rotate")

    told = answer.json()
    assert (answer.status_code, told["device"], answer["Cache-Control"]) == (200, worker.device.number, "no-store")
    assert worker.get("/me").status_code == 200
    assert bearer(told["token"]).get("/me").json()["username"] == worker.user.username
    refused(worker.get("/me"), 401, "authentication_failed")
    assert bearer(told["token"]).get("/me").status_code == 200
    assert SignOn.objects.filter(ended_at=None).count() == 1


def test_a_lost_answer_to_a_rotation_loses_nothing(site):
    worker = a_worker(site)
    worker.post("/device/rotate")

    again = worker.post("/device/rotate").json()["token"]

    assert bearer(again).get("/me").status_code == 200


def test_a_person_in_a_browser_has_no_token_to_rotate(anna):
    refused(Caller(anna).post("/device/rotate"), 403, "device_needed")


# --- Access ends at once -------------------------------------------------------------------------


@pytest.fixture
def held(site):
    """A worker at work on a handheld, by the real calls."""
    worker = a_worker(site, roles=("picker", "supervisor"))
    assert worker.get("/me").status_code == 200
    return worker


@pytest.fixture
def desk(client, site):
    """A supervisor who signed in at the desk by the real form."""
    user = works_at(UserFactory(username="bo", roles=["supervisor", "quality"]), site)
    user.set_password("a long enough secret")
    user.save()
    client.post("/admin/login/?next=/admin/", {"username": "bo", "password": "a long enough secret"})
    assert client.get("/admin/").status_code == 200
    client.bo = user
    return client


def test_a_revoked_device_is_out_at_its_next_call(held):
    revoke_token(device_id=held.device.pk, at=clock.now())

    refused(held.get("/me"), 401, "authentication_failed")
    refused(held.post("/sign-on", {"username": "x", "pin": "0000"}), 401, "authentication_failed")


def test_who_is_switched_off_is_out_of_the_handheld(held):
    held.user.is_active = False
    held.user.save()

    refused(held.get("/me"), 403, "sign_on_needed")


def test_who_is_switched_off_is_out_of_the_desk(desk):
    desk.bo.is_active = False
    desk.bo.save()

    assert desk.get("/admin/").status_code == 302
    assert desk.get("/api/v1/me").status_code == 401


def test_who_was_switched_off_at_the_desk_signs_in_and_on_anew(desk, site):
    handheld = a_device(site)
    SignOn.objects.create(device=handheld, user=desk.bo, started_at=clock.now())
    boss = Client()
    boss.force_login(UserFactory(is_superuser=True))
    page = f"/admin/accounts/user/{desk.bo.pk}/change/"
    given = {"username": "bo", "date_joined_0": "2026-01-01", "date_joined_1": "08:00", "is_staff": "on"}

    assert boss.post(page, given).status_code == 302
    assert boss.post(page, given | {"is_active": "on"}).status_code == 302

    assert desk.get("/admin/").status_code == 302
    refused(Caller(device=handheld).get("/me"), 403, "sign_on_needed")
    assert boss.get("/admin/").status_code == 200


def test_an_integration_ends_with_its_service_user(site):
    user = works_at(UserFactory(), site)
    shop = Caller(device=a_device(site, kind="integration", service_user=user))
    assert shop.get("/me").status_code == 200

    user.is_active = False
    user.save()

    refused(shop.get("/me"), 403, "sign_on_needed")


def test_a_role_that_is_taken_away_is_gone_at_the_next_call(held, desk):
    assert held.get("/me").json()["roles"] == ["picker", "supervisor"]
    sign_ons = "/admin/tasks/warehousetask/"
    assert desk.get(sign_ons).status_code == 200

    held.user.groups.remove(Group.objects.get(name="supervisor"))
    desk.bo.groups.remove(Group.objects.get(name="supervisor"))

    assert held.get("/me").json()["roles"] == ["picker"]
    assert desk.get(sign_ons).status_code == 403
    assert desk.get("/api/v1/me").json()["roles"] == ["quality"]


def test_who_works_elsewhere_now_sees_nothing_here(held, site):
    assert held.get("/warehouses").json()["results"]

    held.user.warehouse_access.all().delete()

    assert held.get("/warehouses").json()["results"] == []


def test_a_device_that_is_moved_sees_its_new_place_alone(held, site):
    other = WarehouseFactory(code="PARIS")
    works_at(held.user, other)

    DeviceAccess.objects.filter(device=held.device).update(warehouse=other)

    assert [row["code"] for row in held.get("/warehouses").json()["results"]] == ["PARIS"]


def test_a_device_that_is_used_nowhere_sees_nothing(site):
    device = DeviceFactory()
    worker = works_at(UserFactory(), site)
    SignOn.objects.create(device=device, user=worker, started_at=clock.now())

    assert Caller(device=device).get("/warehouses").json()["results"] == []


def test_a_shift_ends(held):
    SignOn.objects.update(started_at=clock.now() - timedelta(hours=12))

    refused(held.get("/me"), 403, "sign_on_needed")
