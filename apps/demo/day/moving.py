"""Goods from Leith to the depot: asked for there, approved by another, on the road, received, explained to nothing."""

from __future__ import annotations

from apps.demo.day.context import Day
from apps.demo.day.depot import put_away
from apps.demo.day.packing import pack_order

ASKED = [("PASTA-500", "12"), ("GOUDA-400", "6")]


def ask(day: Day) -> None:
    """The depot asks; nobody there may approve it. At Leith it becomes an order, and is picked as any other."""
    depot, boss, hand = day["clyde-supervisor"], day["supervisor"], day["picker"]
    transfer = depot.post(
        "/transfers",
        origin=day.warehouse,
        destination=day.depot,
        needed_on=day.on(1),
        reason="penne is asked for at Glasgow",
        lines=[{"item": item, "quantity": quantity} for item, quantity in ASKED],
    )["number"]
    day.facts["transfer-number"] = transfer
    depot.post(f"/transfers/{transfer}/request")
    day.must_refuse(depot.attempt(f"/transfers/{transfer}/approve"), "not_found")
    order = day.facts["transfer"] = boss.post(f"/transfers/{transfer}/approve", reason="enough is here")["order"]
    boss.post(f"/sales-orders/{order}/allocate")
    wave = boss.post("/waves", warehouse=day.warehouse, orders=[order])
    for pick in wave["picks"]:
        hand.post(f"/tasks/{pick['task']}/confirm", quantity=pick["quantity"], location="TOTE-8")
    day.facts["transfer-packed"] = pack_order(day, "transfer", who="packer", service="FORTH-PALLET")
    day.print("supervisor", f"/transfers/{transfer}/note", transfer)
    day.tell(
        f"16:55  Glasgow asks Leith for goods: {transfer}, approved by Leith, leaves by {order} as any order does."
    )


def receive_at_depot(day: Day) -> None:
    """A carton comes as it left, of the other one pack is torn and one is missing; another says what became of that."""
    hand, keeper = day["clyde-picker"], day["clyde-stock"]
    transfer, (pasta, gouda) = day.facts["transfer-number"], day.facts["transfer-packed"].cartons
    path = f"/transfers/{transfer}"
    hand.post(f"{path}/receive-cartons", location="DOCK-C", cartons=[gouda])
    came = hand.post(
        f"{path}/receive",
        location="DOCK-C",
        lines=[
            {"item": "PASTA-500", "quantity": "10", "carton": pasta},
            {"item": "PASTA-500", "quantity": "1", "carton": pasta, "damaged": True, "reason": "torn open on the way"},
        ],
    )
    left = sum(int(line["in_transit"]) for line in came["lines"])
    day.facts["put-away-at-depot"] = sorted(put_away(day, transfer))
    day.tell(
        f"18:10  {transfer} is at Glasgow: 6 gouda in their carton, 10 penne and 1 torn; {left} is not in the carton."
    )
    said = day.must_refuse(hand.attempt(f"{path}/close-transit", outcome="lost", note="?"), "not_allowed")
    closed = keeper.post(f"{path}/close-transit", outcome="lost", note="not on the truck, nor at Leith")
    day.facts["transfer-state"] = closed["state"]
    day.facts["transfer-lines"] = sorted(
        (line["item"], line["dispatched"], line["received"], line["damaged"], line["closed"], line["in_transit"])
        for line in closed["lines"]
    )
    day.tell(f"18:20  Whoever received may not explain the rest. {said} The stock keeper does: nothing is on the road.")
