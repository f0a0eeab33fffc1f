"""GS1's own vectors, which nobody here wrote: each is read or refused as it states."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest

from apps.core.codes import CodeKind, MalformedCode, content, parse_code
from tests.core.shared_data import shared

TODAY = date(2026, 11, 22)
TESTS = {
    "cset82": content.not_in_set,
    "csetnumeric": content.not_numeric,
    "csum": content.wrong_digit,
    "csumalpha": content.wrong_pair,
    "hhmi": content.no_time,
    "yymmd0": content.no_month_or_day,
    "yymmdd": content.no_day,
}
KEY_OF_LENGTH = {8: "]E4", 12: "]E0", 13: "]C1414", 14: "]C101", 18: "]C100"}
"""Where a number of so many digits that ends in a check digit is scanned."""
NO_DIRECTORY = {"gcppos1": 7, "gcppos2": 8}
"""They ask GS1's directory of company prefixes, a service; most have no text either, but a C variable."""
NO_SUCH_CODE = Counter(
    {
        ("cset82", "an element without a value is no element"): 1,
        ("csetnumeric", "an element without a value is no element"): 1,
        ("csumalpha", "a GMN has no more than 25 characters"): 3,
    }
)
"""Vectors that a test of a value passes or fails, and that no code can carry."""


def linter_vectors():
    """The test's name, whether the value passes it, and the value; without those that ask a directory."""
    with shared("gs1/linter_vectors.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    named = [(row["args"][0]["raw"].removeprefix("gs1_lint_"), row) for row in rows]
    asking = Counter(name for name, _ in named if name in NO_DIRECTORY)
    assert (len(rows), asking) == (566, NO_DIRECTORY)
    return [(name, row["macro"] == "UNIT_TEST_PASS", row["args"][1]) for name, row in named if name in TESTS]


def scan_of(name, value):
    """A code that carries the value where its test applies, with something behind it; or why none can."""
    if name == "cset82":
        return f"]C110{value}\x1d9012" if value else None
    if name == "csetnumeric":
        return f"]C13900{value}\x1d9012" if value else None
    if name == "csum":
        return f"{KEY_OF_LENGTH.get(len(value), ']C101')}{value}"
    if name == "csumalpha":
        return f"]C18013{value}\x1d9012" if len(value) <= 25 else None
    identifier = {"hhmi": "7003261231", "yymmd0": "17", "yymmdd": "7006"}[name]
    return f"]C1{identifier}{value}\x1d9012"


def carried():
    """Vectors that a code can carry: the code, whether it is right, and the value."""
    vectors = linter_vectors()
    left_out: Counter[Any] = Counter()
    codes = []
    for name, passes, value in vectors:
        code = scan_of(name, value)
        if code is None:
            reason = "an element without a value is no element" if not value else "a GMN has no more than 25 characters"
            left_out[name, reason] += 1
        else:
            codes.append((code, passes, value))
    assert left_out == NO_SUCH_CODE
    assert len(codes) == 566 - 15 - 5
    return codes


def test_each_value_passes_or_fails_as_its_vector_says():
    vectors = linter_vectors()

    wrong = [(name, value) for name, passes, value in vectors if (TESTS[name](value) is None) != passes]

    assert wrong == []
    assert len(vectors) == 551
    assert Counter(passes for _, passes, _ in vectors) == {True: 269, False: 282}


def test_each_code_with_such_a_value_is_read_or_refused_as_its_vector_says():
    wrong = []
    for code, passes, value in carried():
        try:
            parsed = parse_code(code, today=TODAY)
        except MalformedCode:
            right = not passes
        else:
            right = passes and any(value in each for _, each in (*parsed.elements, ("", parsed.text)))
        if not right:
            wrong.append(code)

    assert wrong == []


def element_vectors():
    """Whether it is right, as people write it, and as a scanner sends it; two are filled by a C program, not given."""
    with shared("gs1/element_string_vectors.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line)["args"] for line in file]
    given = [row for row in rows if isinstance(row[1], str)]
    assert (len(rows), len(given), Counter(row[0] for row in given)) == (29, 27, {True: 12, False: 15})
    return given


def test_right_element_strings_say_the_same_written_and_scanned():
    for valid, written, scanned in element_vectors():
        if valid:
            read = parse_code("]C1" + scanned.replace("^", "\x1d"), today=TODAY)
            assert "".join(identifier + value for identifier, value in read.elements) == scanned.replace("^", "")
            assert parse_code(written, today=TODAY).elements == read.elements


@pytest.mark.parametrize("at", ["", "]C0"])
def test_wrong_element_strings_are_refused_or_are_none(at):
    """What does not begin with an identifier in parentheses is a text like any other, and is read as nothing else."""
    refused, plain = [], []
    for valid, written, _ in element_vectors():
        if valid:
            continue
        try:
            read = parse_code(at + written, today=TODAY)
        except MalformedCode:
            refused.append(written)
        else:
            assert (read.kind, read.elements, read.text) == (CodeKind.PLAIN, (), written)
            plain.append(written)

    assert (len(refused), len(plain)) == (6, 9)
    assert plain == ["(1A)12345", "1(12345", "12345", "()12345", "(1)12345", "(12345)12345", "(15", "(1", "("]
