"""Returns at the desk: announced by a form, taken in and judged by buttons."""

from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages

from apps.accounts.roles import Role
from apps.ledger.models import StockBalance
from apps.returns.models import CustomerReturn
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory, works_at
from tests.factories.orders import CustomerFactory
from tests.factories.returns import a_blind_return, a_return, a_shipped_order, back, loose, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def floor():
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    floor.order = a_shipped_order(floor, (floor.item, 6))
    return floor


@pytest.fixture
def desk(client, floor):
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR.value]), floor.warehouse))
    return client


def do(browser, document, verb, **answers):
    answer = browser.post(address(CustomerReturn, "do", document.pk, verb), answers)
    document.refresh_from_db()
    return [str(message) for message in get_messages(answer.wsgi_request)]


def verbs(browser, document):
    page = browser.get(address(CustomerReturn, "change", document.pk))
    return [button.name for button, _ in page.context["verbs"]]


def test_a_return_is_announced_by_hand(desk, floor):
    desk.post(
        address(CustomerReturn, "add"),
        {
            "order": floor.order.pk,
            "reason": "DAMAGED",
            "lines-TOTAL_FORMS": 1,
            "lines-INITIAL_FORMS": 0,
            "lines-0-line": "1",
            "lines-0-quantity": "2",
        },
    )

    document = CustomerReturn.objects.get()
    assert (document.order, document.reason, document.lines.get().announced) == (floor.order, "Arrived damaged", D(2))


def test_a_return_is_taken_in_and_judged_by_buttons(desk, floor):
    document = a_return(floor.order, back(2))
    assert verbs(desk, document) == ["receive", "refuse", "cancel"]
    LocationFactory(code="FOREIGN", kind="dock")
    asked = desk.get(address(CustomerReturn, "do", document.pk, "receive"))
    assert b"DOCK" in asked.content
    assert b"FOREIGN" not in asked.content

    said = do(desk, document, "receive", location_id=floor.dock.pk)
    assert said == [f"{document} stands at the dock and waits for inspection."]
    assert verbs(desk, document) == ["inspect", "undo", "close"]
    refused = do(desk, document, "inspect", line=1, quantity=3, disposition="restock", grade="A")
    do(desk, document, "inspect", line=1, quantity=2, disposition="damaged", remark="dented")

    assert "3 asked" in refused[-1]
    assert (document.state, verbs(desk, document)) == ("closed", [])
    assert StockBalance.objects.on_hand().get(location=floor.dock).status == "damaged"


def test_a_return_is_cancelled_by_its_button(desk, floor):
    document = a_return(floor.order, back(2))

    do(desk, document, "cancel", reason="kept")

    assert (document.state, document.end_reason) == ("cancelled", "kept")


def test_a_blind_return_says_so_on_its_page(desk, floor):
    document = taken_in(a_blind_return(floor.warehouse, CustomerFactory(), loose(floor.item, 1)), floor.dock)

    page = desk.get(address(CustomerReturn, "change", document.pk))

    assert b"Not matched to an order" in page.content
