"""Northwind at work through our operations, from its books to the truck; the flow test and the benchmark play it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from apps.catalog.imports import import_items, import_parties
from apps.core import clock
from apps.journal.actor import Actor
from apps.locations.imports import import_locations
from apps.locations.models import Company, Location, Warehouse
from apps.locations.operations import open_warehouse
from apps.orders import operations as outbound
from apps.orders.imports import import_sales_orders
from apps.orders.models import Channel, Pick
from apps.purchasing import operations as inbound
from apps.purchasing.imports import import_purchase_orders
from apps.purchasing.models import PurchaseOrder
from apps.shipping import operations as shipping
from apps.storage.models import Putaway
from apps.storage.operations import confirm_putaway
from tests.flows.northwind import CHANNEL, DOCK, TOTE, WAREHOUSE, Northwind

WAVE = 50
"""Orders allocated and released together."""


@dataclass(frozen=True)
class World:
    """The company open for work: its books, who works, and where."""

    books: Northwind
    desk: Actor
    approver: Actor
    warehouse: Warehouse
    places: dict[str, int]


def open_company(*, desk: Actor, approver: Actor) -> World:
    """The company with its data imported, in an empty database."""
    Company.objects.create(pk=1, name="Northwind Traders", currency="USD", gs1_prefix="4012345")
    Channel.objects.create(code=CHANNEL, name="Telephone", kind="partner")
    warehouse = do(open_warehouse, desk, code=WAREHOUSE, name="Northwind", timezone="America/New_York")
    books = Northwind.read()
    for operation, text in (
        (import_items, books.items()),
        (import_parties, books.parties()),
        (import_locations, books.locations()),
        (import_purchase_orders, books.purchase_orders()),
        (import_sales_orders, books.sales_orders()),
    ):
        do(operation, desk, text=text)
    places = {place.code: place.pk for place in Location.objects.filter(warehouse=warehouse)}
    return World(books=books, desk=desk, approver=approver, warehouse=warehouse, places=places)


def do(operation: Callable[..., Any], by: Actor, **arguments: Any) -> Any:
    """One command in a transaction of its own, as the edge runs it."""
    with transaction.atomic():
        return operation(by=by, at=clock.now(), **arguments)


def receive_everything(world: World) -> None:
    """Every purchase order approved, received in full and put away where the task says."""
    for order in PurchaseOrder.objects.all():
        do(inbound.submit_purchase_order, world.desk, order_id=order.pk)
        do(inbound.approve_purchase_order, world.approver, order_id=order.pk)
        receipt = do(inbound.open_receipt, world.desk, order_ids=[order.pk], dock_id=world.places[DOCK])
        for line in order.lines.all():
            came = inbound.Arrival(line=line.line, quantity=line.quantity)
            do(inbound.receive_lines, world.desk, receipt_id=receipt.pk, arrivals=[came])
        do(inbound.close_receipt, world.desk, receipt_id=receipt.pk)
    for putaway in Putaway.objects.select_related("task"):
        do(
            confirm_putaway,
            world.desk,
            task_id=putaway.task_id,
            location_id=putaway.task.target_id,
            quantity=putaway.task.quantity,
        )


def ship_wave(world: World, orders: Sequence[int]) -> None:
    """From promise to truck for a few orders."""
    for order in orders:
        do(outbound.confirm_sales_order, world.desk, order_id=order)
    do(outbound.allocate_orders, world.desk, order_ids=orders)
    wave = do(outbound.release_wave, world.desk, warehouse_id=world.warehouse.pk, order_ids=orders)
    for pick in wave.picks.order_by("task__sequence", "pk"):
        do(
            outbound.confirm_pick,
            world.desk,
            task_id=pick.task_id,
            quantity=pick.quantity,
            tote_id=world.places[TOTE],
        )
    for order in orders:
        ship(world, order)


def ship(world: World, order: int) -> None:
    """Everything picked of an order leaves in one carton."""
    picks = Pick.objects.filter(allocation__line__order=order)
    shipment = do(outbound.open_shipment, world.desk, order_id=order)
    carton = do(outbound.open_carton, world.desk, shipment_id=shipment.pk)
    contents = [outbound.PackLine(pick_id=pick.pk, quantity=pick.picked) for pick in picks]
    do(outbound.pack_picks, world.desk, carton_id=carton.pk, contents=contents)
    do(shipping.close_carton, world.desk, carton_id=carton.pk)
    do(outbound.complete_packing, world.desk, shipment_id=shipment.pk)
    do(shipping.load_carton, world.desk, carton_id=carton.pk, dock_id=world.places[DOCK])
    do(outbound.ship_order_shipment, world.desk, shipment_id=shipment.pk)
