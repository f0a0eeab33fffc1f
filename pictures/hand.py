"""The handheld's page as a worker meets it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

WRONG_BIN = "B-03-0"
"""There is such a place, and nothing of the task is in it."""


def sign_on(page: Page, keep: Callable[[str], object], *, token: str, name: str, pin: str) -> None:
    """From the token to the worker's home."""
    page.goto("/scan/")
    _scan(page, "Token", token)
    # The day has signed the worker on already; the picture is of how that is done.
    page.get_by_role("button", name="Sign off", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign on")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("PIN").fill(pin)
    keep("scan-sign-on")
    page.get_by_role("button", name="Sign on", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stillage")
    _settled(page)
    keep("scan-home")


def next_task(page: Page, keep: Callable[[str], object]) -> None:
    """The next task, and what a wrong place answers."""
    page.get_by_role("button", name="Next task", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pick")
    keep("scan-pick")
    field = page.locator("input").first
    field.fill(WRONG_BIN)
    field.press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    _settled(page)
    keep("scan-refused")


def _settled(page: Page) -> None:
    """Wait until the green answer has gone: it hides the head."""
    expect(page.locator(".good-bar")).to_have_count(0)


def _scan(page: Page, line: str, code: str) -> None:
    field = page.get_by_label(line, exact=True)
    field.fill(code)
    field.press("Enter")
