"""Hazards stay apart: a bin is not proposed, and not taken, where a class stands that goods may not stand with."""

from datetime import date, timedelta
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import transaction

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.locations.models import Zone
from apps.safety.models import HazardClass, SegregationRule
from apps.safety.queries import segregation_on
from apps.storage.errors import HazardsApart
from apps.storage.operations import confirm_putaway, lock_and_fill
from apps.storage.queries import load_of
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.storage import goods_at, putaways_of

RULE = "Site rule for storage after 49 CFR 177.848(d), which is for transport (not verified)"


def of_class(code, **more):
    return ItemFactory(hazard_class=HazardClass.objects.get(code=code), **more)


def a_zone(racks, code):
    return Zone.objects.create(warehouse=racks.warehouse, code=code, name=code)


def confirm(racks, putaway, where, **more):
    return confirm_putaway(
        task_id=putaway.task_id,
        location_id=where.pk,
        quantity=putaway.task.quantity,
        by=racks.by,
        at=clock.now(),
        override_reason="near",
        **more,
    )


def fill(racks, *loads):
    rows = [(place.pk, load_of(item, lot_id=None, status="available", quantity=D(1))) for place, item in loads]
    return partial(lock_and_fill, rows, warehouse_id=racks.warehouse.pk, at=clock.now())


def test_an_oxidizer_is_not_proposed_beside_a_flammable_liquid(racks):
    acetone, bleach = of_class("3"), of_class("5.1")
    near, far = racks.bin("A-1"), racks.bin("A-2")
    stock(acetone, near, 5)

    [putaway] = putaways_of(goods_at(racks.dock, bleach, 5), dock=racks.dock)

    assert putaway.proposed == far


def test_without_another_bin_the_task_says_why(racks):
    stock(of_class("3"), racks.bin("A-1"), 5)

    [putaway] = putaways_of(goods_at(racks.dock, of_class("5.1"), 5), dock=racks.dock)

    assert putaway.reasons[0]["sentence"] == "No bin takes it: 1 kept apart from its hazard class."


def test_what_open_tasks_bring_keeps_other_classes_away(racks):
    racks.bin("A-1", max_units=10)
    other = racks.bin("A-2", max_units=10)

    first, second = putaways_of(
        goods_at(racks.dock, of_class("3"), 5), goods_at(racks.dock, of_class("5.1"), 5), dock=racks.dock
    )
    [later] = putaways_of(goods_at(racks.dock, of_class("5.1"), 3), dock=racks.dock)

    assert (first.proposed.code, second.proposed) == ("A-1", other)
    assert later.proposed == other


def test_classes_that_may_not_share_a_zone_get_bins_in_two(racks):
    here, there = a_zone(racks, "H"), a_zone(racks, "T")
    stock(of_class("3"), racks.bin("H-1", zone=here), 1)
    racks.bin("H-2", zone=here)
    elsewhere = racks.bin("T-1", zone=there)

    [charges] = putaways_of(goods_at(racks.dock, of_class("1.3"), 5), dock=racks.dock)

    assert charges.proposed == elsewhere


def test_one_receipt_does_not_bring_both_into_one_zone(racks):
    zones = [a_zone(racks, "H"), a_zone(racks, "T")]
    for zone in zones:
        for number in range(2):
            racks.bin(f"{zone.code}-{number}", zone=zone)

    liquid, charges = putaways_of(
        goods_at(racks.dock, of_class("3"), 5), goods_at(racks.dock, of_class("1.3"), 5), dock=racks.dock
    )

    assert (liquid.proposed.code, charges.proposed.code) == ("H-0", "T-0")


def test_a_worker_s_own_choice_is_refused_by_the_rule(racks):
    near = racks.bin("A-1")
    racks.bin("A-2")
    stock(of_class("3"), near, 5)
    bleach = of_class("5.1", number="BLEACH")
    [putaway] = putaways_of(goods_at(racks.dock, bleach, 5), dock=racks.dock)

    with pytest.raises(HazardsApart) as refusal, transaction.atomic():
        confirm(racks, putaway, near)

    assert refusal.value.facts == {
        "location": "A-1",
        "item": "BLEACH",
        "hazard_class": "5.1",
        "other_class": "3",
        "apart": "bin",
        "rule": RULE,
    }
    assert StockBalance.objects.get(item=bleach).location == racks.dock


def test_goods_that_come_straight_to_a_bin_keep_the_rule(racks):
    bin_ = racks.bin("A-1")
    acetone, bleach = of_class("3"), of_class("5.1")

    with pytest.raises(HazardsApart) as refusal, transaction.atomic():
        fill(racks, (bin_, acetone), (bin_, bleach))()

    assert (refusal.value.hazard_class, refusal.value.other_class) == ("5.1", "3")


def test_goods_that_come_straight_to_two_bins_of_a_zone_keep_the_rule(racks):
    zone = a_zone(racks, "H")
    bins = [racks.bin(f"H-{number}", zone=zone) for number in range(2)]

    with pytest.raises(HazardsApart) as refusal, transaction.atomic():
        fill(racks, (bins[0], of_class("3")), (bins[1], of_class("1.3")))()

    assert (refusal.value.location, refusal.value.apart) == ("H-1", "zone")


@pytest.mark.django_db
def test_a_later_rule_replaces_an_earlier_one_from_its_day_on():
    today = date(2026, 11, 22)
    liquid, oxidizer = HazardClass.objects.get(code="3"), HazardClass.objects.get(code="5.1")
    SegregationRule.objects.create(
        first=oxidizer,
        second=liquid,
        apart="together",
        source="Fire plan 7",
        effective_on=today,
        is_verified=True,
    )
    pair = frozenset((liquid.pk, oxidizer.pk))

    before, after = (segregation_on(day).rules[pair] for day in (today - timedelta(days=1), today))

    assert (before.apart, before.is_verified) == ("bin", False)
    assert (after.apart, str(after)) == ("together", "Fire plan 7")


def test_three_pallets_get_three_bins_by_weight_volume_and_class(racks):
    box = {"weight_g": D(1000), "length_mm": 100, "width_mm": 100, "height_mm": 100}
    acetone, bleach = of_class("3", **box), of_class("5.1", **box)
    stock(bleach, racks.bin("A-0"), 1)
    racks.bin("A-1", max_weight_g=39_000)
    racks.bin("A-2", max_volume_mm3=39_000_000)
    right = [racks.bin(f"B-{number}", max_weight_g=40_000, max_volume_mm3=40_000_000) for number in range(4)]
    [earlier] = putaways_of(goods_at(racks.dock, acetone, 40), dock=racks.dock)

    putaways = putaways_of(*(goods_at(racks.dock, acetone, 40) for _ in range(3)), dock=racks.dock, document="GR-2")

    assert earlier.proposed == right[0]
    assert [(each.proposed, each.task.quantity) for each in putaways] == [(bin_, D(40)) for bin_ in right[1:]]
