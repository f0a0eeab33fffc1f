"""What has come down to its minimum is proposed, once, with the figures and the reasons."""

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.catalog.choices import Lifecycle, PackagingLevel
from apps.catalog.models import Packaging
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, Move, Place, hold_lots, post, reserve
from apps.ledger.states import HoldReason, StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Company, Location
from apps.planning.models import ReorderProposal, StockingPolicy
from apps.planning.operations import dismiss_proposal
from apps.planning.states import ProposalState
from apps.purchasing.operations import cancel_purchase_order
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory, UnitFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order
from tests.factories.planning import StockingPolicyFactory, ordered, proposed_at
from tests.factories.purchasing import SupplierItemFactory, a_buyer, an_approved_order, an_order
from tests.invariants import assert_invariants


@pytest.fixture
def floor(db):
    """Bolts are kept between ten and forty; ACME sells them at two within five days."""
    floor = a_floor()
    floor.policy = StockingPolicyFactory(warehouse=floor.warehouse, item=floor.item)
    floor.acme = PartyFactory(number="ACME", name="Acme", is_supplier=True)
    SupplierItemFactory(supplier=floor.acme, item=floor.item, price=D(2), lead_time_days=5)
    return floor


def positions(floor):
    rows: Any = StockingPolicy.objects.with_position(clock.now()).filter(pk=floor.policy.pk)
    return rows.values_list("available", "inbound", "raised").get()


def sentences(proposal):
    return {reason["rule"]: reason["because"] for reason in proposal.reasons}


def test_what_is_available_is_good_pickable_free_and_not_promised(floor):
    lot, held, old = (
        LotFactory(item=ItemFactory(perishable=True), expires_on=date(2099, 1, 1)),
        LotFactory(),
        LotFactory(),
    )
    milk = lot.item
    held.item = old.item = milk
    held.save()
    old.expires_on = clock.now().date()
    old.save()
    floor.policy = StockingPolicyFactory(warehouse=floor.warehouse, item=milk)
    for place, quantity, more in (
        (floor.a, 100, {"lot": lot}),
        (floor.b, 1000, {"lot": lot, "status": StockStatus.DAMAGED}),
        (floor.dock, 1000, {"lot": lot}),
        (LocationFactory(warehouse=floor.warehouse, kind=LocationKind.QUARANTINE), 1000, {"lot": lot}),
        (LocationFactory(), 1000, {"lot": lot}),
        (floor.a, 1000, {"lot": held}),
        (floor.a, 1000, {"lot": old}),
    ):
        stock(milk, place, quantity, **more)
    hold_lots([held.pk], reason=HoldReason.QUALITY, by=floor.by)
    good = StockBalance.objects.get(location=floor.a, lot=lot)
    reserve([Claim(balance_id=good.pk, quantity=D(7))], warehouse_id=floor.warehouse.pk, document="SO-X")
    a_sales_order(floor.warehouse, (milk, 20))

    assert positions(floor) == (D(73), D(0), D(0))


def test_goods_of_others_fill_no_order_of_ours(floor):
    supplier = Location.objects.get(warehouse=floor.warehouse, kind=LocationKind.SUPPLIER)
    theirs = Move(
        item_id=floor.item.pk,
        owner_id=PartyFactory(is_owner=True).pk,
        quantity=D(100),
        source=Place(location_id=supplier.pk),
        target=Place(location_id=floor.a.pk),
    )
    post([theirs], warehouse_id=floor.warehouse.pk, kind=TransactionKind.RECEIVE, by=floor.by, at=clock.now())
    stock(floor.item, floor.a, 3)

    assert positions(floor) == (D(3), D(0), D(0))


def test_more_may_be_promised_than_there_is(floor):
    stock(floor.item, floor.a, 5)
    a_sales_order(floor.warehouse, (floor.item, 20))

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert (proposal.available, proposal.quantity) == (D(-15), D(55))


