"""A flow is complete, or it is not made."""

import pytest
from django.db import models

from apps.core.errors import IllegalTransition
from apps.core.flows import Flow


class Light(models.TextChoices):
    RED = "red", "Red"
    GREEN = "green", "Green"
    OFF = "off", "Off"


class Door(models.TextChoices):
    OPEN = "open", "Open"


FLOW = Flow({Light.RED: {Light.GREEN}, Light.GREEN: {Light.RED, Light.OFF}, Light.OFF: set()})


@pytest.mark.parametrize(
    ("state", "target", "allowed"),
    [
        ("red", "green", True),
        ("red", "off", False),
        ("green", "off", True),
        ("off", "red", False),
        ("red", "red", False),
    ],
)
def test_only_what_the_table_says_may_follow(state, target, allowed):
    assert FLOW.allows(state, target) is allowed


def test_what_may_not_follow_is_refused_with_both_states():
    with pytest.raises(IllegalTransition) as refusal:
        FLOW.check(Light.OFF, Light.RED, document="L-1")

    assert refusal.value.facts == {"document": "L-1", "state": "off", "target": "red"}
    FLOW.check(Light.RED, Light.GREEN, document="L-1")


def test_a_state_that_nothing_follows_is_final():
    assert [state for state in Light.values if FLOW.is_final(state)] == ["off"]


def test_a_table_without_a_row_for_each_state_is_refused():
    with pytest.raises(ValueError, match="Light has no row for off"):
        Flow({Light.RED: {Light.GREEN}, Light.GREEN: set()})


def test_a_table_that_leads_to_another_enumeration_is_refused():
    with pytest.raises(ValueError, match="Door cannot lead to red"):
        Flow({Door.OPEN: {Light.RED}})


def test_the_diagram_is_drawn_from_the_table():
    assert FLOW.as_mermaid() == (
        "stateDiagram-v2\n    [*] --> red\n    red --> green\n    green --> off\n    green --> red\n    off --> [*]\n"
    )
