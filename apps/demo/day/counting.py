"""Counting the day's bins, blind; a variance is approved by another than the counter."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day
from apps.demo.day.inbound import KETTLES

THERE: dict[str, list[dict[str, str]]] = {
    "A-02-0": [{"item": "PASTA-500", "lot": "PASTA-1", "quantity": "40"}],
    "B-01-0": [{"item": "CHOC-70", "lot": "CHOC-1", "quantity": "50"}],
    "B-03-0": [{"item": "MUG-STONE", "quantity": "36"}],
    "C-01-0": [{"item": "GOUDA-400", "lot": "GOUDA-1", "quantity": "45"}],
}
"""What really lies there: of the chocolate one bar less than the book says. The kettles are read one by one."""
KETTLE_BIN = "B-04-0"
VARIED, BOOK, COUNTED = "B-01-0", "51", "50"


def count(day: Day) -> None:
    """The plan opens the day's counts, once; one of them differs, and whoever counted may not approve it."""
    planned = day["supervisor"].post(f"/count-plans/{day.warehouse}/run")
    again = day["supervisor"].post(f"/count-plans/{day.warehouse}/run")
    day.facts["counts"], day.facts["counts-again"] = planned["counts"], again["counts"]
    day.tell(
        f"14:30  The day's {len(planned['counts'])} counts are planned, the bins that moved last before the rest; "
        f"run a second time, the plan opens {len(set(again['counts']) - set(planned['counts']))} more."
    )
    found = _count_all(day)
    varied = day.facts["varied"] = found[VARIED]
    day.print("inventory-manager", f"/cycle-counts/{varied}/sheet", varied)
    mine = day["inventory-manager"].attempt(f"/cycle-counts/{varied}/approve", reason="I counted twice")
    said = day.must_refuse(mine, "own_count")
    decided = day["supervisor"].post(f"/cycle-counts/{varied}/approve", reason="looked myself: one bar is missing")
    (line,) = decided["lines"]
    day.facts["variance"] = (line["item"], line["expected"], line["counted"], line["variance"], decided["state"])
    day.tell(
        f"14:50  Counted blind: {len(found) - 1} of {len(found)} bins are right. In {VARIED}, which the picker called "
        f"empty, are {line['counted']} chocolate; the book says {line['expected']}."
    )
    day.tell(f"14:52  The counter tries to approve {varied}: refused. {said}")
    day.tell(f"14:55  The supervisor approves {varied}: {line['variance']} is posted, with who, when and why.")


def _count_all(day: Day) -> dict[str, str]:
    """Each bin by its number, as the queue offers them; the count of each bin."""
    hand, found = day["inventory-manager"], dict[str, str]()
    while True:
        answer = hand.attempt("/tasks/next", warehouse=day.warehouse, kinds=["count"])
        if answer.refused:
            day.must_refuse(answer, "no_task")
            return found
        task = answer.body
        hand.post("/scan", code=task["source"], task=task["number"])
        hand.post(f"/tasks/{task['number']}/confirm", version=task["version"], lines=_seen(day, task["source"]))
        found[task["source"]] = task["document"]


def _seen(day: Day, location: str) -> list[dict[str, Any]]:
    if location == KETTLE_BIN:
        left = [serial for serial in KETTLES if serial != day.facts["sold-kettle"]]
        return [{"item": "KETTLE-15", "serial": serial, "quantity": "1"} for serial in left]
    return [dict(row) for row in THERE[location]]
