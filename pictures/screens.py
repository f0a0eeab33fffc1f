"""What is photographed on the screen, and when in the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

DESK = (1440, 900)
HAND = (390, 844)

PICK_LIST = "W-"
"""Once it is printed there is something to pick, and nobody has begun."""

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


SCREENS = (
    Screen(name="home", who="supervisor", address=lambda _: "", after=PICK_LIST),
    Screen(name="home-phone", who="supervisor", address=lambda _: "", after=PICK_LIST, size=HAND),
    Screen(name="search", who="supervisor", address=lambda _: "search?q=oat", after="sell"),
    Screen(name="order", who="supervisor", address=found("harbour"), after="ship"),
    Screen(name="order-phone", who="supervisor", address=found("harbour"), after="ship", size=HAND),
    Screen(name="receipt", who="supervisor", address=found("MILL-receipt"), after="put_away"),
    Screen(name="wave", who="supervisor", address=found("wave"), after="pick"),
    Screen(name="stock", who="supervisor", address=lambda _: "stock-position", after="ship"),
    Screen(name="count", who="supervisor", address=found("varied"), after="count"),
    Screen(name="return", who="supervisor", address=found("return"), after="take_back"),
    Screen(name="proposal", who="buyer", address=lambda _: "planning/reorderproposal/", after="reorder"),
)
