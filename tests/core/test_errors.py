"""Refusals carry a stable code and their facts, and survive being sent to another process."""

import pickle
from dataclasses import dataclass

import pytest

from apps.core.errors import DomainError, IllegalTransition, NotFound


@dataclass(kw_only=True, eq=False)
class TooHeavy(DomainError):
    """More than the shelf bears."""

    code = "too_heavy"
    message = "%(shelf)s bears %(most)s g."
    recover = ("other_place",)

    shelf: str
    most: int


def test_the_fields_are_the_facts_and_fill_the_message():
    refusal = TooHeavy(shelf="A-1", most=500)

    assert refusal.facts == {"shelf": "A-1", "most": 500}
    assert str(refusal) == "A-1 bears 500 g."
    assert (refusal.code, refusal.status, refusal.recover) == ("too_heavy", 409, ("other_place",))


def test_facts_are_named_never_positional():
    with pytest.raises(TypeError):
        NotFound("item", "BOLT")  # type: ignore[call-arg]


def test_a_refusal_survives_pickling():
    refusal = pickle.loads(pickle.dumps(IllegalTransition(document="PO-1", state="draft", target="closed")))  # noqa: S301 - our own

    assert (type(refusal), refusal.facts) == (
        IllegalTransition,
        {"document": "PO-1", "state": "draft", "target": "closed"},
    )


def test_a_refusal_without_facts_says_its_sentence():
    assert (str(DomainError()), DomainError().facts) == ("Refused.", {})
