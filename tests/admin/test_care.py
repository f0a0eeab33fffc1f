"""PINs, devices and sites at the desk: each goes through its operation and leaves its line on the trail."""

import re
from typing import Any

import pytest
import tablib
import zxingcpp
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse
from PIL import Image, ImageDraw

from apps.accounts.errors import EnrolmentEnded
from apps.accounts.models import Device, SignOn, User
from apps.accounts.operations import enrol_by_code
from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.models import AuditEntry, Command
from apps.locations.choices import VIRTUAL
from apps.locations.models import Warehouse
from tests.admin.pages import address
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.locations import WarehouseFactory, works_at

pytestmark = pytest.mark.django_db(transaction=True)

SITE = {"code": "LYS", "name": "Lyon", "kind": "warehouse", "timezone": "Europe/Paris", "is_active": "on"}


def pin_page(person):
    return reverse("admin:accounts_user_pin", args=[person.pk])


def test_an_admin_gives_a_pin_on_the_persons_page(desk_of):
    browser = desk_of(Role.ADMIN)
    anna = UserFactory(username="anna")
    assert pin_page(anna).encode() in browser.get(address(User, "change", anna.pk)).content
    assert browser.get(pin_page(anna)).status_code == 200

    browser.post(pin_page(anna), {"pin": "4711", "again": "4711"})

    anna.refresh_from_db()
    assert anna.check_pin("4711")
    assert AuditEntry.objects.values_list("verb", "number").get() == ("give pin", "anna")
    assert "4711" not in str(Command.objects.values("answer", "refusal").get())


@pytest.mark.parametrize(
    ("given", "said"),
    [({"pin": "4711", "again": "4712"}, b"not the same"), ({"pin": "12", "again": "12"}, b"4 to 8 digits")],
)
def test_a_pin_that_cannot_be_is_asked_again(desk_of, given, said):
    anna = UserFactory()

    answer = desk_of(Role.ADMIN).post(pin_page(anna), given)

    assert said in answer.content
    assert f'value="{given["pin"]}"'.encode() not in answer.content
    anna.refresh_from_db()
    assert anna.pin == ""


def test_an_admin_gives_a_superuser_no_pin_and_an_auditor_nobody(desk_of):
    boss = UserFactory(is_superuser=True)

    assert desk_of(Role.ADMIN).post(pin_page(boss), {"pin": "4711", "again": "4711"}).status_code == 403
    assert desk_of(Role.AUDITOR).post(pin_page(UserFactory()), {"pin": "4711", "again": "4711"}).status_code == 403
    assert not User.objects.exclude(pin="").exists()


def token_on(answer):
    return answer.content.partition(b"<code>")[2].partition(b"</code>")[0].decode()


def code_on(answer):
    """What a camera reads off the page: the symbol is drawn as the browser draws it, a module four pixels wide."""
    (drawn,) = re.findall(r'class="sg-ink" d="([^"]+)"', answer.content.decode())
    (side,) = re.findall(r'viewBox="0 0 (\d+) \d+"[^>]+role="img"', answer.content.decode())
    image = Image.new("L", (int(side) * 4,) * 2, 255)
    for x, y, width, height in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", drawn):
        left, top = float(x) * 4, float(y) * 4
        box = (left, top, left + float(width) * 4 - 1, top + float(height) * 4 - 1)
        ImageDraw.Draw(image).rectangle(box, fill=0)
    (symbol,) = zxingcpp.read_barcodes(image)
    assert symbol.format == zxingcpp.BarcodeFormat.QRCode
    return symbol.text


