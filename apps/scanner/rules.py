"""What can be done next with what was scanned, as the API's own addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from apps.insights.rules import Candidate

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One thing that can be done with a candidate: a word for the device, and where it is asked."""

    act: str
    method: str
    path: str


@dataclass(frozen=True, slots=True)
class Way:
    """A step of one kind of thing: where it is asked, and in which states; none named is any."""

    act: str
    method: str
    path: str
    states: tuple[str, ...] = ()


def _look_up(path: str) -> Way:
    return Way("look_up", "GET", path)


WAYS: dict[str, tuple[Way, ...]] = {
    "item": (_look_up("/items/{number}"),),
    "lot": (_look_up("/lots/{id}"), Way("trace", "GET", "/lots/{id}/trace")),
    "serial": (_look_up("/items/{item}"),),
    "handling_unit": (
        _look_up("/handling-units/{number}"),
        Way("move", "POST", "/handling-units/{number}/move"),
        Way("nest", "POST", "/handling-units/{number}/nest"),
        Way("split", "POST", "/handling-units/{number}/split"),
    ),
    "location": (_look_up("/locations/{id}"), Way("count", "POST", "/cycle-counts")),
    "asset": (_look_up("/assets/{number}"),),
    "incident": (_look_up("/incidents/{number}"),),
    "warehouse": (_look_up("/warehouses/{number}"),),
    "badge": (Way("sign_off", "POST", "/sign-off"),),
    "task": (
        _look_up("/tasks/{number}"),
        Way("claim", "POST", "/tasks/{number}/claim", ("ready",)),
        Way("confirm", "POST", "/tasks/{number}/confirm", ("ready", "assigned")),
        Way("hand_back", "POST", "/tasks/{number}/hand-back", ("assigned",)),
    ),
    "purchase_order": (
        _look_up("/purchase-orders/{number}"),
        Way("receive", "POST", "/receipts", ("approved", "receiving")),
    ),
    "receipt": (
        _look_up("/receipts/{number}"),
        Way("receive_line", "POST", "/receipts/{number}/lines", ("open",)),
        Way("close", "POST", "/receipts/{number}/close", ("open",)),
    ),
    "shipping_notice": (
        _look_up("/shipping-notices/{number}"),
        Way("receive", "POST", "/receipts", ("announced", "arrived")),
    ),
    "parked_goods": (
        _look_up("/parked-goods/{number}"),
        Way("identify", "POST", "/parked-goods/{number}/identify", ("parked",)),
    ),
    "sales_order": (_look_up("/sales-orders/{number}"),),
    "wave": (_look_up("/waves/{number}"),),
    "pick_round": (
        _look_up("/pick-rounds/{number}"),
        Way("claim", "POST", "/pick-rounds/{number}/claim", ("ready",)),
        Way("hand_back", "POST", "/pick-rounds/{number}/hand-back", ("picking",)),
        Way("finish", "POST", "/pick-rounds/{number}/finish", ("picking",)),
    ),
    "pick": (
        _look_up("/picks/{number}"),
        Way("skip", "POST", "/picks/{number}/skip", ("to_pick",)),
        Way("split", "POST", "/picks/{number}/split", ("to_pick",)),
        Way("substitute", "POST", "/picks/{number}/substitute", ("to_pick",)),
        Way("damage", "POST", "/picks/{number}/damage", ("to_pick",)),
    ),
    "shipment": (
        _look_up("/shipments/{number}"),
        Way("pack", "POST", "/shipments/{number}/pack", ("packing",)),
        Way("ship", "POST", "/shipments/{number}/ship", ("packed", "loaded")),
    ),
    "load": (
        _look_up("/loads/{number}"),
        Way("start", "POST", "/loads/{number}/start", ("planned",)),
        Way("scan", "POST", "/loads/{number}/scan", ("loading",)),
        Way("close", "POST", "/loads/{number}/close", ("loading",)),
        Way("depart", "POST", "/loads/{number}/depart", ("closed",)),
    ),
    "parcel_exception": (
        _look_up("/parcel-exceptions/{number}"),
        Way("resolve", "POST", "/parcel-exceptions/{number}/resolve", ("open",)),
    ),
    "cycle_count": (_look_up("/cycle-counts/{number}"),),
    "inventory": (_look_up("/inventories/{number}"),),
    "inspection": (
        _look_up("/inspections/{number}"),
        Way("record_results", "POST", "/inspections/{number}/results", ("open",)),
        Way("decide", "POST", "/inspections/{number}/decide", ("open",)),
    ),
    "supplier_return": (_look_up("/supplier-returns/{number}"),),
    "recall_case": (_look_up("/recalls/{number}"),),
    "hazard_override": (_look_up("/hazard-overrides/{number}"),),
    "loss_case": (_look_up("/loss-cases/{number}"),),
    "suspect_case": (_look_up("/suspect-cases/{number}"),),
    "workplace_inspection": (
        _look_up("/workplace-inspections/{number}"),
        Way("record", "POST", "/workplace-inspections/{number}/record", ("due",)),
    ),
    "corrective_action": (_look_up("/corrective-actions/{number}"),),
    "reorder_proposal": (_look_up("/reorder-proposals/{number}"),),
    "customer_return": (
        _look_up("/customer-returns/{number}"),
        Way("receive", "POST", "/customer-returns/{number}/receive", ("announced",)),
        Way("inspect", "POST", "/customer-returns/{number}/inspect", ("received",)),
    ),
    "return_to_supplier": (
        _look_up("/returns-to-supplier/{number}"),
        Way("ship", "POST", "/returns-to-supplier/{number}/ship", ("picked",)),
    ),
    "customer_claim": (_look_up("/customer-claims/{number}"),),
    "disposal_certificate": (_look_up("/disposal-certificates/{number}"),),
    "transfer": (
        _look_up("/transfers/{number}"),
        Way("receive", "POST", "/transfers/{number}/receive", ("approved",)),
        Way("receive_cartons", "POST", "/transfers/{number}/receive-cartons", ("approved",)),
    ),
    "dock_appointment": (
        _look_up("/dock-appointments/{number}"),
        Way("check_in", "POST", "/dock-appointments/{number}/check-in", ("booked",)),
        Way("start", "POST", "/dock-appointments/{number}/start", ("arrived",)),
        Way("finish", "POST", "/dock-appointments/{number}/finish", ("at_dock",)),
    ),
}
"""By kind of candidate. Whether the caller may is the operation's to say."""


def next_steps(candidate: Candidate, *, task: str = "") -> list[NextStep]:
    """What can be done with it now; what the task in hand expects is confirmed by it, before all else."""
    return list(_steps(candidate, task))


def _steps(candidate: Candidate, task: str) -> Iterator[NextStep]:
    if task and candidate.expected and candidate.kind != "task":
        yield NextStep(act="confirm", method="POST", path=f"{ROOT}/tasks/{quote(task, safe='')}/confirm")
    detail = candidate.detail
    names = {
        "number": candidate.number,
        "id": str(candidate.pk),
        "item": str(detail.get("item", "")),
    }
    for way in WAYS.get(candidate.kind, ()):
        if not way.states or detail.get("state") in way.states:
            path = way.path.format(**{name: quote(value, safe="") for name, value in names.items()})
            yield NextStep(act=way.act, method=way.method, path=ROOT + path)
