"""Which site serves an order."""

from decimal import Decimal as D

import pytest

from apps.supply.rules import Point, Site, Split, Weights, choose_sites
from apps.supply.rules.countries import CENTRES, NAMES
from apps.supply.rules.routing import distance_km

LYON = Point(country="France", region="Rhone", latitude=45.76, longitude=4.84)
PARIS = Point(country="France", region="Ile-de-France", latitude=48.86, longitude=2.35)
BERLIN = Point(country="Germany", region="Berlin", latitude=52.52, longitude=13.40)


def site(code, place, waiting=0, **has):
    return Site(
        code=code, place=place, has={int(item[1:]): D(quantity) for item, quantity in has.items()}, waiting=waiting
    )


def served(choice):
    return [(part.site, dict(part.items)) for part in choice.parts]


def test_distances_are_measured_over_the_globe():
    assert round(distance_km(PARIS, LYON)) == 392
    assert round(distance_km(PARIS, BERLIN)) == 877
    assert distance_km(LYON, LYON) == 0


def test_the_site_with_all_of_it_goes_before_a_nearer_one():
    sites = [site("NEAR", LYON, i1=2, i2=0), site("FULL", BERLIN, i1=5, i2=5)]

    choice = choose_sites({1: D(4), 2: D(1)}, LYON, sites, Weights())

    assert served(choice) == [("FULL", {1: D(4), 2: D(1)})]
    assert [(each.site, each.complete) for each in choice.scores] == [("FULL", True), ("NEAR", False)]
    assert choice.scores[0].reasons == ("has 100% of it", "975 km away", "costs 0", "0 lines wait there")
    assert choice.because == "FULL scores best, and nothing is split"


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        (Weights(stock=0, distance=100, cost=0, load=0), "PARIS"),
        (Weights(stock=0, distance=0, cost=0, load=100), "BERLIN"),
        (Weights(stock=0, distance=0, cost=100, load=0, parcel_cost=D(5), km_cost=D("0.01")), "PARIS"),
        (Weights(stock=100, distance=0, cost=0, load=0), "BERLIN"),
        (Weights(stock=0, distance=0, cost=0, load=0), "BERLIN"),
    ],
)
def test_each_weight_alone_decides(weights, first):
    sites = [site("PARIS", PARIS, waiting=9, i1=1), site("BERLIN", BERLIN, i1=2)]

    assert choose_sites({1: D(2)}, LYON, sites, weights).scores[0].site == first


def test_without_the_map_country_and_region_say_what_is_near():
    here = Point(country="france", region="Rhone")
    sites = [
        site("A", Point(country="Germany")),
        site("B", Point(country="France", region="Paris")),
        site("C", Point(country="France", region="Rhone")),
    ]

    choice = choose_sites({1: D(1)}, here, sites, Weights(stock=0, distance=100, cost=0, load=0))

    assert [(each.site, each.total) for each in choice.scores] == [("C", 1.0), ("B", 0.5), ("A", 0.2405)]
    assert choice.scores[0].reasons[1] == "in the same region (not all is on the map)"


def test_without_the_map_a_nearer_country_goes_before_a_farther_one():
    to = Point(country="NL")
    sites = [site(code, Point(country=country)) for code, country in (("FAR", "usa"), ("NEAR", "Germany"), ("X", "Oz"))]

    scores = choose_sites({}, to, sites, Weights(stock=0, distance=100, cost=0, load=0)).scores

    assert [each.site for each in scores] == ["NEAR", "FAR", "X"]
    assert [each.reasons[1] for each in scores] == [
        "in another country, some 300 km away by their middles",
        "in another country, some 7500 km away by their middles",
        "in another country (not all is on the map)",
    ]
    assert scores[2].total == 0 < scores[1].total < scores[0].total < 0.25


def test_a_country_is_the_same_by_its_code_and_by_its_name():
    here = site("HERE", Point(country="DE", region="Berlin"))

    (score,) = choose_sites({}, Point(country="Germany"), [here], Weights(stock=0, distance=100, cost=0, load=0)).scores

    assert (score.total, score.reasons[1]) == (0.5, "in the same country (not all is on the map)")


def test_every_name_is_of_a_country_whose_middle_is_known():
    assert set(NAMES.values()) == set(CENTRES)
    assert all(-90 < north < 90 and -180 < east < 180 for north, east in CENTRES.values())


def test_an_order_is_split_only_where_the_rule_lets_it_and_no_site_has_all():
    sites = [site("A", LYON, i1=4, i2=1), site("B", PARIS, i1=1, i2=5)]
    wanted = {1: D(6), 2: D(3)}

    never = choose_sites(wanted, LYON, sites, Weights())
    needed = choose_sites(wanted, LYON, sites, Weights(split=Split.IF_NEEDED))
    there = choose_sites({1: D(4), 2: D(1)}, LYON, sites, Weights(split=Split.IF_NEEDED))
    one = choose_sites(wanted, LYON, sites, Weights(split=Split.IF_NEEDED, most_parts=1))

    assert served(never) == [("A", wanted)]
    assert served(needed) == [("A", {1: D(5), 2: D(1)}), ("B", {1: D(1), 2: D(2)})]
    assert needed.because == "no site has all of it; A and B together have more"
    assert served(there) == [("A", {1: D(4), 2: D(1)})]
    assert served(one) == [("A", wanted)]


def test_parts_are_taken_where_they_cost_less():
    sites = [site("NEAR", LYON, i1=4), site("ALSO", LYON, i2=4), site("FAR", BERLIN, i1=4, i2=4)]
    wanted = {1: D(4), 2: D(4)}
    dear_roads = Weights(split=Split.IF_CHEAPER, stock=0, distance=100, cost=0, load=0, parcel_cost=D(5), km_cost=D(1))
    dear_parcels = Weights(split=Split.IF_CHEAPER, stock=0, distance=100, cost=0, load=0, parcel_cost=D(5000))

    assert served(choose_sites(wanted, LYON, sites, dear_roads)) == [("ALSO", {2: D(4)}), ("NEAR", {1: D(4)})]
    assert served(choose_sites(wanted, LYON, sites, dear_parcels)) == [("FAR", wanted)]


def test_what_nobody_has_stays_with_the_best():
    choice = choose_sites({1: D(4)}, LYON, [site("A", LYON), site("B", PARIS)], Weights(split=Split.IF_NEEDED))

    assert served(choice) == [("A", {1: D(4)})]
