"""How often one may call: by device, by person, by address; counted in a cache that all processes share."""

import pytest
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheIsAway
from rest_framework.throttling import SimpleRateThrottle

from apps.accounts.api import throttles
from apps.accounts.models import SignOn
from apps.core import clock
from config.settings import base
from tests.factories.api import Caller, a_device, a_worker, refused
from tests.factories.locations import WarehouseFactory


@pytest.fixture
def site(db):
    cache.clear()
    yield WarehouseFactory(code="LYON")
    cache.clear()


@pytest.fixture
def rates(monkeypatch):
    """Sets rates, and the clock that they are counted by to the beginning of a minute."""
    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda _: 600.0)

    def to(**rates):
        known = dict.fromkeys(("device", "user", "address"))
        monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", known | rates)

    return to


def answers(caller, times, path="/me"):
    return [caller.get(path).status_code for _ in range(times)]


def test_a_wild_loop_is_slowed_and_told_how_long(site, rates):
    rates(device="2/minute")
    worker = a_worker(site)
    assert answers(worker, 2) == [200, 200]

    slowed = worker.get("/me")

    refused(slowed, 429, "throttled")
    assert slowed.json()["recover"] == ["wait"]
    assert slowed.headers["Retry-After"] == "60"


def test_another_device_of_the_same_worker_counts_apart(site, rates):
    rates(device="2/minute")
    worker = a_worker(site)
    other = a_device(site)
    SignOn.objects.create(device=other, user=worker.user, started_at=clock.now())
    assert answers(worker, 3) == [200, 200, 429]

    assert answers(Caller(worker.user, other), 3) == [200, 200, 429]
    assert answers(Caller(worker.user), 3) == [200, 200, 200]


def test_a_person_is_counted_over_all_their_devices_and_browsers(site, rates):
    rates(user="3/minute")
    worker = a_worker(site)
    other = a_device(site)
    SignOn.objects.create(device=other, user=worker.user, started_at=clock.now())

    assert answers(worker, 1) + answers(Caller(worker.user, other), 1) + answers(Caller(worker.user), 2) == [
        *(200, 200, 200),
        429,
    ]
    assert answers(a_worker(site), 1) == [200]


@pytest.mark.parametrize("header", [None, "Bearer none", "Basic x"])
def test_an_address_by_which_nobody_is_known_is_counted_and_its_handhelds_are_not_slowed(site, rates, header):
    rates(address="2/minute")
    stranger = Caller()
    if header:
        stranger.client.credentials(HTTP_AUTHORIZATION=header)

    assert answers(stranger, 3) == [401, 401, 429]
    assert answers(a_worker(site), 3) == [200, 200, 200]


def test_codes_are_not_tried_for_ever(site, rates):
    rates(address="2/minute")

    tries = [Caller().post("/enrol", {"code": "x" * 43}) for _ in range(3)]

    assert [each.status_code for each in tries] == [404, 404, 429]


def test_a_caller_does_not_choose_the_address_that_is_counted(site, rates):
    rates(address="2/minute")

    told = [Caller().client.get("/api/v1/me", HTTP_X_FORWARDED_FOR=f"10.0.0.{last}").status_code for last in range(3)]

    assert told == [401, 401, 429]


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(site, rates, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": 1}
    rates(address="2/minute")

    def told(claimed, seen):
        return Caller().client.get("/api/v1/me", HTTP_X_FORWARDED_FOR=f"{claimed}, {seen}").status_code

    assert [told(f"10.0.0.{last}", "192.0.2.1") for last in range(3)] == [401, 401, 429]
    assert told("10.0.0.1", "192.0.2.2") == 401


def test_the_next_window_counts_anew(site, rates, monkeypatch):
    rates(device="2/minute")
    worker = a_worker(site)
    assert answers(worker, 3) == [200, 200, 429]

    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda _: 660.0)

    assert answers(worker, 1) == [200]


def test_while_the_cache_is_away_the_warehouse_goes_on(site, rates, monkeypatch):
    rates(device="1/minute", user="1/minute", address="1/minute")

    class Away:
        def count(self, lives):
            raise CacheIsAway

    monkeypatch.setattr(SimpleRateThrottle, "cache", Away())

    assert answers(a_worker(site), 3) == [200, 200, 200]
    assert answers(Caller(), 3) == [401, 401, 401]


def test_the_rates_of_an_installation_hinder_no_scanner():
    """Five scans a second, each of them three calls; and a person may hold two handhelds."""
    per_minute = {name: int(rate.removesuffix("/minute")) for name, rate in base.API_RATES.items()}

    assert per_minute["device"] >= 5 * 3 * 60
    assert per_minute["user"] >= 2 * 5 * 3 * 60
    assert per_minute["address"] >= 100


def test_all_processes_count_in_one_cache():
    assert base.CACHES["default"]["BACKEND"] == "apps.core.counters.SharedCounters"
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] == [f"{throttles.__name__}.CallThrottle"]


def test_a_person_who_is_nobody_any_more_is_no_stranger_by_their_device(site, rates):
    rates(address="1/minute")
    handheld = Caller(device=a_device(site))

    assert answers(handheld, 3) == [403, 403, 403]
