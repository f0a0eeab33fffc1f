"""How the day must have ended: the figures to the unit, and every invariant."""

from __future__ import annotations

from decimal import Decimal

from apps.core.invariants import check_invariants
from apps.demo.client import UnexpectedAnswerError
from apps.demo.day.context import Day

ON_HAND = {
    "OAT-500": "56",
    "HONEY-340": "44",
    "TEA-100": "34",
    "COFFEE-1KG": "19",
    "CHOC-70": "51",
    "PASTA-500": "40",
    "GOUDA-400": "48",
    "MUG-STONE": "36",
    "KETTLE-15": "5",
}
"""Received less shipped, in units; of the gouda 3 are damaged."""
STATES = {"lumen": "shipped", "harbour": "part_shipped", "athena": "part_shipped", "village": "shipped"}
RECALLED = {"received": "50", "shipped": "40", "on_hand": "10", "difference": "0"}
TOLD = ["LUMEN", "VILLAGE"]


def judge(day: Day) -> None:
    """Raise `UnexpectedAnswerError` unless stock, orders, the recall and the ledger are as they must be."""
    auditor = day["auditor"]
    on_hand: dict[str, Decimal] = dict.fromkeys(ON_HAND, Decimal(0))
    for row in auditor.get("/balances", warehouse=day.warehouse, page_size="200")["results"]:
        on_hand[row["item"]] += Decimal(row["on_hand"])
    _same("on hand", {item: f"{quantity}" for item, quantity in on_hand.items()}, ON_HAND)
    states = {name: auditor.get(f"/sales-orders/{day.facts[name]}")["state"] for name in STATES}
    _same("orders", states, STATES)
    trace = day.facts["trace"]
    _same("recall", {name: trace["balance"][name] for name in RECALLED}, RECALLED)
    _same("customers to tell", trace["customers"], TOLD)
    _same("tasks left", len(auditor.get("/tasks", state="ready")["results"]), 0)
    broken = [str(violation) for violation in check_invariants() if not violation.invariant.flag]
    _same("broken invariants", broken, [])
    day.tell("17:00  Stock, orders and the recall are as they must be, and every ledger invariant holds.")


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        message = f"{what}: {found}, but it must be {wanted}"
        raise UnexpectedAnswerError(message)
