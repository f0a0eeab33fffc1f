"""The rules on the way from truck to bin are silent on a day's work and speak up on the fault they are there for."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.purchasing.operations import close_receipt, open_receipt
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.purchasing import an_approved_order, receive_line
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "more counted than came in": ("I25", "update purchasing_purchaseorderline set received = received + 1"),
    "more received than tolerated": ("I25", "update purchasing_purchaseorderline set quantity = 5"),
    "a receipt line nobody counted": ("I25", "update purchasing_receiptline set quantity = quantity + 1"),
    "a cancelled receipt with goods": ("I33", "update purchasing_receipt set state = 'cancelled'"),
    "goods of an order that the truck is not of": ("I33", "delete from purchasing_receipt_orders"),
    "goods as another item than was ordered": (
        "I33",
        "update purchasing_receiptline set item_id = (select min(item_id) from purchasing_receiptline)",
    ),
    "named goods that never came in": (
        "I33",
        (
            "insert into purchasing_parkedgoods (number, created_at, receipt_id, location_id, state, code, description,"
            " pieces, parked_by_id, decided_by_id, decided_at, reason)"
            " select 'UG-1', now(), id, dock_id, 'identified', 'X', '', 1, received_by_id, received_by_id, now(), ''"
            " from purchasing_receipt"
        ),
    ),
    "a putaway without its posting": ("I19", "update storage_putaway set transaction_id = null"),
    "a posting of a putaway that is not done": (
        "I19",
        "update tasks_warehousetask set state = 'ready' where state = 'done'",
    ),
}


@pytest.fixture
def received(transactional_db):
    """Two lines at the dock, one over its order and within the tolerance; one of them put away; all committed."""
    floor = a_floor()
    nut = ItemFactory(number="NUT")
    told = {"by": floor.by, "at": clock.now()}
    order = an_approved_order(floor.warehouse, (floor.item, 10, 10), (nut, 6))
    with transaction.atomic():
        receipt = open_receipt(order_ids=[order.pk], dock_id=floor.dock.pk, **told)
    for line, quantity in ((1, D(11)), (2, D(6))):
        with transaction.atomic():
            receive_line(receipt_id=receipt.pk, line=line, quantity=quantity, **told)
    with transaction.atomic():
        close_receipt(receipt_id=receipt.pk, **told)
    task = Putaway.objects.get(task__item=nut).task
    assert task.target_id is not None
    with transaction.atomic():
        confirm_putaway(task_id=task.pk, location_id=task.target_id, quantity=D(6), **told)
    return floor


def test_a_day_of_receipts_breaks_no_rule(received):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(received, superuser_dsn, fault):
    number, statement = FAULTS[fault]

    assert number in broken_by(statement, superuser_dsn)
