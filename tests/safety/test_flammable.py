"""Categories of flammable liquids by their points, to the hundredth of a degree, and what counts towards a limit."""

from decimal import Decimal as D

import pytest

from apps.safety.rules import NOT_FLAMMABLE, Liquid, Quota, category_of


@pytest.mark.parametrize(
    ("flash_c", "boiling_c", "category"),
    [
        (D("22.99"), D(35), 1),
        (D("22.99"), D("35.01"), 2),
        (D("22.99"), None, None),
        (D(23), None, 3),
        (D(23), D(20), 3),
        (D(60), D(200), 3),
        (D("60.01"), None, 4),
        (D(93), None, 4),
        (D("93.01"), None, NOT_FLAMMABLE),
        (None, D(20), None),
        (D(-45), D(34), 1),
        (D(-20), D(56), 2),
    ],
)
def test_categories_change_at_73_4_140_and_199_4_degrees_of_flash_and_95_of_boiling_fahrenheit(
    flash_c, boiling_c, category
):
    assert category_of(flash_c, boiling_c) == category


def test_what_is_not_known_of_a_liquid_is_named_and_a_limit_counts_its_own_categories():
    def missing(flash_c, boiling_c, litres):
        return Liquid(number="X", flash_c=flash_c, boiling_c=boiling_c, litres=litres).missing

    quota = Quota(categories=frozenset({1, 2, 3}), litres=D(100), source="Code", is_verified=False)

    assert missing(None, None, None) == ("flash point", "litres per unit")
    assert missing(D(-20), None, D(1)) == ("boiling point",)
    assert missing(D(30), None, None) == ("litres per unit",)
    assert missing(D(100), None, None) == missing(D(30), None, D(1)) == ()
    assert quota.used({1: D("1.5"), 3: D(2), 4: D(50)}) == D("3.5")
    assert (quota.label, str(quota)) == ("categories 1, 2 and 3", "Code (not verified)")
