"""Flammable liquids stay within the limits of their control area, by putaway, replenishment and straight receiving."""

from datetime import date
from decimal import Decimal as D
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.ledger.models import StockBalance
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.safety.models import FlammableLimit
from apps.storage.errors import FlammableLimitExceeded, FlammableNotEvaluable
from apps.storage.models import AreaPlace, AreaZone, ControlArea
from apps.storage.operations import check_goes_back, confirm_putaway, confirm_replenishment, lock_and_fill
from apps.storage.queries import load_of
from tests.factories.areas import a_limit, a_liquid, an_area
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import moved, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.overrides import an_occasion
from tests.factories.storage import PickFaceFactory, a_pallet, faces_filled_up, goods_at, goods_of, putaways_of
from tests.storage.test_segregation import a_zone


def confirm(racks, putaway, where, quantity=None):
    with transaction.atomic():
        return confirm_putaway(
            task_id=putaway.task_id,
            location_id=where.pk,
            quantity=quantity,
            by=racks.by,
            at=clock.now(),
            override_reason="near",
        )


def straight(racks, *rows):
    """Goods that are received straight to places."""
    loads = [
        (place.pk, load_of(item, lot_id=None, status="available", quantity=D(quantity)))
        for place, item, quantity in rows
    ]
    with transaction.atomic():
        lock_and_fill(loads, warehouse_id=racks.warehouse.pk, occasion=an_occasion())


def test_a_putaway_over_the_limit_is_refused_with_its_figures_and_what_fits_is_put_away(racks):
    cabinet = racks.bin("CAB-1")
    racks.bin("A-1")
    a_limit(an_area(racks.warehouse, places=[cabinet]), 100, 1, 2, 3)
    acetone, cyclohexane = a_liquid(number="ACETONE"), a_liquid(number="OTHER", flash="30", litres="20")
    stock(cyclohexane, cabinet, 3)
    [putaway] = putaways_of(goods_at(racks.dock, acetone, 10), dock=racks.dock)

    with pytest.raises(FlammableLimitExceeded) as refusal:
        confirm(racks, putaway, cabinet)

    assert refusal.value.facts == {
        "area": "FLAM",
        "location": "CAB-1",
        "item": "ACETONE",
        "category": 2,
        "there": D(60),
        "added": D(50),
        "limit": D(100),
        "counted": "categories 1, 2 and 3",
        "rule": "Local code, edition 2021 (not verified)",
    }
    assert refusal.value.recover == ("rescan", "override", "less", "ask_supervisor")
    assert StockBalance.objects.get(item=acetone).location == racks.dock

    confirm(racks, putaway, cabinet, D(8))

    assert StockBalance.objects.get(item=acetone, location=cabinet).on_hand == 8


def test_suggestions_split_over_areas_and_skip_full_ones_and_what_is_on_its_way_counts(racks):
    first, second = racks.bin("A-1"), racks.bin("A-2")
    free = racks.bin("B-1")
    a_limit(an_area(racks.warehouse, code="ONE", places=[first, second]), 20, 2)
    a_limit(an_area(racks.warehouse, code="TWO", places=[free]), 15, 2)
    acetone, water = a_liquid(), ItemFactory()

    [whole, *rest] = putaways_of(goods_at(racks.dock, acetone, 8), dock=racks.dock)
    [plain] = putaways_of(goods_at(racks.dock, water, 8), dock=racks.dock)

    shares = {(each.proposed and each.proposed.code, each.task.quantity) for each in (whole, *rest)}
    assert shares == {("A-1", 4), ("B-1", 3), (None, 1)}
    assert rest[-1].reasons[0]["sentence"] == "No bin takes it: 3 at their area's limit of flammable liquids."
    assert plain.proposed == second
    with pytest.raises(FlammableLimitExceeded) as refusal:
        straight(racks, (second, acetone, 1))
    assert (refusal.value.there, refusal.value.added) == (D(20), D(5))


