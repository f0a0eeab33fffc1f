"""Reorders over HTTP: proposed, ordered, dismissed; policies beside what there is."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.planning.models import ReorderProposal
from apps.purchasing.models import PurchaseOrder
from tests.factories.api import a_person, refused
from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.locations import WarehouseFactory
from tests.factories.planning import StockingPolicyFactory, proposed_at
from tests.factories.purchasing import SupplierItemFactory


@pytest.fixture
def site(db):
    floor = a_floor()
    stock(floor.item, floor.a, 8)
    price = SupplierItemFactory(item=floor.item, price=D(2), lead_time_days=5)
    return SimpleNamespace(
        floor=floor,
        code=floor.warehouse.code,
        policy=StockingPolicyFactory(warehouse=floor.warehouse, item=floor.item),
        supplier=price.supplier,
        buyer=a_person(floor.warehouse, roles=(Role.BUYER,), username="ann"),
    )


def propose(caller, site, **more):
    return caller.post("/reorder-proposals/propose", {"warehouse": site.code}, **more)


def test_a_policy_reads_beside_what_there_is(site):
    body = site.buyer.get(f"/stocking-policies/{site.policy.pk}").json()

    assert body == {
        "id": site.policy.pk,
        "warehouse": site.code,
        "item": "BOLT",
        "minimum": "10",
        "target": "40",
        "supplier": None,
        "is_active": True,
        "available": "8",
        "inbound": "0",
        "raised": "0",
        "method": "hand",
        "service_percent": None,
        "service_kind": "cycle",
        "demand_model": "auto",
        "review_days": 1,
        "reckoned_on": None,
        "reasons": [],
    }


def test_policies_are_found_by_whether_they_run_short(site):
    plenty = StockingPolicyFactory(warehouse=site.floor.warehouse, minimum=0)

    def found(**asked):
        return [row["id"] for row in site.buyer.get("/stocking-policies", **asked).json()["results"]]

    assert found(low=True) == [site.policy.pk]
    assert found(low=False) == [plenty.pk]
    assert found(item="BOLT", warehouse=site.code) == [site.policy.pk]
    assert found(supplier="NOBODY") == []


def test_reorders_go_from_the_proposal_to_the_order(site):
    answer = propose(site.buyer, site, key="k")
    again = propose(site.buyer, site, key="k")

    assert (answer.status_code, answer.json()["withdrawn"]) == (200, []), answer.content
    assert again.json() == answer.json()
    (proposal,) = answer.json()["proposed"]
    assert (proposal["state"], proposal["item"], proposal["supplier"]) == ("proposed", "BOLT", site.supplier.number)
    assert (proposal["available"], proposal["quantity"], proposal["price"]) == ("8", "32", "2")
    assert [reason["rule"] for reason in proposal["reasons"]] == ["order up to target", "supplier", "lead time"]
    number = proposal["number"]
    assert site.buyer.get(f"/reorder-proposals/{number}").json() == proposal

    ordered = site.buyer.post("/reorder-proposals/order", {"proposals": [number]}, key="o")
    twice = site.buyer.post("/reorder-proposals/order", {"proposals": [number]}, key="o")

    assert ordered.status_code == 201, ordered.content
    assert twice.json() == ordered.json()
    (order,) = ordered.json()["orders"]
    assert (order["state"], order["supplier"], order["raised_by"]) == ("draft", site.supplier.number, "ann")
    assert [(line["item"], line["quantity"]) for line in order["lines"]] == [("BOLT", "32")]
    assert PurchaseOrder.objects.get().number == order["number"]
    shown = site.buyer.get(f"/reorder-proposals/{number}").json()
    assert (shown["state"], shown["order"], shown["decided_by"]) == ("ordered", order["number"], "ann")
    facts = refused(site.buyer.post("/reorder-proposals/order", {"proposals": [number]}), 409, "illegal_transition")
    assert facts["state"] == "ordered"


def test_a_proposal_is_dismissed_with_a_reason(site):
    (proposal,) = propose(site.buyer, site).json()["proposed"]
    address = f"/reorder-proposals/{proposal['number']}/dismiss"

    refused(site.buyer.post(address, {}), 400, "malformed")
    answer = site.buyer.post(address, {"reason": "out of season"})

    assert (answer.status_code, answer.json()["state"], answer.json()["reason"]) == (200, "dismissed", "out of season")
    assert propose(site.buyer, site).json() == {"proposed": [], "withdrawn": []}


def test_proposals_are_found_by_state_place_item_and_supplier(site):
    (proposal,) = propose(site.buyer, site).json()["proposed"]

    for asked in (
        {"state": "proposed"},
        {"warehouse": site.code},
        {"item": "BOLT"},
        {"supplier": site.supplier.number},
    ):
        assert [row["number"] for row in site.buyer.get("/reorder-proposals", **asked).json()["results"]] == [
            proposal["number"]
        ]
    for asked in ({"state": "ordered"}, {"warehouse": "X"}, {"item": "X"}, {"supplier": "X"}):
        assert site.buyer.get("/reorder-proposals", **asked).json()["results"] == []


def test_without_a_supplier_it_cannot_be_ordered(site):
    StockingPolicyFactory(warehouse=site.floor.warehouse)
    lone = next(row for row in propose(site.buyer, site).json()["proposed"] if row["supplier"] is None)

    facts = refused(site.buyer.post("/reorder-proposals/order", {"proposals": [lone["number"]]}), 409, "no_supplier")

    assert facts == {"proposal": lone["number"], "item": lone["item"]}
    refused(site.buyer.post("/reorder-proposals/order", {"proposals": []}), 400, "malformed")


def test_another_warehouses_proposal_is_not_found_and_a_picker_plans_nothing(site):
    (proposal,) = proposed_at(site.floor.warehouse).proposed
    stranger = a_person(WarehouseFactory(), roles=(Role.BUYER,))
    picker = a_person(site.floor.warehouse, roles=(Role.PICKER,))

    refused(propose(stranger, site), 404, "not_found")
    refused(stranger.post("/reorder-proposals/order", {"proposals": [proposal.number]}), 404, "not_found")
    refused(stranger.post(f"/reorder-proposals/{proposal.number}/dismiss", {"reason": "x"}), 404, "not_found")
    assert stranger.get(f"/stocking-policies/{site.policy.pk}").status_code == 404
    refused(propose(picker, site), 403, "not_allowed")
    refused(picker.post("/reorder-proposals/order", {"proposals": [proposal.number]}), 403, "not_allowed")
    assert ReorderProposal.objects.get().state == "proposed"


def test_a_scan_of_a_proposal_finds_it(site):
    (proposal,) = proposed_at(site.floor.warehouse).proposed

    found = site.buyer.post("/scan", {"code": proposal.number}).json()

    assert [(row["kind"], row["number"]) for row in found["candidates"]] == [("reorder_proposal", proposal.number)]
