"""Two at the same bench, or for the same goods, at the same moment: one takes effect, the other is told."""

from decimal import Decimal as D

import pytest

from apps.accounts.models import User
from apps.assembly.errors import ComponentsShort, TooManyMade
from apps.assembly.models import AssemblyIssue, AssemblyOutput
from apps.assembly.operations import Made, confirm_issue, finish_assembly, issue_component, release_assembly
from apps.core import clock
from apps.core.errors import NotFound
from apps.journal.actor import Actor
from apps.ledger.errors import InsufficientStock
from apps.tasks.errors import TaskStale
from apps.tasks.models import WarehouseTask
from tests.concurrency.crowd import together
from tests.factories.assembly import a_workshop, an_order, issue_all, put_to_work
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stands, stock
from tests.invariants import assert_invariants


@pytest.fixture
def shop(transactional_db):
    shop = a_workshop()
    shop.part, shop.made = ItemFactory(number="PART"), ItemFactory(number="MADE")
    a_bill(shop.made, part(shop.part, 1))
    yield shop
    assert_invariants()


def fresh(by):
    return Actor(user=User.objects.get(pk=by.user.pk))


def names(answers):
    return sorted(type(answer).__name__ for answer in answers)


def test_of_two_who_issue_the_last_component_to_two_orders_one_gets_it(shop):
    orders = [put_to_work(shop, shop.made, 1, partly=True) for _ in range(2)]
    stock(shop.part, shop.a, 1)

    answers = together(
        *[
            lambda order=order, by=by: issue_component(
                order_id=order.pk,
                item_id=shop.part.pk,
                location_id=shop.a.pk,
                quantity=D(1),
                by=fresh(by),
                at=clock.now(),
            )
            for order, by in zip(orders, (an_actor(), an_actor()), strict=True)
        ]
    )

    assert names(answers) == [AssemblyIssue.__name__, InsufficientStock.__name__]
    assert stands(shop.part) == {"BENCH": 1}


def test_of_two_orders_released_for_the_last_component_one_has_it(shop):
    stock(shop.part, shop.a, 1)
    orders = [an_order(shop, shop.made, 1) for _ in range(2)]

    answers = together(
        *[
            lambda order=order: release_assembly(order_id=order.pk, by=fresh(shop.by), at=clock.now())
            for order in orders
        ]
    )

    assert names(answers) == ["AssemblyOrder", ComponentsShort.__name__]


def test_of_two_who_confirm_the_same_issue_one_does(shop):
    stock(shop.part, shop.a, 5)
    put_to_work(shop, shop.made, 1)
    task = WarehouseTask.objects.get(kind="issue")

    answers = together(
        *[
            lambda by=by: confirm_issue(task_id=task.pk, quantity=D(1), by=fresh(by), at=clock.now())
            for by in (an_actor(), an_actor())
        ]
    )

    assert names(answers) == [AssemblyIssue.__name__, TaskStale.__name__]
    assert stands(shop.part) == {"A": 4, "BENCH": 1}


def test_of_two_who_finish_the_last_one_one_does(shop):
    stock(shop.part, shop.a, 1)
    order = put_to_work(shop, shop.made, 1)
    issue_all(order)

    answers = together(
        *[
            lambda by=by: finish_assembly(
                order_id=order.pk, outputs=[Made(quantity=D(1))], by=fresh(by), at=clock.now(), location_id=shop.b.pk
            )
            for by in (an_actor(), an_actor())
        ]
    )

    assert names(answers)[0] == "AssemblyOrder"
    assert names(answers)[1] in {"NotOnFloor", TooManyMade.__name__, NotFound.__name__}
    assert AssemblyOutput.objects.count() == 1
