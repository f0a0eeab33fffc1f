"""Transfers at the desk: drafted by a form, decided and received by buttons; the page of what is on the road."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import StockBalance
from apps.supply.models import ExpectedReceipt
from apps.transfers.models import Transfer
from apps.transfers.queries import progress_of
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stands
from tests.factories.locations import works_at
from tests.factories.transfers import a_transfer, on_the_road, two_sites

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sites():
    return two_sites()


@pytest.fixture
def desk(client, sites):
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), sites.paris.warehouse, sites.lyon))
    return client


def do(browser, document, verb, **answers):
    answer = browser.post(address(Transfer, "do", document.pk, verb), answers)
    document.refresh_from_db()
    return [str(message) for message in get_messages(answer.wsgi_request)]


def verbs(browser, document):
    page = browser.get(address(Transfer, "change", document.pk))
    return [button.name for button, _ in page.context["verbs"]]


def test_a_transfer_is_drafted_by_hand_and_approved_by_another(desk, sites):
    desk.post(
        address(Transfer, "add"),
        {
            "origin": sites.paris.warehouse.pk,
            "destination": sites.lyon.pk,
            "needed_on": "2030-01-31",
            "reason": "Lyon runs low",
            "lines-TOTAL_FORMS": 1,
            "lines-INITIAL_FORMS": 0,
            "lines-0-item": sites.item.pk,
            "lines-0-quantity": "4",
        },
    )
    document = Transfer.objects.get()
    assert (document.state, document.lines.get().quantity) == ("draft", D(4))
    assert verbs(desk, document) == ["request", "cancel"]

    said = do(desk, document, "request")
    assert said == [f"{document} is requested; the sending site decides."]
    assert verbs(desk, document) == ["approve", "reject", "cancel"]
    refused = do(desk, document, "approve", reason="")
    assert "asked for" in refused[-1]
    desk.force_login(sites.sender.user)
    do(desk, document, "approve", reason="")

    assert document.state == "approved"
    assert verbs(desk, document) == ["cancel"]


def test_all_cartons_are_received_by_a_button(desk, sites):
    document, _ = on_the_road(sites, (sites.item, 4))
    assert verbs(desk, document) == ["receive-all", "receive", "close-transit", "end"]
    asked = desk.get(address(Transfer, "do", document.pk, "receive-all"))
    assert b"LYON-IN" in asked.content
    assert b"LYON-A" not in asked.content

    said = do(desk, document, "receive-all", location_id=sites.dock.pk)

    assert said == [f"The cartons of {document} stand at the dock and wait to be put away."]
    assert (document.state, verbs(desk, document)) == ("closed", [])
    assert stands(sites.item) == {"LYON-IN": D(4)}


def test_some_goods_are_received_and_the_rest_is_explained_by_buttons(desk, sites):
    document, _ = on_the_road(sites, (sites.item, 10))
    goods = StockBalance.objects.in_transit().get()
    asked = desk.get(address(Transfer, "do", document.pk, "receive"))
    assert f"BOLT in {goods.unit}: 10 EA".encode() in asked.content

    do(desk, document, "receive", location_id=sites.dock.pk, goods=goods.pk, quantity=6, reason="")
    do(desk, document, "receive", location_id=sites.dock.pk, goods=goods.pk, quantity=1, damaged="on", reason="wet")
    refused = do(desk, document, "close-transit", outcome="lost", remark="gone", goods="", quantity="", location_id="")
    assert "cannot close what is missing" in refused[-1]
    desk.force_login(sites.manager.user)
    do(desk, document, "close-transit", outcome="lost", remark="gone", goods=goods.pk, quantity=1, location_id="")
    do(
        desk,
        document,
        "close-transit",
        outcome="found",
        remark="behind the door",
        goods="",
        quantity="",
        location_id=sites.dock.pk,
    )

    (line,) = progress_of([document.pk])[document.pk]
    assert (line.received, line.damaged, line.closed, line.in_transit) == (D(7), D(1), D(3), D(0))
    assert document.state == "closed"
    page = desk.get(address(Transfer, "change", document.pk)).content.decode()
    assert all(words in page for words in ("Lost on the road", "Found here after all", "behind the door", "wet"))


def test_late_ones_are_found_in_the_list_and_counted_on_the_home_page(desk, sites):
    late, _ = on_the_road(sites, (sites.item, 4))
    ExpectedReceipt.objects.update(due_on=sites.lyon.local_date(clock.now()) - timedelta(days=1))
    on_time, _ = on_the_road(sites, (sites.item, 2))
    asked = a_transfer(sites, (sites.item, 1), approve=False)

    def listed(**more):
        page = desk.get(address(Transfer), more)
        return [row.number for row in page.context["cl"].result_list]

    assert listed() == [asked.number, on_time.number, late.number]
    assert listed(road="late") == [late.number]
    assert listed(road="any") == [on_time.number, late.number]
    home = desk.get(reverse("admin:index")).content.decode()
    assert "Transfers late" in home
    assert "Transfers to approve" in home


def test_the_page_of_the_road_shows_what_it_is_worth_and_the_late_ones_first(desk, sites):
    nut = ItemFactory(number="NUT", standard_cost="2.50")
    on_the_road(sites, (nut, 4))
    ExpectedReceipt.objects.update(due_on=sites.lyon.local_date(clock.now()) - timedelta(days=1))
    on_the_road(sites, (sites.item, 2))

    page = desk.get(reverse("desk-in-transit"))
    text = page.content.decode()

    assert page.status_code == 200
    assert [row[4].partition(">")[2].partition("<")[0] for row in page.context["table"].rows] == ["NUT", "BOLT"]
    assert (page.context["late"], page.context["unvalued"]) == (1, 1)
    assert "10.00" in str(page.context["value"])
    assert "1 day late" in text
    assert "/api/v1/in-transit/csv?origin=" in desk.get(reverse("desk-in-transit"), {"origin": "LYON"}).content.decode()
    assert desk.get(reverse("desk-in-transit"), {"origin": "NOWHERE"}).status_code == 400


def test_who_may_not_see_transfers_does_not_see_the_road(client, sites):
    client.force_login(works_at(UserFactory(roles=[Role.SAFETY]), sites.lyon))

    assert client.get(reverse("desk-in-transit")).status_code == 403
