"""Reorders at the desk: proposed now, ordered by the handful, dismissed with a reason."""

from types import SimpleNamespace

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from apps.accounts.roles import Role
from apps.planning.models import ReorderProposal, StockingPolicy
from apps.purchasing.models import PurchaseOrder
from tests.admin.pages import address
from tests.factories.accounts import UserFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.locations import works_at
from tests.factories.planning import StockingPolicyFactory, proposed_at
from tests.factories.purchasing import SupplierItemFactory

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "admin:planning_reorderproposal_changelist"


@pytest.fixture
def site(client):
    """Bolts and nuts are gone; only bolts have a supplier."""
    floor = a_floor()
    price = SupplierItemFactory(item=floor.item)
    lone = StockingPolicyFactory(warehouse=floor.warehouse)
    StockingPolicyFactory(warehouse=floor.warehouse, item=floor.item)
    client.force_login(
        works_at(UserFactory(roles=[Role.BUYER]), floor.warehouse),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return SimpleNamespace(floor=floor, supplier=price.supplier, lone=lone.item, browser=client)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def chosen(site, *proposals):
    return site.browser.post(
        reverse(LIST), {"action": "order", "_selected_action": [proposal.pk for proposal in proposals]}
    )


def test_what_runs_short_is_proposed_at_once(site):
    answer = site.browser.post(address(ReorderProposal, "add"), {"warehouse": site.floor.warehouse.pk})

    assert answer["Location"] == reverse(LIST) + "?state__exact=proposed"
    assert said(answer) == ["What runs short is proposed."]
    listed = site.browser.get(answer["Location"])
    assert listed.context["cl"].result_count == ReorderProposal.objects.count() == 2
    assert b"nobody" in listed.content


def test_chosen_proposals_become_purchase_orders(site):
    proposals = {proposal.item: proposal for proposal in proposed_at(site.floor.warehouse).proposed}

    answer = chosen(site, proposals[site.floor.item])

    order = PurchaseOrder.objects.get()
    assert said(answer) == [f"{order}: drafted, to be submitted and approved by another."]
    assert order.supplier == site.supplier
    page = site.browser.get(address(ReorderProposal, "change", proposals[site.floor.item].pk))
    assert order.number.encode() in page.content
    assert b"bring it up to the target" in page.content


def test_a_choice_that_cannot_be_ordered_says_why_and_orders_nothing(site):
    answer = chosen(site, *proposed_at(site.floor.warehouse).proposed)

    assert "has no supplier" in said(answer)[0]
    assert not PurchaseOrder.objects.exists()
    lone = ReorderProposal.objects.get(item=site.lone)
    assert b"No active supplier has a price" in site.browser.get(address(ReorderProposal, "change", lone.pk)).content


def test_a_proposal_is_dismissed_by_its_button(site):
    proposal = proposed_at(site.floor.warehouse).proposed[0]

    site.browser.post(address(ReorderProposal, "do", proposal.pk, "dismiss"), {"reason": "out of season"})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("dismissed", "out of season")


def test_the_policies_that_run_short_are_listed(site):
    stock(site.floor.item, site.floor.a, 100)

    listed = site.browser.get(address(StockingPolicy) + "?low=yes")

    assert [policy.item for policy in listed.context["cl"].result_list] == [site.lone]
    assert site.browser.get(address(StockingPolicy)).context["cl"].result_count == 2


def test_an_auditor_orders_nothing(site, client):
    proposal = proposed_at(site.floor.warehouse).proposed[0]
    client.force_login(
        works_at(UserFactory(roles=[Role.AUDITOR]), site.floor.warehouse),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    chosen(site, proposal)

    assert not PurchaseOrder.objects.exists()
    assert client.get(address(ReorderProposal, "add")).status_code == 403