def test_the_limits_of_the_law_bind_by_kind_beside_the_sites_and_the_last_text_of_a_day(racks):
    floor = racks.bin("F-1")
    area = an_area(racks.warehouse, kind="open", fire_area="1", places=[floor])
    ether, paint = a_liquid(boiling="35", litres="1"), a_liquid(flash="40", litres="1")

    straight(racks, (floor, ether, 94), (floor, paint, 454))
    for liquid, quantity, most in ((ether, 95, D("94.635")), (paint, 455, D("454.249"))):
        with pytest.raises(FlammableLimitExceeded) as refusal:
            straight(racks, (floor, liquid, quantity))
        assert (refusal.value.limit, refusal.value.there) == (most, D(0))
        assert "1910.106(e)(2)(ii)(b), from memory; compare with the text (not verified)" in refusal.value.rule

    a_limit(area, 50, 1)
    a_limit(area, 500, 2, 3, 4)
    FlammableLimit.objects.create(
        kind="open", categories=[2, 3, 4], litres=400, source="Later", effective_on=date(2026, 1, 1), is_verified=True
    )
    FlammableLimit.objects.create(
        kind="open", categories=[2, 3, 4], litres=1, source="To come", effective_on=date(2099, 1, 1)
    )
    with pytest.raises(FlammableLimitExceeded) as refusal:
        straight(racks, (floor, ether, 51))
    assert refusal.value.limit == 50
    with pytest.raises(FlammableLimitExceeded) as refusal:
        straight(racks, (floor, paint, 401))
    assert (refusal.value.limit, refusal.value.rule) == (D(400), "Later")


def test_goods_that_come_at_once_to_two_bins_of_an_area_are_counted_together(racks):
    zone = a_zone(racks, "H")
    bins = [racks.bin(f"H-{number}", zone=zone) for number in range(2)]
    a_limit(an_area(racks.warehouse, zones=[zone]), 10, 2)
    acetone = a_liquid()

    straight(racks, (bins[0], acetone, 1), (bins[1], acetone, 1))
    with pytest.raises(FlammableLimitExceeded) as refusal:
        straight(racks, (bins[0], acetone, 1), (bins[1], acetone, 2))

    assert (refusal.value.location, refusal.value.there, refusal.value.added) == ("H-1", D(5), D(10))


def test_a_pallet_goes_whole_into_an_area_or_not_at_all(racks):
    cabinet = racks.bin("CAB-1")
    a_limit(an_area(racks.warehouse, places=[cabinet]), 25, 1, 2, 3)
    pallet = a_pallet(racks.dock, (a_liquid(), 3), (a_liquid(flash="30"), 3))

    [putaway] = putaways_of(*goods_of(pallet), dock=racks.dock)

    assert putaway.proposed is None
    with pytest.raises(FlammableLimitExceeded) as refusal:
        confirm(racks, putaway, cabinet)
    assert (refusal.value.there, refusal.value.added) == (D(15), D(15))


@pytest.mark.parametrize("unknown", [{"litres": None}, {"flash": None}, {"boiling": None}])
def test_what_cannot_be_counted_is_refused_and_keeps_others_out_but_not_plain_goods(racks, unknown):
    cabinet = racks.bin("CAB-1")
    a_limit(an_area(racks.warehouse, places=[cabinet]), 100, 2)
    strange, acetone = a_liquid(number="STRANGE", **unknown), a_liquid(number="ACETONE")

    with pytest.raises(FlammableNotEvaluable) as refusal:
        straight(racks, (cabinet, strange, 1))

    names = {"litres": "litres per unit", "flash": "flash point", "boiling": "boiling point"}
    assert refusal.value.facts == {
        "area": "FLAM",
        "location": "CAB-1",
        "item": "STRANGE",
        "missing": names[next(iter(unknown))],
    }
    stock(strange, cabinet, 1)
    with pytest.raises(FlammableNotEvaluable) as refusal:
        straight(racks, (cabinet, acetone, 1))
    assert refusal.value.item == "STRANGE"
    straight(racks, (cabinet, ItemFactory(), 5), (cabinet, a_liquid(flash="94", boiling=None, litres=None), 5))


