"""Selling, allocating, picking, packing, shipping."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day

ORDERS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "lumen": ("WEB", "LUMEN", [("OAT-500", "10"), ("TEA-100", "6"), ("MUG-STONE", "4")]),
    "harbour": ("TRADE", "HARBOUR", [("OAT-500", "24"), ("GOUDA-400", "12"), ("HONEY-340", "6")]),
    "athena": ("WEB", "ATHENA", [("COFFEE-1KG", "5"), ("CHOC-70", "12"), ("KETTLE-15", "1")]),
    "village": ("TRADE", "VILLAGE", [("OAT-500", "30"), ("PASTA-500", "20")]),
}
SHORT_ITEM, ASKED, FOUND = "CHOC-70", "12", "9"


def sell(day: Day) -> None:
    """Orders of two channels are promised, then allocated; the held honey is promised but not allocated."""
    for name, (channel, customer, lines) in ORDERS.items():
        order = day["sales"].post(
            "/sales-orders",
            warehouse=day.warehouse,
            channel=channel,
            customer=customer,
            due_on=day.on(0),
            reference=f"{name}-{day.today:%Y%m%d}",
            lines=[{"item": item, "quantity": quantity, "price": "5"} for item, quantity in lines],
        )
        number = day.facts[name] = order["number"]
        day["sales"].post(f"/sales-orders/{number}/confirm")
    for name in ORDERS:
        day["supervisor"].post(f"/sales-orders/{day.facts[name]}/allocate")
    numbers = ", ".join(day.facts[name] for name in ORDERS)
    day.tell(f"10:00  Orders {numbers} come in from the web shop and the trade counter; stock is promised.")
    day.tell(
        "10:05  Allocated first expired first out: Café Lumen gets oats of OATS-B, which expires first; Harbour "
        "Grocers wants 60 days of shelf life and gets OATS-A; its honey is on hold and waits."
    )


def pick(day: Day) -> None:
    """A wave; its tasks come in walking order; one pick is short and the rest is back-ordered."""
    wave = day["supervisor"].post("/waves", warehouse=day.warehouse, orders=[day.facts[name] for name in ORDERS])[
        "number"
    ]
    day.facts["wave"] = wave
    day.print("supervisor", f"/waves/{wave}/pick-list", wave)
    hand, walked = day["picker"], []
    while True:
        answer = hand.attempt("/tasks/next", warehouse=day.warehouse, kinds=["pick"])
        if answer.refused:
            day.must_refuse(answer, "no_task")
            break
        walked.append(_pick(day, answer.body))
    day.facts["walk"] = walked
    day.tell(f"10:30  Wave {wave} is released: {len(walked)} picks, in walking order {' '.join(walked)}.")
    day.tell(f"10:55  Of {ASKED} chocolate only {FOUND} are there: the pick is short, 3 are back-ordered.")


def ship(day: Day) -> None:
    """Each order is packed in cartons with SSCC labels, loaded at the dock and shipped."""
    cartons = 0
    for name in ORDERS:
        cartons += _ship(day, day.facts[name])
    day.facts["cartons"] = cartons
    day.print("packer", "/shipments/manifest", f"manifest-{day.on(0)}", warehouse=day.warehouse, on=day.on(0))
    day.tell(
        f"14:00  {cartons} cartons with 121 units are packed, labelled, loaded at DOCK-OUT and shipped; the driver "
        "signs the manifest."
    )


def _pick(day: Day, task: dict[str, Any]) -> str:
    hand = day["picker"]
    hand.post("/scan", code=task["source"], task=task["number"])
    command: dict[str, Any] = {"version": task["version"], "quantity": task["quantity"], "location": "TOTE-1"}
    if task["serial"]:
        day.facts["sold-kettle"] = task["serial"]
    if task["item"] == SHORT_ITEM:
        day.must_refuse(
            hand.attempt(f"/tasks/{task['number']}/confirm", **command | {"quantity": FOUND}), "short_needs_reason"
        )
        command |= {"quantity": FOUND, "short_reason": "not in the bin", "bin_empty": True}
    hand.post(f"/tasks/{task['number']}/confirm", **command)
    return str(task["source"])


def _ship(day: Day, order: str) -> int:
    hand = day["packer"]
    shipment = hand.post("/shipments", order=order)["number"]
    picks = hand.get("/picks", order=order, page_size="200")["results"]
    # Of this wave: a day that goes on may have picked the order's back order since.
    picked = [row for row in picks if float(row["picked"]) > 0 and row["wave"] == day.facts["wave"]]
    half = (len(picked) + 1) // 2
    parcels = [part for part in (picked[:half], picked[half:]) if part]
    for parcel in parcels:
        sscc = hand.post(f"/shipments/{shipment}/cartons")["sscc"]
        hand.post(
            f"/cartons/{sscc}/pack",
            contents=[{"pick": row["number"], "quantity": row["picked"]} for row in parcel],
        )
        hand.post(f"/cartons/{sscc}/close", weight_g="2500")
        day.print("packer", f"/cartons/{sscc}/label", sscc)
        day.facts.setdefault("ssccs", []).append(sscc)
    hand.post(f"/shipments/{shipment}/pack")
    day.print("packer", f"/shipments/{shipment}/packing-slip", shipment)
    for sscc in day.facts["ssccs"][-len(parcels) :]:
        hand.post(f"/cartons/{sscc}/load", dock="DOCK-OUT")
    hand.post(f"/shipments/{shipment}/ship")
    return len(parcels)
