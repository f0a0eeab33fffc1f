"""Every refusal is a promise to whoever branches on it: a code of its own, a sentence, and its facts."""

import importlib
import pickle
import re
from collections import Counter
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_type_hints

import pytest

from apps.core.errors import DomainError
from tests.architecture.source import ROOT

for path in sorted((ROOT / "apps").glob("*/errors*")):  # a module, or a package of them
    importlib.import_module(f"apps.{path.parent.name}.errors")

SAMPLES = {
    str: "word",
    int: 7,
    bool: True,
    Decimal: Decimal("1.5"),
    date: date(2026, 3, 1),
    datetime: datetime(2026, 3, 1, tzinfo=UTC),
}


def refusals(kind=DomainError):
    """All refusals of ours."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("apps."):
            yield each
        yield from refusals(each)


ALL = sorted(set(refusals()), key=lambda kind: (kind.__module__, kind.__qualname__))


def label(kind):
    """As it is shown: ledger.InsufficientStock."""
    return f"{kind.__module__.split('.')[1]}.{kind.__qualname__}"


def sample(kind):
    """A refusal with some facts."""
    hints = get_type_hints(kind)
    return kind(**{field.name: example(hints[field.name]) for field in fields(kind)})


def example(hint):
    """A value of a type."""
    for known, value in SAMPLES.items():
        if hint is known or known in getattr(hint, "__args__", ()):
            return value
    return ("word",)


def test_no_two_refusals_share_a_code():
    """Siblings that never import each other may say the same thing, if they say it in the same words."""
    meanings = {(kind.code, kind.__name__, kind.message, kind.status, kind.recover) for kind in ALL}
    shared = {code: times for code, times in Counter(code for code, *_ in meanings).items() if times > 1}

    assert shared == {}


@pytest.mark.parametrize("kind", ALL, ids=label)
def test_a_refusal_has_a_code_a_rule_and_a_place(kind):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)
    assert "code" in vars(kind), "a code of its own"
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}("), "its rule, not its signature"
    assert "errors" in kind.__module__.split(".")[2:4]
    assert 400 <= kind.status < 600


@pytest.mark.parametrize("kind", ALL, ids=label)
def test_a_refusal_says_what_and_survives_a_queue(kind):
    refusal = sample(kind)

    assert str(refusal)
    assert "%(" not in str(refusal)
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own, just made
    assert type(again) is kind
    assert again.facts == refusal.facts


@pytest.mark.parametrize("kind", ALL, ids=label)
def test_what_may_be_done_next_is_a_word_for_a_device(kind):
    assert isinstance(kind.recover, tuple)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", word) for word in kind.recover)
