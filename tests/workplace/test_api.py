"""Certificates, inspections and actions over HTTP."""

import pytest

from apps.accounts.roles import Role
from apps.workplace.models import Certificate, CorrectiveAction, WorkplaceInspection
from tests.factories.api import a_person, a_worker, refused
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.workplace import a_certificate, a_checklist, a_thing

RESULTS = [{"line": 1, "passed": True}, {"line": 2, "passed": True}, {"line": 3, "reading": "12.4"}]


@pytest.fixture
def site(db):
    return WarehouseFactory(code="MAIN")


@pytest.fixture
def safety(site):
    return a_person(site, roles=(Role.SAFETY,), username="sam")


@pytest.fixture
def picker(site):
    return a_worker(site, username="ann")


@pytest.fixture
def thing(site):
    return a_thing(site, a_checklist(), location=LocationFactory(warehouse=site, code="CHARGER"))


CERTIFICATE = {
    "person": "ann",
    "kind": "TRUCK-REACH",
    "trained_on": "2026-01-10",
    "evaluated_on": "2026-01-12",
    "evaluator": "Ms Ito",
}


def test_a_certificate_is_entered_found_and_revoked(site, safety, picker):
    answer = safety.post("/certificates", CERTIFICATE, key="k")
    again = safety.post("/certificates", CERTIFICATE, key="k")

    assert answer.status_code == 201, answer.content
    assert again.json() == answer.json()
    body = answer.json()
    assert (body["expires_on"], body["person"], body["entered_by"]) == ("2029-01-12", "ann", "sam")
    assert Certificate.objects.count() == 1
    assert [row["number"] for row in picker.get("/certificates").json()["results"]] == [body["number"]]

    address = f"/certificates/{body['number']}/revoke"
    refused(picker.post(address, {"reason": "x"}), 403, "not_allowed")
    refused(safety.post(address, {}), 400, "malformed")
    revoked = safety.post(address, {"reason": "Near miss"})
    assert (revoked.status_code, revoked.json()["revoked_by"], revoked.json()["reason"]) == (200, "sam", "Near miss")
    assert refused(safety.post(address, {"reason": "x"}), 409, "certificate_revoked") == {"certificate": body["number"]}


def test_who_is_elsewhere_can_be_given_none(safety, picker):
    stranger = a_person(WarehouseFactory(), roles=(Role.SAFETY,), username="zoe")
    number = safety.post("/certificates", CERTIFICATE).json()["number"]

    refused(safety.post("/certificates", CERTIFICATE | {"person": "zoe"}), 404, "not_found")
    refused(safety.post("/certificates", CERTIFICATE | {"kind": "NONE"}), 404, "not_found")
    refused(safety.post("/certificates", CERTIFICATE | {"person": "sam"}), 409, "own_certificate")
    refused(safety.post("/certificates", CERTIFICATE | {"trained_on": "2026-01-13"}), 400, "certificate_dates")
    refused(stranger.post(f"/certificates/{number}/revoke", {"reason": "x"}), 404, "not_found")
    assert stranger.get(f"/certificates/{number}").status_code == 404


def test_what_has_expired_and_what_will_is_found(safety, picker, time_machine):
    time_machine.move_to("2026-06-15T10:00:00Z")
    late, soon, good = (
        a_certificate(picker.user, expires_on=day, number=f"CT-{day}")
        for day in ("2026-06-14", "2026-07-01", "2028-01-01")
    )

    def found(**asked):
        return [row["number"] for row in safety.get("/certificates", **asked).json()["results"]]

    assert found(expired=True) == [late.number]
    assert found(expired=False) == [good.number, soon.number]
    assert found(expiring_within=30) == [soon.number]
    assert found(person="ann", kind="TRUCK-REACH") == [good.number, soon.number, late.number]


def test_an_inspection_is_begun_done_and_printed_from_the_floor(picker, thing):
    begun = picker.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "TRUCK-LIST"})
    assert begun.status_code == 201, begun.content
    number = begun.json()["number"]
    assert (begun.json()["state"], begun.json()["location"]) == ("due", "CHARGER")
    assert [line["is_critical"] for line in begun.json()["lines"]] == [True, False, True]

    printed = picker.get(f"/workplace-inspections/{number}/form")
    assert (printed.status_code, printed.headers["Content-Type"]) == (200, "application/pdf")

    address = f"/workplace-inspections/{number}/record"
    assert refused(picker.post(address, {"results": RESULTS[:1]}), 400, "check_results_missing")["lines"] == "2, 3"
    extra = [*RESULTS, {"line": 4, "passed": True}]
    refused(picker.post(address, {"results": extra}), 400, "check_line_unknown")
    done = picker.post(address, {"results": RESULTS}, key="k")
    assert (done.status_code, done.json()["state"], done.json()["done_by"]) == (200, "passed", "ann"), done.content
    assert picker.post(address, {"results": RESULTS}, key="k").json() == done.json()
    refused(picker.post(address, {"results": RESULTS}), 409, "illegal_transition")


def test_a_failed_inspection_is_seen_and_closed_by_another(site, safety, picker, thing):
    number = picker.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "TRUCK-LIST"}).json()["number"]
    results = [{"line": 1, "passed": False, "note": "Pedal sinks"}, *RESULTS[1:]]

    picker.post(f"/workplace-inspections/{number}/record", {"results": results, "owner": "ann"})

    (action,) = safety.get("/corrective-actions", state="open").json()["results"]
    assert (action["what"], action["found"], action["owner"], action["takes_out"]) == (
        "Brakes hold",
        "Pedal sinks",
        "ann",
        True,
    )
    assert safety.get("/site-assets/TRUCK-3").json()["out_of_service"] is True
    address = f"/corrective-actions/{action['number']}/close"
    refused(picker.post(address, {"note": "ok"}), 403, "not_allowed")
    refused(safety.post(address, {"note": ""}), 400, "malformed")
    closed = safety.post(address, {"note": "Bled and tried"})
    assert (closed.status_code, closed.json()["state"], closed.json()["closed_by"]) == (200, "closed", "sam")
    assert safety.get("/site-assets/TRUCK-3").json()["out_of_service"] is False


def test_an_owner_does_not_close_their_own(safety, picker, thing):
    number = picker.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "TRUCK-LIST"}).json()["number"]
    results = [{"line": 1, "passed": False}, *RESULTS[1:]]
    picker.post(f"/workplace-inspections/{number}/record", {"results": results})
    action = CorrectiveAction.objects.get()

    facts = refused(
        safety.post(f"/corrective-actions/{action.number}/close", {"note": "ok"}), 409, "action_closed_by_owner"
    )

    assert facts == {"action": action.number, "owner": "sam"}


def test_another_warehouses_things_are_not_found(picker, thing):
    number = picker.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "TRUCK-LIST"}).json()["number"]
    stranger = a_person(WarehouseFactory(), roles=(Role.SAFETY,))

    refused(stranger.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "TRUCK-LIST"}), 404, "not_found")
    refused(stranger.post(f"/workplace-inspections/{number}/record", {"results": RESULTS}), 404, "not_found")
    for address in (f"workplace-inspections/{number}", f"workplace-inspections/{number}/form", "site-assets/TRUCK-3"):
        assert stranger.get(f"/{address}").status_code == 404
    refused(
        picker.post("/workplace-inspections", {"asset": "TRUCK-3", "checklist": "RACK-MONTH"}), 409, "not_on_checklist"
    )
    assert WorkplaceInspection.objects.get().state == "due"
