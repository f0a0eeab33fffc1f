"""Which events our postings are. docs/epcis.md has the table.

An event is of one posting and one sort of goods, so that what is told of a lot tells nothing of others; only what is
made tells all that went in. Its ID is made of the posting and of what moved first in it: told twice, it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from apps.epcis.rules.identifiers import Namer
from apps.epcis.rules.moving import Moved, Party, Place, Posting, Shipped, Unit
from apps.epcis.rules.vocabulary import ADD, DELETE, OBSERVE
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind

CONDITIONS = {
    StockStatus.AVAILABLE: "sellable_not_accessible",
    StockStatus.INSPECTION: "non_sellable_other",
    StockStatus.DAMAGED: "damaged",
    StockStatus.RETURNED: "returned",
    StockStatus.BLOCKED: "non_sellable_other",
}
"""A condition in the words of the vocabulary: goods in a warehouse can be sold, but no customer takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a movement is in the words of the vocabulary; without a disposition that of the goods' condition."""

    biz_step: str
    disposition: str = ""
    action: str = OBSERVE


ARRIVED = Step(biz_step="receiving", disposition="in_progress")
LEFT = Step(biz_step="shipping", disposition="in_transit")
FROM = {
    LocationKind.SUPPLIER: ARRIVED,
    LocationKind.TRANSIT: ARRIVED,
    LocationKind.CUSTOMER: Step(biz_step="receiving", disposition="returned"),
    LocationKind.ADJUSTMENT: Step(biz_step="cycle_counting"),
}
"""By where it came from."""
TO = {
    LocationKind.SUPPLIER: LEFT,
    LocationKind.CUSTOMER: LEFT,
    LocationKind.SITES: LEFT,
    LocationKind.ADJUSTMENT: Step(biz_step="cycle_counting", disposition="unknown"),
    LocationKind.SCRAP: Step(biz_step="destroying", disposition="destroyed", action=DELETE),
}
"""By where it went."""
INSIDE = {
    TransactionKind.PICK: Step(biz_step="picking", disposition="in_progress"),
    TransactionKind.STATUS: Step(biz_step="inspecting"),
}
STORED = Step(biz_step="storing")
"""What else moves inside a site."""
UNTOLD = frozenset({TransactionKind.LOAD, TransactionKind.TRANSIT})
"""To the door of a truck is part of shipping; on the road is what the site that sent it has told."""
WORKS = {"disassemble": "disassembling", "repack": "repackaging", "rework": "repairing", "refurbish": "repairing"}
DOCUMENTS = {
    TransactionKind.RECEIVE: "recadv",
    TransactionKind.RETURN: "rma",
    TransactionKind.PRODUCE: "prodorder",
    TransactionKind.CONSUME: "prodorder",
    TransactionKind.PACK: "desadv",
}
"""What the number of a posting's document is; of others the vocabulary has no word, and none is needed."""


def events_of(posting: Posting, namer: Namer) -> list[dict[str, Any]]:
    """The events of a posting, in their order; where it was taken back, as declarations that they did not occur."""
    if posting.kind in UNTOLD:
        return []
    found = [event | {"eventID": namer.event(event["eventID"])} for event in _events(posting, namer)]
    if posting.taken_back_at is not None:
        declared = {"declarationTime": _instant(posting.taken_back_at), "reason": "did_not_occur"}
        found = [event | {"errorDeclaration": declared} for event in found]
    return found


def _events(posting: Posting, namer: Namer) -> Iterator[dict[str, Any]]:
    if posting.kind in {TransactionKind.PRODUCE, TransactionKind.CONSUME}:
        yield _made(posting, namer)
        return
    for shipped in posting.shipped:
        yield _shipment(posting, shipped, namer)
    alone = [each for each in posting.moved if not (posting.shipped and each.source_unit is not None)]
    for goods in _grouped(alone):
        yield from _moved(posting, goods, namer)


def _grouped(moved: Sequence[Moved]) -> Iterator[list[Moved]]:
    """Goods that went the same way, in the order of their first moves; each group by itself in the ledger's order."""

    def way(each: Moved) -> tuple[str, ...]:
        units = (unit.number if unit is not None else "" for unit in (each.source_unit, each.target_unit))
        places = (each.source.site, each.source.code, each.target.site, each.target.code)
        return (each.item, each.lot, each.status, *places, *units)

    ordered = sorted(moved, key=lambda each: (way(each), each.id))
    groups = [list(group) for _, group in groupby(ordered, key=way)]
    yield from sorted(groups, key=lambda group: group[0].id)


