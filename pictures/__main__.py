"""Plays the demo day in an empty database and photographs it: screens with Chromium, papers by rendering them.

Usage: python -m pictures FOLDER, as `make pictures` does with docs/images.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django
from playwright.sync_api import Browser, Page

from pictures.chromium import NoChromium, chromium

if TYPE_CHECKING:
    from apps.demo.company import DemoCompany


def main(folder: Path) -> int:
    """All pictures into the folder; 1 when there is no browser."""
    django.setup()
    try:
        with chromium() as browser:
            folder.mkdir(parents=True, exist_ok=True)
            _play(browser, folder)
    except NoChromium as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


def _play(browser: Browser, folder: Path) -> None:
    from apps.core import clock  # noqa: PLC0415 - needs the settings
    from apps.demo.client import Caller, OverHttp  # noqa: PLC0415
    from apps.demo.company import load_company  # noqa: PLC0415
    from apps.demo.day.context import Day  # noqa: PLC0415
    from apps.demo.day.play import PARTS  # noqa: PLC0415
    from apps.demo.server import serve  # noqa: PLC0415
    from pictures.papers import PAPERS, first_page  # noqa: PLC0415
    from pictures.screens import CART_LIST, PICK_LIST, SCREENS  # noqa: PLC0415

    company = load_company(at=clock.now())
    printed: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> None:
        printed[name] = content
        for moment in (PICK_LIST, CART_LIST):
            if name.startswith(moment):
                take(moment)
        if name.startswith(PICK_LIST):
            _on_handheld(browser, address, company, folder)

    def take(moment: str) -> None:
        for screen in (each for each in SCREENS if each.after == moment):
            with _at_desk(browser, address, company, screen.who, screen.size) as page:
                page.goto(f"{_admin(address)}{screen.address(day.facts)}")
                page.screenshot(path=folder / f"{screen.name}.png")

    with serve() as address:
        line = OverHttp(address)
        today = company.today.isoformat()
        callers = {who: Caller(line, token, who, today) for who, token in company.tokens.items()}
        for who, pin in company.pins.items():
            callers[who].post("/sign-on", username=who, pin=pin)
        day = Day(
            warehouse=company.warehouse,
            depot=company.depot,
            today=company.today,
            callers=callers,
            tell=lambda _: None,
            keep=keep,
        )
        for part in PARTS:
            part(day)
            take(part.__name__)
        line.close()
    for paper in PAPERS:
        first_page(paper.found(printed), folder / f"{paper.name}.png")


def _admin(address: str) -> str:
    from django.conf import settings  # noqa: PLC0415

    return f"{address}/{settings.ADMIN_PATH}/"


@contextmanager
def _at_desk(browser: Browser, address: str, company: DemoCompany, who: str, size: tuple[int, int]) -> Iterator[Page]:
    """A browser of that size in which somebody has signed in."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    page = context.new_page()
    page.goto(_admin(address))
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(company.passwords[who])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def _on_handheld(browser: Browser, address: str, company: DemoCompany, folder: Path) -> None:
    from pictures import hand  # noqa: PLC0415
    from pictures.screens import HAND  # noqa: PLC0415

    context = browser.new_context(
        viewport={"width": HAND[0], "height": HAND[1]}, base_url=address, locale="en-GB", timezone_id="Europe/London"
    )
    page = context.new_page()
    keep: Callable[[str], object] = lambda name: page.screenshot(path=folder / f"{name}.png")  # noqa: E731
    hand.sign_on(page, keep, token=company.tokens["picker"], name="picker", pin=company.pins["picker"])
    hand.next_task(page, keep)
    context.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
