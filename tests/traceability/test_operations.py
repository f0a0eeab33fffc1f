"""A recall freezes its lots at once, and its trace adds up."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import Claim, Move, Place, post, reserve, reverse
from apps.ledger.states import ReservationState, StockStatus, TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.traceability.errors import AlreadyRecalled, NothingToRecall
from apps.traceability.models import RecallCase
from apps.traceability.operations import RecallFacts, open_recall
from apps.traceability.queries import trace_lot
from apps.traceability.states import RecallState
from tests.factories.accounts import UserFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.fixture
def officer(db):
    return an_actor(UserFactory(roles=["quality"]))


@pytest.fixture
def bin_of_lot(officer):
    """Ten of a lot in a bin, three of them reserved."""
    lot = LotFactory()
    location = LocationFactory(warehouse=WarehouseFactory())
    stock(lot.item, location, 10, lot=lot)
    balance = StockBalance.objects.get(lot=lot)
    reserve([Claim(balance_id=balance.pk, quantity=D(3))], warehouse_id=location.warehouse_id, document="SO-1")
    return lot, location


def recall(lot, by, **more):
    return open_recall(lot_ids=[lot.pk], facts=RecallFacts(reason="glass found"), by=by, at=clock.now(), **more)


def out(lot, location, kind, quantity):
    target = Location.objects.get(warehouse=location.warehouse, kind=kind)
    return post(
        [
            Move(
                item_id=lot.item_id,
                lot_id=lot.pk,
                quantity=D(quantity),
                source=Place(location_id=location.pk),
                target=Place(location_id=target.pk),
            )
        ],
        warehouse_id=location.warehouse_id,
        kind=TransactionKind.SCRAP if kind == LocationKind.SCRAP else TransactionKind.ADJUST,
        by=an_actor(),
        at=clock.now(),
    )


def test_a_recall_holds_the_lot_and_frees_what_was_reserved(bin_of_lot, officer):
    lot, location = bin_of_lot

    case = recall(lot, officer)

    assert case.state == RecallState.OPEN
    assert case.holds.get().lot == lot
    assert Reservation.objects.get().state == ReservationState.RELEASED
    with pytest.raises(LotOnHold), transaction.atomic():
        reserve(
            [Claim(balance_id=StockBalance.objects.get(lot=lot).pk, quantity=D(1))],
            warehouse_id=location.warehouse_id,
            document="SO-2",
        )
    assert AuditEntry.objects.of("recall", case.number).get().detail["lots"] == [lot.number]
    assert OutboxMessage.objects.get().arguments == {"number": case.number}


def test_a_lot_is_in_one_open_recall(bin_of_lot, officer):
    lot, _ = bin_of_lot
    first = recall(lot, officer)

    with pytest.raises(AlreadyRecalled) as refusal, transaction.atomic():
        recall(lot, officer)

    assert refusal.value.facts == {"lot": lot.number, "recall": first.number}
    assert RecallCase.objects.count() == 1


def test_a_recall_names_lots_and_only_quality_opens_it(bin_of_lot, officer):
    lot, _ = bin_of_lot

    with pytest.raises(NothingToRecall):
        open_recall(lot_ids=[], facts=RecallFacts(reason="?"), by=officer, at=clock.now())
    with pytest.raises(NotAllowed):
        recall(lot, an_actor(UserFactory(roles=["picker"])))

    assert not lot.holds.exists()


def test_a_trace_adds_up_over_scrap_count_and_reversal(bin_of_lot):
    lot, location = bin_of_lot
    out(lot, location, LocationKind.SCRAP, 2)
    out(lot, location, LocationKind.ADJUSTMENT, 1)
    wrong = out(lot, location, LocationKind.ADJUSTMENT, 4)
    reverse(wrong, by=an_actor(), at=clock.now(), reason="miscounted")
    stock(lot.item, location, 5, lot=lot, status=StockStatus.DAMAGED)

    trace = trace_lot(lot.pk)

    assert trace.balance.received == D(15)
    assert (trace.balance.scrapped, trace.balance.adjusted, trace.balance.on_hand) == (D(2), D(1), D(12))
    assert trace.balance.balances
    assert {(place.location, place.status, place.quantity) for place in trace.places} == {
        (location.code, "available", D(7)),
        (location.code, "damaged", D(5)),
    }
    assert [row.quantity for row in trace.others] == [D(2), D(1), D(4), D(-4)]
    assert len(trace.evidence) == 6


def test_a_trace_takes_the_same_queries_whatever_the_lot_did(bin_of_lot, django_assert_num_queries):
    lot, location = bin_of_lot
    for _ in range(5):
        out(lot, location, LocationKind.SCRAP, 1)

    with django_assert_num_queries(7):  # the eighth, for shipments, is asked only when something was shipped
        trace_lot(lot.pk)
