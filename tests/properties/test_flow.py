"""A flow is complete or is not made; it allows what its table says and refuses everything else."""

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from apps.core.errors import IllegalTransition
from apps.core.flows import Flow


class Light(models.TextChoices):
    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"


class Door(models.TextChoices):
    OPEN = "open", "Open"


lights = st.sampled_from(Light)
tables = st.fixed_dictionaries({light: st.frozensets(lights) for light in Light})


@given(tables, lights, lights)
def test_exactly_what_the_table_says_is_allowed(table, state, target):
    flow = Flow(table)

    assert flow.allows(state, target) is (target in table[state])
    assert flow.is_final(state) is (table[state] == frozenset())
    if target in table[state]:
        flow.check(state, target, document="L-1")
    else:
        with pytest.raises(IllegalTransition) as refusal:
            flow.check(state, target, document="L-1")
        assert refusal.value.facts == {"document": "L-1", "state": state, "target": target}


@given(tables)
def test_the_drawing_has_an_arrow_for_each_entry_and_each_end(table):
    arrows = Flow(table).as_mermaid().splitlines()[2:]

    expected = {f"    {state} --> {target}" for state in table for target in table[state]}
    ends = {f"    {state} --> [*]" for state in table if not table[state]}
    assert set(arrows) == expected | ends
    assert len(arrows) == len(set(arrows))


@given(tables, lights)
def test_a_table_without_a_row_for_a_state_is_no_flow(table, missing):
    rows = {state: targets for state, targets in table.items() if state != missing}

    with pytest.raises(ValueError, match=f"has no row for {missing}"):
        Flow(rows)


@given(tables, lights)
def test_a_table_that_leads_to_a_state_of_another_kind_is_no_flow(table, state):
    with pytest.raises(ValueError, match="cannot lead to open"):
        Flow({**table, state: {Door.OPEN}})
