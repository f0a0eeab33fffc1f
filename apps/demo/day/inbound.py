"""Labelling, buying, receiving, holding for quality, putting away."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day

MILL = [("OAT-500", "120"), ("HONEY-340", "48")]
CONTI = [("TEA-100", "40"), ("COFFEE-1KG", "24"), ("CHOC-70", "60"), ("PASTA-500", "60"), ("GOUDA-400", "60")]
WARE = [("MUG-STONE", "40"), ("KETTLE-15", "6")]
KETTLES = [f"KT-{n:04d}" for n in range(1, 7)]


def label(day: Day) -> None:
    """The bins of the new chilled zone get their labels before the first truck comes."""
    day.print("supervisor", "/locations/labels", "bin-labels-CHL", warehouse=day.warehouse, zone="CHL")
    day.tell("07:30  The chilled zone gets its bin labels, to be read from a forklift.")


def buy(day: Day) -> None:
    """Three purchase orders, each approved by someone who did not raise it."""
    for supplier, goods in (("MILL", MILL), ("CONTI", CONTI), ("WARE", WARE)):
        order = day["buyer"].post(
            "/purchase-orders",
            warehouse=day.warehouse,
            supplier=supplier,
            due_on=day.on(0),
            lines=[{"item": item, "quantity": quantity} for item, quantity in goods],
        )
        number = day.facts[supplier] = order["number"]
        day["buyer"].post(f"/purchase-orders/{number}/submit")
        if supplier == "MILL":
            said = day.must_refuse(day["buyer"].attempt(f"/purchase-orders/{number}/approve"), "self_approval")
            day.tell(f"07:40  The buyer tries to approve their own order {number}: refused. {said}")
        day["supervisor"].post(f"/purchase-orders/{number}/approve", reason="within budget")
        day.print("buyer", f"/purchase-orders/{number}/pdf", number)
    day.tell(
        f"07:45  Purchase orders {day.facts['MILL']}, {day.facts['CONTI']} and {day.facts['WARE']} are approved "
        "by the supervisor and printed."
    )


def receive(day: Day) -> None:
    """Three trucks: two lots of oats, honey short, gouda damaged, too many mugs refused, kettles by serial number."""
    hand = day["receiver"]
    mill = _open(day, "MILL")
    _line(day, mill, 1, "70", lot="OATS-A", expires_on=day.on(300), supplier_lot="GM-7781")
    _line(day, mill, 1, "50", lot="OATS-B", expires_on=day.on(45), supplier_lot="GM-7702")
    _line(day, mill, 2, "44", lot="HONEY-1", expires_on=day.on(600))
    conti = _open(day, "CONTI")
    for line, (quantity, lot, life) in enumerate(
        (("40", "TEA-1", 400), ("24", "COFFEE-1", 300), ("60", "CHOC-1", 200), ("60", "PASTA-1", 500)), start=1
    ):
        _line(day, conti, line, quantity, lot=lot, expires_on=day.on(life))
    _line(day, conti, 5, "57", lot="GOUDA-1", expires_on=day.on(80))
    _line(day, conti, 5, "3", lot="GOUDA-1", expires_on=day.on(80), status="damaged")
    ware = _open(day, "WARE")
    refused = hand.attempt(f"/receipts/{ware}/lines", line=1, quantity="45")
    said = day.must_refuse(refused, "over_receipt")
    _line(day, ware, 1, "40")
    _line(day, ware, 2, "6", serials=KETTLES)
    for receipt in (mill, conti, ware):
        day.print("receiver", f"/receipts/{receipt}/labels", receipt)
    day.tell(
        f"08:10  Three trucks at the dock: {mill}, {conti}, {ware}, each with its receiving sheet. Of 458 units "
        "454 come: honey is 4 short, 3 gouda are damaged."
    )
    day.tell(f"08:25  45 mugs on a line of 40: refused. {said}")
    day.tell("08:30  Lot labels are printed at the dock.")


def hold_honey(day: Day) -> None:
    """Quality holds the honey until its papers come."""
    (lot,) = day["quality"].get("/lots", number="HONEY-1")["results"]
    day["quality"].post(f"/lots/{lot['id']}/hold", reason="quality", note="certificate of analysis is missing")
    day.tell("08:40  Lot HONEY-1 is held for quality: it can be put away, but neither promised nor picked.")


def put_away(day: Day) -> None:
    """The proposals are confirmed by scan, one overridden with a reason; a wrong bin is refused first."""
    hand, done, overridden = day["receiver"], 0, ""
    for name in ("MILL", "CONTI", "WARE"):
        receipt = day.facts[f"{name}-receipt"]
        hand.post(f"/receipts/{receipt}/close")
        for task in hand.get("/tasks", document=receipt, kind="putaway", page_size="200")["results"]:
            task = hand.post(f"/tasks/{task['number']}/claim")  # noqa: PLW2901 - the claimed task is the fresher one
            if task["item"] == "PASTA-500" and not overridden:
                overridden = _override(day, task)
            else:
                _confirm(day, task)
            done += 1
    day.facts["putaways"] = done
    day.tell(f"09:20  {done} putaways are confirmed by scanning the bin; {overridden}")


def _open(day: Day, supplier: str) -> str:
    receipt = day["receiver"].post(
        "/receipts",
        orders=[day.facts[supplier]],
        dock="DOCK-IN",
        delivery_note=f"DN-{supplier}",
        appointment=day.facts.get(f"{supplier}-truck", ""),
    )
    day.facts[f"{supplier}-receipt"] = receipt["number"]
    sheet = f"/purchase-orders/{day.facts[supplier]}/receiving-sheet"
    day.print("receiver", sheet, f"{receipt['number']}-sheet")
    return str(receipt["number"])


def _line(day: Day, receipt: str, line: int, quantity: str, **more: Any) -> None:
    day["receiver"].post(f"/receipts/{receipt}/lines", line=line, quantity=quantity, **more)


def _confirm(day: Day, task: dict[str, Any]) -> None:
    """Scan the bin that was proposed, then confirm."""
    found = day["receiver"].post("/scan", code=task["target"], task=task["number"])["candidates"][0]
    day["receiver"].post(
        f"/tasks/{task['number']}/confirm",
        version=task["version"],
        quantity=task["quantity"],
        location=found["number"],
    )


def _override(day: Day, task: dict[str, Any]) -> str:
    """Another bin than proposed: refused without a reason, accepted with one."""
    other = "B-03-1"
    command = {"version": task["version"], "quantity": task["quantity"], "location": other}
    path = f"/tasks/{task['number']}/confirm"
    day.must_refuse(day["receiver"].attempt(path, **command), "wrong_bin")
    day["receiver"].post(path, **command, reason="the proposed bay is being repaired")
    return f"pasta goes to {other} instead of {task['target']}, with a reason."