def test_a_handheld_is_enrolled_by_a_code_that_is_on_the_page_alone(desk_of):
    site = WarehouseFactory(code="LYS")
    browser = desk_of(Role.ADMIN, at=[site])

    answer = browser.post(
        address(Device, "add"), {"number": "HH-1", "name": "Dock", "kind": "device", "warehouse": site.pk}
    )

    page, _, code = code_on(answer).partition("#enrol=")
    device = Device.objects.get()
    assert (page, device.is_enrolled) == ("http://testserver/scan/", False)
    assert Device.objects.by_token(enrol_by_code(code=code, at=clock.now()).token, clock.now()) == device
    assert device.warehouse_access.warehouse == site
    assert AuditEntry.objects.values_list("verb", "number", "warehouse_code").get() == ("enrol", "HH-1", "LYS")
    assert "no-store" in answer["Cache-Control"]
    assert code not in answer.content.decode()
    assert code not in str(answer.cookies)
    assert code not in str(list(get_messages(answer.wsgi_request)))
    assert code not in str(Command.objects.values().get())


def test_a_handheld_is_enrolled_again_from_its_page(desk_of):
    site = WarehouseFactory()
    device = held_device(site)
    browser = desk_of(Role.ADMIN, at=[site])
    page = reverse("admin:accounts_device_enrol", args=[device.pk])
    assert page.encode() in browser.get(address(Device, "change", device.pk)).content
    assert b"sg-ink" not in browser.get(page).content

    first, second = (code_on(browser.post(page)).partition("#enrol=")[2] for _ in range(2))

    assert Device.objects.by_token(device.plain_token, clock.now()) == device
    with pytest.raises(EnrolmentEnded):
        enrol_by_code(code=first, at=clock.now())
    enrol_by_code(code=second, at=clock.now())
    assert Device.objects.by_token(device.plain_token, clock.now()) is None
    assert list(AuditEntry.objects.values_list("verb", "number")) == [("offer enrolment", "HH-1")] * 2


def test_a_device_of_another_site_is_enrolled_by_nobody_here(desk_of):
    device = held_device(WarehouseFactory())

    answer = desk_of(Role.ADMIN, at=[WarehouseFactory()]).post(
        reverse("admin:accounts_device_enrol", args=[device.pk]), follow=True
    )

    assert b"sg-ink" not in answer.content
    assert not device.enrolments.exists()


def test_an_integration_gets_its_token_on_the_page_alone(desk_of):
    site = WarehouseFactory(code="LYS")
    browser = desk_of(Role.ADMIN, at=[site])
    user = UserFactory()

    answer = browser.post(
        address(Device, "add"),
        {"number": "SHOP", "name": "Shop", "kind": "integration", "warehouse": site.pk, "service_user": user.pk},
    )

    device = Device.objects.get()
    token = token_on(answer)
    assert Device.objects.by_token(token, clock.now()) == device
    assert device.warehouse_access.warehouse == site
    assert AuditEntry.objects.values_list("verb", "number", "warehouse_code").get() == ("enrol", "SHOP", "LYS")
    assert "no-store" in answer["Cache-Control"]
    assert token not in str(answer.cookies)
    assert token not in str(list(get_messages(answer.wsgi_request)))
    assert token not in str(Command.objects.values().get())


def test_a_device_is_not_enrolled_elsewhere_nor_twice_nor_as_nobodys_integration(desk_of):
    own, other = WarehouseFactory(), WarehouseFactory()
    DeviceFactory(number="HH-1")
    browser = desk_of(Role.ADMIN, at=[own])
    given = {"number": "HH-2", "name": "Dock", "kind": "device", "warehouse": own.pk}

    for wrong in ({"warehouse": other.pk}, {"number": "HH-1"}, {"kind": "integration"}):
        answer = browser.post(address(Device, "add"), given | wrong)
        assert token_on(answer) == ""
        assert b"sg-ink" not in answer.content

    assert Device.objects.count() == 1


def held_device(site):
    device = DeviceFactory(number="HH-1")
    site.device_access.create(device=device)
    SignOn.objects.create(device=device, user=UserFactory(), started_at=clock.now())
    return device


