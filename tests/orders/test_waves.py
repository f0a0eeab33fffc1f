"""Release by criteria and by itself: who goes, who stays and why, and what a preview says beforehand."""

from datetime import time, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import Reservation
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason
from apps.locations.models import Zone
from apps.orders.errors import FloorFull, NothingToRelease
from apps.orders.jobs import release_waveless as job
from apps.orders.models import FloorLimit, Pick, SalesOrder, Wave, WaveTemplate
from apps.orders.operations import release_by_criteria, release_wave, release_waveless
from apps.orders.queries.releasing import PACE, Criteria, preview_wave, seconds_a_pick
from apps.orders.rules.waves import Load, WhyWaits, fit, minutes_of_work
from apps.tasks.models import WarehouseTask
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import WarehouseFactory
from tests.factories.orders import ChannelFactory, OutboundRuleFactory, a_sales_order, allocated, pick_all, refusing


def load(order, **picks):
    return Load(order=order, picks={{"near": 1, "far": 2}[zone]: count for zone, count in picks.items()})


def says(found):
    return list(found.goes), [
        (each.order, each.why.value, each.zone, each.open_picks, each.most) for each in found.waits
    ]


def preview(floor, **criteria):
    return preview_wave(floor.warehouse, Criteria(**criteria), at=clock.now())


def go(floor, *, by=None, **criteria):
    return release_by_criteria(
        warehouse_id=floor.warehouse.pk, criteria=Criteria(**criteria), by=by or floor.boss, at=clock.now()
    )


def orders_of(wave):
    return list(SalesOrder.objects.filter(lines__allocations__pick__wave=wave).distinct().order_by("pk"))


def urgent(order, priority):
    SalesOrder.objects.filter(pk=order.pk).update(priority=priority)
    return order


def stays(released):
    return [(each.order, each.why.value) for each in released.stays]


def test_orders_go_in_turn_until_the_wave_is_full():
    loads = [load(1, near=2), load(2, near=2), load(3, near=1)]

    assert says(fit(loads, open_picks={}, zone_limits={}, most_orders=2)) == (
        [1, 2],
        [(3, "wave_full", None, None, None)],
    )
    assert says(fit(loads, open_picks={}, zone_limits={}, most_picks=3)) == (
        [1],
        [(2, "wave_full", None, None, None), (3, "wave_full", None, None, None)],
    )


def test_nobody_overtakes_at_a_full_zone_and_others_go():
    loads = [load(1, near=4), load(2, near=4), load(3, near=1), load(4, far=9), load(5)]

    found = fit(loads, open_picks={1: 2}, zone_limits={1: 8})

    assert says(found) == (
        [1, 4],
        [(2, "zone_full", 1, 6, 8), (3, "zone_full", 1, 6, 8), (5, "nothing_to_pick", None, None, None)],
    )


def test_what_is_larger_than_a_limit_goes_when_it_is_alone():
    assert says(fit([load(1, near=9)], open_picks={}, zone_limits={1: 5}, site_limit=5, most_picks=5))[0] == [1]
    assert says(fit([load(1, near=9)], open_picks={1: 1}, zone_limits={1: 5}))[0] == []


def test_the_whole_warehouse_has_a_limit_too():
    found = fit([load(1, near=2), load(2, far=2), load(3, far=1)], open_picks={None: 1}, zone_limits={}, site_limit=4)

    assert says(found) == ([1], [(2, "site_full", None, 3, 4), (3, "site_full", None, 3, 4)])


def test_minutes_are_rounded_up():
    assert [minutes_of_work(picks, 40) for picks in (0, 1, 3, 4)] == [0, 1, 2, 3]


def test_a_preview_says_what_a_release_would_do_and_does_nothing(floor):
    stock(floor.bolt, floor.face, 4)
    stock(floor.nut, floor.far, 10)
    first = a_sales_order(floor.warehouse, (floor.bolt, 3), (floor.nut, 2))
    second = urgent(allocated(a_sales_order(floor.warehouse, (floor.nut, 2))), 80)
    third = a_sales_order(floor.warehouse, (floor.bolt, 5))
    fourth = a_sales_order(floor.warehouse, (floor.bolt, 1))
    with CaptureQueriesContext(connection) as captured:
        found = preview(floor)

    assert found.orders == (second, first, third)
    assert (found.lines, found.picks, found.minutes) == (4, 4, minutes_of_work(4, PACE))
    assert [(each.want.line.line.order, each.short) for each in found.short] == [(third, D(4))]
    assert [(each.order, each.why) for each in found.stays] == [(fourth, WhyWaits.NOTHING)]
    assert not [each for each in captured if not each["sql"].startswith("SELECT") and "select" not in each["sql"]]
    assert not Wave.objects.exists()
    assert Reservation.objects.count() == 1

    released = go(floor)

    assert orders_of(released.wave) == [first, second, third]
    assert released.wave.picks.count() == 4
    assert stays(released) == [(fourth, "nothing_to_pick")]


