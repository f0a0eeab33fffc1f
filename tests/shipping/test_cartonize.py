"""Which cartons, and what goes where: examples, and what holds for whatever is packed."""

from collections import Counter
from decimal import Decimal as D
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.shipping.rules.blocks import in_blocks
from apps.shipping.rules.cartonize import Box, Piece, cartonize

SMALL = Box(code="S", size=(200, 150, 100), tare_g=D(80), max_weight_g=D(5000), cost=D("0.40"))
LARGE = Box(code="L", size=(600, 400, 400), tare_g=D(600), max_weight_g=D(20000), cost=D("1.90"))


def mug(**more):
    return Piece(**{"item": "MUG", "size": (100, 90, 80), "weight_g": D(350), **more})


def shape(proposal):
    return [(each.box.code, each.contents) for each in proposal.cartons]


def where(placed):
    """Its corner and its size as it lies."""
    assert placed.at is not None
    assert placed.size is not None
    return placed.at, placed.size


def test_the_cheapest_carton_that_holds_the_goods_is_taken():
    assert shape(cartonize([mug()], [SMALL, LARGE])) == [("S", {"MUG": 1})]
    assert shape(cartonize([mug()] * 20, [SMALL, LARGE])) == [("L", {"MUG": 20})]


def test_a_carton_is_filled_to_the_last_cube():
    cube = Piece(item="CUBE", size=(100, 100, 100), weight_g=D(1))
    box = Box(code="B", size=(400, 300, 200), tare_g=D(0), max_weight_g=D(1000))

    proposal = cartonize([cube] * 24, [box])

    assert shape(proposal) == [("B", {"CUBE": 24})]
    assert proposal.cartons[0].fill_percent == D("100.0")


def test_a_long_piece_is_turned_to_fit():
    rod = Piece(item="ROD", size=(40, 590, 40), weight_g=D(100))

    (carton,) = cartonize([rod], [SMALL, LARGE]).cartons

    assert carton.box == LARGE
    assert max(where(carton.placed[0])[1]) == 590


def test_weight_opens_another_carton():
    lead = Piece(item="LEAD", size=(50, 50, 50), weight_g=D(2400))

    proposal = cartonize([lead] * 3, [SMALL])

    assert shape(proposal) == [("S", {"LEAD": 2}), ("S", {"LEAD": 1})]
    assert proposal.cartons[0].weight_g == D(4880)
    assert proposal.cartons[1].because == ("The cartons before are full.",)


def test_what_fits_no_carton_is_named_with_the_reason():
    sofa = Piece(item="SOFA", size=(2000, 900, 800), weight_g=D(1000))
    anvil = Piece(item="ANVIL", size=(50, 50, 50), weight_g=D(30000))

    proposal = cartonize([sofa, mug(), anvil], [SMALL, LARGE])

    assert [(each.piece.item, each.because) for each in proposal.misfits] == [
        ("SOFA", "It is larger than any carton that may carry it."),
        ("ANVIL", "It weighs 30000 g, more than any carton may."),
    ]
    assert shape(proposal) == [("S", {"MUG": 1})]
    assert cartonize([mug()], []).misfits[0].because == "There is no carton to take."


def react(one, other):
    return "they react" if {one, other} == {"8", "4.2"} else ""


@pytest.mark.parametrize(
    ("piece", "because"),
    [
        (mug(item="TV", ships_alone=True), "TV ships alone."),
        (mug(item="FISH", storage="FROZEN"), "are kept in different conditions."),
        (mug(item="ACID", hazard="8"), "are not packed together: they react"),
    ],
)
def test_what_may_not_be_mixed_gets_a_carton_of_its_own(piece, because):
    other = mug(hazard="4.2", storage="AMBIENT", weight_g=D(1))

    proposal = cartonize(
        [other, piece], [LARGE], apart=lambda one, two: "they react" if {one, two} == {"8", "4.2"} else ""
    )

    assert sorted(shape(proposal), key=str) == sorted([("L", {"MUG": 1}), ("L", {piece.item: 1})], key=str)
    assert because in proposal.cartons[1].because[0]


def test_goods_without_a_storage_condition_ride_with_any():
    proposal = cartonize([mug(item="TEA", storage="AMBIENT"), mug()], [LARGE])

    assert shape(proposal) == [("L", {"TEA": 1, "MUG": 1})]


