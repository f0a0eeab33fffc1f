"""The depot: its own goods in the morning, web orders that go to the floor by themselves in the afternoon."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day
from apps.demo.day.packing import pack_order
from apps.orders.jobs import release_waveless

GOODS = [("OIL-750", "24", "OIL-7"), ("TEA-100", "12", "TEA-7"), ("BUTTER-250", "20", "BUTTER-7")]
LIFE = {"OIL-750": 420, "TEA-100": 410, "BUTTER-250": 60}
TOTES = ("TOTE-C1", "TOTE-C2")


def stock_depot(day: Day) -> None:
    """The depot buys, receives and puts away by itself; its people see nothing of Leith."""
    order = day["clyde-buyer"].post(
        "/purchase-orders",
        warehouse=day.depot,
        supplier="CONTI",
        due_on=day.on(0),
        lines=[{"item": item, "quantity": quantity} for item, quantity, _ in GOODS],
    )["number"]
    day["clyde-buyer"].post(f"/purchase-orders/{order}/submit")
    day["clyde-supervisor"].post(f"/purchase-orders/{order}/approve", reason="for the depot's first week")
    hand = day["clyde-picker"]
    receipt = hand.post("/receipts", orders=[order], dock="DOCK-C", delivery_note="DN-CLYDE")["number"]
    for line, (item, quantity, lot) in enumerate(GOODS, start=1):
        hand.post(f"/receipts/{receipt}/lines", line=line, quantity=quantity, lot=lot, expires_on=day.on(LIFE[item]))
    hand.post(f"/receipts/{receipt}/close")
    put_away(day, receipt)
    day.must_refuse(hand.attempt("/tasks/next", warehouse=day.warehouse), "not_found")
    day.tell(
        f"09:40  The depot at Glasgow receives {order} from its own supplier: 56 units, put away by its own people."
    )


def put_away(day: Day, document: str) -> list[tuple[str, str, str]]:
    """Confirm the document's putaways where they are proposed; item, bin and quantity of each."""
    hand, done = day["clyde-picker"], []
    for task in hand.get("/tasks", document=document, kind="putaway", page_size="200")["results"]:
        taken = hand.post(f"/tasks/{task['number']}/claim")
        hand.post(
            f"/tasks/{taken['number']}/confirm",
            version=taken["version"],
            quantity=taken["quantity"],
            location=taken["target"],
        )
        done.append((taken["item"], taken["target"], taken["quantity"]))
    return done


def serve_by_itself(day: Day) -> None:
    """What the depot's rule releases goes to the floor when its time has come, with nobody's help."""
    release_waveless()
    hand, stops = day["clyde-picker"], list[dict[str, Any]]()
    totes: dict[str, str] = {}
    while True:
        answer = hand.attempt("/tasks/next", warehouse=day.depot, kinds=["pick"])
        if answer.refused:
            day.must_refuse(answer, "no_task")
            break
        task = answer.body
        tote = totes.setdefault(task["document"], TOTES[len(totes)])
        hand.post(f"/tasks/{task['number']}/confirm", version=task["version"], quantity=task["quantity"], location=tote)
        stops.append(task)
    day.facts["depot-walk"] = [task["source"] for task in stops]
    for name in ("kelvin", "ochil"):
        packed = pack_order(day, name, who="clyde-picker", service="SWIFT-NEXT", tell=False)
        for sscc in packed.cartons:
            hand.post(f"/cartons/{sscc}/load", dock="DOCK-C")
        hand.post(f"/shipments/{packed.shipment}/ship")
    day.tell(
        f"17:40  At Glasgow {day.facts['kelvin']} and {day.facts['ochil']} went to the floor by themselves, as the "
        f"rule for web orders says: {len(stops)} picks, packed and handed to Swift Parcels."
    )
