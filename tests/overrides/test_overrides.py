"""Overrides: asked for by one, approved by another, for some goods, some days and one place; each use is on record."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import IllegalTransition, InvalidQuantity, NotAllowed, NotFound
from apps.journal.models import Approval, AuditEntry
from apps.locations.choices import LocationKind
from apps.locations.models import Zone
from apps.overrides.errors import NothingToOverride, OverrideByOneself, OverrideDaysWrong, OverrideIncomplete
from apps.overrides.models import HazardOverride
from apps.overrides.operations import (
    Occasion,
    approve_override,
    ask_override,
    carried_together,
    end_override,
    go_past,
    refuse_override,
)
from apps.overrides.states import OverrideOf
from apps.safety.models import HazardClass
from apps.storage.errors import FlammableLimitExceeded, FlammableNotEvaluable, HazardsApart, WrongPlace
from apps.storage.operations import carry_unit, confirm_putaway, lock_and_fill
from apps.storage.queries import load_of
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.areas import a_limit, a_liquid, an_area
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.overrides import an_occasion, approved, asked_for, asking
from tests.factories.storage import a_pallet, goods_at, putaways_of


def of_class(code, **more):
    return ItemFactory(hazard_class=HazardClass.objects.get(code=code), **more)


def bring(racks, place, item, quantity=1, *, at=None, status="available"):
    load = load_of(item, lot_id=None, status=status, quantity=D(quantity))
    occasion = an_occasion(at=at or clock.now())
    with transaction.atomic():
        lock_and_fill([(place.pk, load)], warehouse_id=racks.warehouse.pk, occasion=occasion)


def run(operation, override, *roles, by=None, **more):
    by = by or an_actor(UserFactory(roles=list(roles)))
    with transaction.atomic():
        return operation(override_id=override.pk, by=by, at=clock.now(), **more)


def test_a_worker_goes_past_the_matrix_only_with_the_goods_the_place_and_the_hazard_that_were_approved(racks):
    near, other = racks.bin("A-1"), racks.bin("A-2")
    acetone, bleach, peroxide = of_class("3"), of_class("5.1", number="BLEACH"), of_class("5.1")
    for place in (near, other):
        stock(acetone, place, 5)
    far = racks.bin("B-1")
    [putaway] = putaways_of(goods_at(racks.dock, bleach, 5), dock=racks.dock)
    by = an_actor()

    def confirm():
        with transaction.atomic():
            return confirm_putaway(
                task_id=putaway.task_id,
                location_id=near.pk,
                quantity=None,
                by=by,
                at=clock.now(),
                override_reason="B-1 is flooded",
            )

    override = asked_for("stored", bleach, warehouse=racks.warehouse, other="3", location_id=near.pk)
    with pytest.raises(HazardsApart):
        confirm()  # nobody has approved it
    run(approve_override, override, Role.SAFETY, remark="Seen")
    [again] = putaways_of(goods_at(racks.dock, bleach, 1), dock=racks.dock)
    assert (putaway.proposed, again.proposed) == (far, far)  # a proposal never goes past a rule

    confirm()

    use = override.uses.get()
    assert (use.where, use.document, use.quantity, use.used_by) == ("A-1", putaway.task.number, D(5), by.user)
    assert use.rule.startswith("hazard 5.1 stored apart from 3: ")
    for place, item in ((other, bleach), (near, peroxide)):
        with pytest.raises(HazardsApart):
            bring(racks, place, item)
    with pytest.raises(HazardsApart):
        bring(racks, near, acetone)  # what stands there did not become free of the rule
    assert override.uses.count() == 1


def test_it_is_for_its_days_by_the_calendar_of_the_site_and_for_so_much_in_all(racks):
    racks.warehouse.timezone = "Pacific/Auckland"
    racks.warehouse.save()
    zone = Zone.objects.create(warehouse=racks.warehouse, code="H", name="Hazards")
    place = racks.bin("A-1", zone=zone)
    stock(of_class("3"), place, 5)
    bleach = of_class("5.1")
    today = racks.warehouse.local_date(clock.now())
    days = {"since": today, "until": today + timedelta(days=1)}
    override = approved("stored", bleach, warehouse=racks.warehouse, other="3", zone_id=zone.pk, most=D(7), **days)
    midnight = datetime.combine(days["until"] + timedelta(days=1), datetime.min.time(), ZoneInfo("Pacific/Auckland"))

    bring(racks, place, bleach, 5)
    with pytest.raises(HazardsApart):
        bring(racks, place, bleach, 3)
    with pytest.raises(HazardsApart):
        bring(racks, place, bleach, 1, at=midnight)
    bring(racks, place, bleach, 2, at=midnight - timedelta(seconds=1))

    assert override.used == 7
    run(end_override, override, Role.SUPERVISOR, remark="Painted")
    with pytest.raises(IllegalTransition):
        run(end_override, override, Role.SUPERVISOR, remark="Again")


def test_other_hard_rules_are_not_gone_past_and_nothing_is_recorded_then(racks):
    quarantine = racks.bin("Q-1", LocationKind.QUARANTINE)
    stock(of_class("3"), quarantine, 5, status="damaged")
    bleach = of_class("5.1")
    override = approved("stored", bleach, warehouse=racks.warehouse, other="3", location_id=quarantine.pk)

    with pytest.raises(WrongPlace):
        bring(racks, quarantine, bleach)

    assert not override.uses.exists()
    bring(racks, quarantine, bleach, status="damaged")
    assert override.uses.get().quantity == 1


def test_a_limit_of_flammable_liquids_is_gone_past_by_one_item_and_binds_the_others_as_before(racks):
    place = racks.bin("CAB-1")
    a_limit(an_area(racks.warehouse, code="CAB", kind="cabinet", places=[place]), 20, 1, 2, 3)
    acetone, spirit = a_liquid(number="ACETONE"), a_liquid(number="SPIRIT")  # five litres a unit
    stock(acetone, place, 3)
    override = approved("flammable", acetone, warehouse=racks.warehouse, location_id=place.pk, most=D(4))
    bring(racks, place, acetone, 1)  # within the limit: not a use
    assert not override.uses.exists()
    stock(acetone, place, 1)

    bring(racks, place, acetone, 2)
    stock(acetone, place, 2)
    with pytest.raises(FlammableLimitExceeded):
        bring(racks, place, acetone, 3)
    with pytest.raises(FlammableLimitExceeded):
        bring(racks, place, spirit, 1)
    pallet = a_pallet(racks.dock, (acetone, 2))
    carried = {"unit_id": pallet.pk, "location_id": place.pk, "by": racks.by, "at": clock.now()}
    carry_unit(**carried)

    assert [(use.quantity, use.document) for use in override.uses.all()] == [(D(2), pallet.number), (D(2), "T-1")]
    assert override.uses.first().rule == "flammable liquids in area CAB: 0 more within its limits"


def test_what_cannot_be_counted_may_come_under_an_override_too(racks):
    place = racks.bin("CAB-1")
    a_limit(an_area(racks.warehouse, code="CAB", kind="cabinet", places=[place]), 20, 1, 2, 3)
    unknown = a_liquid(flash=None)
    with pytest.raises(FlammableNotEvaluable):
        bring(racks, place, unknown)
    override = approved("flammable", unknown, warehouse=racks.warehouse, location_id=place.pk, most=D(1))

    bring(racks, place, unknown)

    assert override.used == 1


def test_goods_that_no_rule_refuses_cost_no_statement_for_overrides(racks):
    place = racks.bin("A-1")
    bleach = of_class("5.1")
    approved("stored", bleach, warehouse=racks.warehouse, other="3", location_id=place.pk)

    with CaptureQueriesContext(connection) as captured:
        bring(racks, place, bleach)

    assert not [each for each in captured if "overrides_" in each["sql"]]


def test_it_is_approved_by_another_with_charge_of_safety_once_and_in_time(racks):
    bleach = of_class("5.1")
    place = {"location_id": racks.bin("A-1").pk}
    asker = an_actor(UserFactory(roles=[Role.SAFETY]))
    override = asked_for("stored", bleach, warehouse=racks.warehouse, other="3", by=asker, **place)

    with pytest.raises(OverrideByOneself):
        run(approve_override, override, by=asker)
    with pytest.raises(NotAllowed):
        run(approve_override, override, Role.SUPERVISOR)
    with pytest.raises(NotAllowed):
        run(refuse_override, override, Role.SUPERVISOR, remark="no")
    override.refresh_from_db()
    assert (override.state, override.decided_by) == ("asked", None)
    safety = an_actor(UserFactory(roles=[Role.SAFETY]))
    assert run(approve_override, override, by=safety, remark="Seen").decided_by == safety.user
    assert Approval.objects.get(number=override.number).asked_by == asker.user
    with pytest.raises(IllegalTransition):
        run(refuse_override, override, by=safety, remark="no")
    trail = AuditEntry.objects.filter(kind="hazard override").order_by("pk")
    assert list(trail.values_list("verb", "warehouse_code")) == [("ask", "MAIN"), ("approve", "MAIN")]
    with pytest.raises(IntegrityError, match="override_decided_by_another"), transaction.atomic():
        HazardOverride.objects.update(decided_by=asker.user)

    taken_back = asked_for("stored", bleach, warehouse=racks.warehouse, other="3", by=asker, **place)
    assert run(refuse_override, taken_back, by=asker, remark="Not needed").state == "refused"
    today = clock.now().date()
    HazardOverride.objects.filter(pk=taken_back.pk).update(
        state="asked", decided_by=None, since=today - timedelta(days=9), until=today - timedelta(days=2)
    )
    with pytest.raises(OverrideDaysWrong):
        run(approve_override, taken_back, by=safety)


def test_uses_are_never_changed(racks):
    bleach = of_class("5.1")
    place = racks.bin("A-1")
    override = approved("stored", bleach, warehouse=racks.warehouse, other="3", location_id=place.pk)
    occasion = Occasion(by=racks.by, at=clock.now(), document="T-9")
    assert go_past(
        OverrideOf.STORED,
        item_id=bleach.pk,
        place=place,
        quantity=D(1),
        rule="a rule",
        occasion=occasion,
        other_class="3",
    )
    use = override.uses.get()

    for change in (lambda: override.uses.update(rule=""), use.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("of", "facts", "error", "says"),
    [
        ("stored", {"other": "3"}, OverrideIncomplete, "one zone or one place"),
        ("stored", {"other": "3", "zone_id": 1, "location_id": 1}, OverrideIncomplete, "one zone or one place"),
        ("stored", {"location_id": 1}, OverrideIncomplete, "which hazard class"),
        ("flammable", {"location_id": 1}, OverrideIncomplete, "how much may be brought in all"),
        ("flammable", {"location_id": 1, "most": D(1), "other": "3"}, OverrideIncomplete, "a limit counts litres"),
        ("carried", {"other": "3"}, OverrideIncomplete, "the special permit"),
        ("carried", {"other": "3", "authority": "X", "location_id": 1}, OverrideIncomplete, "no place"),
        ("carried", {"other": "3", "authority": "X", "most": D(1)}, OverrideIncomplete, "no quantity"),
        ("stored", {"other": "3", "location_id": 1, "since": TODAY, "until": TODAY}, OverrideDaysWrong, "2026-01-01"),
        ("stored", {"other": "3", "location_id": 1, "until": date(2099, 1, 1)}, OverrideDaysWrong, "over 366 days"),
        ("stored", {"other": "3", "location_id": 1, "most": D("0.5")}, InvalidQuantity, None),
        ("flammable", {"location_id": 1, "most": D(1)}, NothingToOverride, "BLEACH is no flammable liquid"),
        ("stored", {"other": "3", "zone_id": 1}, NotFound, None),
    ],
)
def test_what_is_not_whole_is_not_asked_for(racks, of, facts, error, says):
    bleach = of_class("5.1", number="BLEACH")
    place = racks.bin("A-1")
    there = Zone.objects.create(warehouse=WarehouseFactory(), code="Z", name="Elsewhere")
    meant = {"location_id": place.pk, "zone_id": there.pk if error is NotFound else None}
    if "location_id" in facts and "zone_id" in facts:
        meant["zone_id"] = Zone.objects.create(warehouse=racks.warehouse, code="Y", name="Here").pk
    facts = facts | {name: pk for name, pk in meant.items() if name in facts}

    with pytest.raises(error, match=says):
        asked_for(of, bleach, warehouse=racks.warehouse, **facts)

    assert not HazardOverride.objects.exists()


def test_plain_goods_need_none_and_a_picker_asks_for_none(racks):
    place = racks.bin("A-1")
    with pytest.raises(NothingToOverride, match="has no hazard class"):
        asked_for("stored", racks.item, warehouse=racks.warehouse, other="3", location_id=place.pk)
    with pytest.raises(NotAllowed):
        ask_override(
            warehouse_id=racks.warehouse.pk,
            asked=asking("stored", of_class("5.1"), other="3", location_id=place.pk),
            by=racks.by,
            at=clock.now(),
        )


def test_what_rides_together_is_asked_by_the_hazards_of_both(racks):
    acid, coal = of_class("8", number="ACID"), of_class("4.2", number="COAL")
    permit = approved("carried", acid, warehouse=racks.warehouse, other="4.2", authority="DOT-SP 99999")
    told = {"warehouse": racks.warehouse, "where": "LD-1", "rule": "never", "occasion": an_occasion()}

    assert carried_together(first=acid.hazard, second=coal.hazard, **told) == permit
    assert carried_together(first=coal.hazard, second=acid.hazard, **told) == permit
    assert carried_together(first=coal.hazard, second=of_class("8", number="OTHER").hazard, **told) is None
    assert permit.uses.count() == 2


def test_over_http_it_is_asked_for_decided_and_ended_at_sites_where_one_works(racks):
    place, bleach = racks.bin("A-1"), of_class("5.1", number="BLEACH")
    boss, safety = (a_person(racks.warehouse, roles=[role]) for role in (Role.SUPERVISOR, Role.SAFETY))
    today = racks.warehouse.local_date(clock.now())
    body = {
        "warehouse": "MAIN",
        "of": "stored",
        "item": "BLEACH",
        "other_class": "3",
        "location": "A-1",
        "most": "12",
        "since": today.isoformat(),
        "until": (today + timedelta(days=6)).isoformat(),
        "reason": "The other store is being painted",
        "safeguards": "Watched",
    }

    made = boss.post("/hazard-overrides", body, key="once")
    again = boss.post("/hazard-overrides", body, key="once")

    assert (made.status_code, made.data) == (201, again.data)
    number = made.data["number"]
    refused(boss.post(f"/hazard-overrides/{number}/approve"), 403, "not_allowed")
    shown = safety.post(f"/hazard-overrides/{number}/approve", {"remark": "Seen"}).data
    assert (shown["state"], shown["most"], shown["location"], shown["remark"]) == ("approved", "12", "A-1", "Seen")
    bring(racks, place, bleach)
    stock(of_class("3"), place, 1)
    bring(racks, place, bleach)
    [listed] = boss.get("/hazard-overrides", state="approved", item="BLEACH").data["results"]
    assert [use["quantity"] for use in listed["uses"]] == ["1"]
    other_site = LocationFactory(warehouse=WarehouseFactory(), code="X-1").warehouse
    stranger = a_person(other_site, roles=[Role.SAFETY])
    refused(stranger.get(f"/hazard-overrides/{number}"), 404, "not_found")
    refused(stranger.post(f"/hazard-overrides/{number}/end", {"remark": "mine"}), 404, "not_found")
    refused(boss.post("/hazard-overrides", body | {"location": "X-1"}), 404, "not_found")
    refused(boss.post("/hazard-overrides", body | {"other_class": "99"}), 404, "not_found")
    refused(boss.post("/hazard-overrides", body | {"of": "carried"}), 409, "override_incomplete")
    assert boss.post(f"/hazard-overrides/{number}/end", {"remark": "Painted"}).data["state"] == "ended"
    with pytest.raises(HazardsApart):
        bring(racks, place, bleach)
