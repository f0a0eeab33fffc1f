"""Repeated reads of one tag are one event, whenever and however often they come."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apps.rfid.rules import Span, merge

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(seconds=60)


def at(*seconds):
    return [START + timedelta(seconds=each) for each in seconds]


def spans_of(outcome):
    return [((span.first - START).seconds, (span.last - START).seconds, span.reads) for span in outcome.changed]


def test_reads_within_the_window_are_one_event():
    outcome = merge([], at(0, 30, 90, 151), window=MINUTE)

    assert spans_of(outcome) == [(0, 90, 3), (151, 151, 1)]
    assert (outcome.merged, outcome.repeated) == (2, 0)


def test_a_read_that_was_told_before_changes_nothing():
    (first, last) = at(0, 60)

    outcome = merge([Span(first=first, last=last, reads=2)], at(0, 60, 30), window=MINUTE)

    assert (outcome.changed, outcome.merged, outcome.repeated) == ([], 0, 3)


def test_a_late_read_makes_its_event_begin_earlier():
    outcome = merge([Span(first=at(100)[0], last=at(120)[0], reads=2, pk=7)], at(70), window=MINUTE)

    assert spans_of(outcome) == [(70, 120, 3)]
    assert outcome.changed[0].pk == 7


def test_the_same_moment_twice_in_a_batch_is_read_once():
    assert spans_of(merge([], at(5, 5, 5), window=MINUTE)) == [(5, 5, 1)]


def test_no_window_keeps_every_moment_apart():
    assert spans_of(merge([], at(0, 1), window=timedelta(0))) == [(0, 0, 1), (1, 1, 1)]


@given(
    st.lists(st.lists(st.integers(0, 2000), min_size=1, max_size=8), max_size=5),
    st.integers(0, 120),
)
def test_events_never_overlap_cover_every_read_and_do_not_change_when_told_again(batches, seconds):
    window = timedelta(seconds=seconds)
    spans: list[Any] = []
    for batch in batches:
        for span in merge(spans, at(*batch), window=window).changed:
            span.grown = False
            if span not in spans:
                spans.append(span)

    spans.sort(key=lambda span: span.first)
    assert all(before.last < after.first for before, after in pairwise(spans))
    moments = at(*{second for batch in batches for second in batch})
    assert all(any(span.first <= moment <= span.last for span in spans) for moment in moments)
    again = merge(spans, moments, window=window)
    assert (again.changed, again.repeated) == ([], len(moments))
