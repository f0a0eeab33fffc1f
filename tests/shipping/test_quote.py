"""Which service, when it arrives, what it costs."""

from datetime import UTC, date, datetime, time
from decimal import Decimal as D

import pytest

from apps.shipping.models import CarrierService, ServiceCutOff, ServiceRate
from apps.shipping.queries import quotes_for
from apps.shipping.rules import Rate, arrival_on, collected_on, rate_for
from tests.factories.catalog import PartyFactory
from tests.factories.locations import WarehouseFactory

WEEKDAYS = {day: time(15) for day in range(5)}


@pytest.mark.parametrize(
    ("ready", "day"),
    [
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 15, 1, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 21, 8, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_goods_make_the_collection_of_their_day_until_its_cut_off(ready, day):
    assert collected_on(WEEKDAYS, ready) == day


def test_a_service_that_collects_on_mondays_comes_a_week_later():
    assert collected_on({0: time(9)}, datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == date(2026, 11, 30)
    assert collected_on({}, datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("collected", "days", "weekends", "arrives"),
    [
        (date(2026, 11, 20), 1, False, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, True, date(2026, 11, 21)),
        (date(2026, 11, 20), 3, False, date(2026, 11, 25)),
        (date(2026, 11, 21), 0, False, date(2026, 11, 23)),
        (date(2026, 11, 20), 0, False, date(2026, 11, 20)),
    ],
)
def test_weekends_count_only_for_who_delivers_on_them(collected, days, weekends, arrives):
    assert arrival_on(collected, transit_days=days, delivers_weekends=weekends) == arrives


def rate(**more):
    line = {
        "valid_from": date(2026, 1, 1),
        "zone": "1",
        "country": "",
        "postal_prefix": "",
        "up_to_g": D(5000),
        "price": D(5),
        "currency": "EUR",
    }
    return Rate(**{**line, **more})


def test_the_narrowest_zone_of_the_list_in_force_prices_a_piece():
    rates = [
        rate(),
        rate(up_to_g=D(1000), price=D(3)),
        rate(country="France", zone="2", price=D(9)),
        rate(country="France", postal_prefix="20", zone="Corsica", price=D(14)),
        rate(valid_from=date(2026, 12, 1), price=D(99)),
    ]

    def price(country, code, grams, on=date(2026, 11, 30)):
        found = rate_for(rates, on=on, country=country, postal_code=code, grams=D(grams))
        return found.price if found else None

    assert price("Belgium", "2000", 900) == D(3)
    assert price("Belgium", "2000", 1001) == D(5)
    assert price("Belgium", "2000", 5001) is None
    assert price("france", "69001", 900) == D(9)
    assert price("France", "20000", 900) == D(14)
    assert price("Belgium", "2000", 900, on=date(2026, 12, 1)) == D(99)
    assert price("Belgium", "2000", 900, on=date(2025, 12, 31)) is None


def a_service(code, *, days, price, cut_off=15, **more):
    carrier = PartyFactory(is_carrier=True)
    service = CarrierService.objects.create(carrier=carrier, code=code, name=code, transit_days=days, **more)
    for weekday in range(5):
        ServiceCutOff.objects.create(service=service, weekday=weekday, until=time(cut_off))
    ServiceRate.objects.create(service=service, valid_from=date(2026, 1, 1), zone="1", up_to_g=D(30000), price=D(price))
    return service


def test_the_cheapest_service_that_arrives_by_the_day_comes_first(db, django_assert_num_queries):
    site = WarehouseFactory(timezone="Europe/Brussels")
    a_service("SLOW", days=3, price=4)
    a_service("NEXT", days=1, price=9)
    a_service("EARLY", days=1, price=8, cut_off=11)
    a_service("LIGHT", days=1, price=1, max_weight_g=D(500))
    # Friday 20 November, 11:30 in Brussels.
    ready = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)

    with django_assert_num_queries(3):
        quotes = quotes_for(
            site, country="", postal_code="", pieces_g=[D(800), D(700)], ready_at=ready, by=date(2026, 11, 23)
        )

    assert [(each.service, each.price, each.arrives_on, each.refusal) for each in quotes] == [
        ("NEXT", D(18), date(2026, 11, 23), ""),
        ("EARLY", None, None, "It arrives on 2026-11-24, after 2026-11-23."),
        ("LIGHT", None, None, "A piece may weigh 500 g at most."),
        ("SLOW", None, None, "It arrives on 2026-11-25, after 2026-11-23."),
    ]
    assert quotes_for(site, country="", postal_code="", pieces_g=[D(800)], ready_at=ready)[0].service == "SLOW"


def test_a_service_without_a_price_or_a_collection_says_so(db):
    site = WarehouseFactory()
    carrier = PartyFactory(is_carrier=True)
    CarrierService.objects.create(carrier=carrier, code="NONE", name="None")
    dear = a_service("DEAR", days=1, price=1)
    dear.rates.all().delete()
    ready = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)

    quotes = quotes_for(site, country="", postal_code="", pieces_g=[D(1)], ready_at=ready)

    assert [(each.service, each.refusal) for each in quotes] == [
        ("DEAR", "It has no price for such a piece to there."),
        ("NONE", "It collects on no day."),
    ]


def test_a_piece_that_is_too_large_for_a_service_is_refused(db):
    site = WarehouseFactory()
    a_service("LONG", days=1, price=1, max_longest_mm=500)
    a_service("GIRTH", days=1, price=1, max_girth_mm=1400)
    ready = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)

    quotes = quotes_for(site, country="", postal_code="", pieces_g=[D(1)], sizes=[(300, 600, 200)], ready_at=ready)

    assert sorted((each.service, each.refusal) for each in quotes) == [
        ("GIRTH", "Length and girth of a piece may be 1400 mm at most."),
        ("LONG", "A piece may be 500 mm long at most."),
    ]
