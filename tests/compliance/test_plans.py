"""Which goods are inspected, by which plan, and how strictly: by the lots before."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.catalog.models import Category
from apps.compliance.models import Inspection, InspectionPlan, SamplingTable
from apps.compliance.operations import take_out
from apps.compliance.queries import due_for_inspection, plans_for
from apps.core import clock
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.compliance import a_plan, an_inspector, arrived, decided, inspections, recorded
from tests.factories.ledger import SerialFactory

TODAY = date(2027, 3, 1)


@pytest.fixture
def goods(db):
    """A bolt in a category within another, and its maker."""
    hardware = Category.objects.create(code="HARDWARE", name="Hardware")
    bolts = Category.objects.create(code="BOLTS", name="Bolts", parent=hardware)
    return ItemFactory(number="BOLT", category=bolts), PartyFactory(number="MAKER", is_supplier=True), bolts, hardware


def plan_of(item, supplier, on=TODAY):
    """The plan that fits, if any."""
    return plans_for({(item.pk, supplier.pk if supplier else None)}, on=on).get(
        (item.pk, supplier.pk if supplier else None)
    )


def test_the_plan_that_fits_best_is_taken(goods):
    bolt, maker, bolts, hardware = goods
    expected = []
    for thing, supplier in (
        (hardware, None),
        (hardware, maker),
        (bolts, None),
        (bolts, maker),
        (bolt, None),
        (bolt, maker),
    ):
        more = {"category": thing} if isinstance(thing, Category) else {}
        expected.append(a_plan(None if more else thing, supplier=supplier, **more))

        assert plan_of(bolt, maker) == expected[-1]

    assert plan_of(bolt, PartyFactory()) == expected[-2]
    assert plan_of(bolt, None) == expected[-2]
    assert plan_of(ItemFactory(category=hardware), maker) == expected[1]
    assert plan_of(ItemFactory(), maker) is None


def test_a_plan_holds_from_its_day_and_while_it_is_in_force(goods):
    bolt, maker, *_ = goods
    first = a_plan(bolt)
    later = a_plan(bolt, valid_from=TODAY)
    a_plan(bolt, valid_from=TODAY + timedelta(days=1), is_active=False)

    assert plan_of(bolt, maker, TODAY - timedelta(days=1)) == first
    assert plan_of(bolt, maker) == later
    assert plan_of(bolt, maker, TODAY + timedelta(days=2)) == later


def test_many_items_are_asked_about_in_as_many_statements_as_two(goods):
    _, maker, bolts, _ = goods
    a_plan(None, category=bolts, skip_after=2, inspect_every=3)
    series = [(ItemFactory(category=bolts).pk, maker.pk) for _ in range(40)]

    taken = []
    for some in (series[:2], series):
        with CaptureQueriesContext(connection) as captured:
            assert due_for_inspection(some, on=TODAY) == set(some)
        taken.append(len(captured))

    assert taken == [4, 4]


def test_without_plans_it_is_one_statement(goods, django_assert_num_queries):
    bolt, maker, *_ = goods
    with django_assert_num_queries(1):
        assert due_for_inspection({(bolt.pk, maker.pk)}, on=TODAY) == set()


@pytest.mark.parametrize(
    "more",
    [{}, {"item": True, "category": True}, {"item": True, "sampling": "count"}, {"item": True, "sampling": "table"}],
    ids=str,
)
def test_a_plan_that_says_too_little_is_refused_by_the_database(goods, more):
    bolt, _, bolts, _ = goods
    named = {"item": bolt} if "item" in more else {}
    named |= {"category": bolts} if "category" in more else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionPlan.objects.create(valid_from=TODAY, sampling=more.get("sampling", "all"), **named)


def test_an_aql_that_no_table_knows_is_refused_by_the_form(goods):
    bolt, *_ = goods
    for wrong in ({"sampling": "table", "aql": D("0.077")}, {"sampling": "count", "amount": D("2.5")}):
        with pytest.raises(ValidationError):
            InspectionPlan(item=bolt, valid_from=TODAY, **wrong).full_clean()
    InspectionPlan(item=bolt, valid_from=TODAY, sampling="table", aql=D("2.5")).full_clean()


def came(floor, number, *, failed):
    """A lot of eighty is inspected and decided as its results say; under which severity and sample."""
    (inspection,) = inspections(
        floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker), document=f"GR-{number}"
    )
    size = inspection.sample_size
    recorded(inspection, (1, 1, not failed, size))
    decided(inspection, **({"reject": 80} if failed else {"accept": 80}))
    return inspection.severity, size, inspection.accept_number


def test_two_rejected_lots_tighten_and_five_accepted_ones_end_it(floor):
    a_plan(floor.item, "Thread", sampling="table", aql=D("6.5"))

    seen = [came(floor, n, failed=n in {1, 2}) for n in range(9)]

    assert seen == [("normal", 13, 2)] * 3 + [("tightened", 13, 1)] * 5 + [("normal", 13, 2)]


def test_another_supplier_has_a_history_of_its_own(floor):
    a_plan(floor.item, "Thread", sampling="table", aql=D("6.5"))
    for n in range(2):
        came(floor, n, failed=True)

    other = PartyFactory(is_supplier=True)
    (theirs,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=other), document="GR-8")
    (ours,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker), document="GR-9")

    assert (theirs.severity, ours.severity) == ("normal", "tightened")


def test_a_newer_edition_samples_what_comes_from_its_day_on(floor):
    a_plan(floor.item, "Thread", sampling="table", aql=D("6.5"))
    (before,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker))
    newer = SamplingTable.objects.create(code="OURS", source="our own", effective_on=clock.now().date())
    newer.letters.create(level="II", lot_from=2, letter="E")
    newer.plans.create(severity="normal", letter="E", aql=D("6.5"), sample_size=7, accept_number=0, reject_number=1)

    (after,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker), document="GR-2")

    assert (before.table.code, before.sample_size) == ("MIL-STD-105E", 13)
    assert (after.table.code, after.sample_size) == ("OURS", 7)


def test_only_what_a_table_sampled_names_it(floor):
    a_plan(floor.item, "Thread", sampling="table", aql=D("6.5"))
    counted = ItemFactory()
    a_plan(counted, "Thread", sampling="count", amount=3, aql=D("6.5"))

    begun = inspections(
        floor.warehouse,
        arrived(floor.item, floor.dock, 80, supplier=floor.maker),
        arrived(counted, floor.dock, 80, supplier=floor.maker),
    )

    assert [(each.table and each.table.code, each.sample_size) for each in begun] == [("MIL-STD-105E", 13), (None, 3)]


def test_without_a_table_in_use_every_unit_is_looked_at(floor):
    a_plan(floor.item, "Thread", sampling="table", aql=D("6.5"))
    SamplingTable.objects.update(is_active=False)

    (inspection,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker))

    assert (inspection.table, inspection.sample_size, inspection.basis) == (None, 80, "Every unit")


def test_a_sample_says_by_what_it_was_found(floor):
    plan = a_plan(floor.item, "Thread", sampling="percent", amount=10)
    (first,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker))
    plan.sampling, plan.aql = "table", D("6.5")
    plan.save()
    (second,) = inspections(floor.warehouse, arrived(floor.item, floor.dock, 80, supplier=floor.maker))

    assert (first.sample_size, first.basis) == (8, "A percentage: 10")
    assert (second.sample_size, second.basis) == (13, "MIL-STD-105E, level II, AQL 6.5, normal")


def test_serial_units_that_are_taken_back_leave_their_inspection(floor):
    drill = ItemFactory(number="DRILL", serials=True)
    units = [SerialFactory(item=drill, number=f"S-{n}") for n in range(3)]
    goods = [arrived(drill, floor.dock, 1, serial=unit, supplier=floor.maker) for unit in units]
    (inspection,) = inspections(floor.warehouse, *goods)

    with transaction.atomic():
        take_out(goods[:1], warehouse_id=floor.warehouse.pk, document="GR-1", by=an_inspector(), at=clock.now())

    inspection = Inspection.objects.get(pk=inspection.pk)
    assert (inspection.quantity, sorted(unit.number for unit in inspection.serials.all())) == (D(2), ["S-1", "S-2"])


def test_of_a_lot_that_was_let_through_and_doubted_in_part_each_part_is_taken_back_by_itself(floor):
    plan = a_plan(floor.item, "Thread", skip_after=1, inspect_every=3)
    good = arrived(floor.item, floor.dock, 6, supplier=floor.maker, status="available")
    odd = arrived(floor.item, floor.dock, 4, supplier=floor.maker)
    skipped, doubted = inspections(floor.warehouse, good, odd)
    assert (skipped.state, skipped.quantity, skipped.sample_size, skipped.plan) == ("skipped", D(6), 0, plan)
    assert (doubted.state, doubted.quantity, doubted.sample_size) == ("open", D(4), 4)

    with transaction.atomic():
        take_out([good], warehouse_id=floor.warehouse.pk, document="GR-1", by=an_inspector(), at=clock.now())

    states = Inspection.objects.order_by("pk").values_list("state", "quantity")
    assert list(states) == [("cancelled", D(6)), ("open", D(4))]
