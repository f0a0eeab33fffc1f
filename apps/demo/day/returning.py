"""What comes back from customers and goes back to suppliers, and what customers complain about."""

from __future__ import annotations

from apps.demo.day.context import Day

TEA, MUG = 2, 3
"""The lines of Café Lumen's order."""


def take_back(day: Day) -> None:
    """A tea goes back to its lot and bin, one is scrapped, a mug is kept apart; more than was sold is refused."""
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
        lines=[{"line": TEA, "quantity": "2", "condition": "unopened"}, {"line": MUG, "quantity": "1"}],
    )
    number = day.facts["return"] = document["number"]
    day.print("sales", f"/customer-returns/{number}/slip", number)
    hand.post(f"/customer-returns/{number}/receive", location="DOCK-IN")
    verdict = {"disposition": "restock", "grade": "A", "note": "sealed"}
    quality.post(f"/customer-returns/{number}/inspect", line=1, quantity="1", **verdict)
    scrap = {"disposition": "scrap", "grade": "D", "note": "the box is torn", "witness": "quality"}
    scrapped = day["supervisor"].post(f"/customer-returns/{number}/inspect", line=1, quantity="1", **scrap)
    _, gone = scrapped["lines"][0]["inspections"]
    certificate = day.facts["certificate"] = gone["certificate"]
    day.print("supervisor", f"/disposal-certificates/{certificate}/paper", certificate)
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
        f"15:10  Return {number}: 2 tea and 1 mug come back by {order} and are inspected. One tea is good and goes to "
        f"its lot in {where['TEA-100']}, the torn one is scrapped by certificate {certificate}, before quality as a "
        f"witness; the cracked mug goes to {where['MUG-STONE']}, where nobody sells from."
    )


def hear_a_claim(day: Day) -> None:
    """Café Lumen keeps a dented tea and gets a credit for it; order accuracy falls by the one line."""
    sales = day["sales"]
    claim = sales.post(
        "/customer-claims", order=day.facts["lumen"], line=TEA, kind="damage", quantity="1", note="the tin is dented"
    )
    accepted = sales.post(f"/customer-claims/{claim['number']}/accept", reason="seen on the picture", credit="1.50")
    accuracy = sales.get("/order-accuracy", warehouse=day.warehouse)
    day.facts["claim"] = (accepted["state"], accepted["credit"], accuracy["lines_claimed"], accuracy["orders_claimed"])
    who = ", ".join(claim["pickers"])
    day.tell(
        f"15:20  Claim {claim['number']}: a tin of {day.facts['lumen']} came dented, picked by {who}. It is accepted "
        f"with a credit of 1.50: of {accuracy['lines']} lines that left, {accuracy['lines_claimed']} was not right."
    )


def send_back(day: Day) -> None:
    """The gouda that came damaged goes back to its supplier, who credits it: approved by another, picked by scan."""
    quality, buyer, hand = day["quality"], day["buyer"], day["receiver"]
    receipt = quality.get(f"/receipts/{day.facts['CONTI-receipt']}")
    (line,) = [each for each in receipt["lines"] if each["status"] == "damaged"]
    document = quality.post(
        "/returns-to-supplier",
        warehouse=day.warehouse,
        cause="overstock",
        reason="three came damaged",
        lines=[{"receipt_line": line["id"], "quantity": "3", "status": "damaged"}],
    )
    number = day.facts["to-supplier"] = document["number"]
    day.must_refuse(quality.attempt(f"/returns-to-supplier/{number}/approve", reason="mine"), "not_allowed")
    buyer.post(f"/returns-to-supplier/{number}/approve", reason="agreed on the telephone")
    early = quality.attempt(f"/returns-to-supplier/{number}/ship", carrier="Conti's own")
    said = day.must_refuse(early, "illegal_transition")
    for task in hand.get("/tasks", document=number, kind="send_back")["results"]:
        taken = hand.post(f"/tasks/{task['number']}/claim")
        hand.post(
            f"/tasks/{task['number']}/confirm",
            version=taken["version"],
            quantity=taken["quantity"],
            location=taken["target"],
        )
    quality.post(f"/returns-to-supplier/{number}/ship", carrier="Conti's own", supplier_number="RMA-118")
    day.print("buyer", f"/returns-to-supplier/{number}/note", number)
    credited = buyer.post(f"/returns-to-supplier/{number}/credit", amount=document["expected"], credit_note="CN-5510")
    day.facts["sent-back"] = (
        credited["state"],
        credited["lines"][0]["picked"],
        credited["credited"] == credited["expected"],
    )
    day.tell(
        f"15:30  Return {number} to CONTI: the 3 damaged gouda are approved by the buyer, kept for it and brought to "
        f"{credited['staging']}. The truck may not take them before: {said} Then it leaves with its note, and "
        f"{credited['credited']} {credited['currency']} are credited."
    )
