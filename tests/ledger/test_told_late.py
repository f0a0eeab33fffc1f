"""The desk shows both times of a posting that was told late, and one time of a posting that was not."""

import re
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.operations import Move, Place, post, seal_block
from apps.ledger.states import TransactionKind
from tests.factories.api import a_person
from tests.factories.ledger import an_actor, stock

LATE = timedelta(hours=8)
NOTE = re.compile(r"<small>happened <time datetime=\"([^\"]+)\"")


@pytest.fixture
def told(floor):
    """One posting at once and one eight hours late: the late one."""
    stock(floor.item, floor.a, 10)
    done = clock.now() - LATE
    source, target = Place(location_id=floor.a.pk), Place(location_id=floor.b.pk)
    move = Move(item_id=floor.item.pk, quantity=D(1), source=source, target=target)
    _, late = (
        post([move], warehouse_id=floor.warehouse.pk, kind=TransactionKind.MOVE, by=by, at=clock.now())
        for by in (floor.by, an_actor(occurred_at=done))
    )
    posting = StockTransaction.objects.get(pk=late)
    assert posting.occurred_at == done
    return posting


@pytest.fixture
def page(client, floor):
    client.force_login(a_person(floor.warehouse, roles=[Role.INVENTORY_MANAGER, Role.AUDITOR]).user)

    def text(name, *args):
        answer = client.get(reverse(f"admin:ledger_{name}", args=args))
        assert answer.status_code == 200
        return answer.content.decode()

    return text


@pytest.mark.parametrize("name", ["stocktransaction_changelist", "stockmove_changelist"])
def test_a_list_notes_when_a_late_one_happened_and_nothing_of_the_others(page, told, name):
    assert NOTE.findall(page(name)) == [told.occurred_at.isoformat()]


def test_why_a_balance_is_what_it_is_notes_it_too(page, floor, told):
    balance = StockBalance.objects.get(location=floor.b)

    assert NOTE.findall(page("stockbalance_change", balance.pk)) == [told.occurred_at.isoformat()]


def test_a_postings_page_has_both_times(page, told):
    text = page("stocktransaction_change", told.pk)

    assert "Happened, by the device" in text
    assert told.occurred_at.isoformat() in text
    assert told.recorded_at.isoformat() in text


def test_a_sealed_block_notes_it(page, told):
    seal_block(by=an_actor(), at=clock.now())

    assert NOTE.findall(page("block_change", told.seal.block_id)) == [told.occurred_at.isoformat()]
