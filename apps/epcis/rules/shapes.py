"""What each kind of event must say, may say and must not say, by its action."""

from __future__ import annotations

from collections.abc import Iterator

from apps.epcis.rules.faults import Fault, Source
from apps.epcis.rules.vocabulary import ACTIONS, ADD, DELETE
from apps.epcis.rules.walking import At


def shape_faults(event: At) -> Iterator[Fault]:
    """The rules of its kind."""
    yield from SHAPES[event.value["type"]](event)


def _action(event: At, source: Source) -> Iterator[Fault]:
    if event.value.get("action") not in ACTIONS:
        yield event.child("action").fault("action_unknown", "An action is ADD, OBSERVE or DELETE.", source)


def _things(event: At) -> bool:
    return event.filled("epcList") or event.filled("quantityList")


def _object(event: At) -> Iterator[Fault]:
    yield from _action(event, Source.OBJECT)
    if event.has("ilmd") and event.value.get("action") in ACTIONS and event.value["action"] != ADD:
        why = "Instance and lot data are told when a life begins, with ADD."
        yield event.child("ilmd").fault("master_data_not_here", why, Source.ILMD)
    sensed = event.filled("sensorElementList") and event.has("readPoint")
    if not _things(event) and not sensed:
        why = "An event about no object tells what a sensor read, and where."
        yield event.fault("about_nothing", why, Source.OBJECT)


def _aggregation(event: At) -> Iterator[Fault]:
    yield from _action(event, Source.AGGREGATION)
    action = event.value.get("action")
    if action in {ADD, DELETE} and not event.has("parentID"):
        why = "What goes into or out of something needs that to be named."
        yield event.child("parentID").fault("parent_missing", why, Source.AGGREGATION)
    yield from _children(event, Source.AGGREGATION)


def _association(event: At) -> Iterator[Fault]:
    yield from _action(event, Source.ASSOCIATION)
    if not event.has("parentID"):
        why = "What something is associated with must be named."
        yield event.child("parentID").fault("parent_missing", why, Source.ASSOCIATION)
    yield from _children(event, Source.ASSOCIATION)


def _children(event: At, source: Source) -> Iterator[Fault]:
    """Only when all are taken away they need not be named."""
    if event.value.get("action") != DELETE and not (event.filled("childEPCs") or event.filled("childQuantityList")):
        yield event.fault("children_missing", "Only DELETE may leave out what it is about: then it is all.", source)


def _transaction(event: At) -> Iterator[Fault]:
    yield from _action(event, Source.TRANSACTION)
    if not event.filled("bizTransactionList"):
        why = "Which business transaction the objects belong to must be named."
        yield event.child("bizTransactionList").fault("transaction_missing", why, Source.TRANSACTION)
    if event.value.get("action") != DELETE and not _things(event):
        why = "Only DELETE may leave out its objects: then it is all."
        yield event.fault("about_nothing", why, Source.TRANSACTION)


def _transformation(event: At) -> Iterator[Fault]:
    if event.has("action"):
        yield event.child("action").fault("action_not_here", "A transformation has no action.", Source.TRANSFORMATION)
    inputs = event.filled("inputEPCList") or event.filled("inputQuantityList")
    outputs = event.filled("outputEPCList") or event.filled("outputQuantityList")
    if event.has("transformationID"):
        if not inputs and not outputs:
            yield event.fault("about_nothing", "Say what went in or what came out.", Source.TRANSFORMATION)
    elif not inputs or not outputs:
        lacks = "inputs_missing" if not inputs else "outputs_missing"
        why = "Without an ID that joins it to others, what went in and what came out are both told."
        yield event.fault(lacks, why, Source.TRANSFORMATION)


SHAPES = {
    "ObjectEvent": _object,
    "AggregationEvent": _aggregation,
    "AssociationEvent": _association,
    "TransactionEvent": _transaction,
    "TransformationEvent": _transformation,
}
