"""Buyers, and beat, at the same moment: an item is proposed once and bought once."""

from decimal import Decimal as D

import pytest

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import IllegalTransition
from apps.journal.actor import Actor
from apps.planning.jobs import propose_reorders as propose_job
from apps.planning.models import ReorderProposal
from apps.planning.operations import Proposed, dismiss_proposal, order_proposals, propose_reorders
from apps.planning.states import ProposalState
from apps.purchasing.models import PurchaseOrder
from tests.concurrency.crowd import persist, together
from tests.factories.locations import WarehouseFactory
from tests.factories.planning import StockingPolicyFactory, proposed_at
from tests.factories.purchasing import SupplierItemFactory, a_buyer
from tests.invariants import assert_invariants


@pytest.fixture
def short(transactional_db, time_machine):
    """A warehouse where five items are gone that one supplier sells, late in its morning."""
    time_machine.move_to("2030-05-01T09:15:00Z")
    warehouse = WarehouseFactory(code="MAIN")
    price = SupplierItemFactory()
    StockingPolicyFactory(warehouse=warehouse, item=price.item)
    for policy in StockingPolicyFactory.create_batch(4, warehouse=warehouse):
        SupplierItemFactory(supplier=price.supplier, item=policy.item)
    yield warehouse
    assert_invariants()


def fresh(by):
    """The same person, read anew: each thread has rows of its own."""
    return Actor(user=User.objects.get(pk=by.user.pk))


def kinds(answers, kind):
    return [answer for answer in answers if isinstance(answer, kind)]


def order(pks, by):
    return lambda: order_proposals(proposal_ids=pks, by=fresh(by), at=clock.now())


def propose(warehouse, by):
    return lambda: propose_reorders(warehouse_id=warehouse.pk, by=fresh(by), at=clock.now())


def test_of_two_buyers_who_order_the_same_one_does(short):
    pks = [proposal.pk for proposal in proposed_at(short).proposed]

    answers = together(order(pks, a_buyer()), order(pks[::-1], a_buyer()))

    assert (len(kinds(answers, list)), len(kinds(answers, IllegalTransition))) == (1, 1)
    assert PurchaseOrder.objects.get().lines.count() == 5
    assert set(ReorderProposal.objects.values_list("state", "order")) == {
        (ProposalState.ORDERED.value, PurchaseOrder.objects.get().pk)
    }


def test_one_who_orders_and_one_who_dismisses_do_not_both(short):
    pk = proposed_at(short).proposed[0].pk
    one, other = a_buyer(), a_buyer()

    answers = together(
        order([pk], one),
        lambda: dismiss_proposal(proposal_id=pk, reason="no", by=fresh(other), at=clock.now()),
    )

    assert len(kinds(answers, IllegalTransition)) == 1
    is_ordered = ReorderProposal.objects.get(pk=pk).state == ProposalState.ORDERED
    assert PurchaseOrder.objects.count() == int(is_ordered)


def test_runs_at_once_propose_each_item_once(short):
    buyer = a_buyer()

    runs = [lambda: persist(propose(short, buyer))] * 3
    answers = together(*runs, propose_job, propose_job, in_transaction=False)

    assert answers[3:] == [1, 1]
    assert ReorderProposal.objects.count() == 5
    assert PurchaseOrder.objects.count() == 0


def test_a_run_while_a_buyer_orders_proposes_nothing_twice(short):
    pks = [proposal.pk for proposal in proposed_at(short).proposed]
    buyer = a_buyer()

    answers = together(order(pks, buyer), *[propose(short, buyer)] * 3)

    assert len(kinds(answers, list)) == 1
    assert [(run.proposed, run.withdrawn) for run in kinds(answers, Proposed)] == [([], [])] * 3
    assert ReorderProposal.objects.count() == 5
    assert set(PurchaseOrder.objects.get().lines.values_list("quantity", flat=True)) == {D(40)}
