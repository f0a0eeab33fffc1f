"""What an event is about: single things by their identifiers, classes with quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apps.epcis.rules.faults import Fault, Source
from apps.epcis.rules.identifiers import Names, is_uri, read_identifier
from apps.epcis.rules.vocabulary import CLASSES, COUNTED, INSTANCES
from apps.epcis.rules.walking import At, list_faults, name_faults, prefix_faults

UOM = re.compile(r"[A-Z0-9]{2,3}")
"""A code of UN/ECE Recommendation 20."""


def thing_faults(event: At) -> Iterator[Fault]:
    """All lists of things in an event, whatever it is."""
    for name in INSTANCES:
        yield from list_faults(event, name, Source.WHAT)
        yield from _twice(event.child(name))
        for each in event.child(name).each():
            yield from identifier_faults(each, Names.INSTANCE)
    for name in CLASSES:
        yield from list_faults(event, name, Source.WHAT)
        for each in event.child(name).each():
            yield from quantity_faults(each)
    if event.has("parentID"):
        yield from identifier_faults(event.child("parentID"), Names.INSTANCE, Names.PLACE)
    parent = event.child("parentID")
    if isinstance(parent.value, str) and parent.value in _listed(event.child("childEPCs")):
        yield parent.fault("parent_is_child", "Nothing is inside itself.", Source.AGGREGATION)


def _listed(at: At) -> list[Any]:
    return at.value if isinstance(at.value, list) else []


def _twice(at: At) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in at.each():
        if isinstance(each.value, str):
            if each.value in seen:
                yield each.fault("named_twice", "The same thing is named twice in one list.", Source.WHAT)
            seen.add(each.value)


def identifier_faults(at: At, *allowed: Names) -> Iterator[Fault]:
    """A URI that can be right, of a thing that may stand here. Who owns a private one alone knows what it names."""
    if not is_uri(at.value):
        yield at.fault("not_a_uri", "An absolute URI is needed here.", Source.IDENTIFIER)
        return
    found = read_identifier(at.value)
    if found.fault:
        yield at.fault("identifier_wrong", f"{found.fault[0].upper()}{found.fault[1:]}.", Source.IDENTIFIER)
    elif found.names is not Names.OTHER and found.names not in allowed:
        code = "class_as_instance" if found.names is Names.CLASS else f"{found.names}_not_here"
        expected = " or ".join(str(each) for each in allowed)
        yield at.fault(code, f"This names a {found.names}; a {expected} is needed here.", Source.WHAT)
    elif not found.scheme:
        yield from prefix_faults(at, at.value, Source.IDENTIFIER)


def quantity_faults(at: At) -> Iterator[Fault]:
    """A class, and perhaps how much of it: a count, or a measure with its unit."""
    if not isinstance(at.value, dict):
        yield at.fault("not_an_object", "A class with its quantity is needed here.", Source.WHAT)
        return
    yield from name_faults(at, frozenset({"epcClass", "quantity", "uom"}), Source.WHAT)
    of, much, uom = (at.child(name) for name in ("epcClass", "quantity", "uom"))
    if is_uri(of.value) and read_identifier(of.value).names is Names.INSTANCE:
        yield of.fault("quantity_of_instance", "A single thing has no quantity: name it among the EPCs.", Source.WHAT)
    else:
        yield from identifier_faults(of, Names.CLASS)
    if at.has("quantity") and (isinstance(much.value, bool) or not isinstance(much.value, int | float)):
        yield much.fault("quantity_wrong", "A quantity is a number.", Source.WHAT)
    elif at.has("quantity") and much.value < 0:
        yield much.fault("quantity_wrong", "A quantity is not negative.", Source.WHAT)
    if not at.has("uom"):
        return
    if not isinstance(uom.value, str) or not UOM.fullmatch(uom.value):
        yield uom.fault("unit_wrong", "A unit is a code of two or three capital letters and digits.", Source.WHAT)
    elif not at.has("quantity"):
        yield uom.fault("unit_without_quantity", "A unit without a quantity measures nothing.", Source.WHAT)
    elif uom.value in COUNTED:
        yield uom.fault("unit_of_count", "What is counted has no unit.", Source.WHAT)
