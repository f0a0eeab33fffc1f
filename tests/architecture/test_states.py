"""States are data: complete tables, held by the database, drawn in the documentation."""

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q

from apps.core.models import Document
from scripts.write_docs import FLOWS, diagrams

WITH_STATE = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("apps.") and any(field.name == "state" for field in model._meta.get_fields())
]
DOCUMENTS = [model for model in apps.get_models() if issubclass(model, Document)]


@pytest.mark.parametrize("model", WITH_STATE, ids=lambda model: model.__name__)
def test_the_database_knows_every_state(model):
    values = [value for value, _ in model._meta.get_field("state").flatchoices]
    checks = [each.condition for each in model._meta.constraints if isinstance(each, CheckConstraint)]

    assert values
    assert Q(state__in=values) in checks


@pytest.mark.parametrize("model", DOCUMENTS, ids=lambda model: model.__name__)
def test_a_document_starts_in_a_state_of_its_own_flow(model):
    field = model._meta.get_field("state")

    assert [value for value, _ in field.flatchoices] == model.flow.states.values
    assert field.default in model.flow.transitions


@pytest.mark.parametrize("model", DOCUMENTS, ids=lambda model: model.__name__)
def test_every_state_can_be_reached_and_some_state_is_the_end(model):
    reached, waiting = set(), [str(model._meta.get_field("state").default)]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += model.flow.transitions[state]

    assert reached == set(model.flow.states.values)
    assert any(model.flow.is_final(state) for state in reached)


def test_the_drawings_of_the_flows_are_current():
    drawn = {path.name: path.read_text("utf-8") for path in FLOWS.glob("*.mmd")}

    assert drawn == diagrams(), "run scripts/write_docs.py"
