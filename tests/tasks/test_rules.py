"""What a task needs by the rules, and which of the urgent ones is near."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from apps.tasks.rules import Choice, Guidance, Needs, Spot, Work, by_nearness, needs_of
from apps.tasks.states import TaskKind

PICK = Work(kind=TaskKind.PICK, zone_id=1, level=2, category_id=7, hazard="3", weight_g=D(900))


def test_points_of_all_rules_add_up_and_the_first_to_name_something_decides():
    rules = [
        Guidance(points=5),
        Guidance(kind="pick", points=-2, skill_id=1, minutes=D("1.5")),
        Guidance(zone_id=1, skill_id=2, equipment_id=4, minutes=D(9)),
        Guidance(kind="count", points=50, equipment_id=9),
    ]

    assert needs_of(PICK, rules) == Needs(points=3, skill_id=1, equipment_id=4, minutes=D("1.5"))


def test_a_rule_is_about_what_it_names_and_nothing_that_is_unknown():
    about = Guidance(kind="pick", zone_id=1, min_level=2, categories=frozenset({7, 8}), hazard="3", min_weight_g=D(900))
    others = [
        Work(kind=TaskKind.COUNT, zone_id=1, level=2, category_id=7, hazard="3", weight_g=D(900)),
        Work(kind=TaskKind.PICK, zone_id=2, level=2, category_id=7, hazard="3", weight_g=D(900)),
        Work(kind=TaskKind.PICK, zone_id=1, level=1, category_id=7, hazard="3", weight_g=D(900)),
        Work(kind=TaskKind.PICK, zone_id=1, level=2, category_id=9, hazard="3", weight_g=D(900)),
        Work(kind=TaskKind.PICK, zone_id=1, level=2, category_id=7, hazard="", weight_g=D(900)),
        Work(kind=TaskKind.PICK, zone_id=1, level=2, category_id=7, hazard="3", weight_g=D(899)),
        Work(kind=TaskKind.PICK),
    ]

    assert about.is_about(PICK)
    assert not any(about.is_about(other) for other in others)


def test_measured_places_are_compared_along_the_aisles_others_by_the_walk():
    here = Spot(walk=100, x_mm=0, y_mm=0)
    choices = [
        Choice(task_id=1, start=Spot(walk=101)),
        Choice(task_id=2, start=Spot(walk=500, x_mm=3000, y_mm=4000)),
        Choice(task_id=3, start=Spot(walk=900, x_mm=1000, y_mm=2000)),
        Choice(task_id=4, start=Spot(walk=99), sequence=9),
    ]

    assert [choice.task_id for choice in by_nearness(here, choices)] == [3, 2, 1, 4]


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(0, 1000))
def test_nobody_is_sent_further_than_needed(places, stands):
    choices = [Choice(task_id=n, start=Spot(walk=place)) for n, place in enumerate(places)]

    first, *others = by_nearness(Spot(walk=stands), choices)

    assert all(abs(first.start.walk - stands) <= abs(other.start.walk - stands) for other in others)