def test_a_proposal_says_how_much_of_whom_by_when_and_why(floor):
    stock(floor.item, floor.a, 8)

    (proposal,) = proposed_at(floor.warehouse, on=date(2027, 3, 1)).proposed

    proposal = ReorderProposal.objects.get(pk=proposal.pk)
    assert proposal.number.startswith("RP-")
    assert (proposal.state, proposal.warehouse, proposal.item) == ("proposed", floor.warehouse, floor.item)
    assert (proposal.available, proposal.inbound, proposal.raised) == (D(8), D(0), D(0))
    assert (proposal.minimum, proposal.target, proposal.quantity) == (D(10), D(40), D(32))
    assert (proposal.supplier, proposal.price, proposal.order) == (floor.acme, D(2), None)
    assert (proposal.proposed_on, proposal.due_on) == (date(2027, 3, 1), date(2027, 3, 6))
    assert sentences(proposal) == {
        "order up to target": "8 EA available, 0 expected and 0 on orders not yet approved make 8: no more than the "
        "minimum of 10, so 32 bring it up to the target of 40.",
        "supplier": "ACME Acme is cheapest for this quantity, at 2 a EA; nobody else offers it.",
        "lead time": "It comes 5 days after it is ordered.",
    }
    entry = AuditEntry.objects.get(verb="proposed")
    assert (entry.kind, entry.number, entry.detail) == ("reorders", "2027-03-01", {"proposed": 1, "withdrawn": 0})


def test_what_is_on_order_is_not_ordered_again(floor):
    stock(floor.item, floor.a, 3)
    an_approved_order(floor.warehouse, (floor.item, 6))
    draft = an_order(floor.warehouse, (floor.item, 2))

    assert positions(floor) == (D(3), D(6), D(2))
    assert proposed_at(floor.warehouse).proposed == []
    # Less is available than the minimum all the same: the home page says so.
    assert StockingPolicy.objects.low(clock.now()).get() == floor.policy
    with transaction.atomic():
        cancel_purchase_order(order_id=draft.pk, reason="too dear", by=an_actor(draft.raised_by), at=clock.now())
    (proposal,) = proposed_at(floor.warehouse).proposed
    assert (proposal.inbound, proposal.raised, proposal.quantity) == (D(6), D(0), D(31))


def test_at_the_minimum_it_is_proposed_and_above_it_is_not(floor):
    stock(floor.item, floor.a, 10)
    plenty = StockingPolicyFactory(warehouse=floor.warehouse)
    stock(plenty.item, floor.b, 11)

    run = proposed_at(floor.warehouse)

    assert [(proposal.item, proposal.quantity) for proposal in run.proposed] == [(floor.item, D(30))]
    assert not StockingPolicy.objects.low(clock.now()).exists()


def test_a_policy_out_of_force_an_item_that_is_phased_out_and_another_warehouse_are_left_alone(floor):
    floor.policy.is_active = False
    floor.policy.save()
    StockingPolicyFactory(warehouse=floor.warehouse, item=ItemFactory(lifecycle=Lifecycle.PHASING_OUT))
    elsewhere = StockingPolicyFactory()

    assert proposed_at(floor.warehouse).proposed == []
    assert [proposal.item for proposal in proposed_at(elsewhere.warehouse).proposed] == [elsewhere.item]


def test_a_second_run_changes_nothing(floor):
    (first,) = proposed_at(floor.warehouse).proposed
    stock(floor.item, floor.a, 5)

    again = proposed_at(floor.warehouse)

    assert (again.proposed, again.withdrawn) == ([], [])
    assert ReorderProposal.objects.get() == first
    assert (ReorderProposal.objects.get().available, AuditEntry.objects.filter(verb="proposed").count()) == (D(0), 1)


def test_what_is_no_longer_needed_is_withdrawn(floor):
    (proposal,) = proposed_at(floor.warehouse).proposed
    stock(floor.item, floor.a, 50)

    run = proposed_at(floor.warehouse, on=date(2027, 3, 2))

    assert (run.proposed, run.withdrawn) == ([], [proposal])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_on) == (ProposalState.WITHDRAWN, date(2027, 3, 2))
    assert proposal.reason == "There is enough, or enough is on order."


def test_what_was_dismissed_is_proposed_again_the_next_day_and_not_before(floor):
    (proposal,) = proposed_at(floor.warehouse).proposed
    with transaction.atomic():
        dismiss_proposal(proposal_id=proposal.pk, reason="out of season", by=a_buyer(), at=clock.now())

    assert proposed_at(floor.warehouse).proposed == []
    tomorrow = floor.warehouse.local_date(clock.now()) + timedelta(days=1)
    (again,) = proposed_at(floor.warehouse, on=tomorrow).proposed
    assert (again.item, again.quantity) == (floor.item, D(40))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (ProposalState.DISMISSED, "out of season")
    assert AuditEntry.objects.get(verb="dismiss").number == proposal.number


