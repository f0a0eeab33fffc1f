"""What goes back, what is looked at, and one's own pace, on the handheld's page."""

import base64
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.accounts.roles import Role
from apps.compliance.models import Inspection
from apps.core import clock
from apps.locations.pdf import BinLabel, bin_labels
from apps.orders.models import Pick, PutBack
from apps.orders.operations import cancel_sales_order
from apps.returns.models import CustomerReturn
from apps.shipping.models import Carton
from apps.tasks.models import WarehouseTask
from tests.browser.handheld import LABEL, PORTRAIT, Handheld
from tests.core.paper_reading import images
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import a_plan, arrived, inspections
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import works_at
from tests.factories.orders import a_sales_order, a_supervisor, pick_all, released
from tests.factories.returns import a_return, a_shipped_order, back
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lot(site):
    made = LotFactory(item=site.item, number="L7", expires_on="2028-03-31")
    stock(site.item, site.bin, 40, lot=made)
    return made


def test_a_worker_sees_their_own_pace_and_nobody_elses(page, site, lot, shot, handheld):
    expect(page.locator(".pace")).to_be_hidden()
    ben = works_at(UserFactory(username="ben", roles=[Role.PICKER]), site.warehouse)
    for who, pieces in ((site.worker, 6), (ben, 5)):
        orders = [a_sales_order(site.warehouse, (site.item, 2)) for _ in range(pieces)]
        picks = pick_all(released(*orders), site.tote, by=an_actor(who))
        for turn, one in enumerate(picks):
            took = timedelta(minutes=2 if who == site.worker else 1)
            done = clock.now()
            WarehouseTask.objects.filter(pk=one.task_id).update(
                started_at=done - took * (turn + 1), done_at=done - took * turn
            )

    page.reload()

    handheld.sees("Stillage")
    expect(page.locator(".pace p")).to_have_text(["Your picking today30lines an hour60units an hour"])
    shot("home")
    assert handheld.acts_without_scrolling()


def test_picked_goods_of_a_cancelled_order_are_put_back(handheld, site, lot, shot):
    order = a_sales_order(site.warehouse, (site.item, 12))
    pick_all(released(order), site.tote)
    cancelled(order)
    assert stands(site.item) == {"A-01-1": D(28), "TOTE-1": D(12)}

    handheld.choose("Picked, and not wanted any more")
    expect(handheld.page.get_by_text("12 EA")).to_be_visible()
    shot("put-backs")
    handheld.scan("Scan the tote", "TOTE-1")
    assert handheld.where == "A-01-1"
    assert handheld.acts_without_scrolling()
    shot("put-back")
    handheld.page.get_by_label("How many, in EA").fill("10")
    handheld.scan("Scan the bin it goes to", "A-01-1")
    handheld.hears("10 EA back in A-01-1")
    handheld.choose("Dark chocolate 70 %")
    handheld.scan("Scan the bin it goes to", "A-01-2")

    handheld.hears("2 EA back in A-01-2")
    expect(handheld.page.get_by_text("Nothing is to be put back.")).to_be_visible()
    assert stands(site.item) == {"A-01-1": D(38), "A-01-2": D(2)}
    assert not PutBack.objects.open().exists()
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert_invariants()


def cancelled(order):
    with transaction.atomic():
        cancel_sales_order(order_id=order.pk, reason="changed their mind", by=a_supervisor(), at=clock.now())


def test_a_customers_return_is_taken_in_and_looked_at(handheld, site, lot, shot):
    site.worker.groups.add(*UserFactory(roles=[Role.QUALITY]).groups.all())
    order = a_shipped_order(site, (site.item, 12))
    document = a_return(order, back(5, lot=lot))

    handheld.choose("What customers send back")
    shot("returns")
    handheld.choose(document.number)
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("4")
    assert handheld.acts_without_scrolling()
    shot("return-arrives")
    handheld.scan("Scan where it stands", "DOCK-IN")
    handheld.hears("It is here, at DOCK-IN")
    shot("return-here")
    handheld.scan("Scan the goods", LABEL)
    handheld.page.get_by_label("How many, in EA").fill("3")
    shot("return-look")
    handheld.tap("What becomes of it?")
    shot("return-grade")
    handheld.choose("B: opened, complete")
    shot("return-decide")
    handheld.choose("Good: back into stock")
    handheld.hears("3 EA: Good: back into stock")
    handheld.choose("1 EA to come")
    handheld.tap("Refuse it")
    shot("return-refuse")
    handheld.choose("It is damaged")
    handheld.hears("1 EA refused")

    line = CustomerReturn.objects.get().lines.get()
    assert (line.received, line.inspected, line.refused) == (D(4), D(3), D(1))
    assert (line.inspections.get().grade, line.refusals.get().reason) == ("B", "It is damaged")
    assert_invariants()


def test_a_carton_that_comes_back_leads_to_its_return(handheld, site, lot, shot):
    order = a_shipped_order(site, (site.item, 12))
    carton = Carton.objects.get()
    document = a_return(order, replace(back(12, lot=lot), carton_id=carton.pk))

    handheld.choose("What customers send back")
    handheld.scan("Scan the slip, the carton or the goods", f"(00){carton.unit.number}")
    handheld.sees(document.number)
    handheld.scan("Scan the goods", f"(00){carton.unit.number}")
    shot("return-carton")
    handheld.scan("Scan where it stands", "DOCK-IN")
    handheld.hears("It is here, at DOCK-IN")

    assert CustomerReturn.objects.get().lines.get().received == D(12)
    assert_invariants()