def test_a_piece_without_a_size_is_held_to_its_weight_and_said():
    (carton,) = cartonize([mug(size=None)], [SMALL]).cartons

    assert carton.because == ("MUG has no size and is held to its weight alone.",)


sides = st.integers(1, 400)
pieces = st.builds(
    Piece,
    item=st.sampled_from(["A", "B", "C", "D"]),
    size=st.one_of(st.none(), st.tuples(sides, sides, sides)),
    weight_g=st.integers(0, 9000).map(D),
    ships_alone=st.booleans(),
    storage=st.sampled_from(["", "COLD", "FROZEN"]),
    hazard=st.sampled_from(["", "3", "8"]),
)
boxes = st.builds(
    Box,
    code=st.sampled_from(["S", "M", "L"]),
    size=st.tuples(*[st.integers(50, 600)] * 3),
    tare_g=st.integers(0, 500).map(D),
    max_weight_g=st.integers(501, 20000).map(D),
    cost=st.integers(0, 9).map(D),
)


@given(st.lists(pieces, max_size=25), st.lists(boxes, max_size=4))
def test_whatever_is_packed_lies_inside_apart_and_within_the_weight(goods, shelf):
    proposal = cartonize(goods, shelf, apart=lambda one, two: "x" if {one, two} == {"3", "8"} else "")

    packed = [each.piece for carton in proposal.cartons for each in carton.placed]
    assert Counter(packed + [each.piece for each in proposal.misfits]) == Counter(goods)
    for carton in proposal.cartons:
        assert carton.box in shelf
        assert carton.placed
        assert carton.weight_g <= carton.box.max_weight_g
        assert carton.fill_percent <= 100
        held = [each for each in carton.placed if each.at is not None]
        for each in held:
            at, size = where(each)
            assert sorted(size) == sorted(each.piece.size or ())
            ends = [corner + side for corner, side in zip(at, size, strict=True)]
            assert min(at) >= 0
            assert all(end <= room for end, room in zip(ends, carton.box.size, strict=True))
        for one, two in combinations(held, 2):
            sides = zip(*where(one), *where(two), strict=True)
            assert any(a + s <= b or b + t <= a for a, s, b, t in sides)
        for first, second in combinations([each.piece for each in carton.placed], 2):
            assert first.storage == second.storage or not (first.storage and second.storage)
            assert {first.hazard, second.hazard} != {"3", "8"}
            assert first.item == second.item or not (first.ships_alone or second.ships_alone)
    for misfit in proposal.misfits:
        assert misfit.because


def counted(goods):
    """Base units by item."""
    found: Counter[str] = Counter()
    for piece in goods:
        found[piece.item] += piece.units
    return found


def test_many_alike_are_packed_side_by_side_as_blocks():
    blocks = in_blocks([mug()] * 1200, [SMALL, LARGE], most=500)

    assert Counter((block.units, block.size) for block in blocks) == {(4, (100, 180, 160)): 300}
    proposal = cartonize(blocks, [SMALL, LARGE])
    assert (counted(each.piece for carton in proposal.cartons for each in carton.placed), proposal.misfits) == (
        {"MUG": 1200},
        (),
    )


def test_few_stay_as_they_are_and_what_fits_nothing_stays_single():
    anvil = Piece(item="ANVIL", size=(900, 900, 900), weight_g=D(90000))

    assert in_blocks([mug()] * 20, [LARGE], most=500) == [mug()] * 20
    assert in_blocks([anvil] * 600, [LARGE], most=500) == [anvil] * 600


@given(st.lists(st.tuples(pieces, st.integers(1, 40)), max_size=5), st.lists(boxes, max_size=3), st.integers(1, 30))
def test_blocks_hold_the_same_goods_and_each_lies_in_a_carton(goods, shelf, most):
    single = [piece for piece, count in goods for _ in range(count)]

    blocks = in_blocks(single, shelf, most=most)

    assert counted(blocks) == counted(single)
    assert sum(block.weight_g for block in blocks) == sum(piece.weight_g for piece in single)
    assert len(blocks) <= len(single)
    for block in blocks:
        if block.units > 1:
            alike = [piece for piece in single if piece.item == block.item and piece.storage == block.storage]
            assert any(piece.weight_g * block.units == block.weight_g for piece in alike)
            assert not cartonize([block], shelf).misfits
