"""The handheld's page as a worker uses it: scan, tap, read."""

from typing import Literal

from playwright.sync_api import Page, ViewportSize, expect

PORTRAIT = ViewportSize(width=390, height=844)
LANDSCAPE = ViewportSize(width=844, height=390)
DESK = ViewportSize(width=1280, height=800)
LOOKS: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (
    ("", PORTRAIT, "light"),
    ("-dark", PORTRAIT, "dark"),
    ("-wide", LANDSCAPE, "dark"),
    ("-desk", DESK, "light"),
    ("-desk-dark", DESK, "dark"),
)
"""What a picture is taken of: its mark, the size of the page, the colours."""

LABEL = "011061414100001917280331\x1d10L7"
"""On a case of the site's chocolate: its GTIN, expiry 31 March 2028, lot L7."""

FITS = """() => [...document.querySelectorAll(".hand button, .hand input, .stepper button")].every((each) => {
    const box = each.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && box.height >= 48;
}) && document.documentElement.scrollWidth <= innerWidth"""


class Handheld:
    """One page at /scan/."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def enrol(self, token: str) -> None:
        """Open the page on a new device and give it its token."""
        self.page.goto("/scan/")
        self.scan("Token", token)
        self.sees("Sign on")

    def sign_on(self, name: str, pin: str) -> None:
        """Say who holds the device."""
        self.try_pin(name, pin)
        self.sees("Stillage")

    def try_pin(self, name: str, pin: str) -> None:
        """Enter a name and a PIN, right or wrong."""
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_label("PIN").fill(pin)
        self.tap("Sign on")

    def sees(self, head: str) -> None:
        """Wait for the screen with this head."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(head)

    def scan(self, line: str, code: str) -> None:
        """Scan on the line that asks for just this."""
        field = self.page.get_by_label(line, exact=True)
        field.fill(code)
        field.press("Enter")

    def tap(self, label: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def choose(self, label: str) -> None:
        """Press a row whose words begin like this."""
        self.page.get_by_role("button").filter(has_text=label).first.click()

    def hears(self, text: str) -> None:
        """Wait for the green answer."""
        expect(self.page.locator("#said")).to_contain_text(text)

    def is_stopped(self, *texts: str) -> None:
        """Wait for the red screen that says all of this."""
        for text in texts:
            expect(self.page.get_by_role("alertdialog")).to_contain_text(text)

    def reads_it(self) -> None:
        """Acknowledge the red screen."""
        self.tap("Understood")
        expect(self.page.get_by_role("alertdialog")).to_be_hidden()

    @property
    def where(self) -> str:
        """The place in the largest type."""
        return self.page.locator(".where").inner_text()

    def acts_without_scrolling(self) -> bool:
        """Whether all that acts is on the screen and large enough, and nothing wider than it, on any handheld."""
        usual = self.page.viewport_size
        fits = []
        for width, height in ((360, 640), (390, 844), (844, 390)):
            self.page.set_viewport_size({"width": width, "height": height})
            fits.append(self.page.evaluate(FITS))
        if usual:
            self.page.set_viewport_size(usual)
        return fits == [True] * 3