def _moved(posting: Posting, goods: list[Moved], namer: Namer) -> Iterator[dict[str, Any]]:
    first = goods[0]
    came, went = _unit(first.source_unit), _unit(first.target_unit)
    step = _step(posting, first)
    if _arrives(first) and went is not None:
        # It came as it stands: nobody here put it onto the pallet.
        yield _inside(posting, goods, went, namer, action=OBSERVE, step=step)
        return
    # What leaves on a pallet leaves with it.
    if came is not None and came != went and step is not LEFT:
        yield _inside(posting, goods, came, namer, action=DELETE, step=_packing("unpacking"))
    if went is not None and went != came and first.target.kind not in TO:
        yield _inside(posting, goods, went, namer, action=ADD, step=_packing("packing"))
    if posting.kind != TransactionKind.PACK:
        yield (
            _head("ObjectEvent", posting, f"move/{first.id}/object")
            | {"action": step.action}
            | _things(goods, namer, "epcList", "quantityList")
            | _why(posting, first, step, namer)
        )


def _unit(unit: Unit | None) -> Unit | None:
    """A tote is a worker's, not a unit that partners know."""
    return None if unit is None or unit.is_tote else unit


def _packing(biz_step: str) -> Step:
    return Step(biz_step=biz_step, disposition="in_progress")


def _step(posting: Posting, first: Moved) -> Step:
    if first.target.kind in TO:
        return TO[LocationKind(first.target.kind)]
    if _arrives(first):
        return FROM[LocationKind(first.source.kind)]
    return INSIDE.get(TransactionKind(posting.kind), STORED)


def _arrives(first: Moved) -> bool:
    """Whether it comes into a site; goods that are lost on the road, or change their condition there, do not."""
    return first.source.kind in FROM and first.target.kind not in TO and first.source.kind != first.target.kind


def _inside(
    posting: Posting, goods: list[Moved], unit: Unit, namer: Namer, *, action: str, step: Step
) -> dict[str, Any]:
    """Goods are, come into or leave a unit."""
    return (
        _head("AggregationEvent", posting, f"move/{goods[0].id}/{step.biz_step}")
        | {"action": action, "parentID": namer.unit(sscc=unit.sscc, number=unit.number)}
        | _things(goods, namer, "childEPCs", "childQuantityList")
        | _why(posting, goods[0], step, namer)
    )


def _made(posting: Posting, namer: Namer) -> dict[str, Any]:
    """All that went into the work and all that came out of it by one posting."""
    inputs = [each for each in posting.moved if each.target.kind == LocationKind.PRODUCTION]
    outputs = [each for each in posting.moved if each.source.kind == LocationKind.PRODUCTION]
    event = _head("TransformationEvent", posting, f"posting/{posting.id}/transformation")
    event |= _things(inputs, namer, "inputEPCList", "inputQuantityList")
    event |= _things(outputs, namer, "outputEPCList", "outputQuantityList")
    if not inputs or not outputs:
        # A service, or goods from nothing: the order joins what belongs together.
        event["transformationID"] = namer.document(posting.document)
    new = "commissioning" if any(each.serial for each in outputs) else "creating_class_instance"
    step = Step(biz_step=WORKS.get(posting.work, new), disposition="in_progress")
    place = outputs[0] if outputs else inputs[0]
    event |= _why(posting, place, step, namer)
    expiry = {each.expires_on for each in outputs}
    if len(expiry) == 1 and "" not in expiry:
        event["ilmd"] = {"cbvmda:itemExpirationDate": expiry.pop()}
    return event


