"""Inspections at the desk: the page says what the results allow, and each verb is a button."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.compliance.models import Inspection, InspectionPlan, InspectionResult, SupplierReturn
from apps.ledger.models import Hold, StockBalance
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.compliance import a_plan, arrived, decided, inspections, recorded
from tests.factories.ledger import LotFactory, SerialFactory, stock
from tests.factories.locations import works_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(client, floor):
    """Signs somebody with these roles in, who works on the floor; the browser."""

    def sign_in(*roles):
        client.force_login(works_at(UserFactory(roles=[role.value for role in roles]), floor.warehouse))
        return client

    return sign_in


@pytest.fixture
def inspection(floor):
    """Ten tins of one lot, looked at for two things."""
    tin = ItemFactory(number="TIN", lots=True)
    a_plan(tin, "Seal", ("Height", D("99.5"), D("100.5")))
    goods = arrived(tin, floor.dock, 10, lot=LotFactory(item=tin, number="L-1"), supplier=floor.maker)
    return inspections(floor.warehouse, goods)[0]


def press(browser, inspection, verb, **said):
    """Press a button and fill in what it asks; the page after it."""
    page = reverse("admin:compliance_inspection_do", args=[inspection.pk, verb])
    assert browser.get(page).status_code == 200
    return browser.post(page, {"key": f"{verb}{said}"[:80], **said}, follow=True).content.decode()


def test_a_lot_is_inspected_decided_and_sent_back_by_buttons(desk, inspection):
    browser = desk(Role.QUALITY)
    page = browser.get(address(Inspection, "change", inspection.pk)).content.decode()
    assert "0 of 20 results are recorded" in page
    assert "from 99.5 to 100.5 mm" in page

    press(browser, inspection, "results", characteristic="1", sample="1", through="9", passed="yes")
    press(browser, inspection, "results", characteristic="1", sample="10", passed="no", note="torn")
    page = press(browser, inspection, "results", characteristic="2", sample="1", through="10", value="100.2")
    assert "Not acceptable: 1 defective. At most 9 EA can be accepted." in page
    asked = browser.get(reverse("admin:compliance_inspection_do", args=[inspection.pk, "decide"])).content.decode()
    assert "At most 9 EA can be accepted." in asked
    refused = press(browser, inspection, "decide", reason="x", accept="10")
    assert "At most 9 of" in refused
    press(browser, inspection, "decide", reason="one torn", accept="9", reject="1")
    page = press(browser, inspection, "return", reference="RMA-7", carrier="Road")

    assert "Gone back" in page
    assert SupplierReturn.objects.get().reference == "RMA-7"
    assert InspectionResult.objects.count() == 20
    rows = StockBalance.objects.on_hand().filter(item=inspection.item).values_list("status", "on_hand")
    assert list(rows) == [("available", D(9))]
    sent = browser.get(address(SupplierReturn, "change", SupplierReturn.objects.get().pk)).content.decode()
    assert "RMA-7" in sent


def test_a_concession_is_approved_at_the_desk_by_another(desk, inspection):
    recorded(inspection, (1, 1, False, 10), (2, 1, "100", 10))
    decided(inspection, use_as_is=10)

    browser = desk(Role.INVENTORY_MANAGER)
    page = browser.get(address(Inspection, "change", inspection.pk)).content.decode()
    assert "another than who asked or recorded results approves it" in page
    press(browser, inspection, "approve", reason="no risk")

    inspection.refresh_from_db()
    assert (inspection.state, inspection.approval_reason) == ("decided", "no risk")


def test_serial_units_are_decided_by_number_at_the_desk(desk, floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(3)]
    (inspection,) = inspections(
        floor.warehouse, *[arrived(drill, floor.dock, 1, serial=unit, supplier=floor.maker) for unit in units]
    )
    recorded(inspection, (1, 1, False))

    press(desk(Role.QUALITY), inspection, "decide-units", reason="one broken", accept="S-0, S-2", reject="S-1")

    inspection.refresh_from_db()
    rejected = inspection.decisions.get(disposition="reject")
    assert (inspection.state, str(rejected.serial)) == ("decided", "S-1")


def test_a_lot_is_held_and_released_by_buttons(desk, inspection):
    browser = desk(Role.QUALITY)

    press(browser, inspection, "hold-lot", reason="glass")
    assert Hold.objects.open().get().source == inspection.number
    press(browser, inspection, "release-lot", reason="none found")

    assert not Hold.objects.open().exists()


def test_goods_in_stock_are_held_by_hand(desk, floor):
    stock(floor.item, floor.a, 10)

    page = desk(Role.QUALITY).post(
        address(Inspection, "add"),
        {
            "location": floor.a.pk,
            "item": floor.item.pk,
            "quantity": "4",
            "cause": "rust",
            "status": "available",
            "key": "k",
        },
        follow=True,
    )

    inspection = Inspection.objects.get()
    assert (inspection.quantity, inspection.cause, inspection.location) == (D(4), "rust", floor.a)
    assert inspection.number in page.content.decode()


def test_quality_changes_plans_and_a_buyer_only_sees_them(desk, floor):
    form = {
        "item": floor.item.pk,
        "sampling": "table",
        "level": "II",
        "aql": "1.0",
        "starts": "normal",
        "skip_after": "0",
        "inspect_every": "1",
        "valid_from": "2027-01-01",
        "is_active": "on",
        "characteristics-TOTAL_FORMS": "1",
        "characteristics-INITIAL_FORMS": "0",
        "characteristics-0-line": "1",
        "characteristics-0-name": "Thread",
        "characteristics-0-kind": "pass_fail",
    }

    assert desk(Role.BUYER).post(address(InspectionPlan, "add"), form).status_code == 403
    answer = desk(Role.QUALITY).post(address(InspectionPlan, "add"), form)

    assert answer.status_code == 302, answer.content.decode()
    plan = InspectionPlan.objects.get()
    assert [each.name for each in plan.characteristics.all()] == ["Thread"]
    assert plan.history.count() == 1
