"""Who sees and who changes what: by role, and by the warehouses that a person works at."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.catalog.models import Item
from apps.compliance.models import Inspection, SupplierReturn
from apps.counting.models import CountDay, CountPlan
from apps.incidents.models import InjuryCase
from apps.ledger.models import StockBalance, StockMove, StockTransaction
from apps.locations.models import Location, Warehouse, Zone
from apps.orders.models import SalesOrder, Wave
from apps.planning.models import ReorderProposal, StockingPolicy
from apps.purchasing.models import PurchaseOrder, Receipt
from apps.returns.models import ReturnToSupplier
from apps.shipping.models import Carton, Shipment
from apps.supply.models import ExpectedReceipt, Promise
from apps.tasks.models import WarehouseTask
from tests.admin.pages import PAGES, address
from tests.factories.accounts import UserFactory
from tests.factories.desk import a_desk
from tests.factories.locations import WarehouseFactory, works_at

SCOPED = [
    Location,
    Zone,
    StockBalance,
    StockMove,
    StockTransaction,
    WarehouseTask,
    PurchaseOrder,
    Receipt,
    ExpectedReceipt,
    SalesOrder,
    Wave,
    Promise,
    Shipment,
    Carton,
    StockingPolicy,
    ReorderProposal,
    CountPlan,
    CountDay,
    Inspection,
    SupplierReturn,
    ReturnToSupplier,
]
READ_ONLY = [model for model in SCOPED if model not in {Location, Zone, StockingPolicy, CountPlan}]


def request_of(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def allowed(user, act):
    request = request_of(user)
    return {model for model in PAGES if getattr(admin.site._registry[model], f"has_{act}_permission")(request)}


def test_a_picker_has_nothing_at_the_desk(db):
    picker = UserFactory(roles=[Role.PICKER])

    assert allowed(picker, "view") == set()


def test_somebody_without_a_role_has_nothing_at_the_desk(db):
    assert allowed(UserFactory(), "view") == set()


def test_an_auditor_sees_everything_and_changes_nothing(db):
    auditor = UserFactory(roles=[Role.AUDITOR])

    assert allowed(auditor, "view") == set(PAGES) - {InjuryCase}, "who was hurt is for the safety role alone"
    assert allowed(auditor, "add") | allowed(auditor, "change") | allowed(auditor, "delete") == set()


def test_a_buyer_changes_items_parties_and_prices_and_raises_purchase_orders(db):
    buyer = UserFactory(roles=[Role.BUYER])

    assert {model.__name__ for model in allowed(buyer, "change")} == {
        "Category",
        "HoldingRate",
        "Item",
        "OrderingCost",
        "Party",
        "StockingPolicy",
        "SupplierItem",
        "Unit",
    }
    assert PurchaseOrder in allowed(buyer, "add")
    assert SalesOrder not in allowed(buyer, "view")


def test_documents_and_the_ledger_are_changed_by_nobody(db):
    boss = UserFactory(is_superuser=True)

    assert allowed(boss, "change").isdisjoint(READ_ONLY)
    assert allowed(boss, "delete").isdisjoint(READ_ONLY)


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_a_document_cannot_be_posted_to_nor_deleted(manager, model):
    a_desk(1)
    row = model.objects.first()

    assert manager.post(address(model, "change", row.pk), {"state": "x"}).status_code in {403, 405}
    assert manager.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_rows_of_another_warehouse_are_neither_listed_nor_found(desk_of, model):
    own, other = WarehouseFactory(), WarehouseFactory()
    a_desk(1, warehouse=own)
    a_desk(1, warehouse=other)
    browser = desk_of(Role.AUDITOR, at=[own])
    hidden = model.objects.exclude(pk__in=model.objects.for_user(User.objects.latest("pk"))).first()

    listed = browser.get(address(model)).context["cl"].queryset

    assert hidden is not None
    assert listed.exists()
    assert not listed.filter(pk=hidden.pk).exists()
    assert browser.get(address(model, "change", hidden.pk)).status_code == 404


def test_a_filter_names_no_warehouse_of_others(desk_of):
    own, other = WarehouseFactory(code="OWN"), WarehouseFactory(code="ELSEWHERE")
    a_desk(1, warehouse=own)
    a_desk(1, warehouse=other)

    page = desk_of(Role.AUDITOR, at=[own]).get(address(WarehouseTask))

    assert b"ELSEWHERE" not in page.content


def test_the_history_of_a_row_elsewhere_is_not_found(desk_of):
    own, other = WarehouseFactory(), WarehouseFactory()
    zone = Zone.objects.create(warehouse=other, code="Z", name="Z")

    browser = desk_of(Role.AUDITOR, at=[own])

    assert browser.get(address(Zone, "history", zone.pk)).status_code == 404
    version = reverse("admin:locations_zone_simple_history", args=[zone.pk, zone.history.first().pk])
    assert browser.get(version).status_code == 404


def test_who_may_only_look_cannot_put_an_earlier_version_back(desk_of):
    own = WarehouseFactory()
    zone = Zone.objects.create(warehouse=own, code="Z", name="Before")
    zone.name = "After"
    zone.save()
    before = zone.history.last()

    answer = desk_of(Role.AUDITOR, at=[own]).post(
        reverse("admin:locations_zone_simple_history", args=[zone.pk, before.pk]), {"code": "Z", "name": "Before"}
    )

    assert answer.status_code == 403
    assert Zone.objects.get().name == "After"


def test_a_search_among_warehouses_offers_only_the_persons_own(desk_of):
    own, other = WarehouseFactory(code="OWN"), WarehouseFactory(code="OTHER")

    answer = desk_of(Role.INVENTORY_MANAGER, at=[own]).get(
        reverse("admin:autocomplete"),
        {"app_label": "locations", "model_name": "zone", "field_name": "warehouse", "term": "O"},
    )

    assert [row["text"] for row in answer.json()["results"]] == ["OWN"]
    assert other.pk


def test_a_row_cannot_be_put_into_another_warehouse_by_hand(desk_of):
    own, other = WarehouseFactory(), WarehouseFactory()

    answer = desk_of(Role.INVENTORY_MANAGER, at=[own]).post(
        address(Zone, "add"), {"warehouse": other.pk, "code": "Z", "name": "Z", "pick_sequence": 0}
    )

    assert answer.status_code == 200
    assert not Zone.objects.exists()


def test_a_row_of_ones_own_warehouse_is_added_with_its_history(desk_of):
    own = WarehouseFactory()

    desk_of(Role.INVENTORY_MANAGER, at=[own]).post(
        address(Zone, "add"), {"warehouse": own.pk, "code": "Z", "name": "Zone", "pick_sequence": 0}
    )

    zone = Zone.objects.get()
    assert (zone.warehouse, zone.code) == (own, "Z")
    assert zone.history.get().history_user == User.objects.latest("pk")


def test_an_admin_who_is_no_superuser_makes_none(desk_of):
    browser = desk_of(Role.ADMIN)
    boss = UserFactory(is_superuser=True)
    me = User.objects.get(groups__name=Role.ADMIN)

    assert browser.post(address(User, "change", boss.pk), {"username": "mine"}).status_code == 403
    form = browser.get(address(User, "change", me.pk)).context["adminform"].form
    assert "is_superuser" not in form.fields


def test_the_menu_holds_what_the_person_may_see(desk_of):
    browser = desk_of(Role.BUYER)

    groups = browser.get(reverse("admin:index")).context["sidebar_navigation"]

    titles = {item["title"] for group in groups for item in group["items"]}
    assert {"Today", "Purchase orders", "Items"} <= titles
    assert not {"Sales orders", "People", "Commands"} & titles


def test_every_list_is_in_the_menu(manager):
    groups = manager.get(reverse("admin:index")).context["sidebar_navigation"]

    links = {item["link"] for group in groups for item in group["items"]}
    hidden = {model.__name__ for model in PAGES if address(model) not in links}
    # Schedules are reached from the jobs that use them; approvals and log-ins from what they belong to.
    assert hidden == {"AccessLog", "Approval", "CrontabSchedule", "IntervalSchedule", "SignOnFailure"}


def test_an_export_holds_only_the_persons_own_rows(desk_of):
    own, other = WarehouseFactory(code="OWN"), WarehouseFactory(code="OTHER")

    file = desk_of(Role.AUDITOR, at=[own]).post(
        address(Location, "export"), {"format": "0", "resource": "", "export_items": []}
    )

    assert file["Content-Type"].startswith("text/csv")
    assert b"OWN" in file.content
    assert b"OTHER" not in file.content
    assert other.pk


def test_who_may_only_look_imports_nothing(desk_of):
    assert desk_of(Role.AUDITOR).get(address(Item, "import")).status_code == 403


def test_a_person_who_works_nowhere_is_told_what_to_do(desk_of):
    page = desk_of(Role.SUPERVISOR).get(reverse("admin:index"))

    assert b"No warehouse yet" in page.content
    assert not Warehouse.objects.for_user(works_at(UserFactory())).exists()
