"""Putaway rules are data: *only* binds, *prefer* and velocity are points, and each reason names its rule."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.catalog.models import Category
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location, Zone
from apps.safety.models import HazardClass, StorageCondition
from apps.storage.errors import BinFull, RuleForbids
from apps.storage.models import ItemVelocity, PutawayRule
from apps.storage.operations import confirm_putaway, lock_and_fill, planning
from apps.storage.queries import load_of
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import stands
from tests.factories.locations import WarehouseFactory
from tests.factories.overrides import an_occasion
from tests.factories.storage import PickFaceFactory, PutawayRuleFactory, a_pallet, goods_at, goods_of, putaways_of


@pytest.fixture
def hall(racks):
    """Bins N-1 and N-2 in the near zone N, F-1 in the far zone F."""
    racks.near, racks.far = (
        Zone.objects.create(warehouse=racks.warehouse, code=code, name=code, pick_sequence=n)
        for n, code in enumerate(("N", "F"))
    )
    racks.n1, racks.n2 = (racks.bin(f"N-{n}", zone=racks.near) for n in (1, 2))
    racks.f1 = racks.bin("F-1", zone=racks.far)
    return racks


def a_rule(hall, zone=None, **more):
    return PutawayRuleFactory(**({"warehouse": hall.warehouse, "zone": zone or hall.far, "code": "R1"} | more))


def proposed(hall, goods=None):
    [putaway] = putaways_of(goods or goods_at(hall.dock, hall.item, 5), dock=hall.dock)
    return putaway


def reasons(putaway):
    return {each["rule"]: (each["points"], each["sentence"]) for each in putaway.reasons}


def confirm(hall, putaway, where, **more):
    with transaction.atomic():
        return confirm_putaway(
            task_id=putaway.task_id, location_id=where.pk, quantity=None, by=hall.by, at=clock.now(), **more
        )


def test_a_binding_rule_sends_goods_there_and_names_itself(hall):
    a_rule(hall, item=hall.item, strength="only", name="Heavy goods")

    putaway = proposed(hall)

    assert putaway.proposed == hall.f1
    assert reasons(putaway)["only"] == (0, "Rule R1 (Heavy goods): only zone F.")


def test_without_room_there_the_goods_get_no_bin_and_are_told_why(hall):
    a_rule(hall, item=hall.item, strength="only")
    Location.objects.filter(pk=hall.f1.pk).update(max_units=0)

    putaway = proposed(hall)

    assert putaway.proposed is None
    assert putaway.reasons[0]["sentence"] == ("No bin takes it: 1 full, 2 to which a putaway rule does not send it.")


def test_a_preference_is_points_against_the_walk_and_one_trip(hall):
    a_rule(hall, item=hall.item, points=40, name="Bolts by the door")

    putaway = proposed(hall)

    assert putaway.proposed == hall.f1
    assert reasons(putaway)["prefer"] == (40, "Rule R1 (Bolts by the door): rather zone F.")


def test_a_preference_yields_to_the_same_lot_when_it_is_worth_less(hall):
    a_rule(hall, item=hall.item, points=5)

    assert proposed(hall).proposed == hall.n1


def test_what_a_rule_is_about_is_all_that_it_names(hall):
    frozen = StorageCondition.objects.create(code="T-FROZEN", name="Frozen", effective_on=date(2026, 1, 1))
    Zone.objects.update(storage_condition=frozen)
    acid = HazardClass.objects.get(code="8")
    food = Category.objects.create(code="Food", name="Food")
    dairy = Category.objects.create(code="Food/Dairy", name="Dairy", parent=food)
    cheese = Category.objects.create(code="Food/Dairy/Cheese", name="Cheese", parent=dairy)
    brie = ItemFactory(category=cheese)
    ItemVelocity.objects.create(warehouse=hall.warehouse, item=brie, velocity="A")
    cases = {
        "item": (brie, {"item": brie}),
        "category with all below it": (brie, {"category": food}),
        "hazard class": (ItemFactory(hazard_class=acid), {"hazard_class": acid}),
        "storage condition": (ItemFactory(storage_condition=frozen), {"storage_condition": frozen}),
        "status": (brie, {"status": "available"}),
        "loose": (brie, {"comes_on": "loose"}),
        "velocity": (brie, {"velocity": "A"}),
    }
    others = {
        "another item": (brie, {"item": hall.item}),
        "a category below": (ItemFactory(category=food), {"category": dairy}),
        "another hazard class": (brie, {"hazard_class": acid}),
        "another status": (brie, {"status": "damaged"}),
        "on a pallet": (brie, {"comes_on": "pallet"}),
        "another velocity": (brie, {"velocity": "B"}),
        "only one of two": (brie, {"item": brie, "status": "damaged"}),
        "not in use": (brie, {"item": brie, "is_active": False}),
    }

    def goes_to(item, criteria):
        rule = a_rule(hall, strength="only", **criteria)
        putaway = proposed(hall, goods_at(hall.dock, item, 1))
        rule.delete()
        return putaway.proposed.code

    assert {name: goes_to(*case) for name, case in cases.items()} == dict.fromkeys(cases, "F-1")
    assert {name: goes_to(*case)[0] for name, case in others.items()} == dict.fromkeys(others, "N")


def test_of_binding_rules_those_of_the_highest_priority_bind_and_any_of_their_places_will_do(hall):
    third = Zone.objects.create(warehouse=hall.warehouse, code="T", name="T", pick_sequence=5)
    racks_bin = hall.bin("T-1", zone=third, max_units=5)
    a_rule(hall, hall.near, code="LOW", item=hall.item, strength="only", priority=10)
    a_rule(hall, third, code="HIGH-1", item=hall.item, strength="only", priority=90)
    a_rule(hall, hall.far, code="HIGH-2", item=hall.item, strength="only", priority=90)

    first = proposed(hall)
    Location.objects.filter(pk=hall.f1.pk).update(is_active=False)
    second = proposed(hall)

    assert (first.proposed, second.proposed) == (hall.f1, racks_bin)


def test_a_rule_for_a_kind_of_place_reads_so(hall):
    face = hall.bin("P-1", LocationKind.PICK_FACE, zone=hall.far)
    PickFaceFactory(item=hall.item, location=face, maximum=D(50))
    a_rule(hall, item=hall.item, strength="only", location_kind="pick_face", name="Faces first")

    putaway = proposed(hall)

    assert putaway.proposed == face
    assert reasons(putaway)["only"] == (0, "Rule R1 (Faces first): only pick face in zone F.")


def test_a_rule_lifts_no_hard_rule(hall):
    PutawayRuleFactory(
        warehouse=hall.warehouse, zone=hall.far, location_kind="quarantine", item=hall.item, strength="only"
    )
    hall.bin("Q-1", LocationKind.QUARANTINE, zone=hall.far)

    assert proposed(hall).proposed is None


def test_a_unit_obeys_the_rules_of_all_that_is_on_it(hall):
    nut = ItemFactory()
    a_rule(hall, item=nut, strength="only", name="Nuts")

    [putaway] = putaways_of(*goods_of(a_pallet(hall.dock, (hall.item, 1), (nut, 1))), dock=hall.dock)

    assert putaway.proposed == hall.f1
    assert reasons(putaway)["only"] == (0, "Rule R1 (Nuts): only zone F.")


def test_pallets_may_have_a_zone_of_their_own(hall):
    a_rule(hall, comes_on="pallet", strength="only", name="Pallets")

    on_pallet, loose = putaways_of(
        *goods_of(a_pallet(hall.dock, (hall.item, 1))), goods_at(hall.dock, hall.item, 1), dock=hall.dock
    )

    assert (on_pallet.proposed, loose.proposed) == (hall.f1, hall.n1)
    assert "only" not in reasons(loose)


@pytest.mark.parametrize(
    ("item", "zone", "points"),
    [("A", "A", 25), ("A", "B", 10), ("B", "A", 10), ("A", "C", 0), ("", "A", 0), ("A", "", 0)],
)
def test_a_velocity_that_fits_its_zone_is_points_and_one_that_does_not_is_none(hall, item, zone, points):
    if item:
        ItemVelocity.objects.create(warehouse=hall.warehouse, item=hall.item, velocity=item)
    Zone.objects.filter(pk=hall.near.pk).update(velocity=zone)

    putaway = proposed(hall)

    assert putaway.proposed == hall.n1
    assert reasons(putaway).get("velocity", (0,))[0] == points


def test_a_fast_mover_goes_to_the_zone_for_fast_movers(hall):
    ItemVelocity.objects.create(warehouse=hall.warehouse, item=hall.item, velocity="A")
    Zone.objects.filter(pk=hall.far.pk).update(velocity="A")

    putaway = proposed(hall)

    assert putaway.proposed == hall.f1
    assert reasons(putaway)["velocity"] == (25, "A zone for A movers; this is A.")


def test_a_worker_s_own_choice_is_bound_by_only_and_not_by_prefer(hall):
    only = a_rule(hall, item=hall.item, strength="only")
    putaway = proposed(hall)

    with pytest.raises(RuleForbids) as refusal:
        confirm(hall, putaway, hall.n1, override_reason="near")

    assert refusal.value.facts == {"location": "N-1", "item": "BOLT", "rule": "R1", "allowed": "zone F"}
    assert stands(hall.item) == {"DOCK": D(5)}
    PutawayRule.objects.filter(pk=only.pk).update(strength="prefer")
    confirm(hall, putaway, hall.n1, override_reason="near")
    assert stands(hall.item) == {"N-1": D(5)}


def test_goods_that_come_straight_to_a_bin_keep_the_rule(hall):
    a_rule(hall, item=hall.item, strength="only")
    load = load_of(hall.item, lot_id=None, status="available", quantity=D(1))

    with pytest.raises(RuleForbids), transaction.atomic():
        lock_and_fill([(hall.n1.pk, load)], warehouse_id=hall.warehouse.pk, occasion=an_occasion())


def test_a_rule_binds_only_in_its_warehouse(hall):
    other = WarehouseFactory()
    PutawayRuleFactory(
        warehouse=other,
        zone=Zone.objects.create(warehouse=other, code="F", name="F"),
        item=hall.item,
        strength="only",
    )

    assert proposed(hall).proposed == hall.n1


def test_only_a_few_bins_are_read_where_rules_guide(hall, monkeypatch):
    a_rule(hall, item=hall.item, strength="only")
    ItemVelocity.objects.create(warehouse=hall.warehouse, item=hall.item, velocity="A")
    Zone.objects.filter(pk=hall.near.pk).update(velocity="A")
    monkeypatch.setattr(planning, "bins_of_kinds", None)

    assert proposed(hall).proposed == hall.f1


def test_a_rule_says_where_and_its_zone_is_of_its_warehouse(hall):
    theirs = Zone.objects.create(warehouse=WarehouseFactory(), code="X", name="X")

    with pytest.raises(IntegrityError), transaction.atomic():
        PutawayRuleFactory(warehouse=hall.warehouse)
    with pytest.raises(ValidationError):
        PutawayRule(warehouse=hall.warehouse, code="X", name="X", zone=theirs).full_clean()
    with pytest.raises(ValidationError):
        PutawayRule(warehouse=hall.warehouse, code="X", name="X", zone=hall.far, points=151).full_clean()


def test_a_full_bin_is_full_before_a_rule_is_asked(hall):
    a_rule(hall, item=hall.item, strength="only")
    putaway = proposed(hall)
    Location.objects.filter(pk=hall.f1.pk).update(max_units=1)

    with pytest.raises(BinFull):
        confirm(hall, putaway, hall.f1)
