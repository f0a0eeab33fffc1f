"""Filling up the pick faces from the reserve."""

from __future__ import annotations

from apps.demo.day.context import Day


def replenish(day: Day) -> None:
    """The repaired bay is filled up by what lies in the reserve; asked again, nothing more is to be brought."""
    asked = day["supervisor"].post("/replenishments", warehouse=day.warehouse)
    again = day["supervisor"].post("/replenishments", warehouse=day.warehouse)
    hand = day["picker"]
    while True:
        answer = hand.attempt("/tasks/next", warehouse=day.warehouse, kinds=["replenish"])
        if answer.refused:
            day.must_refuse(answer, "no_task")
            break
        task = answer.body
        hand.post("/scan", code=task["target"], task=task["number"])
        hand.post(
            f"/tasks/{task['number']}/confirm",
            version=task["version"],
            quantity=task["quantity"],
            location=task["target"],
        )
    day.facts["replenished"] = [(row["item"], row["reserve"], row["face"], row["quantity"]) for row in asked]
    day.facts["replenished-again"] = again
    (first,) = asked
    day.tell(
        f"11:30  The bay is repaired. Pick faces are looked at: {first['quantity']} {first['item']} go from "
        f"{first['reserve']} to {first['face']}, which had none; asked a second time, {len(again)} more."
    )
