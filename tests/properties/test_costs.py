"""Costs against plain models: a list for first in first out, two fractions for the average; and no cent is lost."""

from decimal import Decimal as D
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.valuation.rules.money import CENT, spread
from apps.valuation.rules.piles import Pile

COSTS = st.integers(0, 5_000_000).map(lambda n: D(n) / 10_000)
QUANTITIES = st.integers(1, 40_000).map(lambda n: D(n) / 1_000)
STEPS = st.lists(
    st.one_of(st.tuples(st.just("in"), QUANTITIES, COSTS), st.tuples(st.just("out"), st.integers(1, 100), st.none())),
    max_size=40,
)


def worth(quantity, unit_cost):
    """To the cent, half up, as people do it."""
    return D(int(Fraction(quantity) * Fraction(unit_cost) * 100 + Fraction(1, 2))) / 100


def played(steps, method):
    """Each step with the pile after it; `out` takes so many percent of what there is, on a grid of thousandths."""
    pile = Pile(1, method, None)
    for number, (what, amount, cost) in enumerate(steps):
        if what == "in":
            value = worth(amount, cost)
            pile.receive(position=number, move=number, goods=(None, None), quantity=amount, cost=value)
            yield pile, "in", amount, value
        elif pile.quantity:
            quantity = max((pile.quantity * amount / 100).quantize(D("0.001")), D("0.001"))
            yield pile, "out", quantity, pile.issue(quantity)


@given(STEPS)
def test_first_in_first_out_is_a_plain_list(steps):
    layers = []  # [quantity that came, its value, what is left]
    total = D(0)
    for pile, what, quantity, value in played(steps, "fifo"):
        if what == "in":
            layers.append([quantity, value, quantity])
            total += value
        else:
            total -= value
            left = quantity
            for layer in layers:
                part = min(left, layer[2])
                layer[2] -= part
                left -= part
        rests = [(came, all_of_it, rest) for came, all_of_it, rest in layers if rest]
        expected = sum((worth(rest, Fraction(all_of_it) / Fraction(came)) for came, all_of_it, rest in rests), D(0))

        assert pile.value == expected == total == sum((layer.value for layer in pile.layers()), D(0))
        assert pile.quantity == sum((rest for *_, rest in rests), D(0))
        assert value >= 0


@given(STEPS)
def test_the_moving_average_stays_within_a_cent_of_fractions(steps):
    """Between two receipts it is never further off than half a cent, however many leave one by one."""
    exact_quantity = exact_value = Fraction(0)
    total = D(0)
    for pile, what, quantity, value in played(steps, "average"):
        if what == "in":
            # Like the book: what a receipt is averaged with is money, in cents.
            exact_quantity += Fraction(quantity)
            exact_value = Fraction(pile.value)
            total += value
        else:
            exact_value -= exact_value * Fraction(quantity) / exact_quantity
            exact_quantity -= Fraction(quantity)
            total -= value

        assert pile.value == total
        assert Fraction(pile.quantity) == exact_quantity
        assert abs(Fraction(pile.value) - exact_value) <= Fraction(1, 200)
        assert pile.quantity or not pile.value


@given(STEPS, COSTS)
def test_by_standard_cost_stock_is_worth_quantity_times_standard(steps, standard):
    pile = Pile(1, "standard", standard)
    for number, (what, amount, cost) in enumerate(steps):
        if what == "in":
            value = worth(amount, cost)
            took = pile.receive(position=number, move=number, goods=(None, None), quantity=amount, cost=value)
            assert took.value + took.variance == value
        elif pile.quantity:
            pile.issue(max((pile.quantity * amount / 100).quantize(D("0.001")), D("0.001")))

        assert pile.value == worth(pile.quantity, standard)


@given(STEPS, st.integers(-10_000, 10_000))
def test_a_cost_that_comes_late_is_in_stock_or_in_a_variance_and_never_lost(steps, cents):
    for method in ("fifo", "average", "specific"):
        seen = list(played(steps, method))
        received = {number: amount for number, (what, amount, _) in enumerate(steps) if what == "in"}
        pile = seen[-1][0] if seen else Pile(1, method, None)
        for move, quantity in received.items():
            before, amount = pile.value, D(cents) / 100
            part = pile.adjust(move, quantity, amount)

            assert pile.value == before + part >= 0
            assert part == part.quantize(CENT)
            assert min(D(0), amount) <= part <= max(D(0), amount)


@given(st.integers(-(10**9), 10**9), st.lists(QUANTITIES, min_size=1, max_size=30))
def test_what_is_spread_adds_up_and_is_nowhere_a_cent_off(cents, weights):
    value = D(cents) / 100

    parts = spread(value, weights)

    assert sum(parts, D(0)) == value
    whole = sum(weights, D(0))
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part) - Fraction(value) * Fraction(weight) / Fraction(whole)) < Fraction(1, 100)