def test_a_preview_takes_as_many_statements_for_twenty_orders_as_for_two(floor):
    stock(floor.bolt, floor.face, 500)
    counts = []
    for many in (2, 18):
        for _ in range(many):
            a_sales_order(floor.warehouse, (floor.bolt, 1), by=floor.boss)
        with CaptureQueriesContext(connection) as captured:
            preview(floor)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_orders_are_chosen_by_carrier_channel_priority_and_due_date(floor):
    stock(floor.bolt, floor.face, 100)
    carrier, shop = PartyFactory(is_carrier=True), ChannelFactory(code="SHOP")
    today = floor.warehouse.local_date(clock.now())
    by_carrier = a_sales_order(floor.warehouse, (floor.bolt, 1), carrier_id=carrier.pk)
    by_channel = a_sales_order(floor.warehouse, (floor.bolt, 1), channel=shop)
    hurried = urgent(a_sales_order(floor.warehouse, (floor.bolt, 1)), 90)
    due = a_sales_order(floor.warehouse, (floor.bolt, 1), due_on=today)

    assert preview(floor, carrier_id=carrier.pk).orders == (by_carrier,)
    assert preview(floor, channel_id=shop.pk).orders == (by_channel,)
    assert preview(floor, min_priority=60).orders == (hurried,)
    assert preview(floor, due_within_days=1).orders == (due,)
    assert preview(floor).orders == (hurried, due, by_carrier, by_channel)
    assert preview(floor, most_orders=2).orders == (hurried, due)


def test_a_wave_of_a_zone_takes_orders_of_which_all_goods_stand_there(floor):
    stock(floor.bolt, floor.face, 10)
    stock(floor.nut, floor.far, 10)
    near = a_sales_order(floor.warehouse, (floor.bolt, 1))
    both = a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1))

    released = go(floor, zone_id=Zone.objects.get(code="N").pk)

    assert orders_of(released.wave) == [near]
    assert stays(released) == [(both, "other_zone")]
    both.refresh_from_db()
    assert both.state == "confirmed"


def test_a_full_zone_keeps_orders_for_the_next_release_and_says_so(floor):
    stock(floor.bolt, floor.face, 50)
    near = Zone.objects.get(code="N")
    FloorLimit.objects.create(warehouse=floor.warehouse, zone=near, most_open_picks=2)
    orders = [a_sales_order(floor.warehouse, (floor.bolt, 1)) for _ in range(3)]

    first = go(floor)

    assert orders_of(first.wave) == orders[:2]
    (waits,) = first.stays
    assert (waits.order, waits.sentence) == (
        orders[2],
        "Its zone has no room for more picks: 2 of 2 in N.",
    )
    with pytest.raises(NothingToRelease) as refusal:
        go(floor)
    assert refusal.value.facts == {
        "warehouse": "MAIN",
        "waiting": [{"order": orders[2].number, "why": "zone_full"}],
    }
    pick_all(first.wave, floor.tote)
    assert orders_of(go(floor).wave) == [orders[2]]


def test_a_lot_frozen_between_preview_and_release_does_not_go(floor):
    today = floor.warehouse.local_date(clock.now())
    lot = LotFactory(item=floor.milk, number="L", expires_on=today + timedelta(days=90))
    stock(floor.milk, floor.near, 10, lot=lot)
    stock(floor.bolt, floor.face, 10)
    milk = allocated(a_sales_order(floor.warehouse, (floor.milk, 5)))
    later = a_sales_order(floor.warehouse, (floor.milk, 5))
    bolts = a_sales_order(floor.warehouse, (floor.bolt, 5))
    assert preview(floor).orders == (milk, later, bolts)
    hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)

    released = go(floor)

    assert orders_of(released.wave) == [bolts]
    assert stays(released) == [(milk, "nothing_to_pick"), (later, "nothing_to_pick")]
    milk.refresh_from_db()
    assert not Reservation.objects.pending().filter(document=milk.number).exists()
    assert WarehouseTask.objects.get().item == floor.bolt


