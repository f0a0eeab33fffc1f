"""A freeze stops what would bring frozen goods to a pick face; what waits at the dock is put away all the same."""

from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.models import AuditEntry
from apps.ledger.errors import LotOnHold
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.storage.operations import confirm_putaway, confirm_replenishment, replenish_faces
from apps.tasks.operations import claim_task
from apps.traceability.operations import RecallFacts, open_recall
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import PickFaceFactory, goods_at, putaways_of
from tests.invariants import assert_invariants


@transaction.atomic
def filled(site, boss):
    return replenish_faces(warehouse_id=site.pk, by=boss, at=clock.now())


def test_a_replenishment_of_a_frozen_lot_is_called_off_in_anybodys_hands_and_another_lot_is_asked_for(db):
    site, milk = WarehouseFactory(code="MAIN"), ItemFactory(number="MILK", lots=True)
    face, first, second, dock = (
        LocationFactory(warehouse=site, code=code, kind=kind)
        for code, kind in (
            ("F-1", LocationKind.PICK_FACE),
            ("R-1", LocationKind.STORAGE),
            ("R-2", LocationKind.STORAGE),
            ("DOCK", LocationKind.DOCK),
        )
    )
    boss = an_actor(UserFactory(roles=[Role.SUPERVISOR]))
    officer = an_actor(UserFactory(roles=[Role.QUALITY]))
    bad, good = (LotFactory(item=milk, number=number) for number in ("BAD", "GOOD"))
    PickFaceFactory(item=milk, location=face, minimum=2, maximum=10)
    stock(milk, first, 40, lot=bad)
    [fill] = filled(site, boss)
    driver = an_actor()
    with transaction.atomic():
        claim_task(task_id=fill.task_id, by=driver, at=clock.now())
    stock(milk, second, 40, lot=good)
    [arrived] = putaways_of(goods_at(dock, milk, 5, lot=bad), dock=dock)

    with transaction.atomic():
        case = open_recall(lot_ids=[bad.pk], facts=RecallFacts(reason="glass"), by=officer, at=clock.now())

    fill.task.refresh_from_db()
    assert (fill.task.state, fill.task.lot) == ("cancelled", bad)
    entry = AuditEntry.objects.get(verb="open", number=case.number)
    assert entry.detail["replenishments_called_off"] == 1
    with pytest.raises(LotOnHold), transaction.atomic():
        confirm_replenishment(task_id=fill.task_id, quantity=D(10), by=driver, at=clock.now())
    assert StockBalance.objects.get(location__code="R-1").on_hand == D(40)
    [again] = filled(site, boss)
    assert (again.task.lot, again.task.source.code) == (good, "R-2")

    with transaction.atomic():
        confirm_putaway(
            task_id=arrived.task_id,
            location_id=arrived.proposed_id,
            quantity=D(5),
            by=driver,
            at=clock.now(),
        )
    assert not StockBalance.objects.on_hand().filter(location=dock).exists()
    assert_invariants()
