"""Where goods should live: hard rules, marks, and planning several loads in one pass."""

from decimal import Decimal as D

import pytest

from apps.locations.choices import LocationKind
from apps.safety.rules import ApartRule, Segregation, TemperatureRange
from apps.storage.rules import Bin, Load, Obstacle, obstacle, plan, room

CHILLED = TemperatureRange(low=D(2), high=D(8))
BOLT, NUT = 1, 2
APART = ApartRule(codes=("3", "8"), apart="bin", source="this test", is_verified=True)


def a_load(quantity=10, **more):
    return Load(**({"item_id": BOLT, "lot_id": None, "status": "available", "quantity": D(quantity)} | more))


def a_bin(number=1, **more):
    fields = {"location_id": number, "code": f"A-{number}", "kind": LocationKind.STORAGE, "walk": number}
    return Bin(**(fields | more))


def placed(loads, *bins):
    """What goes where, load by load."""
    return [[(place.location_id, place.quantity) for place in places] for places in plan(loads, bins)]


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("available", {"storage", "pick_face"}),
        ("inspection", {"quarantine", "staging"}),
        ("returned", {"quarantine", "staging"}),
        ("damaged", {"quarantine"}),
        ("blocked", {"quarantine"}),
    ],
)
def test_a_status_has_its_kinds_of_place(status, kinds):
    load = a_load(status=status)

    assert {kind for kind in LocationKind if obstacle(load, a_bin(kind=kind)) is None} == kinds


@pytest.mark.parametrize(
    ("load", "bin_", "expected"),
    [
        ({}, {}, None),
        ({}, {"is_active": False}, Obstacle.PLACE),
        ({"needs": CHILLED}, {}, Obstacle.CONDITION),
        ({"needs": CHILLED}, {"offers": TemperatureRange(low=D(0), high=D(8))}, Obstacle.CONDITION),
        ({"needs": CHILLED}, {"offers": CHILLED}, None),
        ({}, {"mixes_items": False, "contents": {(NUT, None): D(1)}}, Obstacle.ITEMS),
        ({}, {"mixes_items": False, "contents": {(BOLT, None): D(1)}}, None),
        ({"lot_id": 7}, {"mixes_lots": False, "contents": {(BOLT, 8): D(1)}}, Obstacle.LOTS),
        ({"lot_id": 7}, {"mixes_lots": False, "contents": {(BOLT, 7): D(1), (NUT, 9): D(1)}}, None),
    ],
)
def test_hard_rules(load, bin_, expected):
    assert obstacle(a_load(**load), a_bin(**bin_)) == expected


@pytest.mark.parametrize(
    "limit",
    [
        {"mixes_items": False},
        {"mixes_lots": False},
        {"max_units": D(10)},
        {"max_weight_g": D(1000)},
        {"max_volume_mm3": 1000},
        {"segregation": Segregation(rules={frozenset({"3", "8"}): APART})},
    ],
)
def test_what_is_in_a_bin_matters_where_it_has_a_limit(limit):
    assert a_bin().takes_all
    assert not a_bin(**limit).takes_all


@pytest.mark.parametrize(
    ("load", "bin_", "takes"),
    [
        ({}, {}, 10),
        ({}, {"max_units": D(6), "contents": {(NUT, None): D(2)}}, 4),
        ({"weight_g": D(300)}, {"max_weight_g": D(1000), "weight_g": D(100)}, 3),
        ({"weight_g": D(300), "scale": 2}, {"max_weight_g": D(1000), "weight_g": D(100)}, 3),
        ({"weight_g": D(300), "scale": 2}, {"max_weight_g": D(1000)}, "3.33"),
        ({"volume_mm3": 500}, {"max_volume_mm3": 2600, "volume_mm3": D(500)}, 4),
        ({}, {"max_weight_g": D(1), "max_volume_mm3": 1}, 10),
        ({}, {"max_units": D(1), "contents": {(NUT, None): D(5)}}, 0),
    ],
)
def test_room_is_what_units_weight_and_volume_leave(load, bin_, takes):
    assert room(a_load(**load), a_bin(**bin_)) == D(takes)