def _shipment(posting: Posting, shipped: Shipped, namer: Namer) -> dict[str, Any]:
    """Units belong to an order and a shipment from here on, and are under way."""
    documents = [{"type": "desadv", "bizTransaction": namer.document(shipped.number)}]
    documents += [{"bizTransaction": namer.document(shipped.order)}] if shipped.order else []
    documents += [{"type": "po", "bizTransaction": namer.document(shipped.reference)}] if shipped.reference else []
    to = {"type": "possessing_party", "destination": _party(shipped.party, namer)}
    if shipped.destination is not None:
        to = {"type": "location", "destination": _site(shipped.destination, namer)}
    return _head("TransactionEvent", posting, f"posting/{posting.id}/shipment/{shipped.number}") | {
        "action": ADD,
        "bizTransactionList": documents,
        "epcList": [namer.unit(sscc=unit.sscc, number=unit.number) for unit in shipped.units],
        "bizStep": LEFT.biz_step,
        "disposition": LEFT.disposition,
        "readPoint": {"id": _place(shipped.dock, namer)},
        "sourceList": [{"type": "location", "source": _site(shipped.dock, namer)}],
        "destinationList": [to],
    }


def _head(kind: str, posting: Posting, name: str) -> dict[str, Any]:
    return {
        "type": kind,
        "eventID": name,
        "eventTime": _instant(posting.at),
        "eventTimeZoneOffset": _offset(posting.at),
        "recordTime": _instant(posting.taken_back_at or posting.recorded_at),
    }


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _offset(at: datetime) -> str:
    text = at.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def _things(goods: Sequence[Moved], namer: Namer, single: str, several: str) -> dict[str, Any]:
    """Serial numbers one by one, of others how much of each lot or item."""
    found: dict[str, Any] = {}
    epcs = list(dict.fromkeys(_goods(each, namer) for each in goods if each.serial))
    sums: dict[str, dict[str, Any]] = {}
    for each in goods:
        if each.serial:
            continue
        name = _goods(each, namer)
        before = sums.setdefault(name, {"epcClass": name, "quantity": 0, "uom": each.uom, "measured": each.is_measured})
        before["quantity"] += each.quantity
    if epcs:
        found[single] = epcs
    if sums:
        found[several] = [_amount(each) for each in sums.values()]
    return found


def _amount(each: dict[str, Any]) -> dict[str, Any]:
    told = {"epcClass": each["epcClass"]}
    if each["measured"] and each["uom"] is None:
        return told
    much = each["quantity"]
    told["quantity"] = int(much) if much == much.to_integral_value() else float(much)
    return told if each["uom"] is None else told | {"uom": each["uom"]}


def _goods(each: Moved, namer: Namer) -> str:
    return namer.goods(gtin=each.gtin, item=each.item, lot=each.lot, serial=each.serial)


def _why(posting: Posting, first: Moved, step: Step, namer: Namer) -> dict[str, Any]:
    """Step, condition, where it was and is, under which documents, from whom to whom."""
    gone = first.target.kind in TO or first.target.kind == LocationKind.PRODUCTION
    here = first.source if gone else first.target
    leaves = step is LEFT
    found: dict[str, Any] = {
        "bizStep": step.biz_step,
        "disposition": step.disposition or CONDITIONS[StockStatus(first.status)],
        "readPoint": {"id": _place(here, namer)},
    }
    if not leaves and step.action != DELETE:
        found["bizLocation"] = {"id": _site(here, namer)}
    documents = _documents(posting, namer)
    if documents:
        found["bizTransactionList"] = documents
    if posting.party is not None and _arrives(first):
        found["sourceList"] = [{"type": "possessing_party", "source": _party(posting.party, namer)}]
        found["destinationList"] = [{"type": "location", "destination": _site(here, namer)}]
    elif posting.party is not None and leaves:
        found["sourceList"] = [{"type": "location", "source": _site(here, namer)}]
        found["destinationList"] = [{"type": "possessing_party", "destination": _party(posting.party, namer)}]
    return found


def _documents(posting: Posting, namer: Namer) -> list[dict[str, str]]:
    found = [{"type": "po", "bizTransaction": namer.document(order)} for order in posting.orders]
    found += [{"type": "desadv", "bizTransaction": namer.document(posting.notice)}] if posting.notice else []
    if posting.document:
        kind = DOCUMENTS.get(TransactionKind(posting.kind))
        found.append(({"type": kind} if kind else {}) | {"bizTransaction": namer.document(posting.document)})
    return found


def _place(place: Place, namer: Namer) -> str:
    return namer.place(gln=place.gln, site=place.site, code=place.code)


def _site(place: Place, namer: Namer) -> str:
    return namer.place(gln=place.gln, site=place.site)


def _party(party: Party, namer: Namer) -> str:
    return namer.party(gln=party.gln, number=party.number)
