"""The handheld's page as a worker meets it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

WRONG_BIN = "C-02-1"


def sign_on(page: Page, keep: Callable[[str], object], *, token: str, name: str, pin: str) -> None:
    """From the token to the worker's home."""
    page.goto("/scan/")
    _scan(page, "Token", token)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign on")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("PIN").fill(pin)
    keep("scan-sign-on")
    page.get_by_role("button", name="Sign on", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stillage")
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
    keep("scan-refused")


def _scan(page: Page, line: str, code: str) -> None:
    field = page.get_by_label(line, exact=True)
    field.fill(code)
    field.press("Enter")
