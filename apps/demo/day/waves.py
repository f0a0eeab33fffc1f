"""Waves by criteria: a cart with a tote for each web order, trade orders together, and what pickers meet on the way."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day

TRADE: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "village-again": ("VILLAGE", [("PASTA-500", "8"), ("TEA-100", "2")]),
    "bistro": ("BISTRO", [("PASTA-500", "6"), ("GOUDA-400", "4")]),
}
ON_CART = ("athena", "leven", "moray", "ochil-part")
"""The back order of the morning goes with them: there is chocolate again."""
BROKEN, ELSEWHERE, LATER = "CHOC-70", "TEA-100", "MUG-STONE"
RESERVE = "A-02-1"
"""Where more of the tea stands."""
SHARED_TOTE, OWN_TOTES = "TOTE-5", {"village-again": "TOTE-6", "bistro": "TOTE-7"}


def pick_cluster(day: Day) -> None:
    """What the wave would be is looked at first; then it is released, put on a cart and picked with a tote an order."""
    boss, hand = day["supervisor"], day["picker"]
    preview = boss.get("/wave-preview", warehouse=day.warehouse, template="WEB-EVENING")
    released = boss.post("/wave-releases", warehouse=day.warehouse, template="WEB-EVENING")
    wave = day.facts["web-wave"] = released["wave"]["number"]
    day.tell(
        f"15:50  The evening's web wave: {len(preview['orders'])} orders, {preview['picks']} picks, "
        f"{preview['minutes']} minutes of work. {wave} is released as previewed."
    )
    (planned,) = boss.post(f"/waves/{wave}/rounds", method="cluster", totes=4)
    number = day.facts["cluster"] = planned["number"]
    said = day.must_refuse(day["packer"].attempt(f"/pick-rounds/{number}/claim"), "not_qualified")
    cart = hand.post(f"/pick-rounds/{number}/claim")
    for slot in cart["slots"]:
        cart = hand.post(f"/pick-rounds/{number}/totes", slot=slot["slot"], tote=f"TOTE-{slot['slot']}")
    day.print("picker", f"/pick-rounds/{number}/pick-list", number)
    day.tell(
        f"15:55  {number}: one cart, {len(cart['slots'])} totes, {len(cart['stops'])} stops. The packer is "
        f"refused it. {said}"
    )
    met = _walk(day, cart["stops"])
    day.tell(f"16:10  On the way: {'; '.join(met)}.")


def pick_together(day: Day) -> None:
    """Trade orders that want the same goods are picked into one tote and sorted into their own afterwards."""
    boss, hand = day["supervisor"], day["picker"]
    for name, (customer, lines) in TRADE.items():
        order = day["sales"].post(
            "/sales-orders",
            warehouse=day.warehouse,
            channel="TRADE",
            customer=customer,
            due_on=day.on(0),
            reference=f"{name}-{day.today:%Y%m%d}",
            lines=[{"item": item, "quantity": quantity, "price": "5"} for item, quantity in lines],
        )["number"]
        day.facts[name] = order
        day["sales"].post(f"/sales-orders/{order}/confirm")
    released = boss.post("/wave-releases", warehouse=day.warehouse, template="TRADE-DAY")
    wave = day.facts["trade-wave"] = released["wave"]["number"]
    stays = day.facts["stays"] = [(row["order"], row["why"]) for row in released["stays"]]
    (planned,) = boss.post(f"/waves/{wave}/rounds", method="batch", totes=4)
    number = day.facts["batch"] = planned["number"]
    cart = hand.post(f"/pick-rounds/{number}/claim")
    hand.post(f"/pick-rounds/{number}/totes", slot=1, tote=SHARED_TOTE)
    for stop in cart["stops"]:
        _confirm(day, stop["pick"], SHARED_TOTE)
    names = {day.facts[name]: tote for name, tote in OWN_TOTES.items()}
    for stop in cart["stops"]:
        hand.post(f"/picks/{stop['pick']['number']}/sort", tote=names[stop["pick"]["order"]])
    waits = ", ".join(order for order, _ in stays)
    day.tell(
        f"16:20  {wave} takes the trade orders in one tote ({number}, {len(cart['stops'])} stops), sorted into two at "
        f"the wall; {waits} stays: its honey is on hold."
    )


def _walk(day: Day, stops: list[dict[str, Any]]) -> list[str]:
    """Each stop in its turn; one bar is broken, one bin is blocked, one is left for the end."""
    hand, met, last = day["picker"], list[str](), list[dict[str, Any]]()
    for stop in stops:
        pick, tote = stop["pick"], f"TOTE-{stop['slot']}"
        if pick["item"] == BROKEN and pick["order"] == day.facts["leven"]:
            pick = hand.post(f"/picks/{pick['number']}/damage", quantity="1", reason="snapped in its wrapper")
            met.append(f"1 of 4 {BROKEN} is broken and stays in {pick['location']} as damaged, owed again")
        elif pick["item"] == ELSEWHERE:
            met.append(f"{ELSEWHERE} is taken from {RESERVE} instead of {pick['location']}")
            pick = hand.post(
                f"/picks/{pick['number']}/substitute", location=RESERVE, reason="leaking tap above the face"
            )
        elif pick["item"] == LATER and not last:
            hand.post(f"/picks/{pick['number']}/skip", reason="a truck stands before it")
            last.append(stop)
            met.append(f"{pick['location']} is blocked, and left for the end")
            continue
        _confirm(day, pick, tote)
    for stop in last:
        _confirm(day, stop["pick"], f"TOTE-{stop['slot']}")
    return met


def _confirm(day: Day, pick: dict[str, Any], tote: str) -> None:
    day["picker"].post(f"/tasks/{pick['task']}/confirm", quantity=pick["quantity"], location=tote)
