"""Two people at the same inspection at the same moment: one takes effect, the other is told."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.compliance.errors import InspectionOver, MoreThanRejected
from apps.compliance.models import Inspection, InspectionResult, SupplierReturn
from apps.compliance.operations import (
    Decided,
    Recorded,
    approve_concession,
    decide_inspection,
    record_results,
    refuse_concession,
    return_rejected,
)
from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.ledger.errors import InsufficientStock
from apps.ledger.models import StockBalance, StockTransaction
from apps.locations.choices import LocationKind
from apps.storage.operations import Goods, confirm_putaway, propose_putaways
from apps.tasks.errors import TaskStale
from tests.concurrency.crowd import together
from tests.factories.compliance import an_inspector, arrived, decided, inspections, recorded
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor
from tests.factories.locations import LocationFactory
from tests.invariants import assert_invariants


@pytest.fixture
def floor(transactional_db):
    floor = a_floor()
    floor.cage = LocationFactory(warehouse=floor.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    yield floor
    assert_invariants()


@pytest.fixture
def inspection(floor):
    """Ten bolts at the dock, good as a whole."""
    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 10))
    recorded(inspection, (1, 1, True))
    return inspection


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def decides(inspection, by, **amounts):
    """Somebody decides, in a thread of their own."""
    decisions = [Decided(disposition=name, quantity=D(amount)) for name, amount in amounts.items()]
    return lambda: decide_inspection(
        inspection_id=inspection.pk, decisions=decisions, reason="seen", by=fresh(by), at=clock.now()
    )


def kinds(answers, *expected):
    return [sum(isinstance(answer, kind) for answer in answers) for kind in expected]


def stands(item):
    rows = StockBalance.objects.on_hand().filter(item=item).values_list("location__code", "status", "on_hand")
    return {(code, status): on_hand for code, status, on_hand in rows}


def test_of_two_who_decide_at_once_one_does(floor, inspection):
    one, other = an_inspector(), an_inspector()

    answers = together(decides(inspection, one, accept=10), decides(inspection, other, reject=10))

    assert kinds(answers, Inspection, InspectionOver) == [1, 1]
    status = "available" if isinstance(answers[0], Inspection) else "blocked"
    assert stands(floor.item) == {("DOCK", status): 10}
    assert StockTransaction.objects.filter(document=inspection.number).count() == 1


def test_a_result_that_comes_with_the_decision_is_in_time_or_refused(floor, inspection):
    one, other = an_inspector(), an_inspector()

    answers = together(
        decides(inspection, one, reject=10),
        lambda: record_results(
            inspection_id=inspection.pk,
            results=[Recorded(characteristic=1, passed=False)],
            by=fresh(other),
            at=clock.now(),
        ),
    )

    assert isinstance(answers[0], Inspection)
    assert isinstance(answers[1], Inspection | InspectionOver)
    assert InspectionResult.objects.filter(replaced_at=None).count() == 1


def test_of_two_who_decide_about_a_concession_one_does(floor, inspection):
    decided(inspection, use_as_is=10)
    one, other = an_inspector(Role.INVENTORY_MANAGER), an_inspector()

    answers = together(
        lambda: approve_concession(inspection_id=inspection.pk, reason="x", by=fresh(one), at=clock.now()),
        lambda: refuse_concession(inspection_id=inspection.pk, reason="x", by=fresh(other), at=clock.now()),
    )

    assert kinds(answers, Inspection, InspectionOver) == [1, 1]
    assert stands(floor.item) == {("DOCK", "available" if isinstance(answers[0], Inspection) else "blocked"): 10}


def test_two_trucks_do_not_take_the_same_goods_back(floor, inspection):
    decided(inspection, reject=10)
    drivers = [an_inspector(), an_inspector()]

    answers = together(
        *[
            lambda by=by: return_rejected(inspection_id=inspection.pk, quantity=D(6), by=fresh(by), at=clock.now())
            for by in drivers
        ]
    )

    assert kinds(answers, SupplierReturn, MoreThanRejected) == [1, 1]
    assert stands(floor.item) == {("DOCK", "blocked"): 4}


def test_goods_are_decided_and_put_away_at_once_without_loss(floor, inspection):
    goods = Goods(
        item_id=floor.item.pk, lot_id=None, serial_id=None, status="inspection", quantity=D(10), source_id=floor.dock.pk
    )
    with transaction.atomic():
        (putaway,) = propose_putaways(
            [goods], warehouse_id=floor.warehouse.pk, document="GR-1", by=an_actor(), at=clock.now()
        )
    one, worker = an_inspector(), an_actor()

    answers = together(
        decides(inspection, one, accept=10),
        lambda: confirm_putaway(
            task_id=putaway.task_id, location_id=floor.cage.pk, quantity=D(10), by=fresh(worker), at=clock.now()
        ),
    )

    assert any(not isinstance(answer, Exception) for answer in answers)
    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(each, InsufficientStock | TaskStale | IllegalTransition) for each in refusals), refusals
    assert sum(stands(floor.item).values()) == 10
