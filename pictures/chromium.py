"""The browser of the pictures and of the tests in `tests/browser`: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
START = 60_000
"""Milliseconds until it has to have started."""
UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"


class NoChromium(Exception):
    """There is none, or it does not start; the words say which."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed in the end. Raises `NoChromium`.

    While it is open, Playwright's loop runs in this thread and Django takes the thread for an asynchronous one: it is
    told to go on, as nothing else runs in that loop.
    """
    program = _program()
    before = os.environ.get(UNSAFE)
    os.environ[UNSAFE] = "true"
    try:
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(executable_path=program, args=_arguments(), timeout=START)
            except Error as error:
                raise NoChromium(f"Chromium does not start here: {error.message.splitlines()[0]}") from error
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ[UNSAFE]
        else:
            os.environ[UNSAFE] = before


def _program() -> str:
    """The one that CHROMIUM names and no other, or the first that is installed."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else NAMES:
        if found := shutil.which(name):
            return found
    raise NoChromium("No Chromium is installed: set CHROMIUM, or install the package chromium.")


def _arguments() -> list[str]:
    """Root, as in a container, gets no sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if root else []
