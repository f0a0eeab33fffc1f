"""Raw SQL cannot write stock: not as the application; and where the owner may, rows guard themselves."""

from decimal import Decimal as D

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from apps.core import clock
from apps.core.codes import make_sscc
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, hold_lots, open_units, relabel_unit, reserve, seal_block
from apps.ledger.rights import MASTER_DATA
from apps.ledger.states import HoldReason, UnitKind
from tests.factories.catalog import ItemFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, stock
from tests.invariants import assert_invariants

TABLES = sorted({model._meta.db_table for model in apps.get_app_config("ledger").get_models()} - MASTER_DATA)
HISTORY = ("ledger_stocktransaction", "ledger_stockmove", "ledger_block", "ledger_sealedtransaction")

BY_THE_APPLICATION = {
    "a balance is written": "update ledger_stockbalance set on_hand = 100",
    "a balance is made": (
        "insert into ledger_stockbalance (warehouse_id, item_id, location_id, status, on_hand, reserved)"
        " select warehouse_id, item_id, location_id, 'damaged', 100, 0 from ledger_stockbalance limit 1"
    ),
    "stock goes below zero": "update ledger_stockbalance set on_hand = -1",
    "more is reserved than there is": "update ledger_stockbalance set reserved = on_hand + 1",
    "a reservation is enlarged": "update ledger_reservation set quantity = quantity + 1",
    "a hold is ended": "update ledger_hold set closed_at = now(), closed_by_id = opened_by_id",
    "a unit is put elsewhere": "update ledger_handlingunit set location_id = (select max(id) from locations_location)",
    "a lot vanishes": "delete from ledger_lot",
    "triggers are switched off": "set session_replication_role = replica",
    "a trigger is dropped": "drop trigger append_only_rows on ledger_stockmove",
    "a constraint is dropped": "alter table ledger_stockbalance drop constraint stock_balance_covered",
    "the one writer is replaced": "create or replace function ledger_release(bigint[], text) returns integer"
    " language sql as 'select 1'",
    "a function is called past the others": "select ledger_check_lots(1, '{}')",
    "it becomes the owner": "set role stillage_owner",
}
BY_THE_OWNER = {
    "stock below zero": ("update ledger_stockbalance set on_hand = -1", psycopg.errors.CheckViolation),
    "more reserved than there is": (
        "update ledger_stockbalance set reserved = on_hand + 1",
        psycopg.errors.CheckViolation,
    ),
    "a second balance of the same key": (
        (
            "insert into ledger_stockbalance (warehouse_id, item_id, location_id, lot_id, status, on_hand, reserved)"
            " select warehouse_id, item_id, location_id, lot_id, status, 1, 0 from ledger_stockbalance"
        ),
        psycopg.errors.UniqueViolation,
    ),
    "a move of nothing": ("insert into ledger_stockmove select m.* from ledger_stockmove m", psycopg.Error),
}


@pytest.fixture
def worked(db):
    """A row in every table of the ledger."""
    floor = a_floor()
    lot = LotFactory(item=ItemFactory(lots=True))
    (pallet,) = open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.PALLET, count=1)
    relabel_unit(unit_id=pallet, sscc=make_sscc(3, "4012345", 1), by=floor.by, at=clock.now())
    stock(floor.item, floor.a, 10)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.by)
    reserve(
        [Claim(balance_id=StockBalance.objects.get().pk, quantity=D(4))], warehouse_id=floor.warehouse.pk, document="X"
    )
    seal_block(by=floor.by, at=clock.now())
    return floor


@pytest.fixture
def committed(transactional_db):
    """The same, seen by other connections."""
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    with transaction.atomic():
        seal_block(by=floor.by, at=clock.now())
    return floor


def contents():
    with connection.cursor() as cursor:
        found = {}
        for table in [*TABLES, "ledger_lot"]:
            cursor.execute(f"select * from {table} order by 1")  # noqa: S608 - our own names
            found[table] = cursor.fetchall()
    return found


def refused_to_the_application(statement):
    """It is refused for want of the right, and nothing changed."""
    before = contents()
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege), refused.value
    assert contents() == before
    assert_invariants()


def test_every_table_of_the_ledger_has_a_row_to_defend(worked):
    assert [table for table, rows in contents().items() if not rows] == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "update {table} set {column} = {column}",
        "delete from {table}",
        "truncate {table} cascade",
        "insert into {table} select * from {table}",
    ],
)
def test_the_application_writes_no_table_of_the_ledger(worked, table, statement):
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {table} limit 0")  # noqa: S608 - our own names
        column = cursor.description[1].name

    refused_to_the_application(statement.format(table=table, column=column))


@pytest.mark.parametrize("deed", BY_THE_APPLICATION)
def test_what_the_application_may_not_do(worked, deed):
    refused_to_the_application(BY_THE_APPLICATION[deed])


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize(
    "statement", ["update {table} set {column} = {column}", "delete from {table}", "truncate {table} cascade"]
)
def test_not_even_the_owner_rewrites_history(committed, owner_connection, table, statement):
    column = owner_connection.execute(f"select * from {table} limit 0").description[1].name  # noqa: S608 - our names

    with pytest.raises(psycopg.errors.DatabaseError, match="only grows: a correction is a new row"):
        owner_connection.execute(statement.format(table=table, column=column))


@pytest.mark.parametrize("deed", BY_THE_OWNER)
def test_what_the_constraints_refuse_to_the_owner_too(committed, owner_connection, deed):
    statement, error = BY_THE_OWNER[deed]

    with pytest.raises(error):
        owner_connection.execute(statement)
