"""How much to reorder, and of whom."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

import pytest

from apps.planning.rules import Choice, Figures, Offer, choose, rounded_up

CHEAP = Offer(supplier_id=1, supplier="CHEAP", minimum=D(0), price=D("1.00"), lead_time_days=9)
DEAR = Offer(supplier_id=2, supplier="DEAR", minimum=D(0), price=D("1.10"), lead_time_days=2)


def figures(available, inbound=0, raised=0):
    return Figures(available=D(available), inbound=D(inbound), raised=D(raised), minimum=D(10), target=D(40))


@pytest.mark.parametrize(
    ("there", "need"),
    [
        ((11,), 0),
        ((10,), 30),
        ((3,), 37),
        ((-5,), 45),
        ((3, 7), 30),
        ((3, 8), 0),
        ((3, 0, 8), 0),
        ((0, 5, 5), 30),
    ],
)
def test_at_the_minimum_or_below_the_position_is_brought_up_to_the_target(there, need):
    assert figures(*there).need == D(need)


@pytest.mark.parametrize(
    ("quantity", "pack", "scale", "rounded"),
    [
        ("30", None, 0, "30"),
        ("30.2", None, 0, "31"),
        ("30.21", None, 1, "30.3"),
        ("30", Fraction(12), 0, "36"),
        ("36", Fraction(12), 0, "36"),
        ("30", Fraction(5, 2), 1, "30.0"),
        ("31", Fraction(5, 2), 1, "32.5"),
        ("31", Fraction(5, 2), 0, "31"),
        ("30", Fraction(1, 3), 0, "30"),
    ],
)
def test_full_packs_are_ordered_and_never_less_than_the_need(quantity, pack, scale, rounded):
    assert rounded_up(D(quantity), pack=pack, scale=scale) == D(rounded)


def test_the_cheapest_supplier_is_chosen():
    assert choose(D(30), [DEAR, CHEAP], pack=None, scale=0) == Choice(offer=CHEAP, quantity=D(30))


def test_a_suppliers_least_quantity_is_ordered_and_counts_in_what_it_costs():
    by_the_thousand = Offer(supplier_id=3, supplier="BULK", minimum=D(1000), price=D("0.50"))

    assert choose(D(30), [by_the_thousand, DEAR], pack=None, scale=0) == Choice(offer=DEAR, quantity=D(30))
    alone = choose(D(30), [by_the_thousand], pack=None, scale=0)
    assert alone == Choice(offer=by_the_thousand, quantity=D(1000))
    assert alone.cost == D(500)


def test_the_price_is_that_of_the_quantity_ordered():
    breaks = [
        Offer(supplier_id=1, supplier="A", minimum=D(minimum), price=D(price))
        for minimum, price in ((1, "2"), (36, "1.5"), (50, "1"))
    ]

    assert choose(D(30), breaks, pack=Fraction(12), scale=0) == Choice(offer=breaks[1], quantity=D(36))


def test_of_the_same_cost_the_quicker_is_chosen_and_then_the_first_by_name():
    slow = Offer(supplier_id=1, supplier="A", minimum=D(0), price=D(1), lead_time_days=9)
    quick = Offer(supplier_id=2, supplier="C", minimum=D(0), price=D(1), lead_time_days=2)
    also = Offer(supplier_id=3, supplier="B", minimum=D(0), price=D(1), lead_time_days=2)

    assert choose(D(3), [slow, quick, also], pack=None, scale=0) == Choice(offer=also, quantity=D(3))


def test_a_suppliers_own_multiple_takes_the_place_of_our_pack():
    by_seven = replace(CHEAP, multiple=D(7))

    assert choose(D(30), [by_seven], pack=Fraction(12), scale=0) == Choice(offer=by_seven, quantity=D(35))
    assert choose(D(35), [by_seven], pack=None, scale=0) == Choice(offer=by_seven, quantity=D(35))


def test_of_the_same_cost_and_lead_time_the_steadier_is_chosen():
    steady = replace(CHEAP, supplier_id=9, supplier="Zeta", lead_time_spread_days=D("0.5"))
    erratic = replace(steady, supplier_id=8, supplier="Alpha", lead_time_spread_days=D(3))

    assert choose(D(3), [erratic, steady], pack=None, scale=0) == Choice(offer=steady, quantity=D(3))


def test_nobody_is_chosen_when_nobody_offers_it():
    assert choose(D(30), [], pack=None, scale=0) is None
