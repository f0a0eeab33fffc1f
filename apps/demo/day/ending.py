"""How the day must have ended: the figures to the unit, and every invariant."""

from __future__ import annotations

from decimal import Decimal

from apps.core.invariants import check_invariants
from apps.demo.client import Caller, UnexpectedAnswerError
from apps.demo.day import evening
from apps.demo.day.closing import Told
from apps.demo.day.context import Day

ON_HAND = {
    "OAT-500": "50",
    "HONEY-340": "44",
    "TEA-100": "30",
    "COFFEE-1KG": "16",
    "CHOC-70": "44",
    "PASTA-500": "14",
    "GOUDA-400": "30",
    "MUG-STONE": "33",
    "KETTLE-15": "5",
}
"""Received less shipped, one chocolate lost, one tea and one mug back, three gouda to their supplier, in units."""
DAMAGED = {"MUG-STONE": "1", "CHOC-70": "1"}
"""What of it nobody sells from."""
STATES = {"lumen": "shipped", "harbour": "part_shipped", "athena": "shipped", "village": "shipped"}
RECALLED = {"received": "50", "shipped": "40", "on_hand": "10", "difference": "0"}
TOLD = ["LUMEN", "VILLAGE"]
REPLENISHED = [("PASTA-500", "B-03-1", "A-02-0", "40")]
VARIANCE = ("CHOC-70", "51", "50", "-1", "approved")
RETURNED_TO = [("MUG-STONE", "QUAR-1"), ("TEA-100", "A-03-0")]
CLAIM = ("accepted", "1.50", 1, 1)
SENT_BACK = ("credited", "3", True)
"""Its state, how much was picked, and whether the credit is what was expected."""
PROPOSED = {"KETTLE-15": "7", "OAT-500": "84"}
TOLD_BY_REPORT = Told(
    received=Decimal(454),
    short=Decimal(4),
    shipped=Decimal(186),
    owed=Decimal(7),
    cartons=17,
    tasks={"Count": 14, "Pick": 25, "Put away": 21, "Replenish": 1, "Send back": 1},
    moves={
        "Receive": 16,
        "Put away": 21,
        "Replenish": 1,
        "Pick": 25,
        "Move": 5,
        "Pack": 25,
        "Load": 24,
        "Ship": 22,
        "Dispatch to another site": 2,
        "Return": 3,
        "Adjust": 1,
        "Scrap": 1,
        "Change of status": 3,
    },
    held=["HONEY-1", "OATS-B"],
    low=["KETTLE-15", "OAT-500"],
    broken=0,
)


def judge(day: Day) -> None:
    """Raise `UnexpectedAnswerError` unless stock, documents, reports and the ledger are as they must be."""
    auditor = day["auditor"]
    _judge_stock(auditor, day.warehouse, ON_HAND, DAMAGED)
    states = {name: auditor.get(f"/sales-orders/{day.facts[name]}")["state"] for name in STATES}
    _same("orders", states, STATES)
    _judge_afternoon(day)
    for what, found, wanted in evening.outcomes(day):
        _same(what, found, wanted)
    _judge_stock(day["clyde-auditor"], day.depot, evening.DEPOT_ON_HAND, evening.DEPOT_DAMAGED)
    trace = day.facts["trace"]
    _same("recall", {name: trace["balance"][name] for name in RECALLED}, RECALLED)
    _same("customers to tell", trace["customers"], TOLD)
    _same("report", day.facts["told"], TOLD_BY_REPORT)
    _same("tasks left", len(auditor.get("/tasks", open="true")["results"]), 0)
    broken = [str(violation) for violation in check_invariants() if not violation.invariant.flag]
    _same("broken invariants", broken, [])
    day.tell(
        "19:30  Stock to the unit, orders, recall and report are as they must be, and every ledger invariant holds."
    )


def _judge_stock(auditor: Caller, warehouse: str, whole: dict[str, str], broken: dict[str, str]) -> None:
    """All that stands at a site, and what of it is damaged, to the unit."""
    on_hand = dict.fromkeys(whole, Decimal(0))
    damaged: dict[str, Decimal] = {}
    for row in auditor.get("/balances", warehouse=warehouse, page_size="200")["results"]:
        item, quantity = row["item"], Decimal(row["on_hand"])
        on_hand[item] = on_hand.get(item, Decimal(0)) + quantity
        if row["status"] == "damaged" and quantity:
            damaged[item] = damaged.get(item, Decimal(0)) + quantity
    _same(f"on hand at {warehouse}", {item: f"{quantity}" for item, quantity in on_hand.items()}, whole)
    _same(f"damaged at {warehouse}", {item: f"{quantity}" for item, quantity in damaged.items()}, broken)


def _judge_afternoon(day: Day) -> None:
    auditor, facts = day["auditor"], day.facts
    _same("replenished", facts["replenished"], REPLENISHED)
    _same("replenished again", facts["replenished-again"], [])
    _same("counts of the second run", facts["counts-again"], facts["counts"])
    _same("variance", facts["variance"], VARIANCE)
    _same("return", (facts["return-state"], facts["returned-to"]), ("closed", RETURNED_TO))
    _same("claim", facts["claim"], CLAIM)
    _same("returned to the supplier", facts["sent-back"], SENT_BACK)
    _same("proposed", dict(sorted(facts["proposed"].items())), PROPOSED)
    _same("proposed again", facts["proposed-again"], [])
    _same("draft", auditor.get(f"/purchase-orders/{facts['draft']}")["state"], "draft")


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        message = f"{what}: {found}, but it must be {wanted}"
        raise UnexpectedAnswerError(message)
