"""A real browser on a live server: Debian's Chromium, driven by Playwright. Without one, these tests are skipped."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from celery import current_app
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect

from apps.accounts.roles import Role
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging, Unit
from apps.locations.choices import LocationKind
from apps.locations.models import Company
from pictures.chromium import NoChromium, chromium
from tests.browser.handheld import LOOKS, PORTRAIT, Handheld
from tests.browser.legibility import unreadable
from tests.factories.accounts import UserFactory
from tests.factories.api import a_device
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at

PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine; nothing waits so long when it works."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, for one module: Playwright's loop does not run beside the tests of others."""
    expect.set_options(timeout=PATIENCE)
    try:
        with chromium() as started:
            yield started
    except NoChromium as missing:
        pytest.skip(str(missing))
    # What this thread had open before the loop began was cut off when a test's database was renewed meanwhile.
    connections.close_all()


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A fresh browser, the size of a handheld, that reports what went wrong in its console."""
    yield from _context(browser, live_server, service_workers="block")  # they would hide requests from `page.route`


@pytest.fixture
def roaming(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """The same with the page's service worker, so that it can be taken out of reach."""
    yield from _context(browser, live_server, service_workers="allow")


def _context(browser: Browser, live_server, **more) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url, viewport=PORTRAIT, locale="en-GB", timezone_id="UTC", **more
    )
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    context.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    yield context
    context.close()
    assert faults == []


def _is_fault(said) -> bool:
    """An error of the page; that the warehouse refused something is none, although Chromium logs each such answer."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture(autouse=True)
def known_jobs():
    """Papers are printed by jobs, which a worker knows and a test has to be told."""
    current_app.loader.import_default_modules()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def shot(page: Page):
    """Sees that all of the handheld's page can be read and hit, in light and dark.

    Keeps pictures of a page under a name, small and large, when STILLAGE_SHOTS names a folder.
    """
    folder = os.environ.get("STILLAGE_SHOTS")

    def take(name: str) -> None:
        if "/scan/" in page.url:  # the desk's looks are those of its library
            assert unreadable(page) == []
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        expect(page.locator(".good-bar")).to_have_count(0)  # it would hide the head
        for mark, size, scheme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}{mark}.png")
        page.set_viewport_size(PORTRAIT)
        page.emulate_media(color_scheme="light")

    return take


@pytest.fixture
def site(transactional_db):
    """A warehouse with a handheld, somebody to hold it, and chocolate in cases of eight."""
    Company.objects.get_or_create(pk=1, defaults={"name": "Northwind", "gs1_prefix": "0614141"})
    warehouse = WarehouseFactory(code="LEITH", name="Leith")
    item = ItemFactory(number="CHOC-70", name="Dark chocolate 70 %", perishable=True, scale=0)
    case, _ = Unit.objects.get_or_create(code="CS", defaults={"name": "case"})
    Packaging.objects.create(
        item=item, level=PackagingLevel.CASE, unit=case, numerator=8, denominator=1, gtin="10614141000019"
    )
    worker = works_at(UserFactory(username="ines", first_name="Inês", roles=[Role.PICKER]), warehouse)
    worker.set_pin("2580")
    worker.save(update_fields=["pin"])
    return SimpleNamespace(
        warehouse=warehouse,
        item=item,
        worker=worker,
        device=a_device(warehouse, number="HAND-7"),
        dock=LocationFactory(warehouse=warehouse, code="DOCK-IN", kind=LocationKind.DOCK),
        bin=LocationFactory(warehouse=warehouse, code="A-01-1"),
        other=LocationFactory(warehouse=warehouse, code="A-01-2"),
        tote=LocationFactory(warehouse=warehouse, code="TOTE-1", kind=LocationKind.TOTE),
        bench=LocationFactory(warehouse=warehouse, code="PACK-1", kind=LocationKind.PACK),
    )


@pytest.fixture
def handheld(page: Page, site) -> Handheld:
    """The handheld's page, with its token in it and the worker signed on."""
    hand = Handheld(page)
    hand.enrol(site.device.plain_token)
    hand.sign_on("ines", "2580")
    return hand


@pytest.fixture
def lose_first(page: Page):
    """Lets the warehouse do the first request to such an address and loses its answer; what it had answered."""

    def lose(address: str) -> list[int]:
        lost: list[int] = []

        def hand_on(route):
            answer = route.fetch()
            if lost:
                route.fulfill(response=answer)
            else:
                lost.append(answer.status)
                route.abort()

        page.route(address, hand_on)
        return lost

    return lose
