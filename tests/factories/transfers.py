"""Two sites with people, and transfers between them, moved along by the operations."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.choices import LocationKind
from apps.orders.models import SalesOrder
from apps.orders.operations import ship_order_shipment
from apps.shipping.models import Carton
from apps.shipping.operations import load_carton
from apps.transfers.operations import AskedGoods, approve_transfer, raise_transfer, request_transfer
from apps.transfers.rules import Named
from tests.factories.accounts import UserFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at
from tests.factories.orders import packed, pick_all, released
from tests.factories.shipping import a_bench, a_company


def two_sites(item=None):
    """Paris sends, Lyon wants: each with its floor, and somebody for each job."""
    a_company()
    paris = a_floor(item)
    a_bench(paris.warehouse)
    lyon = WarehouseFactory(code="LYON", name="Lyon")
    return SimpleNamespace(
        item=paris.item,
        paris=paris,
        lyon=lyon,
        dock=LocationFactory(warehouse=lyon, code="LYON-IN", kind=LocationKind.DOCK),
        bin=LocationFactory(warehouse=lyon, code="LYON-A"),
        quarantine=LocationFactory(warehouse=lyon, code="LYON-Q", kind=LocationKind.QUARANTINE),
        asker=_who(Role.BUYER, lyon),
        sender=_who(Role.SUPERVISOR, paris.warehouse),
        receiver=_who(Role.PICKER, lyon),
        manager=_who(Role.INVENTORY_MANAGER, lyon),
    )


def _who(role, *sites):
    return an_actor(works_at(UserFactory(roles=[role]), *sites))


@transaction.atomic
def a_transfer(sites, *lines, request=True, approve=True, needed_in=5):
    """A transfer of (item, quantity) pairs from Paris to Lyon, asked for and approved unless told otherwise."""
    at = clock.now()
    transfer = raise_transfer(
        origin_id=sites.paris.warehouse.pk,
        destination_id=sites.lyon.pk,
        lines=[AskedGoods(item_id=item.pk, quantity=Decimal(quantity)) for item, quantity in lines],
        needed_on=sites.lyon.local_date(at) + timedelta(days=needed_in),
        reason="Lyon runs low",
        by=sites.asker,
        at=at,
    )
    if request:
        transfer = request_transfer(transfer_id=transfer.pk, by=sites.asker, at=at)
    if request and approve:
        transfer = approve_transfer(transfer_id=transfer.pk, by=sites.sender, at=at)
    return transfer


def picked_and_packed(sites, transfer):
    """All of its order that stock allows, picked and in one carton; the shipment."""
    order = SalesOrder.objects.get(pk=transfer.order_id)
    pick_all(released(order), sites.paris.tote)
    return packed(order)


def dispatched(sites, transfer):
    """Picked, packed in one carton and gone; the carton's unit."""
    shipment = picked_and_packed(sites, transfer)
    for carton in Carton.objects.filter(shipment=shipment):
        with transaction.atomic():
            load_carton(carton_id=carton.pk, dock_id=sites.paris.dock.pk, by=sites.sender, at=clock.now())
    with transaction.atomic():
        ship_order_shipment(shipment_id=shipment.pk, by=sites.sender, at=clock.now())
    return Carton.objects.filter(shipment=shipment).latest("pk").unit


def on_the_road(sites, *lines, **more):
    """A transfer of so much that is in Paris and has left it; with its carton's unit."""
    for item, quantity in lines:
        stock(item, sites.paris.a, quantity)
    transfer = a_transfer(sites, *lines, **more)
    return transfer, dispatched(sites, transfer)


def goods(item, quantity, **more):
    """So much of an item, as somebody names it."""
    return Named(item_id=item.pk, quantity=Decimal(quantity), **more)