def test_nothing_that_is_meant_can_go_says_why_and_changes_nothing(floor):
    order = a_sales_order(floor.warehouse, (floor.bolt, 1))

    with pytest.raises(NothingToRelease) as refusal:
        go(floor)

    assert refusal.value.facts["waiting"] == [{"order": order.number, "why": "nothing_to_pick"}]
    with pytest.raises(NotAllowed):
        go(floor, by=an_actor())
    assert not Wave.objects.exists()


def test_a_wave_remembers_its_template_and_when_its_truck_leaves(floor):
    stock(floor.bolt, floor.face, 10)
    a_sales_order(floor.warehouse, (floor.bolt, 1))
    template = WaveTemplate.objects.create(
        warehouse=floor.warehouse, code="NOON", name="Noon truck", cut_off=time(12), most_orders=5
    )
    at = clock.now()

    wave = release_by_criteria(
        warehouse_id=floor.warehouse.pk, criteria=Criteria.of(template), template_id=template.pk, by=floor.boss, at=at
    ).wave

    assert wave is not None
    assert wave.cut_off_at is not None
    local = wave.cut_off_at.astimezone(ZoneInfo(floor.warehouse.timezone))
    assert (wave.template, local.time()) == (template, time(12))
    assert at <= wave.cut_off_at < at + timedelta(days=1)
    assert OutboxMessage.objects.filter(job="orders.print_pick_list").count() == 1


def test_tasks_are_as_urgent_as_the_order_or_its_rule_says(floor):
    stock(floor.bolt, floor.face, 10)
    hurried = urgent(a_sales_order(floor.warehouse, (floor.bolt, 1)), 70)
    ruled = a_sales_order(floor.warehouse, (floor.bolt, 1), customer=floor.customer)
    plain = a_sales_order(floor.warehouse, (floor.bolt, 1))
    OutboundRuleFactory(
        warehouse=floor.warehouse, about="release", release="wave", task_priority=95, customer=floor.customer
    )

    go(floor)

    by_priority = WarehouseTask.objects.in_walking_order().values_list("document", "priority")
    assert list(by_priority) == [(ruled.number, 95), (hurried.number, 70), (plain.number, 50)]


def test_what_a_rule_releases_by_itself_goes_when_its_time_has_come(floor):
    stock(floor.bolt, floor.face, 10)
    today = floor.warehouse.local_date(clock.now())
    OutboundRuleFactory(
        warehouse=floor.warehouse, about="release", release="waveless", hours_before_due=30, channel=ChannelFactory()
    )
    shop = ChannelFactory(code="SHOP")
    due = a_sales_order(floor.warehouse, (floor.bolt, 1), due_on=today)
    early = a_sales_order(floor.warehouse, (floor.bolt, 1), due_on=today + timedelta(days=9))
    by_hand = a_sales_order(floor.warehouse, (floor.bolt, 1), due_on=today, channel=shop)

    assert job() == 1

    wave = Wave.objects.get()
    assert (orders_of(wave), wave.is_waveless) == ([due], True)
    assert not OutboxMessage.objects.filter(job="orders.print_pick_list").exists()
    assert job() == 0
    assert orders_of(go(floor).wave) == [by_hand]
    early.refresh_from_db()
    assert early.state == "confirmed"


def test_by_itself_too_only_as_much_goes_as_the_floor_takes(floor):
    stock(floor.bolt, floor.face, 10)
    FloorLimit.objects.create(warehouse=floor.warehouse, most_open_picks=1)
    OutboundRuleFactory(warehouse=floor.warehouse, about="release", release="waveless")
    first, second = (a_sales_order(floor.warehouse, (floor.bolt, 1)) for _ in range(2))

    released = release_waveless(warehouse_id=floor.warehouse.pk, by=floor.boss, at=clock.now())

    assert (orders_of(released.wave), stays(released)) == ([first], [(second, "site_full")])
    again = release_waveless(warehouse_id=floor.warehouse.pk, by=floor.boss, at=clock.now())
    assert (again.wave, stays(again)) == (None, [(second, "site_full")])