def test_three_pallets_for_bins_of_one_pallet_get_three_bins():
    pallet = a_load(40)
    bins = [a_bin(number, max_units=D(40)) for number in (1, 2, 3)]

    assert placed([pallet] * 3, *bins) == [[(1, D(40))], [(2, D(40))], [(3, D(40))]]


def test_what_is_on_its_way_takes_room():
    coming = a_bin(1, max_units=D(40), contents={(BOLT, None): D(40)})

    assert placed([a_load(40)], coming, a_bin(2, max_units=D(40))) == [[(2, D(40))]]


def test_a_quantity_that_no_bin_holds_whole_is_split():
    bins = [a_bin(1, max_units=D(4)), a_bin(2, max_units=D(7))]

    assert placed([a_load(10)], *bins) == [[(1, D(4)), (2, D(6))]]


def test_what_is_left_over_is_placed_nowhere_and_says_why():
    [[some, rest]] = plan([a_load(10)], [a_bin(1, max_units=D(4)), a_bin(2, kind=LocationKind.QUARANTINE)])

    assert (some.location_id, some.quantity) == (1, D(4))
    assert (rest.location_id, rest.quantity) == (None, D(6))
    assert [reason.sentence for reason in rest.reasons] == ["No bin takes it: 1 full, 1 for other goods."]


def test_without_bins_nothing_is_proposed():
    [[nowhere]] = plan([a_load()], [])

    assert nowhere.location_id is None
    assert nowhere.reasons[0].sentence == "No bin takes it: there is none for such goods."


def test_the_item_s_own_pick_face_is_filled_first_up_to_its_maximum():
    face = a_bin(3, kind=LocationKind.PICK_FACE, faces={BOLT: D(20)}, contents={(BOLT, None): D(16)})
    reserve = a_bin(1, contents={(BOLT, None): D(1)})

    [[first, rest]] = plan([a_load(10)], [reserve, face])

    assert (first.location_id, first.quantity) == (3, D(4))
    assert (rest.location_id, rest.quantity) == (1, D(6))
    assert [(reason.rule, reason.points, reason.sentence) for reason in first.reasons] == [
        ("pick_face", 200, "Own pick face, 16 of 20 full."),
        ("same_item", 30, "The same item is here."),
    ]


def test_the_pick_face_of_another_item_is_not_proposed():
    other = a_bin(1, kind=LocationKind.PICK_FACE, faces={NUT: D(20)})

    [[nowhere]] = plan([a_load(10)], [other])

    assert nowhere.location_id is None
    assert "the pick face of other items" in nowhere.reasons[0].sentence


def test_the_same_lot_is_kept_together():
    bins = [a_bin(1), a_bin(2, contents={(BOLT, 8): D(1)}), a_bin(3, contents={(BOLT, 7): D(1)})]

    assert placed([a_load(lot_id=7)], *bins) == [[(3, D(10))]]


def test_one_trip_goes_before_filling_up_a_bin():
    nearly_full = a_bin(1, max_units=D(10), contents={(BOLT, None): D(9)})

    assert placed([a_load(10)], nearly_full, a_bin(2)) == [[(2, D(10))]]


def test_of_equal_bins_the_first_on_the_walk_is_taken():
    [[place]] = plan([a_load(10)], [a_bin(3, walk=30), a_bin(2, walk=10), a_bin(1, walk=20)])

    assert place.location_id == 2
    assert [(reason.rule, reason.points, reason.sentence) for reason in place.reasons] == [
        ("empty", 20, "The bin is empty."),
        ("whole", 45, "It takes all 10."),
        ("near", 10, "It is stop 1 of 3 on the walk."),
    ]


def test_goods_for_inspection_prefer_quarantine_to_staging():
    bins = [a_bin(1, kind=LocationKind.STAGING), a_bin(2, kind=LocationKind.QUARANTINE)]

    assert placed([a_load(status="inspection")], *bins) == [[(2, D(10))]]


def test_a_later_load_finds_what_an_earlier_one_left():
    only = a_bin(1, mixes_lots=False)

    [[first], [second]] = plan([a_load(lot_id=7), a_load(lot_id=8)], [only])

    assert (first.location_id, second.location_id) == (1, None)
    assert second.reasons[0].sentence == "No bin takes it: 1 kept for another lot."
