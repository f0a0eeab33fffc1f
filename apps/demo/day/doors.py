"""Trucks at the doors: booked, refused where a door is taken, checked in, sent off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apps.demo.day.context import Day

QUARTER = timedelta(minutes=15)


def book(day: Day) -> None:
    """The day's trucks get their times; the first is at the gate already."""
    # From what was answered before: a day that goes on after an interruption asks for the same times.
    ordered = datetime.fromisoformat(day["buyer"].get(f"/purchase-orders/{day.facts['MILL']}")["created_at"])
    since = ordered.replace(minute=0, second=0, microsecond=0)
    while since < ordered + QUARTER:
        since += QUARTER
    mill = _truck(day, "MILL", since, documents=[day.facts["MILL"]], vehicle="SY66 KHT", note="tail lift")
    clash = day["buyer"].attempt("/dock-appointments", **_slot(day, "DOCK-IN", since + 2 * QUARTER), party="WARE")
    said = day.must_refuse(clash, "dock_taken")
    _truck(day, "WARE", since + 9 * QUARTER, carrier="Tay Haulage", note="what is missing")
    _truck(day, "CONTI", since + timedelta(days=1))
    parcels = day["supervisor"].post(
        "/dock-appointments",
        **_slot(day, "DOCK-OUT", since + 20 * QUARTER, direction="outbound"),
        carrier="Forth Parcels",
        vehicle="SN23 FPX",
    )
    day.facts["MILL-truck"], day.facts["parcels-truck"] = mill, parcels["number"]
    day["receiver"].post(f"/dock-appointments/{mill}/check-in", driver="Morag Reid")
    day.tell(f"07:50  Trucks have their doors and times. A second one for a door that is taken is refused. {said}")
    day.tell(f"08:00  {mill} is at the gate: from now on its dock-to-stock time runs.")


def send_off(day: Day) -> None:
    """The first truck is empty and leaves its door to the next."""
    day["receiver"].post(f"/dock-appointments/{day.facts['MILL-truck']}/finish")
    day.tell(f"09:25  {day.facts['MILL-truck']} has left; its door is free.")


def _truck(day: Day, supplier: str, at: datetime, **more: Any) -> str:
    made = day["buyer"].post("/dock-appointments", **_slot(day, "DOCK-IN", at), party=supplier, **more)
    return str(made["number"])


def _slot(day: Day, dock: str, at: datetime, direction: str = "inbound") -> dict[str, str]:
    return {
        "warehouse": day.warehouse,
        "dock": dock,
        "direction": direction,
        "starts_at": at.isoformat(),
        "ends_at": (at + 4 * QUARTER).isoformat(),
    }
