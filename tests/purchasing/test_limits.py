"""Approval by value: each role up to its limit, in the company's currency; nobody lifts their own."""

from decimal import Decimal as D

import pytest
from django.db import transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.journal.actor import Actor
from apps.journal.models import Approval
from apps.locations.models import Company
from apps.purchasing.errors import AboveApprovalLimit
from apps.purchasing.models import ApprovalLimit, PurchaseOrder
from apps.purchasing.operations import approve_purchase_order, submit_purchase_order
from apps.purchasing.states import PurchaseOrderState
from apps.supply.models import ExpectedReceipt
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.purchasing import an_order


def submitted(warehouse, quantity, **more):
    """At 2.50 each."""
    order = an_order(warehouse, (ItemFactory(), quantity), **more)
    return submit_purchase_order(order_id=order.pk, by=Actor(user=order.raised_by), at=clock.now())


def somebody(*roles, **more):
    return an_actor(UserFactory(roles=list(roles), **more))


@pytest.fixture
def warehouse(db):
    return WarehouseFactory(code="MAIN")


def test_the_limits_that_come_with_the_system_rise_with_the_role(db):
    assert dict(ApprovalLimit.objects.values_list("role", "most")) == {
        "buyer": D(10000),
        "supervisor": D(50000),
        "inventory manager": D(100000),
        "admin": None,
    }


def test_an_order_at_the_limit_is_approved(warehouse):
    order = submitted(warehouse, 4000)

    approved = approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER), at=clock.now())

    assert (approved.state, approved.value) == (PurchaseOrderState.APPROVED, D(10000))


def test_an_order_above_the_limit_is_refused_and_it_is_said_who_may(warehouse):
    order = submitted(warehouse, 4001)

    with pytest.raises(AboveApprovalLimit) as refusal, transaction.atomic():
        approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER, username="bea"), at=clock.now())

    assert refusal.value.facts == {
        "order": order.number,
        "value": D("10002.50"),
        "currency": "EUR",
        "who": "bea",
        "most": D(10000),
        "may": "supervisor or inventory manager or admin",
    }
    assert PurchaseOrder.objects.get(pk=order.pk).state == PurchaseOrderState.SUBMITTED
    assert not Approval.objects.exists()
    assert not ExpectedReceipt.objects.exists()


@pytest.mark.parametrize("roles", [(Role.SUPERVISOR,), (Role.BUYER, Role.SUPERVISOR), (Role.ADMIN,)])
def test_the_highest_limit_of_a_persons_roles_counts(warehouse, roles):
    order = submitted(warehouse, 4001)

    approved = approve_purchase_order(order_id=order.pk, by=somebody(*roles), at=clock.now())

    assert approved.state == PurchaseOrderState.APPROVED


@pytest.mark.parametrize(("rate", "may"), [("0.5", True), ("2", False)])
def test_an_order_in_another_currency_is_valued_at_its_own_rate(warehouse, rate, may):
    Company.objects.create(pk=1, name="We", currency="EUR")
    order = submitted(warehouse, 4000 if not may else 8000, currency="USD", exchange_rate=D(rate))

    if may:
        approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER), at=clock.now())
    else:
        with pytest.raises(AboveApprovalLimit) as refusal:
            approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER), at=clock.now())
        assert (refusal.value.value, refusal.value.currency) == (D(20000), "EUR")


def test_a_role_without_a_limit_approves_nothing_while_there_are_others(warehouse):
    ApprovalLimit.objects.filter(role=Role.BUYER).delete()
    order = submitted(warehouse, 1)

    with pytest.raises(AboveApprovalLimit) as refusal:
        approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER), at=clock.now())

    assert refusal.value.most == 0


def test_without_any_limit_nobody_is_limited(warehouse):
    ApprovalLimit.objects.all().delete()
    order = submitted(warehouse, 1_000_000)

    approved = approve_purchase_order(order_id=order.pk, by=somebody(Role.BUYER), at=clock.now())

    assert approved.state == PurchaseOrderState.APPROVED


def test_over_http_the_order_says_its_value_and_the_refusal_who_may(warehouse):
    order = submitted(warehouse, 4001)
    buyer = a_person(warehouse, roles=[Role.BUYER], username="bea")

    facts = refused(buyer.post(f"/purchase-orders/{order}/approve"), 409, "above_approval_limit")

    assert (facts["value"], facts["may"]) == ("10002.5", "supervisor or inventory manager or admin")
    body = buyer.get(f"/purchase-orders/{order}").json()
    assert (body["state"], body["total"], body["value"]) == ("submitted", "10002.5", "10002.5")


def limit_page(role, verb="change"):
    return reverse(f"admin:purchasing_approvallimit_{verb}", args=[ApprovalLimit.objects.get(role=role).pk])


def test_a_manager_sets_the_limit_of_another_role_and_it_is_kept_who_did(client, db):
    manager = UserFactory(roles=[Role.INVENTORY_MANAGER])
    client.force_login(manager)

    client.post(limit_page(Role.BUYER), {"role": "buyer", "most": "2500"})

    limit = ApprovalLimit.objects.get(role=Role.BUYER)
    assert limit.most == D(2500)
    assert limit.history.latest().history_user == manager


def test_nobody_sets_the_limit_of_a_role_of_their_own(client, db):
    client.force_login(UserFactory(roles=[Role.INVENTORY_MANAGER, Role.BUYER]))

    for role in (Role.INVENTORY_MANAGER, Role.BUYER):
        assert client.post(limit_page(role), {"role": role.value, "most": "9999999"}).status_code == 403
    # Nor by giving another role's limit to their own.
    ApprovalLimit.objects.filter(role=Role.BUYER).delete()
    client.post(limit_page(Role.SUPERVISOR), {"role": "buyer", "most": "9999999"})

    assert dict(ApprovalLimit.objects.values_list("role", "most")) == {
        "supervisor": D(50000),
        "inventory manager": D(100000),
        "admin": None,
    }
    assert client.post(limit_page(Role.SUPERVISOR, "delete"), {"post": "yes"}).status_code == 403


def test_the_page_of_an_order_says_who_may_approve_it(client, warehouse):
    client.force_login(UserFactory(is_superuser=True))
    order = submitted(warehouse, 40001)

    page = client.get(reverse("admin:purchasing_purchaseorder_change", args=[order.pk]))

    assert b"admin" in page.content
    assert {fact.label: fact.value for fact in page.context["facts"]}["To be approved by"] == "admin"
