"""A customer sends something back: only what was shipped, and sold again only after somebody looked at it."""

from __future__ import annotations

from apps.demo.day.context import Day

TEA, MUG = 2, 3
"""The lines of Café Lumen's order."""


def take_back(day: Day) -> None:
    """A tea not wanted goes back to its lot and bin, a cracked mug is kept apart; more than was sold is refused."""
    order = day.facts["lumen"]
    sales, quality, hand = day["sales"], day["quality"], day["receiver"]
    too_many = sales.attempt(
        "/customer-returns", order=order, reason="UNWANTED", lines=[{"line": TEA, "quantity": "7"}]
    )
    said = day.must_refuse(too_many, "not_shipped")
    document = sales.post(
        "/customer-returns",
        order=order,
        reason="UNWANTED",
        lines=[{"line": TEA, "quantity": "1"}, {"line": MUG, "quantity": "1"}],
    )
    number = day.facts["return"] = document["number"]
    day.print("sales", f"/customer-returns/{number}/slip", number)
    hand.post(f"/customer-returns/{number}/receive", location="DOCK-IN")
    verdict = {"disposition": "restock", "grade": "A", "note": "sealed"}
    quality.post(f"/customer-returns/{number}/inspect", line=1, quantity="1", **verdict)
    decided = quality.post(
        f"/customer-returns/{number}/inspect", line=2, quantity="1", disposition="damaged", note="cracked handle"
    )
    day.facts["return-state"] = decided["state"]
    homes = []
    for task in hand.get("/tasks", document=number, kind="putaway", page_size="200")["results"]:
        taken = hand.post(f"/tasks/{task['number']}/claim")
        hand.post(
            f"/tasks/{taken['number']}/confirm",
            version=taken["version"],
            quantity=taken["quantity"],
            location=taken["target"],
        )
        homes.append((taken["item"], taken["target"]))
    day.facts["returned-to"] = sorted(homes)
    where = dict(homes)
    day.tell(f"15:00  Café Lumen wants to send 7 tea back: refused. {said}")
    day.tell(
        f"15:10  Return {number}: 1 tea and 1 mug come back by {order} and are inspected. The tea is good and goes "
        f"to its lot in {where['TEA-100']}, the cracked mug to {where['MUG-STONE']}, where nobody sells from."
    )
