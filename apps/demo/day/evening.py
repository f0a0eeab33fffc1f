"""How the evening must have ended: both sites, the trucks, the transfer, and what the web shop is told."""

from __future__ import annotations

from collections.abc import Iterator

from apps.demo.day.channels import SERVED_BY, told_at_the_end
from apps.demo.day.context import Day
from apps.demo.day.waves import ON_CART

DEPOT_ON_HAND = {
    "OIL-750": "15",
    "TEA-100": "8",
    "BUTTER-250": "20",
    "GOUDA-400": "6",
    "PASTA-500": "11",
}
"""Received less sold, and what came from Leith."""
DEPOT_DAMAGED = {"PASTA-500": "1"}
STATES = {
    "leven": "part_shipped",
    "moray": "shipped",
    "ochil-part": "shipped",
    "village-again": "shipped",
    "bistro": "shipped",
    "transfer": "shipped",
}
"""One bar of chocolate is still owed: it was broken at the bin."""
DEPOT_STATES = {"kelvin": "shipped", "ochil": "shipped"}
SENT = [("GOUDA-400", "6", "6", "0", "0", "0"), ("PASTA-500", "12", "11", "1", "1", "0")]
"""Dispatched, received, of that damaged, explained, on the road."""
PUT_AWAY = [("GOUDA-400", "E-02-0", "6"), ("PASTA-500", "D-03-0", "10"), ("PASTA-500", "QUAR-C", "1")]
MAY_SELL = {
    "beans-1kg": "14",
    "dark-70": "36",
    "gouda-400": "36",
    "honey-340": "0",
    "kettle-15": "4",
    "mug-stone": "29",
    "oats-500": "20",
    "olive-oil-750": "13",
    "tea-black-100": "20",
}
"""Of both sites, in the shop's codes."""


def outcomes(day: Day) -> Iterator[tuple[str, object, object]]:
    """What is judged, how it is, and how it must be."""
    leith, depot, facts = day["auditor"], day["clyde-auditor"], day.facts
    yield "orders by site", facts["served-by"], SERVED_BY
    yield "evening's orders", {name: leith.get(f"/sales-orders/{facts[name]}")["state"] for name in STATES}, STATES
    depot_states = {name: depot.get(f"/sales-orders/{facts[name]}")["state"] for name in DEPOT_STATES}
    yield "orders at the depot", depot_states, DEPOT_STATES
    yield "orders that stay", facts["stays"], [(facts["harbour"], "nothing_to_pick")]
    rounds = [leith.get(f"/pick-rounds/{facts[name]}")["state"] for name in ("cluster", "batch")]
    yield "rounds", rounds, ["done", "done"]
    loads = [leith.get(f"/loads/{facts[name]}")["state"] for name in ("load", "parcel-load")]
    yield "loads", loads, ["departed", "departed"]
    yield "truck of the pallet", leith.get(f"/dock-appointments/{facts['parcels-truck']}")["state"], "done"
    arrived = {
        name: leith.get(f"/shipments/{facts[f'{name}-packed'].shipment}")["delivered_at"] is not None
        for name in ON_CART
    }
    yield "delivered", arrived, {"athena": True, "leven": True, "ochil-part": True, "moray": False}
    yield "lost parcel", facts["parcel-case"], ("lost", "resolved")
    yield "transfer", (facts["transfer-state"], facts["transfer-lines"]), ("closed", SENT)
    yield "on the road", depot.get("/in-transit"), []
    yield "put away at the depot", facts["put-away-at-depot"], PUT_AWAY
    yield "tasks left at the depot", len(depot.get("/tasks", open="true")["results"]), 0
    yield "what the web shop may sell", told_at_the_end(day), MAY_SELL
