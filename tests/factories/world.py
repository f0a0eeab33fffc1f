"""So many of everything that the API shows, and a site where every kind of work is under way."""

from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction
from django.db.models import F

from apps.accounts.roles import Role
from apps.core import clock
from apps.ledger.models import Reservation
from apps.ledger.operations import seal_block
from apps.locations.choices import LocationKind
from apps.locations.models import Location
from apps.orders.models import Allocation, Pick, PutBack, SalesOrder, SalesOrderLine, Wave
from apps.orders.operations import plan_rounds
from apps.orders.states import PickMethod, SalesOrderState
from apps.purchasing.operations import open_receipt
from apps.supply.models import Promise
from apps.tasks.states import TaskKind
from apps.transfers.models import Transfer
from apps.transfers.states import TransferState
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.desk import a_desk
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, works_at
from tests.factories.orders import a_sales_order, a_supervisor, packed, pick_all, released
from tests.factories.purchasing import an_approved_order, an_order, receive_line
from tests.factories.shipping import a_bench
from tests.factories.tasks import a_task
from tests.factories.transfers import a_transfer


def a_world(count, site):
    """The desk's rows, picks too, and a transfer that is to come."""
    a_desk(count, warehouse=site)
    sent = Transfer.objects.filter(origin=site)[0]
    Transfer.objects.create(
        number=f"TI-{site.code}",
        created_at=sent.created_at,
        origin=sent.destination,
        destination=site,
        state=TransferState.REQUESTED,
        needed_on=sent.needed_on,
        reason="We run low",
        drafted_by=sent.drafted_by,
        requested_by=sent.requested_by,
        requested_at=sent.requested_at,
    )
    tote = LocationFactory(warehouse=site, code="TOTE", kind=LocationKind.TOTE)
    wave = Wave.objects.filter(warehouse=site)[0]
    lines = SalesOrderLine.objects.filter(order__warehouse=site).select_related("item", "order")
    spoken_for = Reservation.objects.filter(warehouse=site)
    for line, reservation in zip(lines, spoken_for, strict=True):
        allocation = Allocation.objects.create(
            line=line, reservation=reservation, quantity=1, allocated_at=wave.released_at
        )
        SalesOrder.objects.filter(pk=line.order_id).update(state=SalesOrderState.RELEASED)
        Promise.objects.filter(document=line.order.number).update(allocated=F("allocated") + 1)
        task = a_task(line.item, tote, kind=TaskKind.PICK, document=line.order.number)
        pick = Pick.objects.create(
            number=f"PK-{task.number}",
            created_at=wave.released_at,
            wave=wave,
            allocation=allocation,
            task=task,
            quantity=1,
        )
        # Done already: of a pick that is to be done nothing is in a tote yet.
        PutBack.objects.create(
            pick=pick, quantity=1, returned=1, reason="cancelled", asked_at=wave.released_at, asked_by=wave.released_by
        )


def a_busy_site(site, *, other):
    """A world of one, and after it, the newest of each kind, documents in the middle of their work."""
    a_world(1, site)
    item = ItemFactory()
    shelf, tote = LocationFactory(warehouse=site, code="BIN-BUSY"), Location.objects.get(warehouse=site, code="TOTE")
    dock = LocationFactory(warehouse=site, code="DOCK-BUSY", kind=LocationKind.DOCK)
    a_bench(site)
    stock(item, shelf, 40)
    _sold(site, item, tote)
    _bought(site, item, dock)
    _asked_for(site, other, item)
    seal_block(by=an_actor(), at=clock.now())


def _sold(site, item, tote):
    """An order in a wave with its pick to be done, one picked and in a carton, one confirmed and one taken down."""
    picked, ready = (released(a_sales_order(site, (item, 2))) for _ in range(2))
    pick_all(picked, tote)
    packed(SalesOrder.objects.get(lines__allocations__pick__wave=picked))
    with transaction.atomic():
        plan_rounds(wave_id=ready.pk, method=PickMethod.SINGLE, by=a_supervisor(), at=clock.now())
    a_sales_order(site, (item, 1))
    a_sales_order(site, (item, 1), confirm=False)


def _bought(site, item, dock):
    """An order approved, some of it received and to be put away, and one that is a draft."""
    order = an_approved_order(site, (item, 10))
    by, at = an_actor(), clock.now()
    with transaction.atomic():
        receipt = open_receipt(order_ids=[order.pk], dock_id=dock.pk, by=by, at=at)
        receive_line(receipt_id=receipt.pk, line=1, quantity=Decimal(4), by=by, at=at)
    an_order(site, (item, 10))


def _asked_for(site, other, item):
    """A transfer that this site sends and one that it gets."""
    for origin, destination in ((other, site), (site, other)):
        asker, sender = (
            an_actor(works_at(UserFactory(roles=[role]), origin, destination)) for role in (Role.BUYER, Role.SUPERVISOR)
        )
        a_transfer(
            SimpleNamespace(paris=SimpleNamespace(warehouse=origin), lyon=destination, asker=asker, sender=sender),
            (item, 1),
        )
