"""Master data comes in by file: rows are known by their numbers, and stay within the person's warehouses."""

from decimal import Decimal as D

import tablib

from apps.catalog.models import Item
from apps.core.admin.resources import resource_of
from apps.counting.models import CountPlan
from apps.locations.models import Location, Zone
from apps.planning.models import StockingPolicy
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.locations import WarehouseFactory, works_at


def bring_in(model, headers, *rows, user):
    return resource_of(model)(user=user).import_data(tablib.Dataset(*rows, headers=headers), user=user)


def test_items_come_in_by_number_with_their_unit_by_code(db):
    UnitFactory(code="EA")
    ItemFactory(number="OLD", name="Before")

    result = bring_in(
        Item,
        ["number", "name", "unit", "kind", "lifecycle", "tracking", "scale", "expires"],
        ["OLD", "After", "EA", "finished", "active", "none", 0, 0],
        ["NEW", "New", "EA", "finished", "active", "none", 0, 0],
        user=UserFactory(is_superuser=True),
    )

    assert [str(each.error) for row in result.rows for each in row.errors] == []
    assert [str(row.error) for row in result.invalid_rows] == []
    assert sorted(Item.objects.values_list("number", "name")) == [("NEW", "New"), ("OLD", "After")]


def test_a_file_changes_nothing_in_a_warehouse_of_others(db):
    own, other = WarehouseFactory(code="OWN"), WarehouseFactory(code="OTHER")
    Zone.objects.create(warehouse=other, code="A", name="Theirs")

    result = bring_in(
        Zone,
        ["warehouse", "code", "name", "pick_sequence"],
        ["OTHER", "A", "Mine now", 0],
        user=works_at(UserFactory(), own),
    )

    assert result.has_errors() or result.has_validation_errors()
    assert list(Zone.objects.values_list("name", flat=True)) == ["Theirs"]


def test_a_code_that_two_warehouses_use_is_looked_up_in_the_rows_own(db):
    one, two = WarehouseFactory(code="ONE"), WarehouseFactory(code="TWO")
    zones = [Zone.objects.create(warehouse=site, code="A", name="A") for site in (one, two)]

    result = bring_in(
        Location,
        ["warehouse", "code", "kind", "zone"],
        ["TWO", "A-1", "storage", "A"],
        user=UserFactory(is_superuser=True),
    )

    assert [str(each.error) for row in result.rows for each in row.errors] == []
    assert [str(row.error) for row in result.invalid_rows] == []
    assert Location.objects.get(code="A-1").zone == zones[1]


def test_plans_come_in_by_warehouse_and_a_second_file_changes_them(db):
    warehouse, bolt = WarehouseFactory(code="OWN"), ItemFactory(number="BOLT")
    planner = works_at(UserFactory(), warehouse)

    for minutes, minimum in ((5, 10), (8, 20)):
        for model, headers, row in (
            (CountPlan, ["warehouse", "minutes_a_day", "usual_minutes", "is_active"], ["OWN", minutes, 2, 1]),
            (StockingPolicy, ["warehouse", "item", "minimum", "target", "is_active"], ["OWN", "BOLT", minimum, 99, 1]),
        ):
            result = bring_in(model, headers, row, user=planner)
            assert [str(each.error) for line in result.rows for each in line.errors] == []
            assert [str(line.error) for line in result.invalid_rows] == []

    assert list(CountPlan.objects.values_list("warehouse", "minutes_a_day")) == [(warehouse.pk, 8)]
    assert list(StockingPolicy.objects.values_list("item", "minimum", "target")) == [(bolt.pk, D(20), D(99))]
