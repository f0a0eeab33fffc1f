"""Handling units over HTTP and at the desk: each verb once, who may, what a stranger sees, and a repeated key."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.journal.models import AuditEntry
from apps.ledger.models import HandlingUnit, StockBalance, StockTransaction
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.locations.models import Company
from tests.factories.api import a_person, a_worker, refused
from tests.factories.ledger import stock
from tests.factories.locations import WarehouseFactory

SSCC = "006141411234567890"


@pytest.fixture
def worker(floor):
    return a_worker(floor.warehouse)


@pytest.fixture
def unit(floor, worker):
    """Opens a unit over HTTP, with so much in it at bin A; its number."""

    def make(kind="pallet", quantity=0, **more):
        made = worker.post("/handling-units", {"warehouse": floor.warehouse.code, "kind": kind} | more)
        assert made.status_code == 201, made.content
        number = made.json()["number"]
        if quantity:
            stock(floor.item, floor.a, quantity, unit=HandlingUnit.objects.get(number=number).pk)
        return number

    return make


def ok(response):
    assert response.status_code == 200, response.content
    return response.json()


def test_a_pallet_is_built_moved_and_taken_apart(floor, worker, unit):
    pallet, carton = unit(quantity=4), unit("carton", 2)

    nested = ok(worker.post(f"/handling-units/{carton}/nest", {"into": pallet}))
    moved = ok(worker.post(f"/handling-units/{pallet}/move", {"location": "B"}))
    split = ok(
        worker.post(
            f"/handling-units/{pallet}/split",
            {"contents": [{"item": "BOLT", "quantity": "1"}], "into_kind": "tote"},
        )
    )
    loose = ok(worker.post(f"/handling-units/{pallet}/split", {"contents": [{"item": "BOLT", "quantity": "1"}]}))
    out = ok(worker.post(f"/handling-units/{carton}/unnest"))
    merged = ok(worker.post(f"/handling-units/{carton}/merge", {"into": pallet}))
    retired = ok(worker.post(f"/handling-units/{carton}/retire"))

    assert (nested["parent"], moved["location"], moved["nested"]) == (pallet, "B", [carton])
    assert (split["kind"], split["location"], loose["number"], out["parent"]) == ("tote", "B", pallet, None)
    assert [(row["item"], row["on_hand"]) for row in merged["contents"]] == [("BOLT", "4")]
    assert retired["retired_at"] is not None
    assert [row["number"] for row in worker.get("/handling-units", retired="true").json()["results"]] == [carton]
    assert worker.get(f"/handling-units/{pallet}").json()["contents"][0]["unit"] == pallet


def test_a_closed_unit_says_so_until_it_is_opened(worker, unit):
    pallet, carton = unit(quantity=1), unit("carton", 1)
    ok(worker.post(f"/handling-units/{pallet}/close"))

    facts = refused(worker.post(f"/handling-units/{carton}/nest", {"into": pallet}), 409, "unit_closed")
    ok(worker.post(f"/handling-units/{pallet}/open"))

    assert facts == {"unit": pallet}
    assert ok(worker.post(f"/handling-units/{carton}/nest", {"into": pallet}))["parent"] == pallet


def test_an_old_label_is_still_resolved(worker, unit):
    pallet = unit(quantity=1)

    labelled = ok(worker.post(f"/handling-units/{pallet}/relabel", {"sscc": SSCC}))

    assert (labelled["number"], labelled["sscc"], labelled["labels"]) == (SSCC, SSCC, [pallet])
    assert worker.get(f"/handling-units/{pallet}").json()["number"] == SSCC
    scanned = ok(worker.post("/scan", {"code": pallet}))
    assert SSCC in str(scanned)


def test_a_new_sscc_takes_the_companys_prefix(floor, worker, unit):
    refused(
        worker.post("/handling-units", {"warehouse": floor.warehouse.code, "kind": "pallet", "labelled": True}),
        409,
        "no_company_prefix",
    )
    Company.objects.update_or_create(pk=1, defaults={"name": "Northwind", "gs1_prefix": "4012345"})

    number = unit(labelled=True)

    assert (number[1:8], len(number)) == ("4012345", 18)


def test_a_repeated_key_splits_once(floor, worker, unit):
    pallet = unit(quantity=4)
    body = {"contents": [{"item": "BOLT", "quantity": "1"}], "into_kind": "carton"}

    answers = [ok(worker.post(f"/handling-units/{pallet}/split", body, key="k")) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert StockBalance.objects.get(unit__number=pallet).on_hand == D(3)


def test_what_belongs_to_a_shipment_is_refused_with_its_number(floor, worker, unit):
    pallet = unit(quantity=1)
    open_units(warehouse_id=floor.warehouse.pk, kind=UnitKind.CARTON, sscc=[SSCC], document="SH-1")
    before = StockTransaction.objects.count()

    facts = refused(worker.post(f"/handling-units/{SSCC}/nest", {"into": pallet}), 409, "belongs_to_document")

    assert facts == {"what": f"carton {SSCC}", "document": "SH-1"}
    assert StockTransaction.objects.count() == before


def test_an_auditor_changes_nothing(floor, unit):
    pallet = unit(quantity=1)
    auditor = a_person(floor.warehouse, roles=[Role.AUDITOR])

    assert auditor.get(f"/handling-units/{pallet}").status_code == 200
    refused(auditor.post(f"/handling-units/{pallet}/close"), 403, "not_allowed")


def test_a_unit_of_another_warehouse_is_not_found(unit):
    pallet = unit(quantity=1)
    other = WarehouseFactory()
    stranger = a_worker(other)
    (theirs,) = open_units(warehouse_id=other.pk, kind=UnitKind.PALLET)

    assert stranger.get(f"/handling-units/{pallet}").status_code == 404
    for verb in ("unnest", "close", "open", "retire", "relabel"):
        refused(stranger.post(f"/handling-units/{pallet}/{verb}"), 404, "not_found")
    number = HandlingUnit.objects.get(pk=theirs).number
    refused(stranger.post(f"/handling-units/{number}/nest", {"into": pallet}), 404, "not_found")


@pytest.mark.parametrize(
    "body",
    [
        {"contents": []},
        {"contents": [{"item": "NONE", "quantity": "1"}]},
        {"contents": [{"item": "BOLT", "quantity": "1", "lot": "NONE"}]},
        {"contents": [{"item": "BOLT", "quantity": "1", "serial": "N\x00"}]},
        {"contents": [{"item": "BOLT", "quantity": "1"}], "into": "X", "into_kind": "tote"},
    ],
)
def test_what_is_no_split_is_malformed(worker, unit, body):
    refused(worker.post(f"/handling-units/{unit(quantity=2)}/split", body), 400, "malformed")


def test_the_desk_shows_the_tree_the_goods_the_moves_and_the_history(floor, client, worker, unit):
    pallet, carton = unit(quantity=4), unit("carton", 2)
    ok(worker.post(f"/handling-units/{carton}/nest", {"into": pallet}))
    ok(worker.post(f"/handling-units/{pallet}/relabel", {"sscc": SSCC}))
    boss = a_person(floor.warehouse, roles=[Role.SUPERVISOR]).user
    boss.is_staff = True
    boss.save()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    unit_id = HandlingUnit.objects.get(number=SSCC).pk

    page = client.get(reverse("admin:ledger_handlingunit_change", args=[unit_id]))

    text = page.content.decode()
    assert page.status_code == 200
    for shown in (SSCC, pallet, carton, "relabelled", "opened", "Nested", "BOLT"):
        assert shown in text
    done = client.post(reverse("admin:ledger_handlingunit_do", args=[unit_id, "close"]), {"key": "k-1"})
    assert done.status_code == 302
    assert AuditEntry.objects.filter(verb="closed", number=SSCC).exists()