def test_a_preview_says_which_orders_go_by_themselves(floor):
    stock(floor.bolt, floor.face, 10)
    web = ChannelFactory(code="SHOP")
    OutboundRuleFactory(warehouse=floor.warehouse, about="release", release="waveless", channel=web)
    by_wave = a_sales_order(floor.warehouse, (floor.bolt, 1))
    alone = a_sales_order(floor.warehouse, (floor.bolt, 1), channel=web)

    found = preview(floor)

    assert found.orders == (by_wave,)
    assert stays(found) == [(alone, "by_itself")]
    assert found.stays[0].sentence == "Its rule releases it by itself, in no wave."
    assert stays(go(floor)) == [(alone, "by_itself")]


def by_hand(floor, *orders, by=None, **more):
    return release_wave(
        warehouse_id=floor.warehouse.pk,
        order_ids=[order.pk for order in orders],
        by=by or floor.boss,
        at=clock.now(),
        **more,
    )


def test_a_wave_by_hand_goes_as_far_as_the_floor_takes_it(floor):
    stock(floor.bolt, floor.face, 10)
    near = Zone.objects.get(code="N")
    FloorLimit.objects.create(warehouse=floor.warehouse, zone=near, most_open_picks=1)
    first, second = (allocated(a_sales_order(floor.warehouse, (floor.bolt, 1))) for _ in range(2))
    by_hand(floor, first)

    with refusing(FloorFull) as refusal:
        by_hand(floor, second)

    assert refusal.value.facts == {
        "warehouse": "MAIN",
        "waiting": [{"order": second.number, "why": "zone_full", "zone": "N", "open_picks": 1, "most": 1}],
    }
    assert Wave.objects.count() == 1
    with refusing(NotAllowed):
        by_hand(floor, second, by=an_actor(UserFactory(roles=[Role.SALES])), override_reason="rush")
    wave = by_hand(floor, second, override_reason="rush")
    entry = AuditEntry.objects.get(verb="override", kind="wave")
    assert (entry.number, entry.detail["reason"], entry.detail["beyond"][0]["order"]) == (
        wave.number,
        "rush",
        second.number,
    )


def test_a_reason_that_was_not_needed_is_no_override(floor):
    stock(floor.bolt, floor.face, 10)
    FloorLimit.objects.create(warehouse=floor.warehouse, most_open_picks=5)

    by_hand(floor, allocated(a_sales_order(floor.warehouse, (floor.bolt, 1))), override_reason="rush")

    assert not AuditEntry.objects.filter(verb="override").exists()


def test_over_the_api_a_full_floor_is_said_and_overridden(floor):
    stock(floor.bolt, floor.face, 10)
    FloorLimit.objects.create(warehouse=floor.warehouse, most_open_picks=1)
    first, second = (allocated(a_sales_order(floor.warehouse, (floor.bolt, 1))) for _ in range(2))
    desk = a_person(floor.warehouse, roles=["supervisor"])
    asked = {"warehouse": "MAIN", "orders": [first.number]}
    assert desk.post("/waves", asked).status_code == 201

    facts = refused(desk.post("/waves", {**asked, "orders": [second.number]}), 409, "floor_full")
    assert facts["waiting"][0]["why"] == "site_full"
    made = desk.post("/waves", {**asked, "orders": [second.number], "override_reason": "rush"}, key="w")

    assert (made.status_code, len(made.json()["picks"])) == (201, 1)


def test_orders_of_another_warehouse_stay_there(floor):
    other = WarehouseFactory()
    stock(floor.bolt, floor.face, 10)
    a_sales_order(other, (floor.bolt, 1))
    here = a_sales_order(floor.warehouse, (floor.bolt, 1))

    assert orders_of(go(floor).wave) == [here]


def test_the_pace_is_the_median_between_picks_of_one_worker(floor):
    assert seconds_a_pick(floor.warehouse.pk) == PACE
    stock(floor.bolt, floor.face, 100)
    for _ in range(30):
        a_sales_order(floor.warehouse, (floor.bolt, 1), by=floor.boss)
    wave = go(floor).wave
    pick_all(wave, floor.tote, by=floor.picker)
    at = clock.now()
    for number, task in enumerate(WarehouseTask.objects.order_by("pk")):
        WarehouseTask.objects.filter(pk=task.pk).update(done_at=at + timedelta(seconds=25 * number))

    assert seconds_a_pick(floor.warehouse.pk) == 25
    assert Pick.objects.filter(state="picked").count() == 30
