"""What sensors found, as an event tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apps.epcis.rules.faults import Fault, Source
from apps.epcis.rules.vocabulary import ALERTS, FIGURES, METADATA_FIELDS, REPORT_FIELDS
from apps.epcis.rules.walking import At, instant_faults, list_faults, name_faults, read_instant, word_faults

HEX = re.compile(r"[0-9A-Fa-f]+")
PERCENT = 100
MEASURED = re.compile(r"[A-Z][A-Za-z]*")
"""GS1's list of measured properties grows on its own, so that a word which is spelled like one is kept."""


def sensor_faults(event: At) -> Iterator[Fault]:
    """Every element has reports, and they can be true."""
    yield from list_faults(event, "sensorElementList", Source.HOW)
    for element in event.child("sensorElementList").each():
        yield from name_faults(element, frozenset({"sensorMetadata", "sensorReport"}), Source.HOW)
        if not isinstance(element.value, dict):
            continue
        yield from _metadata(element.child("sensorMetadata"))
        reports = element.child("sensorReport")
        if not isinstance(reports.value, list) or not reports.value:
            yield reports.fault("report_missing", "A sensor that reports nothing is not told.", Source.HOW)
        for report in reports.each():
            yield from _report(report)


def _metadata(at: At) -> Iterator[Fault]:
    if at.value is None:
        return
    yield from name_faults(at, METADATA_FIELDS, Source.HOW)
    if not isinstance(at.value, dict):
        return
    for name in ("time", "startTime", "endTime"):
        yield from instant_faults(at.child(name))
    start, end = (_moment(at.value.get(name)) for name in ("startTime", "endTime"))
    if start is not None and end is not None and end < start:
        yield at.child("endTime").fault("ends_before_start", "It ends before it starts.", Source.HOW)


def _moment(value: Any) -> Any:
    moment = read_instant(value) if isinstance(value, str) else None
    return moment if moment is not None and moment.tzinfo is not None else None


def _report(at: At) -> Iterator[Fault]:
    yield from name_faults(at, REPORT_FIELDS, Source.HOW)
    if not isinstance(at.value, dict):
        return
    report = at.value
    if "type" not in report and "exception" not in report:
        yield at.fault("report_of_nothing", "A report says what was measured, or what is wrong.", Source.HOW)
    if "type" in report and not (isinstance(report["type"], str) and MEASURED.fullmatch(report["type"])):
        yield from word_faults(at.child("type"), frozenset(), "measure_unknown", Source.HOW)
    if "exception" in report:
        yield from word_faults(at.child("exception"), ALERTS, "alert_unknown", Source.HOW)
    yield from instant_faults(at.child("time"))
    yield from _figures(at)
    if "booleanValue" in report and not isinstance(report["booleanValue"], bool):
        yield at.child("booleanValue").fault("figure_wrong", "This is true or false.", Source.HOW)
    if "hexBinaryValue" in report and not HEX.fullmatch(str(report["hexBinaryValue"])):
        yield at.child("hexBinaryValue").fault("figure_wrong", "This is written in hexadecimal digits.", Source.HOW)


def _figures(at: At) -> Iterator[Fault]:
    """Numbers, of which some bound others."""
    report = at.value
    figures = {}
    for name in FIGURES:
        value = report.get(name)
        if name in report and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield at.child(name).fault("figure_wrong", "A measured value is a number.", Source.HOW)
        elif name in report:
            figures[name] = value
    if figures.get("minValue", 0) > figures.get("maxValue", figures.get("minValue", 0)):
        yield at.child("minValue").fault("least_above_most", "The least is above the most.", Source.HOW)
    if figures.get("sDev", 0) < 0:
        yield at.child("sDev").fault("figure_wrong", "A standard deviation is not negative.", Source.HOW)
    if ("percRank" in report) != ("percValue" in report):
        yield at.fault("percentile_in_part", "A percentile has its rank and its value.", Source.HOW)
    elif not 0 <= figures.get("percRank", 0) <= PERCENT:
        yield at.child("percRank").fault("figure_wrong", "A percentile is from 0 to 100.", Source.HOW)
