"""The packing bench: cartons as proposed, each unit scanned, weighed, and a carrier's service chosen by its quote."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.demo.client import UnexpectedAnswerError
from apps.demo.day.context import Day
from apps.demo.day.waves import ON_CART

GRAMS = {
    "CHOC-70": 108,
    "TEA-100": 220,
    "MUG-STONE": 380,
    "COFFEE-1KG": 1030,
    "OAT-500": 520,
    "PASTA-500": 510,
    "GOUDA-400": 415,
    "OIL-750": 1240,
}
EMPTY = {"S": 140, "M": 310, "L": 720}
GTINS = {
    "CHOC-70": "09506000130040",
    "TEA-100": "09506000130026",
    "MUG-STONE": "09506000130095",
    "COFFEE-1KG": "09506000130033",
    "OAT-500": "09506000130002",
    "PASTA-500": "09506000130019",
    "GOUDA-400": "09506000130071",
    "OIL-750": "09506000130064",
}
Contents = dict[str, int]
PLANS: dict[str, list[tuple[str, Contents]]] = {
    "athena": [("S", {"CHOC-70": 3})],
    "leven": [("M", {"CHOC-70": 3, "TEA-100": 3, "MUG-STONE": 2})],
    "moray": [("L", {"COFFEE-1KG": 3, "OAT-500": 6, "MUG-STONE": 2})],
    "ochil-part": [("S", {"GOUDA-400": 5})],
    "ochil": [("M", {"OIL-750": 6})],
    "kelvin": [("M", {"OIL-750": 3, "TEA-100": 4})],
    "village-again": [("M", {"PASTA-500": 8, "TEA-100": 2})],
    "bistro": [("S", {"GOUDA-400": 4}), ("M", {"PASTA-500": 6})],
    "transfer": [("M", {"PASTA-500": 12}), ("S", {"GOUDA-400": 6})],
}
"""What the rule proposes: chilled goods travel in a carton of their own."""
HONEY = "09506000130057"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A shipment and its cartons."""

    shipment: str
    cartons: list[str]


def pack_web(day: Day) -> None:
    """The web orders: a wrong item is refused, and a wrong weight; the cheapest service that is in time is taken."""
    for name in ON_CART:
        day.facts[f"{name}-packed"] = pack_order(day, name, who="packer", service="SWIFT-NEXT", careful=name == "leven")
    cartons = sum(len(day.facts[f"{name}-packed"].cartons) for name in ON_CART)
    day.tell(f"16:40  The web orders are packed in {cartons} cartons as proposed, every unit scanned.")


def pack_trade(day: Day) -> None:
    """The trade orders' cartons are stacked on one pallet with an SSCC of its own."""
    hand = day["packer"]
    cartons = list[str]()
    for name in ("village-again", "bistro"):
        packed = day.facts[f"{name}-packed"] = pack_order(day, name, who="packer", service="FORTH-PALLET")
        cartons += packed.cartons
    pallet = day.facts["pallet"] = hand.post("/pallets", warehouse=day.warehouse, cartons=cartons)["sscc"]
    day.print("packer", f"/pallets/{pallet}/label", f"pallet-{pallet}")
    day.tell(f"16:50  {len(cartons)} cartons of two trade orders stand on pallet {pallet}, chilled and dry apart.")


def pack_order(day: Day, name: str, *, who: str, service: str, careful: bool = False, tell: bool = True) -> Packed:
    """Cartons as proposed, filled by scan, sent by the service, closed at the weight of what is in them."""
    hand, plan = day[who], PLANS[name]
    shipment = hand.post("/shipments", order=day.facts[name])["number"]
    if not hand.get(f"/shipments/{shipment}")["cartons"]:  # a day that goes on has packed some of it
        _check(name, hand.get(f"/shipments/{shipment}/carton-proposal"), plan)
    cartons = [hand.post(f"/shipments/{shipment}/cartons", carton_type=kind)["sscc"] for kind, _ in plan]
    if careful:
        day.must_refuse(hand.attempt(f"/cartons/{cartons[0]}/scan", code=HONEY), "wrong_item")
    for sscc, (_, contents) in zip(cartons, plan, strict=True):
        for item, units in contents.items():
            hand.post(f"/cartons/{sscc}/scan", code=GTINS[item], quantity=str(units))
    if careful:
        _tell_quotes(day, shipment, who)
        day.print(who, f"/shipments/{shipment}/packing-slip", f"{shipment}-bench")
    hand.post(f"/shipments/{shipment}/service", service=service)
    for sscc, (kind, contents) in zip(cartons, plan, strict=True):
        weight = EMPTY[kind] + sum(GRAMS[item] * units for item, units in contents.items())
        if careful:
            said = day.must_refuse(hand.attempt(f"/cartons/{sscc}/close", weight_g=str(weight + 380)), "weight_differs")
            day.tell(f"16:30  A mug too many is in the carton: refused by its weight. {said}")
        hand.post(f"/cartons/{sscc}/close", weight_g=str(weight))
        if tell:
            day.print(who, f"/cartons/{sscc}/label", sscc)
    hand.post(f"/shipments/{shipment}/pack")
    day.print(who, f"/shipments/{shipment}/packing-slip", shipment)
    return Packed(shipment=shipment, cartons=cartons)


def _check(name: str, proposed: dict[str, Any], plan: list[tuple[str, Contents]]) -> None:
    """The proposal is what the play packs."""
    cartons = [
        (each["carton_type"], {row["item"]: int(Decimal(row["quantity"])) for row in each["contents"]})
        for each in proposed["cartons"]
    ]
    if proposed["misfits"] or len(cartons) != len(plan) or any(each not in cartons for each in plan):
        message = f"cartons of {name}: {proposed}, but it must be {plan}"
        raise UnexpectedAnswerError(message)


def _tell_quotes(day: Day, shipment: str, who: str) -> None:
    quotes = day[who].get(f"/shipments/{shipment}/quotes", by=day.on(3))
    told = "; ".join(
        f"{row['service']} {row['price']} {row['currency']}, there on {row['arrives_on']}"
        if not row["refusal"]
        else f"{row['service']}: {row['refusal']}"
        for row in quotes
    )
    day.tell(f"16:28  What the carriers would take for {shipment}: {told}")
