"""Hazards stay apart: a bin is not proposed, and not taken, where a class stands that goods may not stand with."""

from datetime import date, timedelta
from decimal import Decimal as D
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Aisle, Zone
from apps.safety.models import HazardClass, SegregationRule, ShippingDescription
from apps.safety.queries import segregation_on
from apps.storage.errors import HazardsApart
from apps.storage.models import AreaZone, ControlArea
from apps.storage.operations import confirm_putaway, lock_and_fill
from apps.storage.queries import load_of
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.overrides import an_occasion
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
    return partial(lock_and_fill, rows, warehouse_id=racks.warehouse.pk, occasion=an_occasion())


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
    stock(of_class("3", number="ACETONE"), near, 5)
    bleach = of_class("5.1", number="BLEACH")
    [putaway] = putaways_of(goods_at(racks.dock, bleach, 5), dock=racks.dock)

    with pytest.raises(HazardsApart) as refusal, transaction.atomic():
        confirm(racks, putaway, near)

    assert refusal.value.facts == {
        "location": "A-1",
        "item": "BLEACH",
        "hazard_class": "5.1",
        "other_class": "3",
        "others": "ACETONE",
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
    pair = frozenset(("3", "5.1"))

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


def described(number, code, *subsidiary, own="", **more):
    description = ShippingDescription.objects.create(
        code=number,
        un_number="UN1000",
        proper_shipping_name=number.title(),
        hazard_class=HazardClass.objects.get(code=code),
        subsidiary=list(subsidiary),
    )
    own_class = HazardClass.objects.get(code=own) if own else None
    return ItemFactory(number=number, shipping_description=description, hazard_class=own_class, **more)


@pytest.mark.django_db
def test_an_item_knows_all_its_hazard_classes_the_chief_one_first():
    acid = described("ACID", "8", "5.1", "6.1", own="3")
    peroxide = described("PEROXIDE", "5.1", "8", "5.1")
    plain = ItemFactory()
    assert (acid.hazards, peroxide.hazards, plain.hazards) == (["3", "8", "5.1", "6.1"], ["5.1", "8"], [])

    acid.shipping_description.subsidiary = ["6.1"]
    acid.shipping_description.save()
    plain.hazards = ["7"]  # what is written there is what the database finds
    plain.save()
    HazardClass.objects.filter(code="5.1").update(code="5.1X")
    peroxide.shipping_description.refresh_from_db()

    for item in (acid, peroxide, plain):
        item.refresh_from_db()
    assert (acid.hazards, peroxide.hazards, plain.hazards) == (["3", "8", "6.1"], ["5.1X", "8", "5.1"], [])
    assert (acid.chief_hazard, plain.chief_hazard) == ("3", "")
    assert not hasattr(acid.history.latest(), "hazards")


def test_a_subsidiary_hazard_and_a_class_on_the_description_alone_count_in_a_bin_and_its_zone(racks):
    zone, elsewhere = a_zone(racks, "H"), a_zone(racks, "T")
    near = racks.bin("A-1", zone=zone)
    beside, far = racks.bin("A-2", zone=zone), racks.bin("B-1", zone=elsewhere)
    stock(described("PEROXIDE", "9", "5.1"), near, 5)

    [acetone] = putaways_of(goods_at(racks.dock, described("ACETONE", "3"), 5), dock=racks.dock)
    [charge] = putaways_of(goods_at(racks.dock, described("CHARGE", "9", "1.3"), 5), dock=racks.dock, document="GR-2")
    with pytest.raises(HazardsApart) as in_bin, transaction.atomic():
        confirm(racks, acetone, near)
    with pytest.raises(HazardsApart) as in_zone, transaction.atomic():
        confirm(racks, charge, beside)

    assert (acetone.proposed, charge.proposed) == (beside, far)
    told = [(each.value.hazard_class, each.value.other_class, each.value.others) for each in (in_bin, in_zone)]
    assert told == [("3", "5.1", "PEROXIDE"), ("1.3", "3", "ACETONE")]  # which is on its way there


def test_goods_stand_with_their_like_in_spite_of_their_own_hazards(racks):
    bin_ = racks.bin("A-1")
    fuming = described("FUMING", "5.1", "3")  # the site keeps 3 from 5.1
    stock(fuming, bin_, 5)

    [more] = putaways_of(goods_at(racks.dock, fuming, 5), dock=racks.dock)
    [other] = putaways_of(goods_at(racks.dock, described("OTHER", "5.1", "3"), 5), dock=racks.dock, document="GR-2")
    [plain] = putaways_of(goods_at(racks.dock, described("OXIDIZER", "5.1"), 5), dock=racks.dock, document="GR-3")

    assert (more.proposed, other.proposed, plain.proposed) == (bin_, bin_, None)


def a_rule(apart, metres=None, *, classes=("3", "5.1")):
    first, second = (HazardClass.objects.get(code=code) for code in classes)
    return SegregationRule.objects.create(
        first=first, second=second, apart=apart, metres=metres, source="Fire plan 7", effective_on="2026-01-01"
    )


def test_goods_are_kept_out_of_a_bay_and_out_of_a_fire_area(racks):
    aisle = Aisle.objects.create(warehouse=racks.warehouse, code="A")
    hall, annex, yard = a_zone(racks, "H"), a_zone(racks, "X"), a_zone(racks, "Y")
    area = ControlArea.objects.create(
        warehouse=racks.warehouse, code="ANNEX", name="Annex", kind="room", fire_area="annex"
    )
    AreaZone.objects.create(area=area, zone=annex)
    first, above, beside = (
        racks.bin(code, aisle=aisle, bay=bay, level=level, zone=hall)
        for code, bay, level in (("A-1-0", 1, 0), ("A-1-1", 1, 1), ("A-2-0", 2, 0))
    )
    other_zone, other_area = racks.bin("Y-1", zone=yard), racks.bin("X-1", zone=annex)
    stock(of_class("3", number="ACETONE"), first, 5)
    staged = racks.bin("STAGE", kind=LocationKind.DOCK)
    stock(of_class("3"), staged, 5)  # goods at a dock are on their way and not stored
    bleach = of_class("5.1", number="BLEACH")

    a_rule("bay")
    [in_bay] = putaways_of(goods_at(racks.dock, bleach, 5), dock=racks.dock)
    with pytest.raises(HazardsApart) as refusal, transaction.atomic():
        confirm(racks, in_bay, above)
    SegregationRule.objects.filter(source="Fire plan 7").update(apart="area")
    [in_area] = putaways_of(goods_at(racks.dock, of_class("5.1"), 5), dock=racks.dock, document="GR-2")
    with pytest.raises(HazardsApart) as elsewhere, transaction.atomic():
        confirm(racks, in_area, other_zone)

    assert (in_bay.proposed, in_area.proposed) == (beside, other_area)
    assert [each.value.facts["apart"] for each in (refusal, elsewhere)] == ["bay", "area"]
    assert [each.value.facts["others"] for each in (refusal, elsewhere)] == ["ACETONE", "ACETONE"]


def test_goods_are_kept_so_many_metres_apart_and_a_place_without_coordinates_is_too_near(racks):
    at = {"zone": a_zone(racks, "H"), "y_mm": 0}
    origin, near, far = (racks.bin(f"A-{n}", x_mm=x, **at) for n, x in enumerate((0, 5_900, 6_000)))
    unknown = racks.bin("A-9", zone=at["zone"])
    stock(of_class("3"), origin, 5)
    a_rule("together", D(6))

    [putaway] = putaways_of(goods_at(racks.dock, of_class("5.1"), 5), dock=racks.dock)
    for wrong in (origin, near, unknown):
        with pytest.raises(HazardsApart), transaction.atomic():
            confirm(racks, putaway, wrong)
    confirm(racks, putaway, far)

    assert putaway.proposed == far
    with pytest.raises(HazardsApart), transaction.atomic():
        fill(racks, (origin, of_class("5.1")))()


def test_where_hazards_are_near_is_asked_once_however_many_there_are(racks):
    a_rule("area", D(2))
    bins = [racks.bin(f"A-{n}", x_mm=n * 1000, y_mm=0) for n in range(22)]

    def statements(goods, places):
        for place in places:
            stock(of_class("3"), place, 1)
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            fill(racks, (bins[-1], goods))()
        return len(captured)

    liquid = of_class("3")
    few = statements(liquid, bins[:2])
    assert statements(liquid, bins[2:20]) == few
    assert statements(ItemFactory(), []) < few