def test_a_face_is_filled_from_its_own_area_though_that_is_over_its_limit_and_from_another_as_far_as_it_fits(racks):
    acetone = a_liquid()
    inside, outside = racks.bin("R-1"), racks.bin("R-2")
    face = racks.bin("FACE", LocationKind.PICK_FACE)
    a_limit(an_area(racks.warehouse, places=[inside, face]), 30, 2)
    stock(acetone, inside, 8)
    PickFaceFactory(item=acetone, location=face, minimum=2, maximum=4)

    [inward] = faces_filled_up(racks.warehouse)
    with transaction.atomic():
        confirm_replenishment(task_id=inward.task_id, quantity=D(4), by=racks.by, at=clock.now())
    moved(acetone, inside, outside, 4)
    moved(acetone, face, outside, 3)

    [over] = faces_filled_up(racks.warehouse)
    assert (inward.task.quantity, over.task.source, over.task.quantity) == (4, outside, 3)
    stock(acetone, inside, 4)
    with pytest.raises(FlammableLimitExceeded) as refusal, transaction.atomic():
        confirm_replenishment(task_id=over.task_id, quantity=D(3), by=racks.by, at=clock.now())
    assert (refusal.value.there, refusal.value.added) == (D(25), D(15))


def test_a_place_is_in_one_area_its_own_before_its_zones_and_of_its_site(racks):
    zone = a_zone(racks, "H")
    floor, drawer = racks.bin("H-1", zone=zone), racks.bin("H-2", zone=zone)
    room = an_area(racks.warehouse, code="ROOM", kind="room", zones=[zone])
    cabinet = an_area(racks.warehouse, code="CAB", places=[drawer])
    a_limit(room, 5, 2)
    a_limit(cabinet, 10, 2)
    acetone = a_liquid()

    straight(racks, (floor, acetone, 1), (drawer, acetone, 2))

    for again in (partial(AreaPlace, area=room, location=drawer), partial(AreaZone, area=cabinet, zone=zone)):
        with pytest.raises(IntegrityError), transaction.atomic():
            again().save()
    elsewhere = LocationFactory(warehouse=WarehouseFactory())
    with pytest.raises(ValidationError):
        AreaPlace(area=room, location=elsewhere).full_clean()
    there = Zone.objects.create(warehouse=elsewhere.warehouse, code="T", name="There")
    for part in (partial(AreaPlace, location=elsewhere), partial(AreaZone, zone=there)):
        with pytest.raises(IntegrityError, match="of one site"), transaction.atomic():
            part(area=room).save()
    an_area(racks.warehouse, code="F1", kind="open", fire_area="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ControlArea.objects.create(warehouse=racks.warehouse, code="F2", name="-", kind="open", fire_area="1")


def test_plain_goods_cost_no_statement_more(racks):
    cabinet = racks.bin("CAB-1", max_units=500)

    def statements(item):
        with CaptureQueriesContext(connection) as asked:
            straight(racks, (cabinet, item, 1))
        return len(asked)

    before = statements(ItemFactory())
    a_limit(an_area(racks.warehouse, places=[cabinet]), 100, 2)

    assert statements(ItemFactory()) == before
    assert statements(a_liquid()) > before


def test_what_goes_back_to_an_area_is_held_to_its_limits(racks):
    place = racks.bin("CAB-1")
    area = an_area(racks.warehouse, code="CAB", kind="cabinet", places=[place])
    a_limit(area, 20, 1, 2, 3)
    acetone = a_liquid(number="ACETONE")  # five litres a unit, of category 2
    stock(acetone, place, 3)
    tote = racks.bin("TOTE", kind=LocationKind.TOTE)

    occasion = an_occasion()

    def back(quantity, source):
        with transaction.atomic():
            check_goes_back(place, item=acetone, quantity=D(quantity), source_id=source.pk, occasion=occasion)

    back(1, tote)
    back(9, place)  # it is there already
    with pytest.raises(FlammableLimitExceeded) as refusal:
        back(2, tote)
    with CaptureQueriesContext(connection) as captured:
        check_goes_back(place, item=racks.item, quantity=D(9), source_id=tote.pk, occasion=occasion)

    facts = refusal.value.facts
    assert (facts["area"], facts["there"], facts["added"], facts["limit"]) == ("CAB", D(15), D(10), D(20))
    assert len(captured) == 0
