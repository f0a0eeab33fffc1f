"""The day on one page: exact figures, and tiles that lead to exactly the rows they count."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.operations import seal_block
from apps.locations.models import DockAppointment
from apps.locations.states import AppointmentState
from apps.orders.models import SalesOrder
from apps.orders.states import SalesOrderState
from apps.purchasing.models import PurchaseOrder
from apps.purchasing.states import PurchaseOrderState
from apps.storage.models import Putaway
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory
from tests.factories.desk import a_desk
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory, works_at

HOME = "admin:index"


def tiles(browser):
    context = browser.get(reverse(HOME)).context
    return [(site.name, {tile.title: tile for tile in site.tiles}) for site in context["desk"]]


def open_everything():
    """Purchase orders approved and late; sales orders confirmed, one late and one due today."""
    PurchaseOrder.objects.update(state=PurchaseOrderState.APPROVED)
    SalesOrder.objects.update(state=SalesOrderState.CONFIRMED)


def test_the_home_page_asks_as_much_for_twenty_rows_and_warehouses_as_for_two(manager):
    a_desk(2)
    manager.get(reverse(HOME))
    with CaptureQueriesContext(connection) as few:
        manager.get(reverse(HOME))
    a_desk(18)
    WarehouseFactory.create_batch(5)

    with CaptureQueriesContext(connection) as many:
        answer = manager.get(reverse(HOME))

    assert answer.status_code == 200
    assert len(many) == len(few)


def test_each_tile_counts_the_rows_of_its_own_warehouse(manager):
    one = a_desk(3)
    a_desk(1)
    open_everything()

    figures = dict(tiles(manager))[f"{one.code} {one.name}"]

    assert {title: tile.number for title, tile in figures.items()} == {
        "Concessions to approve": 0,
        "Conflicts": 3,
        "Counts to approve": 3,
        "Counts to do": 0,
        "Deliveries late": 3,
        "Goods without a bin": 0,
        "Lots expired": 0,
        "Set aside at the dock": 3,
        "Lots to inspect": 3,
        "Lots on hold": 3,
        "Lots expire soon": 3,
        "Low stock": 3,
        "Orders due today": 3,
        "Orders late": 0,
        "Orders to allocate": 3,
        "Orders to release": 0,
        "Pick faces to fill up": 3,
        "Picks to do": 0,
        "Purchases to approve": 0,
        "Putaways to do": 3,
        "Receipts open": 3,
        "Reorders proposed": 3,
        "Shipments to load": 0,
        "Shipments to send off": 0,
        "Transfers late": 0,
        "Transfers to approve": 0,
        "Trucks in the yard": 0,
        "Trucks late": 0,
    }


def test_each_tile_leads_to_exactly_the_rows_it_counts(manager):
    a_desk(3)
    a_desk(2)
    open_everything()
    SalesOrder.objects.filter(number__endswith="-0").update(due_on=clock.now().date() - timedelta(days=3))
    Putaway.objects.filter(task__number__endswith="-0").update(parks=True)

    for _, figures in tiles(manager):
        for title, tile in figures.items():
            listed = manager.get(tile.address)
            assert listed.status_code == 200, title
            assert listed.context["cl"].result_count == tile.number, title


def test_trucks_that_are_late_or_wait_are_counted_and_listed(manager):
    site = a_desk(4)
    trucks = DockAppointment.objects.filter(warehouse=site).order_by("pk")
    trucks.update(state=AppointmentState.BOOKED, arrived_at=None, at_dock_at=None)
    for truck, state, came in zip(
        trucks, ("booked", "arrived", "booked", "no_show"), (None, clock.now(), None, None), strict=True
    ):
        DockAppointment.objects.filter(pk=truck.pk).update(state=state, arrived_at=came)
    hour = timedelta(hours=1)
    DockAppointment.objects.filter(pk=trucks[2].pk).update(starts_at=clock.now() + hour, ends_at=clock.now() + 2 * hour)

    figures = dict(tiles(manager))[f"{site.code} {site.name}"]

    for title, count in (("Trucks late", 1), ("Trucks in the yard", 1)):
        assert figures[title].number == count
        assert manager.get(figures[title].address).context["cl"].result_count == count


def test_what_is_wrong_comes_first(manager):
    site = a_desk(1)
    open_everything()

    titles = list(dict(tiles(manager))[f"{site.code} {site.name}"])

    assert titles[:2] == ["Deliveries late", "Lots on hold"]


def test_when_nothing_is_wrong_it_says_so(manager):
    WarehouseFactory()

    assert b"Nothing is wrong" in manager.get(reverse(HOME)).content


def test_late_is_judged_by_the_calendar_of_the_warehouse(manager, monkeypatch):
    site = a_desk(1, warehouse=WarehouseFactory(timezone="Pacific/Kiritimati"))
    open_everything()
    noon = clock.now().replace(hour=12)
    SalesOrder.objects.update(due_on=noon.date())
    monkeypatch.setattr("apps.insights.desk.clock.now", lambda: noon)

    figures = dict(tiles(manager))[f"{site.code} {site.name}"]

    # Fourteen hours ahead of UTC it is already tomorrow.
    assert (figures["Orders late"].number, figures["Orders due today"].number) == (1, 0)


def test_a_person_sees_their_own_warehouses_and_lists_alone(client, db):
    own, other = WarehouseFactory(code="OWN", name="Ours"), WarehouseFactory()
    client.force_login(works_at(UserFactory(roles=[Role.BUYER]), own))

    ((name, figures),) = tiles(client)

    assert name == "OWN Ours"
    assert "Orders late" not in figures
    assert "Purchases to approve" in figures
    assert other.pk


def machinery(browser):
    return {tile.title: tile.number for tile in browser.get(reverse(HOME)).context["machinery"]}


def test_effects_that_were_given_up_are_counted(manager):
    at = clock.now()
    OutboxMessage.objects.create(job="x", created_at=at, due_at=at, dead_at=at, attempts=12)
    OutboxMessage.objects.create(job="x", created_at=at, due_at=at, attempts=1)

    assert machinery(manager) == {
        "Effects given up": 1,
        "Effects failing": 1,
        "Ledger not sealed yet": "…",
        "Ledger not checked yet": "…",
    }


def test_the_home_page_says_how_far_the_ledger_is_sealed(manager):
    place = LocationFactory()
    stock(ItemFactory(), place, 1)
    seal_block(by=an_actor(), at=clock.now())
    stock(ItemFactory(), place, 1)

    tile = next(tile for tile in manager.get(reverse(HOME)).context["machinery"] if "sealed" in tile.title)

    assert (tile.number, tile.title, tile.meaning) == (1, "Ledger sealed up to block", "1 move not yet sealed")
    assert manager.get(tile.address).status_code == 200


def test_sealed_history_that_is_not_proven_is_red(manager):
    AuditEntry.objects.create(
        at=clock.now(),
        user=UserFactory(),
        verb="verified",
        kind="ledger",
        number="x",
        detail={"fault": "Block 2 is missing.", "blocks": 1, "transactions": 3},
    )

    assert machinery(manager)["Sealed history is not proven"] == "!"


def test_the_last_check_of_the_ledger_is_shown(manager):
    who = UserFactory()
    for broken in (["I03"], []):
        AuditEntry.objects.create(
            at=clock.now(),
            user=who,
            verb="checked",
            kind="ledger",
            number="2027-01-01 10:00",
            detail={"broken": broken},
        )

    assert machinery(manager)["The ledger adds up"] == "OK"


def test_a_broken_ledger_is_red(manager):
    AuditEntry.objects.create(
        at=clock.now(), user=UserFactory(), verb="checked", kind="ledger", number="x", detail={"broken": ["I03", "I05"]}
    )

    assert machinery(manager)["Rules broken"] == 2


def test_each_warehouse_leads_to_the_report_of_its_day(manager):
    site = a_desk(1)

    (shown,) = manager.get(reverse(HOME)).context["desk"]

    answer = manager.get(shown.report)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="end-of-day-{site.code}-')
