"""Dangerous goods that are kept apart share neither a tote nor a carton."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.orders.models import PackedPick
from apps.orders.operations import PackLine, empty_carton, open_shipment, pack_picks, sort_pick, unpick
from apps.overrides.operations import end_override
from apps.safety.models import HazardClass, SegregationRule, ShippingDescription
from apps.shipping.errors import HazardsInOneContainer
from apps.shipping.operations import build_pallet, close_carton, open_carton, stack_cartons
from apps.storage.errors import HazardsApart
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, a_supervisor, pick, refusing, released
from tests.factories.overrides import approved


def dangerous(number, code, **more):
    description = ShippingDescription.objects.create(
        code=number,
        un_number="UN1000",
        proper_shipping_name=number.title(),
        hazard_class=HazardClass.objects.get(code=code),
        **{"is_liquid": True, **more},
    )
    return ItemFactory(number=number, shipping_description=description)


@pytest.fixture
def totes(floor):
    return [floor.tote, LocationFactory(warehouse=floor.warehouse, code="TOTE-2", kind=LocationKind.TOTE)]


def picks_of(floor, *items):
    """A pick of one of each, of one order."""
    for item in items:
        stock(item, floor.near, 5)
    wave = released(a_sales_order(floor.warehouse, *((item, 1) for item in items)))
    return list(wave.picks.order_by("allocation__line__line"))


def held(place):
    return sorted(StockBalance.objects.on_hand().filter(location=place).values_list("item__number", flat=True))


def test_what_reacts_goes_into_another_tote(floor, totes):
    acid, coal = dangerous("ACID", "8"), dangerous("COAL", "4.2", is_liquid=False)
    first, second, plain = picks_of(floor, acid, coal, floor.bolt)
    pick(first, 1, totes[0])
    pick(plain, 1, totes[0])

    with refusing(HazardsInOneContainer) as refusal:
        pick(second, 1, totes[0])

    facts = refusal.value.facts
    assert (facts["container"], facts["first"], facts["second"]) == ("TOTE-1", "UN1000 Coal (4.2)", "UN1000 Acid (8)")
    assert "4.2 and 8 liquid are not loaded on one vehicle. 49 CFR 177.848(d)" in facts["because"]
    second.refresh_from_db()
    assert (second.state, second.task.state, held(totes[0])) == ("to_pick", "ready", ["ACID", "BOLT"])
    refused(
        a_person(floor.warehouse).post(
            f"/tasks/{second.task.number}/confirm", {"quantity": "1", "location": totes[0].code}
        ),
        409,
        "hazards_in_one_container",
    )
    pick(second, 1, totes[1])
    assert held(totes[1]) == ["COAL"]


def test_an_override_lets_them_share_a_tote_until_it_is_ended(floor, totes):
    acid, coal = dangerous("ACID", "8"), dangerous("COAL", "4.2", is_liquid=False)
    first, second, third = picks_of(floor, acid, coal, ItemFactory(number="PLAIN"))
    override = approved("carried", coal, warehouse=floor.warehouse, other="8", authority="DOT-SP 99999")
    pick(first, 1, totes[0])

    pick(second, 1, totes[0])

    assert held(totes[0]) == ["ACID", "COAL"]
    use = override.uses.get()
    assert (use.where, use.document) == ("TOTE-1", second.allocation.line.order.number)
    end_override(override_id=override.pk, remark="The store is painted", by=floor.boss, at=clock.now())
    pick(third, 1, totes[0])
    acid_again, _ = picks_of(floor, acid, coal)
    with refusing(HazardsInOneContainer):
        pick(acid_again, 1, totes[0])
    assert override.uses.count() == 1


def test_the_stricter_of_law_and_site_binds_and_what_is_not_covered_is_not_refused(floor, totes):
    acid, solid = dangerous("ACID", "8"), dangerous("LYE", "8", is_liquid=False)
    coal = dangerous("COAL", "4.2", is_liquid=False)
    one, two, three = picks_of(floor, acid, solid, coal)
    SegregationRule.objects.all().delete()
    pick(three, 1, totes[0])
    pick(two, 1, totes[0])  # the law's table has no row for a corrosive solid
    SegregationRule.objects.create(
        first=HazardClass.objects.get(code="8"),
        second=HazardClass.objects.get(code="9"),
        apart="bin",
        source="Site rule",
        effective_on="2020-01-01",
    )
    battery = dangerous("BATTERY", "9", is_liquid=False)
    pick(one, 1, totes[1])
    (four,) = picks_of(floor, battery)

    with refusing(HazardsInOneContainer) as refusal:
        pick(four, 1, totes[1])

    assert refusal.value.facts["because"] == "They are stored apart. Site rule (not verified)."
    SegregationRule.objects.create(
        first=HazardClass.objects.get(code="8"),
        second=HazardClass.objects.get(code="9"),
        apart="together",
        source="Site rule",
        effective_on="2021-01-01",
    )
    (five,) = picks_of(floor, battery)
    pick(five, 1, totes[1])  # a later text lets them together
    assert held(totes[1]) == ["ACID", "BATTERY"]
    bench = LocationFactory(warehouse=floor.warehouse, code="STAGE", kind=LocationKind.STAGING)
    stock(acid, bench, 1)
    pick(four, 1, bench)  # a place is no container
    assert held(bench) == ["ACID", "BATTERY"]


def test_a_subsidiary_hazard_keeps_goods_out_of_a_carton_with_each_other_and_one_by_one(floor, totes):
    acid = dangerous("ACID", "8")
    peroxide = dangerous("PEROXIDE", "9", subsidiary=["5.1"])
    one, two = picks_of(floor, acid, peroxide)
    pick(one, 1, totes[0])
    pick(two, 1, totes[1])
    order = one.allocation.line.order
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    carton = open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now())

    def pack(*packed):
        lines = [PackLine(pick_id=each.pk, quantity=D(1)) for each in packed]
        return pack_picks(carton_id=carton.pk, contents=lines, by=floor.picker, at=clock.now())

    with refusing(HazardsInOneContainer) as together:
        pack(one, two)
    assert not PackedPick.objects.exists()
    pack(one)
    with refusing(HazardsInOneContainer):
        pack(two)

    assert "by a subsidiary hazard" in together.value.facts["because"]
    assert together.value.facts["container"] == carton.unit.number
    assert PackedPick.objects.count() == 1


def test_plain_goods_are_asked_nothing_more_and_dangerous_ones_the_same_however_many_lie_there(floor, totes):
    def statements(item, tote):
        one, _ = picks_of(floor, item, floor.nut)
        with CaptureQueriesContext(connection) as captured:
            pick(one, 1, tote)
        return len(captured)

    acid = dangerous("ACID", "8")
    plain = statements(floor.bolt, totes[0])
    few = statements(acid, totes[0])
    for n in range(20):
        stock(dangerous(f"ACID-{n}", "8"), totes[0], 1)

    assert statements(floor.bolt, totes[0]) == plain
    assert statements(acid, totes[0]) <= few + 3  # the warehouse's day and the two tables, once there is another kind
    assert statements(acid, totes[0]) == statements(acid, totes[0])


def test_what_is_sorted_or_emptied_into_a_tote_or_stacked_on_a_pallet_is_asked_as_well(floor, totes):
    acid, coal = dangerous("ACID", "8"), dangerous("COAL", "4.2", is_liquid=False)
    one, two = picks_of(floor, acid, coal)
    pick(one, 1, totes[0])
    pick(two, 1, totes[1])
    order = one.allocation.line.order

    with refusing(HazardsInOneContainer) as sorted_in:
        sort_pick(pick_id=two.pk, tote_id=totes[0].pk, by=floor.picker, at=clock.now())
    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    first, second = (open_carton(shipment_id=shipment.pk, by=floor.picker, at=clock.now()) for _ in range(2))
    for each, carton in ((one, first), (two, second)):
        line = PackLine(pick_id=each.pk, quantity=D(1))
        pack_picks(carton_id=carton.pk, contents=[line], by=floor.picker, at=clock.now())
    stock(coal, totes[0], 1)
    with refusing(HazardsInOneContainer) as emptied:
        empty_carton(carton_id=first.pk, tote_id=totes[0].pk, reason="torn", by=floor.boss, at=clock.now())
    for carton in (first, second):
        close_carton(carton_id=carton.pk, by=floor.picker, at=clock.now())
    pallet = build_pallet(warehouse_id=floor.warehouse.pk, carton_ids=[first.pk], by=floor.picker, at=clock.now())
    with refusing(HazardsInOneContainer) as stacked:
        stack_cartons(pallet_id=pallet.pk, carton_ids=[second.pk], by=floor.picker, at=clock.now())

    assert [each.value.facts["container"] for each in (sorted_in, emptied, stacked)] == [
        "TOTE-1",
        "TOTE-1",
        pallet.unit.number,
    ]
    assert [each.value.facts["second"] for each in (sorted_in, emptied, stacked)] == [
        "UN1000 Acid (8)",
        "UN1000 Coal (4.2)",
        "UN1000 Acid (8)",
    ]
    second.refresh_from_db()
    assert (second.pallet, PackedPick.objects.count()) == (None, 2)
    assert held(totes[0]) == ["COAL"]


def test_goods_go_back_to_a_bin_beside_what_they_may_stand_with(floor, totes):
    bleach = dangerous("BLEACH", "5.1", is_liquid=False)
    (one,) = picks_of(floor, bleach)
    pick(one, 1, totes[0])
    stock(dangerous("ACETONE", "3"), floor.far, 1)

    with refusing(HazardsApart) as refusal:
        unpick(pick_id=one.pk, target_id=floor.far.pk, by=a_supervisor(), at=clock.now())

    facts = refusal.value.facts
    assert (facts["item"], facts["hazard_class"], facts["other_class"], facts["others"]) == (
        "BLEACH",
        "5.1",
        "3",
        "ACETONE",
    )
    assert held(totes[0]) == ["BLEACH"]
    unpick(pick_id=one.pk, target_id=floor.near.pk, by=a_supervisor(), at=clock.now())
    assert held(floor.near) == ["BLEACH"]
