"""Trucks on the handheld's page: loading with a wrong carton refused, pallets, and transfers that come in."""

from decimal import Decimal as D

import pytest
from django.db import transaction
from playwright.sync_api import expect

from apps.core import clock
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.operations import ship_order_shipment
from apps.shipping.models import Carton, Load, ShippingPallet
from apps.shipping.operations import load_carton, plan_load
from apps.tasks.models import WarehouseTask
from apps.transfers.models import Transfer
from apps.transfers.operations import AskedGoods, approve_transfer, raise_transfer, request_transfer
from apps.transfers.queries import progress_of
from tests.factories.accounts import UserFactory
from tests.factories.catalog import PartyFactory
from tests.factories.ledger import LotFactory, an_actor, stands, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import a_sales_order, a_supervisor, packed, pick_all, released
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def carrier(site):
    return PartyFactory(number="FAST", name="Fast", is_carrier=True)


@pytest.fixture
def door(site):
    return LocationFactory(warehouse=site.warehouse, code="DOOR-1", kind=LocationKind.DOCK)


def a_packed_order(site, carrier, quantity, **more):
    """An order in one closed carton; its shipment."""
    order = a_sales_order(site.warehouse, (site.item, quantity), carrier_id=carrier.pk, **more)
    pick_all(released(order), site.tote)
    return packed(order)


@transaction.atomic
def a_truck(site, carrier, door, *shipments):
    return plan_load(
        warehouse_id=site.warehouse.pk,
        carrier_id=carrier.pk,
        dock_id=door.pk,
        shipment_ids=[each.pk for each in shipments],
        by=a_supervisor(),
        at=clock.now(),
    )


def sscc_of(shipment):
    return Carton.objects.select_related("unit").get(shipment=shipment).unit.number


@pytest.fixture
def chocolate(site):
    lot = LotFactory(item=site.item, number="L7", expires_on="2028-03-31")
    stock(site.item, site.bin, 60, lot=lot)
    return lot


def test_a_truck_is_loaded_and_a_carton_of_another_truck_is_refused(handheld, site, carrier, door, chocolate, shot):
    first, second, strange = (
        a_packed_order(site, carrier, amount, ship_to=name) for amount, name in ((8, "Ann"), (4, "Ben"), (2, "Cho"))
    )
    truck = a_truck(site, carrier, door, first, second)
    other = a_truck(site, carrier, LocationFactory(warehouse=site.warehouse, code="DOOR-2", kind="dock"), strange)

    handheld.choose("A truck at the door")
    handheld.sees("Load")
    shot("loads")
    handheld.scan("Scan the door", "DOOR-1")
    handheld.sees(f"Load {truck.number}")
    shot("load-door")
    handheld.tap("The truck is here")
    handheld.hears(f"{truck.number} is open at DOOR-1")
    expect(handheld.page.get_by_text("0 of 2")).to_be_visible()
    assert handheld.acts_without_scrolling()
    handheld.scan("Scan the carton or pallet", f"(00){sscc_of(strange)}")
    handheld.is_stopped("Wrong truck!", f"goes with {other.number}, not with {truck.number}")
    shot("load-wrong")
    handheld.reads_it()
    handheld.scan("Scan the carton or pallet", f"(00){sscc_of(first)}")
    handheld.hears("It is on the truck")
    expect(handheld.page.get_by_text("1 of 2")).to_be_visible()
    expect(handheld.page.get_by_text("1 missing")).to_be_visible()
    shot("load-missing")
    handheld.choose("Ben")
    expect(handheld.page.get_by_text("Carton 1")).to_be_visible()
    shot("load-shipment")
    handheld.scan("Scan the carton or pallet", sscc_of(second))
    expect(handheld.page.get_by_text("2 of 2")).to_be_visible()
    shot("load-all")

    handheld.tap("Take something off")
    handheld.scan("Scan the carton", sscc_of(second))
    handheld.scan("Scan where you put it", "PACK-1")
    handheld.hears("Carton 1 is off the truck")
    handheld.scan("Scan the carton or pallet", sscc_of(second))
    handheld.tap("Ready: shut the doors")
    handheld.page.get_by_label("Seal, if there is one").fill("S-77")
    handheld.tap("The doors are shut")
    handheld.sees("Ready to depart")
    shot("load-ready")
    handheld.page.get_by_label("Who takes it").fill("Jo Driver")
    handheld.tap("It leaves")

    handheld.hears(f"{truck.number} has left")
    gone = Load.objects.get(pk=truck.pk)
    assert (gone.state, gone.seal, gone.taken_by) == ("departed", "S-77", "Jo Driver")
    assert not Carton.objects.filter(shipment=strange, loaded_at__isnull=False).exists()
    assert_invariants()


