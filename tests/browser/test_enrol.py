"""A handheld is enrolled by the code on the desk's screen."""

import io
from urllib.parse import urlsplit

import zxingcpp
from django.db import transaction
from PIL import Image

from apps.accounts.models import Device
from apps.accounts.operations import offer_enrolment, register_handheld, revoke_token
from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.models import DeviceAccess
from tests.admin.pages import address
from tests.browser.handheld import Handheld
from tests.factories.accounts import UserFactory
from tests.factories.locations import works_at


def a_code(site, number="HAND-8"):
    """What the symbol on the desk's screen holds after `#enrol=`."""
    device = register_handheld(number=number, name="Dock", at=clock.now())
    DeviceAccess.objects.create(device=device, warehouse=site.warehouse)
    return offer(device)


def offer(device):
    with transaction.atomic():
        return offer_enrolment(device_id=device.pk, made_by=UserFactory(), at=clock.now()).code


def test_a_camera_opens_the_page_and_the_device_is_known(page, site, shot):
    handheld = Handheld(page)
    code = a_code(site)

    page.goto(f"/scan/#enrol={code}")

    handheld.sees("Sign on")
    handheld.hears("This device is enrolled.")
    assert urlsplit(page.url).fragment == ""
    page.go_back()
    assert code not in page.url
    page.goto("/scan/")
    shot("enrolled")
    handheld.sign_on("ines", "2580")


def test_a_camera_reads_the_code_off_the_desks_screen(page, site, live_server, shot):
    boss = works_at(UserFactory(username="sam", roles=[Role.ADMIN]), site.warehouse)
    boss.set_password("a-pallet-of-tea")
    boss.save()
    page.goto("/admin/")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password").fill("a-pallet-of-tea")
    page.get_by_role("button", name="Log in").click()
    page.goto(address(Device, "add"))
    page.get_by_label("Number").fill("HAND-8")
    page.get_by_label("Name").fill("Dock")
    page.get_by_label("Warehouse").select_option(str(site.warehouse.pk))
    page.get_by_role("button", name="Enrol it").click()

    symbol = page.get_by_role("img", name="QR code that enrols HAND-8")
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(symbol.screenshot())))
    shot("desk-enrolment")
    page.emulate_media(color_scheme="dark")
    (again,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(symbol.screenshot())))

    assert read.text == again.text
    assert read.text.startswith(f"{live_server.url}/scan/#enrol=")
    page.goto(read.text)
    Handheld(page).sees("Sign on")
    assert Device.objects.get(number="HAND-8").is_enrolled


def test_a_trigger_scans_the_code_on_the_page_that_asks_for_the_device(page, site, live_server, shot):
    handheld = Handheld(page)
    code = a_code(site)
    page.goto("/scan/")
    shot("unknown")

    handheld.scan("Token", f"{live_server.url}/scan/#enrol={code}")

    handheld.sees("Sign on")
    handheld.sign_on("ines", "2580")


def test_the_page_that_is_open_takes_a_code_that_comes_by_the_address(page, site):
    handheld = Handheld(page)
    page.goto("/scan/")
    handheld.sees("This device")

    page.evaluate("code => { location.hash = `#enrol=${code}`; }", a_code(site))

    handheld.sees("Sign on")
    handheld.sign_on("ines", "2580")


def test_a_code_that_was_used_says_what_to_do(page, site, shot):
    handheld = Handheld(page)
    code = a_code(site)
    page.goto(f"/scan/#enrol={code}")
    handheld.sees("Sign on")
    page.goto("about:blank")

    page.goto(f"/scan/#enrol={code}")

    handheld.is_stopped("has been used", "new enrolment code made at the desk")
    shot("used")
    handheld.reads_it()
    handheld.sees("Sign on")


def test_a_token_near_its_end_is_followed_by_the_next(page, site):
    handheld = Handheld(page)
    page.goto(f"/scan/#enrol={a_code(site)}")
    handheld.sign_on("ines", "2580")
    first = page.evaluate("localStorage.getItem('stillage.token')")
    page.evaluate("localStorage.setItem('stillage.until', new Date(Date.now() + 86400000).toISOString())")

    with page.expect_response("**/api/v1/me"):  # which is asked for with the token that is followed by no other
        page.reload()

    second = page.evaluate("localStorage.getItem('stillage.token')")
    assert first != second
    assert Device.objects.by_token(first, clock.now()) is None
    assert Device.objects.by_token(second, clock.now()) == Device.objects.get(number="HAND-8")


def test_a_revoked_device_is_out_at_its_next_call_and_enrolled_again(page, site):
    handheld = Handheld(page)
    page.goto(f"/scan/#enrol={a_code(site)}")
    handheld.sign_on("ines", "2580")
    device = Device.objects.get(number="HAND-8")
    with transaction.atomic():
        revoke_token(device_id=device.pk, at=clock.now())

    page.reload()

    handheld.sees("This device")
    handheld.scan("Token", f"/scan/#enrol={offer(device)}")
    handheld.sees("Sign on")
    handheld.sign_on("ines", "2580")