def test_a_new_token_ends_the_old_one_and_the_sign_on(desk_of):
    site = WarehouseFactory()
    device = held_device(site)
    browser = desk_of(Role.ADMIN, at=[site])
    page = reverse("admin:accounts_device_renew", args=[device.pk])
    assert page.encode() in browser.get(address(Device, "change", device.pk)).content
    assert token_on(browser.get(page)) == ""

    token = token_on(browser.post(page))

    assert Device.objects.by_token(token, clock.now()) == device
    assert Device.objects.by_token(device.plain_token, clock.now()) is None
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert AuditEntry.objects.get().verb == "renew"


def test_a_revoked_device_is_out_with_a_reason_and_whoever_held_it_signed_off(desk_of):
    site = WarehouseFactory()
    device = held_device(site)
    browser = desk_of(Role.ADMIN, at=[site])
    page = reverse("admin:accounts_device_revoke", args=[device.pk])
    browser.post(page, {})
    assert Device.objects.get().revoked_at is None

    browser.post(page, {"reason": "left on the bus"})

    assert Device.objects.get().revoked_at is not None
    assert not SignOn.objects.filter(ended_at=None).exists()
    assert AuditEntry.objects.get().detail == {"reason": "left on the bus"}


def test_an_auditor_cares_for_no_device(desk_of):
    site = WarehouseFactory()
    device = held_device(site)
    browser = desk_of(Role.AUDITOR, at=[site])

    assert browser.post(address(Device, "add"), {}).status_code == 403
    for verb in ("enrol", "renew", "revoke"):
        page = reverse(f"admin:accounts_device_{verb}", args=[device.pk])
        assert browser.post(page, {"reason": "spite"}).status_code == 403
    assert Device.objects.by_token(device.plain_token, clock.now()) == device


def test_a_site_added_at_the_desk_has_its_virtual_places_and_whoever_opened_it(desk_of):
    browser = desk_of(Role.ADMIN)

    answer = browser.post(address(Warehouse, "add"), SITE)

    site = Warehouse.objects.get()
    assert answer.status_code == 302
    assert sorted(site.locations.values_list("kind", flat=True)) == sorted(VIRTUAL)
    assert (site.timezone, site.is_active) == ("Europe/Paris", True)
    assert AuditEntry.objects.values_list("verb", "number").get() == ("opened", "LYS")
    assert browser.get(address(Warehouse, "change", site.pk)).status_code == 200


def test_a_site_that_is_changed_is_not_opened_again(desk_of):
    site = WarehouseFactory(code="LYS")

    desk_of(Role.ADMIN, at=[site]).post(address(Warehouse, "change", site.pk), SITE | {"name": "Lyon 2"})

    assert Warehouse.objects.get().name == "Lyon 2"
    assert site.locations.count() == len(VIRTUAL)
    assert not AuditEntry.objects.exists()


def test_a_site_brought_in_by_a_file_has_its_virtual_places_and_a_preview_opens_none(rf):
    page: Any = admin.site._registry[Warehouse]
    (resource,) = page.get_resource_classes(rf.get("/"))
    old = WarehouseFactory(code="OLD")
    boss = works_at(UserFactory(roles=[Role.ADMIN]), old)
    rows = tablib.Dataset(
        ("LYS", "Lyon", "warehouse", "UTC"),
        ("OLD", "Old", "warehouse", "UTC"),
        headers=["code", "name", "kind", "timezone"],
    )

    preview = resource(user=boss).import_data(rows, dry_run=True, user=boss)
    assert list(Warehouse.objects.values_list("code", flat=True)) == ["OLD"]
    result = resource(user=boss).import_data(rows, user=boss)

    assert not any((preview.has_errors(), result.has_errors(), result.has_validation_errors()))
    assert Warehouse.objects.get(code="LYS").locations.count() == len(VIRTUAL)
    assert (Warehouse.objects.get(code="OLD").name, old.locations.count()) == ("Old", len(VIRTUAL))