def test_cartons_are_stacked_on_a_pallet_and_loaded_by_one_scan(handheld, site, carrier, door, chocolate, shot):
    shipments = [a_packed_order(site, carrier, amount) for amount in (8, 4, 2)]
    truck = a_truck(site, carrier, door, *shipments)

    handheld.choose("Cartons onto a pallet")
    for shipment in shipments[:2]:
        handheld.scan("Scan a carton or pallet", f"(00){sscc_of(shipment)}")
        handheld.hears(sscc_of(shipment))
    shot("pallet")
    handheld.tap("Make the pallet")
    handheld.hears("2 cartons on pallet")
    handheld.scan("Scan a carton or pallet", sscc_of(shipments[2]))
    handheld.tap("Put them onto it")
    handheld.hears("1 carton on pallet")
    pallet = ShippingPallet.objects.get()
    assert pallet.cartons.count() == 3
    shot("pallet-made")
    handheld.tap("Back")
    handheld.choose("A truck at the door")
    handheld.scan("Scan the door", "DOOR-1")
    handheld.tap("The truck is here")
    handheld.scan("Scan the carton or pallet", f"(00){pallet.unit.number}")

    handheld.hears("3 cartons are on it")
    assert set(Load.objects.get(pk=truck.pk).shipments.values_list("state", flat=True)) == {"loaded"}
    assert_invariants()


@pytest.fixture
def coming(site, carrier, chocolate):
    """A transfer of twenty from another site, on the road here in two cartons of twelve and eight."""
    oslo = WarehouseFactory(code="OSLO", name="Oslo")
    bin_, tote = LocationFactory(warehouse=oslo, code="O-1"), LocationFactory(warehouse=oslo, code="O-T", kind="tote")
    door = LocationFactory(warehouse=oslo, code="OD", kind=LocationKind.DOCK)
    LocationFactory(warehouse=oslo, code="OB", kind=LocationKind.PACK)
    stock(site.item, bin_, 40, lot=chocolate)
    sender = an_actor(works_at(UserFactory(roles=["supervisor"]), oslo))
    asker = an_actor(works_at(UserFactory(roles=["buyer"]), site.warehouse))
    at = clock.now()
    for amount in (12, 8):
        with transaction.atomic():
            transfer = raise_transfer(
                origin_id=oslo.pk,
                destination_id=site.warehouse.pk,
                lines=[AskedGoods(item_id=site.item.pk, quantity=D(amount))],
                needed_on=site.warehouse.local_date(at),
                reason="runs low",
                by=asker,
                at=at,
            )
            transfer = request_transfer(transfer_id=transfer.pk, by=asker, at=at)
            transfer = approve_transfer(transfer_id=transfer.pk, by=sender, at=at)
        pick_all(released(transfer.order), tote)
        shipment = packed(transfer.order)
        with transaction.atomic():
            load_carton(carton_id=shipment.cartons.get().pk, dock_id=door.pk, by=sender, at=clock.now())
        with transaction.atomic():
            ship_order_shipment(shipment_id=shipment.pk, by=sender, at=clock.now())
    return list(Transfer.objects.order_by("pk"))


def carton_of(transfer):
    return Carton.objects.get(shipment__document=transfer.order.number).unit.number


def test_a_transfer_comes_in_by_its_carton(handheld, site, coming, shot):
    transfer, _ = coming

    handheld.choose("From our other sites")
    handheld.sees("Transfers in")
    shot("arrivals")
    handheld.scan("Scan a carton or the transfer", f"(00){carton_of(transfer)}")
    handheld.sees(f"Transfers in {transfer.number}")
    handheld.scan("Scan the dock", "DOCK-IN")
    shot("arrival")
    assert handheld.acts_without_scrolling()
    handheld.scan("Scan a carton, a pallet or goods", f"(00){carton_of(transfer)}")
    handheld.hears("came in")
    expect(handheld.page.get_by_text("All of it is here")).to_be_visible()
    shot("arrival-here")

    (line,) = progress_of([transfer.pk])[transfer.pk]
    assert (line.received, line.in_transit) == (D(12), D(0))
    assert stands(site.item)["DOCK-IN"] == D(12)
    assert WarehouseTask.objects.filter(kind="putaway", warehouse=site.warehouse).count() == 1
    assert_invariants()


def test_a_transfer_comes_in_by_line_short_and_damaged(handheld, site, coming, shot):
    LocationFactory(warehouse=site.warehouse, code="CAGE", kind=LocationKind.QUARANTINE)
    _, transfer = coming

    handheld.choose("From our other sites")
    handheld.choose(transfer.number)
    handheld.scan("Scan the dock", "DOCK-IN")
    handheld.choose(carton_of(transfer))
    handheld.sees("Carton")
    shot("arrival-carton")
    handheld.choose("Dark chocolate 70 %")
    handheld.page.get_by_label("How many, in EA").fill("5")
    assert handheld.acts_without_scrolling()
    shot("arrival-line")
    handheld.tap("These came, good")
    handheld.hears("5 EA came in")
    handheld.choose(carton_of(transfer))
    handheld.choose("Dark chocolate 70 %")
    handheld.page.get_by_label("How many, in EA").fill("2")
    handheld.tap("These are damaged")
    handheld.tap("Damaged on the way here")

    handheld.hears("2 EA came in damaged")
    expect(handheld.page.get_by_text("still on the road")).to_be_visible()
    shot("arrival-short")
    (line,) = progress_of([transfer.pk])[transfer.pk]
    assert (line.received, line.damaged, line.in_transit) == (D(7), D(2), D(1))
    handheld.tap("Problem")
    handheld.choose("The rest does not come")
    handheld.choose("Lost on the way")
    handheld.is_stopped("ines")
    assert Location.objects.filter(code="DOCK-IN").exists()
    assert_invariants()
