"""Outbound rules are data: who is asked first, what each decides, and a dry run that says why."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Category, Packaging
from apps.core import clock
from apps.ledger.models import Reservation, StockBalance
from apps.ledger.operations import hold_lots
from apps.ledger.states import HoldReason, StockStatus
from apps.locations.models import Zone
from apps.orders.choices import PickKind, RuleAbout
from apps.orders.models import Allocation
from apps.orders.operations import open_shipment
from apps.orders.pdf import PackerNote
from apps.orders.queries import (
    dry_run_of,
    packing_instructions_of,
    packing_slip_of,
    pick_kind_for,
    pick_list_of,
)
from apps.orders.queries.guidance import facts_of, guidance_of
from apps.shipping.models import Shipment
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, UnitFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.orders import (
    ChannelFactory,
    CustomerFactory,
    OutboundRuleFactory,
    a_sales_order,
    allocated,
    packed,
    pick_all,
    released,
)
from tests.factories.storage import a_pallet


def a_rule(floor, **more):
    return OutboundRuleFactory(warehouse=floor.warehouse, **more)


def goods(order):
    rows = Allocation.objects.filter(line__order=order).order_by("pk").select_related("reservation__balance__location")
    return [(row.reservation.balance.location.code, row.quantity) for row in rows]


def a_lot(floor, number, days, *, age=0, quantity=10, place=None):
    at = clock.now()
    lot = LotFactory(
        item=floor.milk,
        number=number,
        expires_on=floor.warehouse.local_date(at) + timedelta(days=days),
        created_at=at - timedelta(days=age),
    )
    stock(floor.milk, place or floor.near, quantity, lot=lot)
    return lot


def test_a_rule_for_an_item_chooses_its_strategy(floor):
    a_lot(floor, "OLD", 90, age=30, place=floor.near)
    a_lot(floor, "SOON", 20, age=3, place=floor.far)
    a_rule(floor, item=floor.milk, strategy="fifo")

    assert goods(allocated(a_sales_order(floor.warehouse, (floor.milk, 12)))) == [("N-02", D(10)), ("F-01", D(2))]


def test_last_in_first_out_goes_by_when_goods_without_lots_came_to_their_bin(floor):
    for place in (floor.far, floor.face, floor.near):
        stock(floor.bolt, place, 5)
    a_rule(floor, strategy="lifo")

    assert goods(allocated(a_sales_order(floor.warehouse, (floor.bolt, 12)))) == [
        ("N-02", D(5)),
        ("N-01", D(5)),
        ("F-01", D(2)),
    ]


def test_fewest_bins(floor):
    stock(floor.bolt, floor.face, 2)
    stock(floor.bolt, floor.near, 3)
    stock(floor.bolt, floor.far, 6)
    a_rule(floor, category=None, channel=ChannelFactory(), strategy="least_bins")

    assert goods(allocated(a_sales_order(floor.warehouse, (floor.bolt, 5)))) == [("F-01", D(5))]


def test_whole_pallets_then_cases_then_loose(floor):
    Packaging.objects.create(item=floor.bolt, level=PackagingLevel.CASE, unit=UnitFactory(code="CS"), numerator=12)
    a_pallet(floor.far, (floor.bolt, 48))
    touched = a_pallet(floor.far, (floor.bolt, 24))
    stock(floor.bolt, floor.near, 30)
    stock(floor.bolt, floor.face, 5)
    a_rule(floor, customer=floor.customer, strategy="whole_units")
    first = allocated(a_sales_order(floor.warehouse, (floor.bolt, 1)))
    assert goods(first) == [("N-01", D(1))]

    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 76), customer=floor.customer))

    assert goods(order) == [("F-01", D(48)), ("F-01", D(24)), ("N-01", D(4))]
    assert StockBalance.objects.get(unit=touched).reserved == D(24)


def test_nothing_is_allocated_from_a_zone_that_a_rule_leaves_out(floor):
    stock(floor.bolt, floor.face, 3)
    stock(floor.bolt, floor.far, 9)
    far = Zone.objects.get(code="F")
    a_rule(floor, customer=floor.customer, excluded_zones=[far])

    order = allocated(a_sales_order(floor.warehouse, (floor.bolt, 5), customer=floor.customer))

    assert goods(order) == [("N-01", D(3))]
    assert goods(allocated(a_sales_order(floor.warehouse, (floor.bolt, 5)))) == [("F-01", D(5))]


def test_an_earlier_order_that_takes_nothing_from_a_zone_keeps_what_is_elsewhere(floor):
    stock(floor.bolt, floor.face, 3)
    stock(floor.bolt, floor.far, 9)
    a_rule(floor, customer=floor.customer, excluded_zones=[Zone.objects.get(code="F")])
    first = a_sales_order(floor.warehouse, (floor.bolt, 3), customer=floor.customer)

    assert goods(allocated(a_sales_order(floor.warehouse, (floor.bolt, 10)))) == [("F-01", D(9))]
    assert goods(allocated(first)) == [("N-01", D(3))]


def test_the_higher_priority_decides_and_of_equals_what_names_more(floor):
    category = Category.objects.create(code="METAL", name="Metal")
    below = Category.objects.create(code="SCREWS", name="Screws", parent=category)
    floor.bolt.category = below
    floor.bolt.save()
    a_rule(floor, code="ALL", about="pick", pick_kind="zone")
    a_rule(floor, code="METAL", about="pick", pick_kind="cluster", category=category)
    a_rule(floor, code="SHOP", about="pick", pick_kind="batch", customer=floor.customer)
    order = a_sales_order(floor.warehouse, (floor.bolt, 1), customer=floor.customer)

    assert pick_kind_for(order) == PickKind.CLUSTER
    assert pick_kind_for(a_sales_order(floor.warehouse, (floor.nut, 1))) == PickKind.ZONE
    a_rule(floor, code="FIRST", about="pick", pick_kind="single", priority=60)
    assert pick_kind_for(order) == PickKind.SINGLE
    verdicts = dry_run_of(order, at=clock.now()).pick
    assert [(each.guide.code, each.decides, each.sentence) for each in verdicts] == [
        ("FIRST", True, "Decides: for everything."),
        ("METAL", False, "Matches, but FIRST goes first."),
        ("SHOP", False, "Matches, but FIRST goes first."),
        ("ALL", False, "Matches, but FIRST goes first."),
    ]


def test_a_rule_for_a_zone_is_about_orders_whose_goods_stand_there(floor):
    stock(floor.bolt, floor.far, 3)
    a_rule(floor, about="pick", pick_kind="zone", zone=Zone.objects.get(code="F"))
    order = a_sales_order(floor.warehouse, (floor.bolt, 1))

    assert pick_kind_for(order) == PickKind.SINGLE
    assert pick_kind_for(allocated(order)) == PickKind.ZONE


def test_a_rule_out_of_use_or_of_another_warehouse_decides_nothing(floor):
    a_rule(floor, about="pick", pick_kind="zone", is_active=False)
    OutboundRuleFactory(warehouse=WarehouseFactory(), about="pick", pick_kind="zone")

    assert pick_kind_for(a_sales_order(floor.warehouse, (floor.bolt, 1))) == PickKind.SINGLE


def test_the_packer_is_told_what_all_matching_rules_say(floor, client):
    a_rule(floor, code="GLASS", about="pack", instructions="Bubble wrap.", item=floor.nut)
    a_rule(floor, code="GIFT", about="pack", instructions="No invoice.", channel=ChannelFactory(), priority=60)
    a_rule(floor, code="OTHER", about="pack", instructions="Not you.", customer=CustomerFactory())
    stock(floor.nut, floor.near, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 3))

    told = packing_instructions_of(order)

    assert [(each.text, each.rule, each.line, each.item) for each in told] == [
        ("No invoice.", "GIFT", None, ""),
        ("Bubble wrap.", "GLASS", 2, "NUT"),
    ]
    pick_all(released(order), floor.tote)
    shipment = packed(order)
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), floor.warehouse))
    assert b"Bubble wrap." in client.get(reverse("admin:shipping_shipment_change", args=[shipment.pk])).content
    answer = a_person(floor.warehouse).get(f"/shipments/{shipment.number}/instructions")
    assert answer.json() == [
        {"text": "No invoice.", "rule": "GIFT", "line": None, "item": ""},
        {"text": "Bubble wrap.", "rule": "GLASS", "line": 2, "item": "NUT"},
    ]


def test_what_the_packer_is_told_is_on_the_paper_at_the_bench_and_not_on_the_customers(floor):
    a_rule(floor, code="GLASS", about="pack", instructions="Bubble wrap.", item=floor.bolt)
    stock(floor.bolt, floor.near, 3)
    order = a_sales_order(floor.warehouse, (floor.bolt, 1))
    wave = released(order)
    by = UserFactory()
    assert pick_list_of(wave, at=clock.now(), by=by).notes == (
        PackerNote(order_number=order.number, text="Bubble wrap.", item_number="BOLT"),
    )
    pick_all(wave, floor.tote)

    shipment = open_shipment(order_id=order.pk, by=floor.picker, at=clock.now())
    on_bench = packing_slip_of(shipment, at=clock.now(), by=by)
    Shipment.objects.filter(pk=shipment.pk).update(state="packed")
    shipment.refresh_from_db()

    assert on_bench.for_the_packer == ("BOLT: Bubble wrap.",)
    assert packing_slip_of(shipment, at=clock.now(), by=by).for_the_packer == ()


def test_a_release_rule_says_how_and_when_and_how_urgent(floor):
    a_rule(floor, about="release", release="waveless", hours_before_due=12, task_priority=80, customer=floor.customer)
    order = a_sales_order(floor.warehouse, (floor.bolt, 1), customer=floor.customer)

    guide = guidance_of(floor.warehouse.pk).says(RuleAbout.RELEASE, facts_of([order])[order.pk])

    assert (guide.release, guide.hours_before_due, guide.task_priority) == ("waveless", 12, 80)


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "pick"},
        {"about": "pick", "pick_kind": "zone", "strategy": "fifo"},
        {"strategy": "cheapest"},
        {"task_priority": 9},
        {"about": "pack"},
    ],
)
def test_a_rule_says_what_it_is_about_and_nothing_else(floor, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_rule(floor, **wrong)


def test_a_rule_names_zones_of_its_own_warehouse(floor):
    rule = a_rule(floor, about="pick", pick_kind="zone")
    rule.zone = Zone.objects.create(warehouse=WarehouseFactory(), code="X", name="X")

    with pytest.raises(ValidationError) as refusal:
        rule.full_clean()

    assert "zone" in refusal.value.message_dict


def test_a_dry_run_says_what_would_be_taken_what_not_and_why_and_does_nothing(floor):
    held = a_lot(floor, "HELD", 40)
    hold_lots([held.pk], reason=HoldReason.QUALITY, by=floor.boss)
    a_lot(floor, "TIRED", 5)
    a_lot(floor, "GOOD", 60, quantity=4)
    a_lot(floor, "FAR", 50, place=floor.far)
    a_lot(floor, "DOCK", 45, place=floor.door)
    stock(floor.milk, floor.near, 2, lot=a_lot(floor, "DENTED", 70, quantity=1), status=StockStatus.DAMAGED)
    a_rule(floor, code="NEAR", item=floor.milk, excluded_zones=[Zone.objects.get(code="F")])
    a_rule(floor, code="NUTS", item=floor.nut)
    order = a_sales_order(floor.warehouse, (floor.milk, 9), (floor.bolt, 1), min_remaining_days=30)
    with CaptureQueriesContext(connection) as captured:
        run = dry_run_of(order, at=clock.now())

    milk, bolt = run.lines
    assert [(each.guide.code, each.decides, each.misses) for each in milk.verdicts] == [
        ("NEAR", True, ()),
        ("NUTS", False, ("item",)),
    ]
    assert milk.verdicts[1].sentence == "Only for item NUT."
    assert milk.outcome is not None
    assert bolt.outcome is not None
    assert [(each.candidate.lot_number, each.quantity) for each in milk.outcome.portions] == [
        ("GOOD", D(4)),
        ("DENTED", D(1)),
    ]
    assert sorted((each.candidate.lot_number, each.why.value) for each in milk.outcome.barred) == [
        ("DENTED", "status"),
        ("DOCK", "place"),
        ("FAR", "zone"),
        ("HELD", "held"),
        ("TIRED", "expires"),
    ]
    assert (milk.outcome.short, bolt.outcome.short) == (D(4), D(1))
    assert not Reservation.objects.exists()
    assert not [each for each in captured if not each["sql"].startswith("SELECT") or "FOR " in each["sql"]]
    assert [(code, quantity) for code, quantity in goods(allocated(order))] == [("N-02", D(4)), ("N-02", D(1))]


def test_a_dry_run_says_what_is_kept_for_promises_made_before(floor):
    stock(floor.bolt, floor.face, 10)
    a_sales_order(floor.warehouse, (floor.bolt, 7))
    order = a_sales_order(floor.warehouse, (floor.bolt, 7))

    (line,) = dry_run_of(order, at=clock.now()).lines

    assert line.outcome is not None
    assert (line.outcome.promised_before, line.outcome.short) == (D(7), D(4))


def test_a_draft_would_be_served_behind_all_promises(floor):
    stock(floor.bolt, floor.face, 10)
    a_sales_order(floor.warehouse, (floor.bolt, 7))
    draft = a_sales_order(floor.warehouse, (floor.bolt, 7), confirm=False)

    (line,) = dry_run_of(draft, at=clock.now()).lines

    assert line.outcome is not None
    assert line.outcome.short == D(4)


def test_over_the_api(floor):
    stock(floor.bolt, floor.face, 10)
    a_rule(floor, code="BOLTS", item=floor.bolt, strategy="lifo")
    order = a_sales_order(floor.warehouse, (floor.bolt, 12))
    desk = a_person(floor.warehouse)

    answer = desk.get(f"/sales-orders/{order.number}/dry-run").json()

    (line,) = answer["lines"]
    assert [(each["rule"], each["decides"]) for each in line["rules"]] == [("BOLTS", True)]
    assert line["outcome"]["strategy"] == "lifo"
    assert [(each["location"], each["quantity"]) for each in line["outcome"]["takes"]] == [("N-01", "10")]
    assert line["outcome"]["short"] == "2"
    (rule,) = desk.get("/outbound-rules", about="allocate").json()["results"]
    assert (rule["code"], rule["item"], rule["strategy"]) == ("BOLTS", "BOLT", "lifo")
    stranger = a_person(WarehouseFactory())
    refused(stranger.get(f"/sales-orders/{order.number}/dry-run"), 404, "not_found")


def test_at_the_desk(floor, client):
    stock(floor.bolt, floor.face, 10)
    a_rule(floor, code="BOLTS", item=floor.bolt, strategy="lifo")
    order = a_sales_order(floor.warehouse, (floor.bolt, 12))
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), floor.warehouse))
    page = reverse("desk-outbound-dry-run")

    assert client.get(page).status_code == 200
    answer = client.get(page, {"order": order.number})
    rows = answer.context["tables"][0].rows
    assert [(row[3], row[6]) for row in rows] == [
        ("N-01", "Last in first out"),
        ("Nowhere", "Short: there is no more that it may have"),
    ]
    assert client.get(page, {"order": "SO-NONE"}).status_code == 400
    client.force_login(UserFactory(roles=[Role.PICKER]))
    assert client.get(page, {"order": order.number}).status_code in {302, 403}


def test_the_form_refuses_zones_of_another_warehouse_and_zones_that_no_goods_come_from(floor, client):
    boss = works_at(UserFactory(roles=[Role.INVENTORY_MANAGER]), floor.warehouse)
    client.force_login(boss)
    elsewhere = Zone.objects.create(warehouse=WarehouseFactory(), code="X", name="X")
    far = Zone.objects.get(code="F")
    asked = {"warehouse": floor.warehouse.pk, "code": "R", "name": "R", "priority": 50, "is_active": "on"}
    add = reverse("admin:orders_outboundrule_add")

    strange = client.post(add, asked | {"about": "allocate", "strategy": "fifo", "excluded_zones": [elsewhere.pk]})
    useless = client.post(add, asked | {"about": "pick", "pick_kind": "zone", "excluded_zones": [far.pk]})
    right = client.post(add, asked | {"about": "allocate", "strategy": "fifo", "excluded_zones": [far.pk]})

    assert "excluded_zones" in strange.context["adminform"].form.errors
    assert "excluded_zones" in useless.context["adminform"].form.errors
    assert right.status_code == 302
    rule = floor.warehouse.outbound_rules.get()
    assert list(rule.excluded_zones.all()) == [far]


def test_items_that_no_rule_names_go_first_expired_first_out(floor):
    other = ItemFactory()
    a_rule(floor, item=other, strategy="lifo")
    a_lot(floor, "LATE", 90, age=1)
    a_lot(floor, "SOON", 20, age=9)

    order = allocated(a_sales_order(floor.warehouse, (floor.milk, 12)))

    taken = Allocation.objects.filter(line__order=order).order_by("pk")
    lots = list(taken.values_list("reservation__balance__lot__number", flat=True))
    assert lots == ["SOON", "LATE"]
