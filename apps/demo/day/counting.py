"""Counting the day's bins, blind; a variance is approved by another than the counter."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day

VARIED, BOOK, COUNTED = "B-01-0", "51", "50"


def count(day: Day) -> None:
    """The plan opens the day's counts, once; one of them differs, and whoever counted may not approve it."""
    planned = day["supervisor"].post(f"/count-plans/{day.warehouse}/run")
    again = day["supervisor"].post(f"/count-plans/{day.warehouse}/run")
    day.facts["counts"], day.facts["counts-again"] = planned["counts"], again["counts"]
    day.tell(
        f"14:30  The day's {len(planned['counts'])} counts are planned, those first that remove most error by minute; "
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
    there = _what_lies_there(day)
    while True:
        answer = hand.attempt("/tasks/next", warehouse=day.warehouse, kinds=["count"])
        if answer.refused:
            day.must_refuse(answer, "no_task")
            return found
        task = answer.body
        hand.post("/scan", code=task["source"], task=task["number"])
        lines = there.get(task["source"], [])
        hand.post(f"/tasks/{task['number']}/confirm", version=task["version"], lines=lines)
        found[task["source"]] = task["document"]


def _what_lies_there(day: Day) -> dict[str, list[dict[str, Any]]]:
    """The goods themselves, by bin: as the book has them, but for one bar of chocolate."""
    there: dict[str, list[dict[str, Any]]] = {}
    for row in day["auditor"].get("/balances", warehouse=day.warehouse, page_size="200")["results"]:
        line = {name: row[name] for name in ("item", "lot", "serial", "status") if row[name]}
        quantity = COUNTED if row["location"] == VARIED else row["on_hand"]
        there.setdefault(row["location"], []).append(line | {"quantity": quantity})
    return there
