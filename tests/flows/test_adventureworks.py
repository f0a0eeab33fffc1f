"""A real company's buying: every order it ever placed is taken over with what came, was rejected and was stocked."""

import pytest
from django.db.models import F, Sum

from apps.accounts.roles import Role
from apps.journal import jobs
from apps.ledger.models import StockBalance, StockTransaction
from apps.locations.choices import LocationKind
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, Receipt, ReceiptLine
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.flows.adventureworks import FOLDER
from tests.flows.adventureworks_play import open_works, take_over
from tests.invariants import assert_invariants


@pytest.fixture
def works(transactional_db, monkeypatch):
    """The company with its opening stock; papers are left in the outbox."""
    if not FOLDER.is_dir():
        pytest.skip("the AdventureWorks data set is not beside this checkout (STILLAGE_SHARED names its folder)")
    monkeypatch.setattr(jobs.deliver, "apply_async", lambda **_: None)
    return open_works(an_actor(UserFactory(roles=[Role.ADMIN])))


def total(rows, quantity):
    return rows.aggregate(total=Sum(quantity))["total"]


def test_all_that_adventure_works_ever_bought_is_taken_over_to_the_unit(works):
    bins = StockBalance.objects.on_hand().filter(location__kind=LocationKind.STORAGE)
    assert (total(bins, "on_hand"), bins.values("location").distinct().count()) == (335_974, 753)

    for bought in works.books.bought():
        take_over(works, bought)

    lines = PurchaseOrderLine.objects.all()
    assert (PurchaseOrder.objects.filter(state="closed").count(), lines.count()) == (4_012, 8_845)
    assert (total(lines, "quantity"), total(lines, "received")) == (2_348_637, 2_327_299)
    came = ReceiptLine.objects.all()
    assert (Receipt.objects.filter(state="closed").count(), came.count()) == (4_012, 8_845)
    assert (total(came, "quantity"), total(came, "rejected")) == (2_327_299, 72_700)
    assert total(came, F("quantity") - F("rejected")) == 2_254_599
    assert total(bins.all(), "on_hand") == 335_974 + 2_254_599
    assert not StockBalance.objects.on_hand().exclude(location__kind=LocationKind.STORAGE).exists()
    # One posting an order, and one for the opening stock; nothing waits for anybody.
    assert (StockTransaction.objects.count(), WarehouseTask.objects.count()) == (4_013, 0)
    assert_invariants()
