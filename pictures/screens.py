"""What is photographed on the screen, and when in the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

DESK = (1440, 900)
HAND = (390, 844)

PICK_LIST = "W-"
"""Once it is printed there is something to pick, and nobody has begun."""
CART_LIST = "RN-"
"""Once it is printed the cart has its totes, and the walk begins."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A page at the desk: the file's name, who looks, and where."""

    name: str
    who: str
    address: Callable[[Facts], str]
    size: tuple[int, int] = DESK
    after: str
    """The part of the day after which it is taken, or how the name of a paper begins that is printed within one."""


def found(fact: str) -> Callable[[Facts], str]:
    """The page that the search leads to for a number from the day."""
    return lambda facts: f"search?q={facts[fact]}"


def page_of(model: str, field: str, fact: str) -> Callable[[Facts], str]:
    """The page of the row that has the fact in that field; a fact that the day does not name stands for itself."""

    def address(facts: Facts) -> str:
        from django.apps import apps  # noqa: PLC0415 - needs the settings

        rows: QuerySet[Any] = QuerySet(apps.get_model(model))
        key = rows.values_list("pk", flat=True).get(**{field: facts.get(fact, fact)})
        return f"{model.lower().replace('.', '/')}/{key}/change/"

    return address


SCREENS = (
    Screen(name="home", who="supervisor", address=lambda _: "", after=PICK_LIST),
    Screen(name="home-phone", who="supervisor", address=lambda _: "", after=PICK_LIST, size=HAND),
    Screen(name="search", who="supervisor", address=lambda _: "search?q=oat", after="sell"),
    Screen(name="order", who="supervisor", address=found("harbour"), after="ship"),
    Screen(name="order-phone", who="supervisor", address=found("harbour"), after="ship", size=HAND),
    Screen(name="receipt", who="supervisor", address=found("MILL-receipt"), after="put_away"),
    Screen(name="wave", who="supervisor", address=found("wave"), after="pick"),
    Screen(name="wave-board", who="supervisor", address=lambda _: "wave-board", after=CART_LIST),
    Screen(name="round", who="supervisor", address=page_of("orders.PickRound", "number", "cluster"), after=CART_LIST),
    Screen(
        name="web-order", who="supervisor", address=page_of("orders.SalesOrder", "number", "leven"), after=CART_LIST
    ),
    Screen(
        name="shipment",
        who="supervisor",
        address=page_of("shipping.Shipment", "document", "leven"),
        after="pack_web",
    ),
    Screen(name="load", who="supervisor", address=page_of("shipping.Load", "number", "load"), after="load_pallet"),
    Screen(
        name="transfer",
        who="clyde-supervisor",
        address=page_of("transfers.Transfer", "number", "transfer-number"),
        after="receive_at_depot",
    ),
    Screen(name="channel", who="sales", address=page_of("orders.Channel", "code", "WEB"), after="sell_on_web"),
    Screen(name="outbound-rules", who="supervisor", address=lambda _: "orders/outboundrule/", after="pack_web"),
    Screen(
        name="service",
        who="supervisor",
        address=page_of("shipping.CarrierService", "code", "SWIFT-NEXT"),
        after="pack_web",
    ),
    Screen(name="stock", who="supervisor", address=lambda _: "stock-position", after="ship"),
    Screen(name="count", who="supervisor", address=found("varied"), after="count"),
    Screen(name="return", who="supervisor", address=found("return"), after="take_back"),
    Screen(name="proposal", who="buyer", address=lambda _: "planning/reorderproposal/", after="reorder"),
)
