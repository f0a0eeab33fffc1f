"""What channels offer, and what they are told that they may sell."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from django.db.models import F

from apps.accounts.models import DeviceKind
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.ledger.models import StockBalance
from apps.ledger.operations import Claim, hold_lots, release_holds, reserve
from apps.ledger.states import HoldReason
from apps.orders.errors import ListingThere
from apps.orders.jobs import publish_availability as job
from apps.orders.models import Channel, ChannelAvailability, ChannelFeed, ChannelListing
from apps.orders.operations import cancel_sales_order, list_item, publish_availability
from apps.supply.operations import SupplyLine, expect
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller, a_device, a_person, refused
from tests.factories.ledger import LotFactory, an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.orders import ChannelFactory, a_sales_order, allocated, pick_all, released


@pytest.fixture
def seller(db):
    return an_actor(UserFactory(roles=[Role.SALES]))


@pytest.fixture
def offer(seller):
    """Lists an item on a channel."""

    def listed(item, channel="WEB", **more):
        found = ChannelFactory(code=channel, name=channel)
        more.setdefault("code", f"{channel}-{item.number}")
        return list_item(channel_id=found.pk, item_id=item.pk, by=seller, at=clock.now(), **more)

    return listed


def told():
    """What each listing is told, by its code."""
    return {row.listing.code: row.quantity for row in ChannelAvailability.objects.select_related("listing")}


def publish(after=timedelta(0)):
    return publish_availability(at=clock.now() + after)


def test_a_channel_is_told_what_is_there_and_promised_to_nobody(floor, offer):
    offer(floor.bolt)
    assert publish() == 1
    assert told() == {"WEB-BOLT": D(0)}
    stock(floor.bolt, floor.face, 10)
    expect(
        [SupplyLine(line=1, item_id=floor.bolt.pk, quantity=D(50), due_on=floor.warehouse.local_date(clock.now()))],
        warehouse_id=floor.warehouse.pk,
        document="PO-1",
    )

    assert publish() == 1
    assert told() == {"WEB-BOLT": D(10)}
    assert publish() == 0

    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    assert (publish(), told()) == (1, {"WEB-BOLT": D(6)})
    allocated(order)
    assert publish() == 0
    cancel_sales_order(order_id=order.pk, reason="x", by=floor.boss, at=clock.now())
    assert (publish(), told()) == (1, {"WEB-BOLT": D(10)})


def test_picking_what_was_promised_changes_nothing_for_the_channel(floor, offer):
    offer(floor.bolt)
    stock(floor.bolt, floor.face, 10)
    order = a_sales_order(floor.warehouse, (floor.bolt, 4))
    publish()

    pick_all(released(order), floor.tote)

    assert (publish(), told()) == (0, {"WEB-BOLT": D(6)})


def test_holds_and_reservations_for_other_work_are_seen_as_moves_are(floor, offer):
    offer(floor.milk)
    lot = LotFactory(item=floor.milk, expires_on=clock.now().date() + timedelta(days=50))
    stock(floor.milk, floor.near, 5, lot=lot)
    publish()

    (hold,) = hold_lots([lot.pk], reason=HoldReason.QUALITY, by=floor.boss)
    assert (publish(), told()) == (1, {"WEB-MILK": D(0)})
    release_holds([hold], by=floor.boss, at=clock.now())
    assert (publish(), told()) == (1, {"WEB-MILK": D(5)})
    balance = StockBalance.objects.get(lot=lot)
    reserve([Claim(balance_id=balance.pk, quantity=D(2))], warehouse_id=floor.warehouse.pk, document="N-01")
    assert (publish(), told()) == (1, {"WEB-MILK": D(3)})
    assert (publish(after=timedelta(days=60)), told()) == (1, {"WEB-MILK": D(0)})


def test_buffer_share_least_and_most_and_the_sites_of_a_channel(floor, offer):
    east = WarehouseFactory(code="EAST")
    stock(floor.bolt, floor.face, 10)
    stock(floor.bolt, LocationFactory(warehouse=east), 6)
    offer(floor.bolt, "A", share=D(50), buffer=D(2))
    offer(floor.bolt, "B", share=D(50), maximum=D(5))
    offer(floor.bolt, "C", share=D(0))
    offer(floor.nut, "A", minimum=D(3))
    stock(floor.nut, floor.near, 2)
    publish()
    assert told() == {"A-BOLT": D(7), "B-BOLT": D(5), "C-BOLT": D(0), "A-NUT": D(0)}

    Channel.objects.get(code="A").sites.add(east)
    offer(floor.bolt, "B", share=D(100))
    publish(after=timedelta(minutes=2))

    # EAST is cut alike, a third for A of its six; B sells the rest there and all of MAIN.
    assert told() == {"A-BOLT": D(1), "B-BOLT": D(14), "C-BOLT": D(0), "A-NUT": D(0)}


def test_a_listing_that_is_paused_is_told_nothing_and_leaves_its_share(floor, offer):
    stock(floor.bolt, floor.face, 10)
    offer(floor.bolt, "A")
    offer(floor.bolt, "B")
    publish()
    assert told() == {"A-BOLT": D(5), "B-BOLT": D(5)}

    offer(floor.bolt, "A", status="paused")

    assert (publish(), told()) == (2, {"A-BOLT": D(0), "B-BOLT": D(10)})


def test_positions_rise_with_each_change_and_a_reader_reads_on(floor, offer):
    for item in (floor.bolt, floor.nut):
        offer(item)
        stock(item, floor.face, 5)
    offer(floor.bolt, "SHOP")
    job()
    user = a_person(floor.warehouse).user
    shop = Caller(device=a_device(floor.warehouse, kind=DeviceKind.INTEGRATION, service_user=user))

    first = shop.get("/channels/WEB/availability").json()
    stock(floor.nut, floor.face, 2)
    job()
    after = shop.get("/channels/WEB/availability", cursor=first["cursor"]).json()

    assert [(row["code"], row["available"]) for row in first["results"]] == [("WEB-BOLT", "2"), ("WEB-NUT", "5")]
    assert [(row["code"], row["available"], row["unit"]) for row in after["results"]] == [("WEB-NUT", "7", "EA")]
    assert after["cursor"] > first["cursor"]
    assert shop.get("/channels/WEB/availability", cursor=after["cursor"]).json() == {
        "cursor": after["cursor"],
        "more": False,
        "results": [],
    }
    page = shop.get("/channels/WEB/availability", limit=1).json()
    assert (page["more"], len(page["results"])) == (True, 1)
    rest = shop.get("/channels/WEB/availability", cursor=page["cursor"]).json()
    assert [row["code"] for row in rest["results"]] == ["WEB-NUT"]
    refused(shop.get("/channels/NONE/availability"), 404, "not_found")
    refused(shop.get("/channels/WEB/availability", cursor="x"), 400, "malformed")


def test_a_second_without_a_change_writes_nothing(floor, offer, django_assert_num_queries):
    offer(floor.bolt)
    publish()
    ChannelFeed.objects.update(read_at=F("read_at") - timedelta(seconds=30))
    ChannelListing.history.update(history_date=clock.now() - timedelta(minutes=5))
    quiet = ChannelFeed.objects.values().get()

    with transaction.atomic(), django_assert_num_queries(3):
        assert publish() == 0

    assert ChannelFeed.objects.values().get() == quiet


def test_what_is_listed_is_listed_once_and_by_whoever_may(floor, offer, seller):
    offer(floor.bolt, code="X")

    with pytest.raises(ListingThere) as refusal:
        offer(floor.nut, code="X")
    with pytest.raises(NotAllowed):
        list_item(channel_id=Channel.objects.get().pk, item_id=floor.nut.pk, code="Y", by=an_actor(), at=clock.now())

    assert refusal.value.facts == {"channel": "WEB", "listing": "X", "item": "BOLT"}
    offer(floor.bolt, code="Z", buffer=D(3))
    assert ChannelListing.objects.values_list("code", "buffer").get() == ("Z", D(3))


def test_listings_over_http_and_orders_by_the_channels_code(floor):
    desk = a_person(floor.warehouse, roles=["sales"])
    channel = ChannelFactory()
    body = {"channel": channel.code, "item": "BOLT", "code": "B-77", "share": "50", "buffer": "2"}

    made = desk.post("/channel-listings", body)

    assert made.status_code == 201
    assert (made.json()["code"], made.json()["share"], made.json()["available"]) == ("B-77", "50.00", None)
    assert [row["item"] for row in desk.get("/channel-listings", channel="WEB").json()["results"]] == ["BOLT"]
    refused(desk.post("/channel-listings", body | {"item": "NUT"}), 409, "listing_there")
    refused(desk.post("/channel-listings", body | {"share": "101"}), 400, "malformed")
    refused(a_person(floor.warehouse).post("/channel-listings", body), 403, "not_allowed")
    asked = {
        "warehouse": "MAIN",
        "channel": "WEB",
        "customer": "SHOP",
        "due_on": "2027-02-01",
        "lines": [{"item": "B-77", "quantity": "3"}],
    }
    assert desk.post("/sales-orders", asked).json()["lines"][0]["item"] == "BOLT"
    ChannelFactory(code="OTHER")
    refused(desk.post("/sales-orders", asked | {"channel": "OTHER"}), 404, "not_found")
