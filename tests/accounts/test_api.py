"""Sign-on over HTTP, and who one is."""

import pytest

from apps.accounts.models import SignOn, SignOnFailure
from apps.journal.models import Command
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller, a_device, a_person, refused
from tests.factories.locations import WarehouseFactory, works_at


@pytest.fixture
def site(db):
    return WarehouseFactory(code="LYON")


@pytest.fixture
def handheld(site):
    return Caller(device=a_device(site, number="HH-1"))


@pytest.fixture
def anna(site):
    user = UserFactory(username="anna", first_name="Anna", last_name="Berg", badge="B-1", roles=["picker", "quality"])
    user.set_pin("4711")
    user.save()
    return works_at(user, site)


ME = {"username": "anna", "name": "Anna Berg", "roles": ["picker", "quality"], "device": "HH-1"}


@pytest.mark.parametrize("who", [{"badge": "B-1"}, {"username": "anna"}])
def test_a_worker_signs_on_works_and_signs_off(handheld, anna, who):
    assert (handheld.post("/sign-on", who | {"pin": "4711"}).json(), handheld.get("/me").json()) == (ME, ME)
    assert [row["code"] for row in handheld.get("/warehouses").json()["results"]] == ["LYON"]

    assert handheld.post("/sign-off").status_code == 204

    refused(handheld.get("/me"), 403, "sign_on_needed")


@pytest.mark.parametrize("who", [{"badge": "B-1", "pin": "0000"}, {"badge": "B-9", "pin": "4711"}])
def test_a_wrong_badge_and_a_wrong_pin_read_the_same(handheld, anna, who):
    response = handheld.post("/sign-on", who)

    assert response.json() == {
        "type": "urn:stillage:wrong_badge_or_pin",
        "title": "The badge or the PIN is wrong.",
        "status": 403,
        "code": "wrong_badge_or_pin",
        "recover": ["reenter"],
    }
    assert SignOnFailure.objects.count() == 1


def test_too_many_tries_say_how_long_to_wait(handheld, anna):
    for _ in range(5):
        handheld.post("/sign-on", {"badge": "B-1", "pin": "0000"})

    response = handheld.post("/sign-on", {"badge": "B-1", "pin": "4711"})

    facts = refused(response, 429, "too_many_tries")
    assert facts["device"] == "HH-1"
    assert 890 <= facts["retry_after"] <= 900
    assert response.headers["Retry-After"] == str(facts["retry_after"])
    assert not SignOn.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"pin": "4711"},
        {"badge": "B-1"},
        {"badge": "B-1", "username": "anna", "pin": "4711"},
        {"badge": "B-1", "pin": "123456789"},
        {"badge": "B\x001", "pin": "4711"},
        {"badge": ["B-1"], "pin": "4711"},
    ],
)
def test_a_malformed_sign_on_is_no_try(handheld, anna, body):
    refused(handheld.post("/sign-on", body), 400, "malformed")

    assert not SignOnFailure.objects.exists()


def test_a_pin_is_kept_in_no_log(handheld, anna):
    handheld.post("/sign-on", {"badge": "B-1", "pin": "4711"})

    assert not Command.objects.exists()


def test_a_browser_is_no_device(site):
    refused(a_person(site).post("/sign-on", {"badge": "B-1", "pin": "4711"}), 403, "device_needed")


def test_a_person_in_a_browser_is_who_they_are(anna):
    assert Caller(anna).get("/me").json() == ME | {"device": None}
