"""Repeated reads of one tag are one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial


@dataclass(slots=True, kw_only=True)
class Span:
    """From when to when a reader saw one tag, and how many times it said so."""

    first: datetime
    last: datetime
    reads: int = 1
    pk: int | None = None
    grown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What became of some reads: the spans that are new or have grown, and how many reads said nothing new."""

    changed: list[Span]
    merged: int
    repeated: int


def merge(spans: Sequence[Span], times: Iterable[datetime], *, window: timedelta) -> Merged:
    """Reads no further than a window from a span make it longer, on either side; others begin one.

    A read within a span is one that was told before, or says nothing that the span does not.
    """
    known = list(spans)
    changed: list[Span] = []
    merged = repeated = 0
    for moment in sorted(times):
        within = next((span for span in known if span.first <= moment <= span.last), None)
        if within is not None:
            repeated += 1
            continue
        # The nearest, so that no event grows over another.
        near = min(known, key=partial(_apart, moment=moment), default=None)
        if near is None or _apart(near, moment) > window:
            near = Span(first=moment, last=moment)
            known.append(near)
        else:
            near.first, near.last, near.reads = min(near.first, moment), max(near.last, moment), near.reads + 1
            merged += 1
        if not near.grown:
            near.grown = True
            changed.append(near)
    return Merged(changed=changed, merged=merged, repeated=repeated)


def _apart(span: Span, moment: datetime) -> timedelta:
    """How far a moment outside a span is from it."""
    return max(span.first - moment, moment - span.last)
