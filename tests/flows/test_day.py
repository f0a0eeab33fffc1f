"""The working day as a worked example: what stands where, and who is owed what, after each part."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from apps.accounts.models import Device
from apps.core import clock
from apps.counting.models import CountDay, CycleCount
from apps.demo import company
from apps.demo.client import UnexpectedAnswerError
from apps.demo.company import load_company
from apps.demo.day import (
    channels,
    closing,
    counting,
    depot,
    ending,
    evening,
    floor,
    inbound,
    moving,
    outbound,
    packing,
    recall,
    returning,
    trucks,
    waves,
)
from apps.demo.day.play import PARTS
from apps.journal.models import AuditEntry
from apps.ledger.models import Hold, Reservation, StockBalance, StockMove
from apps.ledger.states import ReservationState
from apps.locations.choices import LocationKind
from apps.locations.models import Company, Location, Warehouse
from apps.orders.models import (
    Allocation,
    ChannelAvailability,
    ChannelListing,
    OutboundRule,
    PackedPick,
    Pick,
    PickRound,
    SalesOrder,
    Wave,
)
from apps.planning.models import ReorderProposal, StockingPolicy
from apps.purchasing.models import PurchaseOrder, ReceiptLine
from apps.returns.models import CustomerReturn
from apps.shipping.models import CarrierService, Carton, Load, ParcelException, Shipment
from apps.storage.models import PickFace, Putaway, Replenishment
from apps.supply.models import ExpectedReceipt
from apps.tasks.models import WarehouseTask
from apps.transfers.models import Transfer
from tests.factories.locations import WarehouseFactory


def on_hand(**where):
    """Units by item and status."""
    totals: dict[tuple[str, str], D] = {}
    for row in StockBalance.objects.on_hand().filter(**where).select_related("item"):
        key = (row.item.number, row.status)
        totals[key] = totals.get(key, D(0)) + row.on_hand
    return totals


def test_the_morning(day):
    book = day.day

    inbound.label(book)
    inbound.buy(book)

    assert [order.state for order in PurchaseOrder.objects.all()] == ["approved"] * 3
    assert all(order.approved_by != order.raised_by for order in PurchaseOrder.objects.all())
    assert sum(row.quantity for row in ExpectedReceipt.objects.open()) == D(458)

    inbound.receive(book)

    assert on_hand(location__code="DOCK-IN") == {
        ("OAT-500", "available"): D(120),
        ("HONEY-340", "available"): D(44),
        ("TEA-100", "available"): D(40),
        ("COFFEE-1KG", "available"): D(24),
        ("CHOC-70", "available"): D(60),
        ("PASTA-500", "available"): D(60),
        ("GOUDA-400", "available"): D(57),
        ("GOUDA-400", "damaged"): D(3),
        ("MUG-STONE", "available"): D(40),
        ("KETTLE-15", "available"): D(6),
    }
    assert sum(row.quantity for row in ReceiptLine.objects.all()) == D(454)

    inbound.hold_honey(book)

    assert [hold.lot.number for hold in Hold.objects.open()] == ["HONEY-1"]

    inbound.put_away(book)

    assert on_hand(location__kind=LocationKind.DOCK) == {}
    assert on_hand(location__code="C-Q1") == {("GOUDA-400", "damaged"): D(3)}  # the chilled quarantine
    assert on_hand(location__code="C-01-0") == {("GOUDA-400", "available"): D(57)}
    assert [row.override_reason for row in Putaway.objects.exclude(override_reason="")] == [
        "the proposed bay is being repaired"
    ]
    assert all(row.reasons for row in Putaway.objects.all())

    outbound.sell(book)

    lots: dict[tuple[str, str], D] = {}
    for row in Allocation.objects.filter(line__item__number="OAT-500"):
        key = (row.line.order.customer.number, str(row.reservation.balance.lot))
        lots[key] = lots.get(key, D(0)) + row.quantity
    assert lots == {
        ("LUMEN", "OATS-B"): D(10),
        ("HARBOUR", "OATS-A"): D(24),
        ("VILLAGE", "OATS-B"): D(30),
    }
    assert not Allocation.objects.filter(line__item__number="HONEY-340").exists()

    outbound.pick(book)

    # Aisle A is walked up and aisle B down, as the arrows on the floor say.
    places = [(location.aisle.code, location.bay) for location in _walked(book)]
    assert places == sorted(places, key=lambda place: (place[0], -place[1] if place[0] == "B" else place[1]))
    assert {place[0] for place in places} >= {"A", "B"}
    short = Pick.objects.get(state="short")
    assert (short.quantity, short.picked, short.short_reason, short.bin_empty) == (D(12), D(9), "not in the bin", True)
    assert not Reservation.objects.filter(state=ReservationState.PENDING).exists()


def test_the_afternoon(day):
    book = day.day
    for part in PARTS[: PARTS.index(floor.replenish)]:
        part(book)

    floor.replenish(book)

    assert on_hand(location__code="A-02-0") == {("PASTA-500", "available"): D(40)}
    assert Replenishment.objects.get().brought == D(40)

    outbound.ship(book)

    shipped: dict[str, D] = {}
    for move in StockMove.objects.filter(target__kind=LocationKind.CUSTOMER).select_related("item"):
        shipped[move.item.number] = shipped.get(move.item.number, D(0)) + move.quantity
    assert shipped == {
        "OAT-500": D(64),
        "TEA-100": D(6),
        "MUG-STONE": D(4),
        "GOUDA-400": D(12),
        "COFFEE-1KG": D(5),
        "CHOC-70": D(9),
        "KETTLE-15": D(1),
        "PASTA-500": D(20),
    }
    assert sum(row.quantity for row in PackedPick.objects.all()) == sum(shipped.values())
    assert [shipment.state for shipment in Shipment.objects.all()] == ["shipped"] * 4

    counting.count(book)

    counts = CountDay.objects.get().counts
    assert counts.count() == len(book.facts["counts"]) > 5
    assert [
        (count.location.code, str(count.approved_by)) for count in CycleCount.objects.exclude(transaction=None)
    ] == [("B-01-0", "supervisor")]
    assert on_hand(item__number="CHOC-70") == {("CHOC-70", "available"): D(50)}

    returning.take_back(book)

    assert on_hand(item__number="TEA-100", location__code="A-03-0") == {("TEA-100", "available"): D(31)}
    assert on_hand(location__code="QUAR-1") == {("MUG-STONE", "damaged"): D(1)}
    assert CustomerReturn.objects.get().state == "closed"

    for part in PARTS[PARTS.index(returning.take_back) + 1 : PARTS.index(recall.recall)]:
        part(book)
    recall.recall(book)

    assert {hold.lot.number for hold in Hold.objects.open()} == {"HONEY-1", "OATS-B"}
    assert book.facts["trace"]["balance"] == {
        "opening": "0",
        "received": "50",
        "made": "0",
        "returned": "0",
        "on_hand": "10",
        "shipped": "40",
        "scrapped": "0",
        "adjusted": "0",
        "consumed": "0",
        "sent_back": "0",
        "difference": "0",
        "balances": True,
        "percent_reconciled": "100.0000",
    }

    for part in PARTS[PARTS.index(channels.sell_on_web) : PARTS.index(closing.reorder)]:
        part(book)
    closing.reorder(book)

    assert [(each.item.number, each.state) for each in ReorderProposal.objects.order_by("pk")] == [
        ("OAT-500", "dismissed"),
        ("KETTLE-15", "ordered"),
    ]

    closing.report(book)

    assert AuditEntry.objects.filter(kind="ledger", verb="checked").count() == 1  # of two calls

    ending.judge(book)

    assert len(day.story) <= 60
    assert day.story[-1].endswith("every ledger invariant holds.")
    assert all(content.startswith(b"%PDF") for content in day.papers.values())
    assert not WarehouseTask.objects.open().exists()


def test_the_evening(day):
    book = day.day
    for part in PARTS[: PARTS.index(waves.pick_cluster)]:
        part(book)

    served = {order.number: order.warehouse.code for order in SalesOrder.objects.select_related("warehouse")}
    assert [served[book.facts[name]] for name in ("leven", "moray", "kelvin", "ochil", "ochil-part")] == [
        "LEITH",
        "LEITH",
        "CLYDE",
        "CLYDE",
        "LEITH",
    ]
    rest = SalesOrder.objects.get(number=book.facts["ochil-part"])
    assert (str(rest.parent), rest.lines.get().item.number, rest.lines.get().quantity) == (
        book.facts["ochil"],
        "GOUDA-400",
        D(5),
    )

    waves.pick_cluster(book)

    cart = PickRound.objects.get()
    assert (cart.method, cart.state, [str(slot.tote) for slot in cart.slots.all()]) == (
        "cluster",
        "done",
        ["TOTE-1", "TOTE-2", "TOTE-3", "TOTE-4"],
    )
    assert on_hand(item__number="CHOC-70", location__code="B-01-0") == {
        ("CHOC-70", "available"): D(43),
        ("CHOC-70", "damaged"): D(1),
    }
    assert on_hand(item__number="TEA-100", location__code="A-02-1") == {("TEA-100", "available"): D(1)}

    waves.pick_together(book)

    assert on_hand(location__code="TOTE-5") == {}
    assert on_hand(location__code="TOTE-6") == {("PASTA-500", "available"): D(8), ("TEA-100", "available"): D(2)}

    packing.pack_web(book)
    packing.pack_trade(book)
    moving.ask(book)

    assert on_hand(location__kind=LocationKind.TOTE) == {}
    kinds = Carton.objects.exclude(carton_type=None).order_by("pk").values_list("carton_type__code", flat=True)
    assert list(kinds) == ["S", "M", "L", "S", "M", "S", "M", "M", "S"]
    assert Carton.objects.filter(pallet__isnull=False).count() == 3

    trucks.load_pallet(book)
    trucks.load_parcels(book)

    assert [(load.carrier.number, load.state, load.shipments.count()) for load in Load.objects.order_by("pk")] == [
        ("FORTH", "departed", 3),
        ("SWIFT", "departed", 4),
    ]
    assert on_hand(location__kind=LocationKind.TRANSIT) == {
        ("PASTA-500", "available"): D(12),
        ("GOUDA-400", "available"): D(6),
    }

    depot.serve_by_itself(book)

    assert [wave.is_waveless for wave in Wave.objects.filter(warehouse__code="CLYDE")] == [True]

    trucks.hear_carriers(book)
    moving.receive_at_depot(book)

    assert ParcelException.objects.get().state == "resolved"
    assert Transfer.objects.get().state == "closed"
    assert on_hand(location__kind=LocationKind.TRANSIT) == {}
    assert {row.listing.code for row in ChannelAvailability.objects.all()} == {
        "T100",
        *evening.MAY_SELL,
    }


def _walked(book):
    bins = {location.code: location for location in Location.objects.filter(warehouse__code=book.warehouse)}
    return [bins[code] for code in book.facts["walk"]]


def test_a_day_that_takes_another_turn_says_where(day):
    inbound.buy(day.day)

    with pytest.raises(UnexpectedAnswerError, match="on hand"):
        ending.judge(day.day)


def test_the_demo_is_not_loaded_over_anybodys_data(db):
    WarehouseFactory(code="LEITH")

    with pytest.raises(CommandError, match="empty database"):
        call_command("play_day")

    assert not Device.objects.exists()


def test_a_company_that_is_loaded_again_is_the_same_with_new_secrets(db):
    first = load_company(at=clock.now())
    rows = everything()

    second = load_company(at=clock.now() + timedelta(days=1))

    assert everything() == rows
    assert second.today == first.today
    assert second.tokens.keys() == first.tokens.keys()
    assert not set(second.tokens.values()) & set(first.tokens.values())


def test_a_load_that_was_interrupted_is_completed(db, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(company, "_terms", broken)
        with pytest.raises(RuntimeError):
            load_company(at=clock.now())

    load_company(at=clock.now())

    assert (Company.objects.count(), Warehouse.objects.count(), Device.objects.count()) == (1, 2, 15)
    assert (PickFace.objects.count(), StockingPolicy.objects.count(), Location.objects.physical().count()) == (
        15,
        6,
        57,
    )
    assert (OutboundRule.objects.count(), CarrierService.objects.count(), ChannelListing.objects.count()) == (11, 3, 10)


def broken(*_):
    raise RuntimeError


def everything():
    """How many rows each of our tables has, but for the history of edits."""
    tables = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return {model._meta.label: model._default_manager.count() for model in tables if "Historical" not in model.__name__}
