"""The web shop: what it may sell, what it sells, and which site serves it."""

from __future__ import annotations

from typing import Any

from apps.demo.day.context import Day
from apps.orders.jobs import publish_availability

WEB = "WEB"
ORDERS: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "leven": ("LEVEN", [("dark-70", "4", "2.40"), ("tea-black-100", "3", "4.10"), ("mug-stone", "2", "9.50")]),
    "moray": ("MORAY", [("beans-1kg", "3", "16.80"), ("oats-500", "6", "1.95"), ("mug-stone", "2", "9.50")]),
    "kelvin": ("KELVIN", [("olive-oil-750", "3", "11.20"), ("tea-black-100", "4", "4.10")]),
    "ochil": ("OCHIL", [("gouda-400", "5", "6.40"), ("olive-oil-750", "6", "11.20")]),
}
"""By the codes that the shop has for them."""
SERVED_BY = {"leven": "LEITH", "moray": "LEITH", "kelvin": "CLYDE", "ochil": "CLYDE"}
"""The last is nearer to the depot, which has no gouda: that part stays."""


def offer(day: Day) -> None:
    """The shop is told what it may sell: what is there and promised to nobody, less its buffer, times its share."""
    told = _read(day, 0)
    tea = next(row for row in told if row["code"] == "tea-black-100")
    day.tell(
        f"09:50  The web shop reads what it may sell: {len(told)} listings, such as {tea['available']} tea of what "
        "stands at both sites; what is on hold or paused is told as nothing."
    )


def sell_on_web(day: Day) -> None:
    """Orders come in under the shop's codes; each goes to the site that serves it best, one in two parts."""
    shop = day["web-shop"]
    moved = {row["number"] for row in day["clyde-auditor"].get("/sales-orders", channel=WEB)["results"]}
    for name, (customer, lines) in ORDERS.items():
        order = shop.post(
            "/sales-orders",
            warehouse=day.warehouse,
            channel=WEB,
            customer=customer,
            due_on=day.on(0),
            reference=f"{name}-{day.today:%Y%m%d}",
            lines=[{"item": code, "quantity": quantity, "price": price} for code, quantity, price in lines],
        )
        number = day.facts[name] = order["number"]
        site = day.depot
        if number in moved:
            shop.sent += 2  # a day that goes on: what went to the depot, the shop's device no longer sees
        else:
            shop.post(f"/sales-orders/{number}/confirm")
            site = shop.post(f"/sales-orders/{number}/route")["warehouse"]
        day.facts.setdefault("served-by", {})[name] = site
    (part,) = day["auditor"].get("/sales-orders", part_of=day.facts["ochil"])["results"]
    day.facts["ochil-part"] = part["number"]
    changed = _read(day, day.facts["cursor"])
    served = ", ".join(f"{day.facts[name]} by {site}" for name, site in day.facts["served-by"].items())
    day.tell(f"15:40  Four web orders, each routed by stock, distance, cost and load: {served}.")
    day.tell(
        f"15:42  {day.facts['ochil']} is split: Glasgow is nearer and has no gouda, which becomes {part['number']} at "
        f"Leith. The shop reads on from where it was: {len(changed)} figures have changed."
    )


def told_at_the_end(day: Day) -> dict[str, str]:
    """What the channel may sell now, by its code."""
    return {row["code"]: row["available"] for row in _read(day, 0)}


def _read(day: Day, cursor: int) -> list[dict[str, Any]]:
    """What changed after the cursor; beat would have told it within a second."""
    publish_availability(everything=True)
    page = day["web-shop"].get(f"/channels/{WEB}/availability", cursor=str(cursor))
    day.facts["cursor"] = page["cursor"]
    return list(page["results"])
