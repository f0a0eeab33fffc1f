"""The sheet on the shelf, and the page on which a count is decided."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.counting.jobs import print_count_sheet
from apps.counting.models import CycleCount
from apps.counting.operations import reject_count
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, reserve
from tests.admin.pages import address
from tests.factories.counting import a_count, a_decider, counted, found
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.locations import works_at


@pytest.fixture
def floor(transactional_db):
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    return floor


def browser_of(client, floor, actor):
    client.force_login(works_at(actor.user, floor.warehouse), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_sheet_is_kept_under_its_number(floor, settings, tmp_path):
    settings.PAPER_DIR = tmp_path
    count = a_count(floor.a)

    print_count_sheet(count=count.number, user_id=count.asked_by_id)

    assert (tmp_path / f"{count.number}.pdf").read_bytes().startswith(b"%PDF")


def test_a_count_is_opened_and_approved_at_the_desk(client, floor):
    browser = browser_of(client, floor, a_decider())
    browser.post(address(CycleCount, "add"), {"location": floor.a.pk})
    count = CycleCount.objects.get()
    counted(count, found(floor.item, 7))
    browser = browser_of(client, floor, a_decider())

    page = browser.get(address(CycleCount, "change", count.pk))
    browser.post(address(CycleCount, "do", count.pk, "approve"), {"reason": "counted twice"})

    assert {button.name for button, _ in page.context["verbs"]} == {"approve", "reject", "cancel"}
    assert b"-3" in page.content
    count.refresh_from_db()
    assert (count.state, StockBalance.objects.get(location=floor.a).on_hand) == ("approved", D(7))


def test_a_counter_is_refused_at_the_desk_and_sees_no_figures(client, floor):
    manager = a_decider()
    browser = browser_of(client, floor, manager)
    count = counted(a_count(floor.a), found(floor.item, 7), by=manager)

    page = browser.get(address(CycleCount, "change", count.pk))
    browser.post(address(CycleCount, "do", count.pk, "approve"), {"reason": "mine"})

    assert b"Hidden while it may be counted again." in page.content
    count.refresh_from_db()
    assert (count.state, StockBalance.objects.get(location=floor.a).on_hand) == ("counted", D(10))


def test_what_stands_in_the_way_is_said(client, floor):
    balance = StockBalance.objects.get(location=floor.a)
    reserve([Claim(balance_id=balance.pk, quantity=D(8))], warehouse_id=floor.warehouse.pk, document="SO-1")
    count = counted(a_count(floor.a), found(floor.item, 7))

    page = browser_of(client, floor, a_decider()).get(address(CycleCount, "change", count.pk))

    assert b"Not enough of BOLT is free" in page.content


def test_the_page_of_a_recount_says_who_counted_first(client, floor):
    count = counted(a_count(floor.a), found(floor.item, 7))
    with transaction.atomic():
        reject_count(count_id=count.pk, reason="odd", by=a_decider(), at=clock.now())

    page = browser_of(client, floor, a_decider()).get(address(CycleCount, "change", count.pk))

    assert b"First counted by" in page.content