def test_the_preferred_supplier_goes_before_the_cheapest(floor):
    dear = SupplierItemFactory(item=floor.item, price=D(9), minimum_quantity=D(50), lead_time_days=1)
    floor.policy.supplier = dear.supplier
    floor.policy.save()

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert (proposal.supplier, proposal.quantity, proposal.price) == (dear.supplier, D(50), D(9))
    assert sentences(proposal)["supplier's minimum"] == "The supplier sells no less than 50 EA."
    assert "is the preferred supplier, at 9 a EA." in sentences(proposal)["supplier"]


def test_a_preferred_supplier_without_a_price_gives_way_to_the_cheapest(floor):
    floor.policy.supplier = PartyFactory(is_supplier=True)
    floor.policy.save()

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert proposal.supplier == floor.acme


def test_items_that_come_in_cases_are_ordered_in_full_cases(floor):
    Packaging.objects.create(
        item=floor.item, level=PackagingLevel.CASE, unit=UnitFactory(code="CS", name="case"), numerator=12
    )

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert proposal.quantity == D(48)
    assert sentences(proposal)["full cases"] == "Rounded up to 48 EA, in full cases of 12."


def test_without_a_supplier_it_is_proposed_and_says_what_is_missing(floor):
    floor.acme.is_active = False
    floor.acme.save()

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert (proposal.supplier, proposal.price, proposal.quantity) == (None, None, D(40))
    assert sentences(proposal)["no supplier"] == (
        "No active supplier has a price for BOLT: add one, then propose again."
    )


def test_prices_in_another_currency_are_not_compared(floor):
    Company.objects.create(pk=1, name="Stillage", currency="EUR")
    floor.acme.currency = "USD"
    floor.acme.save()

    (proposal,) = proposed_at(floor.warehouse).proposed

    assert proposal.supplier is None
    assert "in other currencies alone" in sentences(proposal)["no supplier"]


def test_who_may_propose_and_dismiss(floor):
    (proposal,) = proposed_at(floor.warehouse, by=an_actor(UserFactory(roles=[Role.SUPERVISOR]))).proposed
    picker = an_actor(UserFactory(roles=[Role.PICKER]))

    with pytest.raises(NotAllowed):
        proposed_at(floor.warehouse, by=picker)
    with pytest.raises(NotAllowed):
        dismiss_proposal(proposal_id=proposal.pk, reason="x", by=picker, at=clock.now())
    assert ReorderProposal.objects.get().state == ProposalState.PROPOSED


def test_the_database_keeps_a_policy_sane_and_one_proposal_open(floor):
    with pytest.raises(IntegrityError), transaction.atomic():
        StockingPolicyFactory(minimum=5, target=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockingPolicyFactory(warehouse=floor.warehouse, item=floor.item)
    (proposal,) = proposed_at(floor.warehouse).proposed
    proposal.pk, proposal.number = None, "RP-X"
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save(force_insert=True)


def test_a_run_takes_as_many_statements_for_many_items_as_for_few(floor):
    def run(warehouse):
        with CaptureQueriesContext(connection) as captured:
            made = proposed_at(warehouse).proposed
        return len(made), len(captured)

    def some(count):
        warehouse = a_floor_elsewhere()
        for policy in StockingPolicyFactory.create_batch(count, warehouse=warehouse):
            SupplierItemFactory(item=policy.item, supplier=floor.acme)
        return warehouse

    few, many = some(2), some(20)

    (two, statements), (twenty, more) = run(few), run(many)

    assert (two, twenty) == (2, 20)
    assert statements == more


def a_floor_elsewhere():
    return LocationFactory().warehouse


def test_ordered_proposals_are_not_proposed_again_while_the_order_waits(floor):
    (proposal,) = proposed_at(floor.warehouse).proposed
    (order,) = ordered(proposal)

    tomorrow = floor.warehouse.local_date(clock.now()) + timedelta(days=1)

    assert proposed_at(floor.warehouse, on=tomorrow).proposed == []
    assert positions(floor) == (D(0), D(0), order.lines.get().quantity)
    assert_invariants()
