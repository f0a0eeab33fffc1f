"""The evening's trucks: a pallet for the one, parcels for the other, and what the carriers report of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from apps.demo.day.context import Day
from apps.demo.day.waves import ON_CART

TRADE = ("village-again", "bistro", "transfer")


def load_pallet(day: Day) -> None:
    """The part load takes the pallet and the depot's cartons; a parcel of another carrier is refused at its door."""
    boss, hand = day["supervisor"], day["packer"]
    truck = day.facts["parcels-truck"]
    day["receiver"].post(f"/dock-appointments/{truck}/check-in", driver="Euan Sim")
    load = boss.post(
        "/loads",
        warehouse=day.warehouse,
        carrier="FORTH",
        appointment=truck,
        shipments=[day.facts[f"{name}-packed"].shipment for name in TRADE],
    )["number"]
    day.facts["load"] = load
    hand.post(f"/loads/{load}/start")
    parcel = day.facts["leven-packed"].cartons[0]
    said = day.must_refuse(hand.attempt(f"/loads/{load}/scan", code=parcel), "wrong_truck")
    day.tell(
        f"17:00  {load} stands at DOCK-OUT for Forth Parcels. A parcel of another carrier is scanned: refused. {said}"
    )
    hand.post(f"/loads/{load}/scan", code=day.facts["pallet"])
    missing = day.must_refuse(hand.attempt(f"/loads/{load}/close"), "shipment_incomplete")
    for sscc in day.facts["transfer-packed"].cartons:
        hand.post(f"/loads/{load}/scan", code=sscc)
    hand.post(f"/loads/{load}/close", seal="FP-20931")
    day.print("packer", f"/loads/{load}/bill-of-lading", f"bill-of-lading-{load}")
    hand.post(f"/loads/{load}/depart", taken_by="Euan Sim")
    day.tell(f"17:10  The doors are not shut on half a shipment. {missing}")
    day.tell(
        f"17:15  {load} is sealed and leaves with its bill of lading: one pallet and two cartons, in one departure."
    )


def load_parcels(day: Day) -> None:
    """The parcels of the web shop, loaded one by one; their carrier signs the manifest."""
    boss, hand = day["supervisor"], day["packer"]
    load = boss.post("/loads", warehouse=day.warehouse, carrier="SWIFT", dock="DOCK-OUT", trailer="SW71 FTP")["number"]
    day.facts["parcel-load"] = load
    boss.post(f"/loads/{load}/put-on", shipments=[day.facts[f"{name}-packed"].shipment for name in ON_CART])
    hand.post(f"/loads/{load}/start")
    for name in ON_CART:
        for sscc in day.facts[f"{name}-packed"].cartons:
            hand.post(f"/loads/{load}/scan", code=sscc)
    hand.post(f"/loads/{load}/close")
    day.print("packer", f"/loads/{load}/manifest", f"{load}-manifest")
    gone = hand.post(f"/loads/{load}/depart", taken_by="Priya Nair")
    day.facts["gone-at"] = gone["departed_at"]
    day.tell(f"17:30  {load} leaves with the web shop's parcels: the back order of the morning is among them.")


def hear_carriers(day: Day) -> None:
    """The carrier reports: three parcels are delivered, one is lost; somebody says how that ended."""
    boss, since = day["supervisor"], datetime.fromisoformat(day.facts["gone-at"])
    numbers = {name: _tracking(day, name) for name in ON_CART}
    for step, (name, signed) in enumerate(
        (("athena", "Eleni Pappa"), ("leven", "I. Leven"), ("ochil-part", "Reception")), start=1
    ):
        _report(boss, numbers[name], "picked_up", since + timedelta(milliseconds=step))
        _report(boss, numbers[name], "delivered", since + timedelta(milliseconds=100 * step), signed_by=signed)
    _report(boss, numbers["moray"], "picked_up", since + timedelta(milliseconds=4))
    _report(boss, numbers["moray"], "lost", since + timedelta(milliseconds=500), note="not seen since the depot")
    (case,) = boss.get("/parcel-exceptions", shipment=day.facts["moray-packed"].shipment)["results"]
    ended = boss.post(
        f"/parcel-exceptions/{case['number']}/resolve", resolution="claimed from Swift; sent again tomorrow"
    )
    day.facts["parcel-case"] = (ended["kind"], ended["state"])
    day.tell(
        f"18:00  Swift Parcels reports by tracking number: three parcels delivered and signed for, one lost. "
        f"{case['number']} is claimed from the carrier."
    )


def _tracking(day: Day, name: str) -> str:
    (sscc,) = day.facts[f"{name}-packed"].cartons
    return str(day["packer"].get(f"/cartons/{sscc}")["tracking_number"])


def _report(boss: Any, number: str, kind: str, at: datetime, **more: str) -> None:
    boss.post("/carrier-events", tracking_number=number, kind=kind, occurred_at=at.isoformat(), **more)
