"""Chosen proposals become purchase orders: one a supplier and warehouse, all or none, once."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed
from apps.journal.models import AuditEntry
from apps.planning.errors import NoSupplier, NothingChosen
from apps.planning.models import ReorderProposal
from apps.planning.operations import order_proposals
from apps.planning.states import ProposalState
from apps.purchasing.errors import NotASupplier, SelfApproval
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.operations import approve_purchase_order, submit_purchase_order
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.planning import StockingPolicyFactory, ordered, proposed_at
from tests.factories.purchasing import SupplierItemFactory, a_buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """ACME sells bolts (in five days) and nuts (in nine), BOSCH drills; none is there."""
    warehouse = WarehouseFactory(code="MAIN")
    acme, bosch = (PartyFactory(number=number, is_supplier=True) for number in ("ACME", "BOSCH"))
    for number, supplier, days in (("BOLT", acme, 5), ("NUT", acme, 9), ("DRILL", bosch, 1)):
        item = ItemFactory(number=number)
        StockingPolicyFactory(warehouse=warehouse, item=item)
        SupplierItemFactory(supplier=supplier, item=item, price=D(2), lead_time_days=days, supplier_code=f"S-{number}")
    proposals = {proposal.item.number: proposal for proposal in proposed_at(warehouse).proposed}
    return SimpleNamespace(warehouse=warehouse, acme=acme, bosch=bosch, proposals=proposals)


def test_proposals_of_one_supplier_go_on_one_order(site):
    buyer = a_buyer()

    of_acme, of_bosch = ordered(*site.proposals.values(), by=buyer)

    today = site.warehouse.local_date(clock.now())
    assert (of_acme.supplier, of_acme.state, of_acme.raised_by) == (site.acme, "draft", buyer.user)
    assert (of_acme.warehouse, of_acme.due_on) == (site.warehouse, today + timedelta(days=9))
    assert list(of_acme.lines.values_list("item__number", "quantity", "price", "supplier_code")) == [
        ("BOLT", D(40), D(2), "S-BOLT"),
        ("NUT", D(40), D(2), "S-NUT"),
    ]
    assert (of_bosch.supplier, of_bosch.lines.get().item.number) == (site.bosch, "DRILL")
    assert set(ReorderProposal.objects.values_list("item__number", "state", "order", "decided_by")) == {
        ("BOLT", "ordered", of_acme.pk, buyer.user.pk),
        ("NUT", "ordered", of_acme.pk, buyer.user.pk),
        ("DRILL", "ordered", of_bosch.pk, buyer.user.pk),
    }
    assert AuditEntry.objects.filter(verb="order").count() == 2


def test_whoever_ordered_does_not_approve(site):
    buyer = a_buyer()
    (order,) = ordered(site.proposals["BOLT"], by=buyer)
    submit_purchase_order(order_id=order.pk, by=buyer, at=clock.now())

    with pytest.raises(SelfApproval):
        approve_purchase_order(order_id=order.pk, by=buyer, at=clock.now())
    approve_purchase_order(order_id=order.pk, by=a_buyer(), at=clock.now())

    assert PurchaseOrder.objects.get().state == "approved"


def test_proposals_of_two_warehouses_go_on_two_orders(site):
    other = WarehouseFactory()
    StockingPolicyFactory(warehouse=other, item=site.proposals["BOLT"].item)
    (elsewhere,) = proposed_at(other).proposed

    orders = ordered(elsewhere, site.proposals["BOLT"])

    assert [order.warehouse for order in orders] == [site.warehouse, other]


def test_what_is_ordered_once_is_not_ordered_again(site):
    ordered(site.proposals["BOLT"])

    with pytest.raises(IllegalTransition):
        ordered(site.proposals["NUT"], site.proposals["BOLT"])

    assert PurchaseOrder.objects.count() == 1
    assert ReorderProposal.objects.get(item__number="NUT").state == ProposalState.PROPOSED


def test_without_a_supplier_nothing_is_ordered(site):
    lone = StockingPolicyFactory(warehouse=site.warehouse, item=ItemFactory(number="LONE"))
    (proposal,) = proposed_at(site.warehouse).proposed

    with pytest.raises(NoSupplier) as refusal:
        ordered(site.proposals["BOLT"], proposal)

    assert refusal.value.facts == {"proposal": proposal.number, "item": lone.item.number}
    assert not PurchaseOrder.objects.exists()
    assert ReorderProposal.objects.open().count() == 4


def test_a_supplier_that_is_none_any_more_is_refused_and_nothing_is_ordered(site):
    site.acme.is_active = False
    site.acme.save()

    with pytest.raises(NotASupplier):
        ordered(site.proposals["DRILL"], site.proposals["BOLT"])

    assert not PurchaseOrder.objects.exists()
    assert ReorderProposal.objects.open().count() == 3


def test_who_may_order_and_that_something_is_chosen(site):
    with pytest.raises(NotAllowed):
        ordered(site.proposals["BOLT"], by=an_actor(UserFactory(roles=[Role.SALES])))
    with pytest.raises(NothingChosen):
        order_proposals(proposal_ids=[], by=a_buyer(), at=clock.now())

    assert not PurchaseOrder.objects.exists()