def test_results_of_an_inspection_are_taken_down_unit_by_unit(handheld, site, shot):
    site.worker.groups.add(*UserFactory(roles=[Role.QUALITY]).groups.all())
    mug = ItemFactory(number="MUG", name="Mug, stone")
    a_plan(mug, ("Height", D(98), D(102)), "Chipped!")
    (inspection,) = inspections(site.warehouse, arrived(mug, site.dock, 3))

    handheld.choose("Goods to be looked at")
    shot("inspections")
    handheld.choose(inspection.number)
    shot("inspection")
    handheld.tap("Next result")
    handheld.sees("Height unit 1 of 3")
    handheld.page.get_by_label("Value in mm").fill("100,5")
    assert handheld.acts_without_scrolling()
    shot("inspection-measure")
    for value in ("100,5", "101", "99"):
        handheld.page.get_by_label("Value in mm").fill(value)
        handheld.tap("Note it")
    handheld.hears("Unit 3: taken down")
    handheld.tap("Next result")
    handheld.sees("Chipped unit 1 of 3")
    shot("inspection-passes")
    handheld.tap("It passes")
    handheld.sees("Chipped unit 2 of 3")
    handheld.tap("All others pass")

    expect(handheld.page.get_by_text("6 of 6")).to_be_visible()
    shot("inspection-done")
    found = Inspection.objects.get().characteristics.get(name="Height").results.order_by("sample")
    assert [(each.sample, each.value, each.passed) for each in found] == [
        (1, D("100.5"), True),
        (2, D(101), True),
        (3, D(99), True),
    ]


def test_the_page_speaks_the_language_that_the_device_prefers(browser, live_server, site):
    context = browser.new_context(base_url=live_server.url, viewport=PORTRAIT, locale="de-DE", timezone_id="UTC")
    hand = Handheld(context.new_page())
    hand.enrol(site.device.plain_token)

    hand.sign_on("ines", "2580")

    expect(hand.page.get_by_role("button", name="Nächste Aufgabe")).to_be_visible()
    expect(hand.page.locator("html")).to_have_attribute("lang", "de")
    context.close()


def test_codes_scanned_quicker_than_they_are_answered_are_all_taken_in_order(handheld, site, lot):
    released(a_sales_order(site.warehouse, (site.item, 12)))
    handheld.tap("Next task")
    handheld.sees("Pick")
    expect(handheld.page.get_by_label("Scan bin A-01-1", exact=True)).to_be_visible()

    # A wedge types without waiting for what the screen says.
    for code in ("A-01-1", LABEL, "TOTE-1"):
        for sign in code:
            handheld.page.keyboard.press("Control+]" if sign == "\x1d" else sign)
        handheld.page.keyboard.press("Enter")

    expect(handheld.page.get_by_label("Scan TOTE-1 or tap below", exact=True)).to_be_visible()
    handheld.tap("Pick 12 EA")
    handheld.hears("12 EA picked into TOTE-1")
    assert Pick.objects.filter(task__lot__number="L7").exists()


def test_the_camera_hands_its_frames_to_the_warehouse_and_takes_what_it_reads(handheld, site, lot):
    page = handheld.page
    seen = []

    def read(route):
        seen.append((route.request.headers["content-type"], len(route.request.post_data_buffer or b"") > 0))
        if len(seen) == 1:
            route.fulfill(json={"codes": []})
        else:
            route.continue_()

    page.route("**/api/v1/scan/frame", read)
    page.evaluate(PRETEND, a_label(site.bin))
    handheld.choose("Look up")
    handheld.tap("Use the camera")

    handheld.sees("Location")
    assert handheld.where == "A-01-1"
    assert seen == [("image/jpeg", True)] * 2


def a_label(place):
    """The label of a place before the camera, as a PNG in base64."""
    (image,) = images(bin_labels([BinLabel(code=place.code, warehouse=place.warehouse.name)]))
    content = io.BytesIO()
    image.save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


PRETEND = """async (label) => {
    delete window.BarcodeDetector;
    const canvas = document.createElement("canvas");
    const drawing = canvas.getContext("2d");
    const bytes = Uint8Array.from(atob(label), (each) => each.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    [canvas.width, canvas.height] = [picture.width, picture.height];
    setInterval(() => drawing.drawImage(picture, 0, 0), 100);
    Object.defineProperty(navigator, "mediaDevices", {
        configurable: true,
        value: { getUserMedia: async () => canvas.captureStream(5) },
    });
}"""


def test_without_anybody_to_read_its_frames_the_camera_says_so(handheld, site):
    page = handheld.page
    page.route("**/api/v1/scan/frame", lambda route: route.fulfill(status=404, json={"code": "not_found"}))
    page.evaluate(PRETEND, a_label(site.bin))
    handheld.choose("Look up")
    handheld.tap("Use the camera")

    handheld.is_stopped("The camera's pictures cannot be read here.", "This warehouse reads no pictures.")
    handheld.reads_it()
