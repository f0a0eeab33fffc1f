"""Whether a unit is genuine: by the ledger, never for a guess; each asking is kept for good."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from rest_framework.throttling import SimpleRateThrottle

from apps.accounts.roles import Role
from apps.catalog.choices import PackagingLevel, Tracking
from apps.catalog.models import Packaging
from apps.core import clock
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.models import Location
from apps.traceability.errors import NoPlaceNamed
from apps.traceability.models import AuthenticityCheck
from apps.traceability.operations import check_authenticity
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, SerialFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.valuation import sold

GTIN = "04006381333931"


@pytest.fixture
def site(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def drill(site):
    """A drill that stands at MAIN, by lot and serial number, with a GTIN."""
    item = ItemFactory(number="DRILL", tracking=Tracking.BOTH)
    Packaging.objects.create(item=item, level=PackagingLevel.EACH, unit=item.unit, gtin=GTIN)
    serial = SerialFactory(item=item, number="SN-7", lot=LotFactory(item=item, number="L-1"))
    stock(item, LocationFactory(warehouse=site, code="A-01"), 1, lot=serial.lot, serial=serial)
    return serial


def ask(code=f"https://id.gs1.org/01/{GTIN}/21/SN-7", *, place="Lyon", is_outside=True, at=None):
    check = check_authenticity(code=code, place=place, is_outside=is_outside, by=an_actor(), at=at or clock.now())
    return check.verdict, check.because


def sell(drill):
    sold(drill.item, Location.objects.get(code="A-01"), 1, lot=drill.lot, serial=drill)


def test_what_stands_with_us_is_genuine_here_and_a_copy_elsewhere(drill):
    assert ask(is_outside=False, place="MAIN") == ("genuine", "It stands at MAIN.")
    assert ask() == ("duplicate", "The unit of this number stands at MAIN.")
    assert ask("(01)04006381333931(21)SN-7")[0] == "duplicate"
    assert ask("SN-7")[0] == "duplicate"


def test_what_was_sold_is_genuine_where_it_is_and_a_copy_where_it_cannot_be(drill):
    sell(drill)
    today = clock.now()

    verdict, because = ask(at=today)
    assert (verdict, because) == ("genuine", f"It went to a customer on {today.date()}.")
    assert ask(at=today + timedelta(hours=1))[0] == "genuine"  # the same shop asks again
    assert ask(place="Oslo", at=today + timedelta(hours=2)) == (
        "duplicate",
        "It was asked about at Lyon within a day.",
    )
    assert ask(place="Rome", at=today + timedelta(hours=30))[0] == "genuine"


def test_a_recall_outweighs_all(drill):
    sell(drill)
    with transaction.atomic():
        hold_lots([drill.lot_id], reason=HoldReason.RECALL, note="glass", by=an_actor())

    assert ask() == ("recalled", "Its lot is recalled.")


@pytest.mark.parametrize(
    ("code", "because"),
    [
        ("SN-8", "No such serial number was ever made or received here."),
        (f"https://id.gs1.org/01/{GTIN}", "The code names no serial number."),
        ("(01)04006381333932(21)SN-7", None),
    ],
)
def test_what_names_no_unit_of_ours_is_unknown_and_kept(drill, code, because):
    verdict, told = ask(code)

    assert verdict == "unknown"
    assert because is None or told == because
    check = AuthenticityCheck.objects.get()
    assert (check.code, check.serial, check.place, check.is_outside) == (code, None, "Lyon", True)


def test_a_number_of_two_items_is_to_be_scanned_whole(drill):
    SerialFactory(item=ItemFactory(number="SAW", tracking=Tracking.SERIAL), number="SN-7")

    assert ask("SN-7") == ("unknown", "Units of several items have this number: scan the whole code.")
    assert ask()[0] == "duplicate"


def test_whoever_asks_says_where_and_what_was_answered_stays(drill):
    with pytest.raises(NoPlaceNamed):
        ask(place=" ")
    assert not AuthenticityCheck.objects.exists()
    ask()
    check = AuthenticityCheck.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        AuthenticityCheck.objects.filter(pk=check.pk).update(verdict="genuine")
    with pytest.raises(DatabaseError), transaction.atomic():
        check.delete()

    assert AuthenticityCheck.objects.values_list("verdict", flat=True).get() == "duplicate"


def test_over_http_an_asking_is_answered_once_a_key_and_slowed_soon(site, drill, monkeypatch):
    cache.clear()
    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda _: 600.0)
    rates = SimpleRateThrottle.THROTTLE_RATES
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates | {"asking": "3/minute"})
    seller = a_person(site, roles=[Role.SALES])
    body = {"code": "SN-7", "place": "Lyon"}

    first = seller.post("/authenticity-checks", body, key="5e3d6a3e-0000-4000-8000-000000000001")
    again = seller.post("/authenticity-checks", body, key="5e3d6a3e-0000-4000-8000-000000000001")

    assert first.status_code == 201
    assert first.json() == again.json()
    assert {name: first.json()[name] for name in ("item", "serial", "verdict", "is_outside", "device")} == {
        "item": "DRILL",
        "serial": "SN-7",
        "verdict": "duplicate",
        "is_outside": True,
        "device": None,
    }
    assert AuthenticityCheck.objects.count() == 1
    refused(seller.post("/authenticity-checks", {"code": "SN-7", "place": " "}), 400, "malformed")
    refused(seller.post("/authenticity-checks", body), 429, "throttled")
    listed = seller.get("/authenticity-checks?verdict=duplicate").json()["results"]
    assert [each["number"] for each in listed] == [first.json()["number"]]
    cache.clear()
