"""An injury is told, assessed, counted, logged and filed; what is in its case nobody reads but the safety role."""

import csv
import io
import json

import pytest
from django.contrib import admin
from django.urls import reverse

from apps.accounts.roles import Role
from apps.incidents.models import Establishment, EstablishmentYear, Incident, InjuryCase, LostDays, SevereEvent
from apps.journal.models import AuditEntry, Command
from tests.admin.pages import address as page_of
from tests.core.paper_reading import texts
from tests.factories.api import Caller, a_person, a_worker, refused
from tests.factories.locations import LocationFactory, WarehouseFactory

SECRETS = ("Pat Doe", "Hernia", "lifting", "St. Elsewhere", "12 Elm")
FACTS = {
    "person": "Pat Doe",
    "job_title": "Picker",
    "street": "12 Elm",
    "kind": "injury",
    "is_work_related": True,
    "is_new_case": True,
    "is_treated": True,
    "harm": "Hernia, abdomen",
    "harmed_by": "Carton",
    "what_happened": "Strained by lifting",
    "doing_before": "Picking",
    "clinic": "St. Elsewhere",
    "born_on": "1990-02-03",
    "sex": "F",
    "work_began": "14:00",
}


@pytest.fixture
def site(db):
    made = WarehouseFactory(code="MAIN", timezone="America/New_York")
    place = Establishment.objects.create(
        warehouse=made, name="Main St", street="1 Dock", city="Erie", region="PA", postcode="16501", naics_code="493110"
    )
    EstablishmentYear.objects.create(establishment=place, year=2026, average_employees=20, hours_worked=412_000)
    return made


@pytest.fixture
def safety(site):
    return a_person(site, roles=(Role.SAFETY,), username="sam", is_staff=True)


def told(caller, **more):
    body = {"warehouse": "MAIN", "kind": "injury", "what_happened": "Pat hurt lifting", "person": "Pat Doe"} | more
    answer = caller.post("/incidents", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


def case_of(number):
    return InjuryCase.objects.get(incident__number=number)


def a_year(site, safety, time_machine):
    """Of 2026: one who is away over its end, a privacy case, and one with first aid alone."""
    time_machine.move_to("2027-01-01T04:30:00Z")  # half past eleven at night of 31 December in New York
    picker = a_worker(site, username="ann")
    place = LocationFactory(warehouse=site, code="A-01-1")
    number = told(picker, location=place.code)
    case = case_of(number)
    assert (case.year, str(case.occurred_on), case.case_number) == (2026, "2026-12-31", None)
    assert case.told == "Pat hurt lifting"
    address = f"/injury-cases/{case.number}"

    time_machine.move_to("2027-01-10T15:00:00Z", tick=False)
    safety = Caller(safety.user)
    body = FACTS | {"in_patient": True}
    first = safety.post(f"{address}/assess", body, key="k")
    assert first.json() == {"number": case.number, "incident": number, "year": 2026, "case_number": 1}
    assert safety.post(f"{address}/assess", body, key="k").json() == first.json()
    spans = [
        {"kind": "away", "first": "2026-12-31", "last": "2027-01-04"},
        {"kind": "restricted", "first": "2027-01-05"},
    ]
    assert safety.post(f"{address}/days", {"spans": spans}).status_code == 200
    private = case_of(told(safety, person="Lee Roe", occurred_at="2026-06-01T12:00:00Z"))
    facts = FACTS | {
        "person": "Lee Roe",
        "privacy": "sharps",
        "harm": "Needlestick",
        "died_on": None,
        "is_treated": True,
    }
    assert safety.post(f"/injury-cases/{private.number}/assess", facts).json()["case_number"] == 2
    aid = case_of(told(safety, occurred_at="2026-06-02T12:00:00Z"))
    only_aid = FACTS | {"is_treated": False}
    assert safety.post(f"/injury-cases/{aid.number}/assess", only_aid).json()["case_number"] is None
    return safety, case, private


def test_a_case_that_goes_on_over_the_years_end_stays_in_its_year(site, safety, time_machine):
    safety, _, _ = a_year(site, safety, time_machine)

    log = safety.get("/injury-logs/MAIN", year=2026).json()
    columns = ("case_number", "name", "outcome", "days_away", "days_restricted", "goes_on")
    assert [tuple(entry[column] for column in columns) for entry in log["entries"]] == [
        (1, "Pat Doe", "away", 4, 6, True),
        (2, "Privacy case", "other", 0, 0, False),
    ]
    assert (log["days_away"], log["days_restricted"], log["trir"], log["dart"]) == (4, 6, "0.97", "0.49")
    EstablishmentYear.objects.update(hours_worked=0)
    assert safety.get("/injury-logs/MAIN", year=2026).json()["trir"] is None
    assert "n/a" in said(safety.get("/injury-logs/MAIN/summary", year=2026).content)
    EstablishmentYear.objects.update(hours_worked=412_000)


def test_forms_and_files_of_a_year_have_its_figures_and_no_name_of_a_privacy_case(site, safety, time_machine):
    safety, case, private = a_year(site, safety, time_machine)
    number, address = case.incident.number, f"/injury-cases/{case.number}"

    form, summary = (safety.get(f"/injury-logs/MAIN/{paper}", year=2026).content for paper in ("form", "summary"))
    assert "Pat Doe" in said(form)
    assert "Privacy case" in said(form)
    assert "Lee Roe" not in said(form)
    assert "1.46" not in said(summary)
    assert "0.97" in said(summary)
    report = said(safety.get(f"{address}/form").content)
    assert "Pat Doe" in report
    assert "St. Elsewhere" in report
    hidden = said(safety.get(f"/injury-cases/{private.number}/form").content)
    assert "Lee Roe" not in hidden
    assert "12 Elm" not in hidden
    [row] = read(safety.get("/injury-logs/MAIN/summary-file", year=2026))
    totals = ("no_injuries_illnesses", "total_deaths", "total_dafw_cases", "total_djtr_cases", "total_other_cases")
    assert [row[name] for name in totals] == ["1", "0", "1", "0", "1"]
    assert (row["total_dafw_days"], row["total_djtr_days"], row["total_injuries"], row["zip"]) == (
        "4",
        "6",
        "2",
        "16501",
    )
    pat, lee = read(safety.get("/injury-logs/MAIN/case-file", year=2026))
    assert (pat["date_of_incident"], pat["time_of_incident"], pat["time_started_work"]) == (
        "12/31/2026",
        "23:30",
        "14:00",
    )
    assert (pat["incident_outcome"], pat["dafw_num_away"], pat["djtr_num_tr"]) == ("2", "4", "6")
    assert (pat["incident_location"], pat["nar_what_happened"]) == ("A-01-1", "Strained by lifting")
    assert (lee["incident_outcome"], lee["incident_description"], lee["nar_injury_illness"]) == (
        "4",
        *["Privacy case"] * 2,
    )
    for secret in ("Pat Doe", "Lee Roe", "Needlestick"):
        assert secret not in safety.get("/injury-logs/MAIN/case-file", year=2026).content.decode()
    assert refused(safety.get("/injury-logs/MAIN", year=2027), 409, "no_establishment") == {
        "warehouse": "MAIN",
        "year": 2027,
    }

    reads = AuditEntry.objects.filter(verb="read", kind="injury case", number=case.number)
    assert reads.filter(detail={"what": "301"}).count() == 1
    trail = AuditEntry.objects.values_list("detail", flat=True)
    kept = json.dumps([*trail, *Command.objects.values_list("answer", flat=True)])
    assert [secret for secret in SECRETS if secret in kept] == []
    assert Incident.objects.get(number=number).what_happened == ""


def said(paper):
    return " ".join(" ".join(texts(paper)).split())


def read(answer):
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


OTHERS = [role for role in Role if role is not Role.SAFETY]


def test_nobody_but_the_safety_role_reads_a_case_by_any_way(site, safety, client):
    number = told(safety)
    case = case_of(number)
    assert safety.post(f"/injury-cases/{case.number}/assess", FACTS).status_code == 200
    elsewhere = a_person(WarehouseFactory(), roles=(Role.SAFETY,))
    manager = a_person(site, roles=OTHERS, username="all", is_staff=True)
    root = a_person(site, username="root", is_staff=True, is_superuser=True)
    before = AuditEntry.objects.filter(verb="read").count()

    for caller in (manager, root, elsewhere):
        assert caller.get("/injury-cases").json()["results"] == []
        for path in (f"/injury-cases/{case.number}", f"/injury-cases/{case.number}/form"):
            assert caller.get(path).status_code == 404
        for paper in ("", "/form", "/summary", "/summary-file", "/case-file"):
            asked = caller.get(f"/injury-logs/MAIN{paper}", year=2026)
            assert asked.status_code == (404 if caller is elsewhere else 403)
        refused(caller.post(f"/injury-cases/{case.number}/assess", FACTS), 404, "not_found")
        refused(caller.post(f"/injury-cases/{case.number}/days", {"spans": []}), 404, "not_found")
    for caller in (manager, root):
        shown = caller.get(f"/incidents/{number}").content.decode() + caller.get("/incidents").content.decode()
        assert [secret for secret in SECRETS if secret in shown] == []
        client.force_login(caller.user)
        for model in (InjuryCase, LostDays, SevereEvent):
            assert model.objects.for_user(caller.user).count() == 0
        pages = [client.get(page_of(InjuryCase)), client.get(page_of(InjuryCase, "change", case.pk))]
        pages += [client.get(page_of(Incident)), client.get(page_of(Incident, "change", case.incident_id))]
        pages += [client.get(reverse("desk-search"), {"q": "Pat Doe"}), client.get(page_of(Incident), {"q": "abdomen"})]
        text = "".join(page.content.decode() for page in pages)
        assert [secret for secret in SECRETS[1:] if secret in text] == []
        assert case.number not in text
    assert AuditEntry.objects.filter(verb="read").count() == before
    assert not [name for name in ("person", "harm") if name in admin.site._registry[InjuryCase].search_fields]

    client.force_login(safety.user)
    assert case.number in client.get(page_of(InjuryCase)).content.decode()
    assert "Hernia" in client.get(page_of(InjuryCase, "change", case.pk)).content.decode()
    assert safety.get(f"/injury-cases/{case.number}").json()["harm"] == "Hernia, abdomen"
    assert safety.get("/injury-cases", year=2099).json()["results"] == []
    ways = AuditEntry.objects.filter(verb="read", kind="injury case", number=case.number).values_list(
        "detail", flat=True
    )
    assert sorted(way["what"] for way in ways) == ["case", "list of the desk", "page of the desk"]


def test_hours_to_tell_the_authority_run_and_stop(site, safety, time_machine):
    time_machine.move_to("2026-06-15T10:00:00Z", tick=False)
    number = told(safety)
    address = f"/injury-cases/{case_of(number).number}"
    time_machine.move_to("2026-06-15T12:00:00Z", tick=False)
    safety = Caller(safety.user)
    body = {"happened_at": "2026-06-15T11:00:00Z", "learned_at": "2026-06-15T11:30:00Z"}

    for kind in ("hospital", "death"):
        assert safety.post(f"{address}/severe", body | {"kind": kind}).status_code == 200
    due = {event.kind: str(event.due_at) for event in SevereEvent.objects.all()}
    assert due == {"hospital": "2026-06-16 11:30:00+00:00", "death": "2026-06-15 19:30:00+00:00"}
    facts = {"case": address.rpartition("/")[2], "kind": "death"}
    assert refused(safety.post(f"{address}/severe", body | {"kind": "death"}), 409, "severe_event_unknown") == facts
    future = body | {"kind": "eye", "learned_at": "2026-06-15T12:01:00Z"}
    assert refused(safety.post(f"{address}/severe", future), 400, "not_yet") == {"what": "2026-06-15T12:01:00+00:00"}
    refused(
        safety.post(f"{address}/severe", body | {"kind": "eye", "happened_at": "2026-06-15T11:31:00Z"}), 400, "not_yet"
    )

    answer = safety.post(f"{address}/reported", {"kind": "death", "reference": "By phone, no. 77"})
    assert answer.status_code == 200
    event = SevereEvent.objects.get(kind="death")
    assert (str(event.reported_at), event.reference) == ("2026-06-15 12:00:00+00:00", "By phone, no. 77")
    refused(safety.post(f"{address}/reported", {"kind": "death", "reference": "x"}), 409, "severe_event_unknown")
    overlap = [{"kind": "away", "first": "2026-06-16"}, {"kind": "restricted", "first": "2026-06-20"}]
    refused(safety.post(f"{address}/days", {"spans": overlap}), 400, "lost_days_overlap")
    assert LostDays.objects.count() == 0


def test_a_near_miss_without_a_name_leaves_none_and_another_closes_what_was_investigated(site, safety):
    ann = a_worker(site, username="ann")
    sue = a_person(site, roles=(Role.SUPERVISOR,), username="sue")
    body = {"warehouse": "MAIN", "kind": "near_miss", "what_happened": "A pallet slid", "is_anonymous": True}

    answer = ann.post("/incidents", body, key="k")
    again = ann.post("/incidents", body, key="k")

    assert answer.status_code == 201, answer.content
    assert answer.json() == again.json()
    incident = Incident.objects.get()
    number = incident.number
    assert (incident.reported_by, answer.json()["reported_by"], incident.what_happened) == (None, None, "A pallet slid")
    trail, command = AuditEntry.objects.get(number=number), Command.objects.get(key="k")
    assert {trail.user.username, command.user.username} == {"system"}
    assert (trail.device, "ann" in command.actor) == (None, False)
    refused(ann.post("/incidents", body | {"kind": "injury"}), 400, "not_anonymous")
    refused(ann.post("/incidents", body | {"occurred_at": "2999-01-01T00:00:00Z"}), 400, "not_yet")
    refused(ann.post("/incidents", body | {"warehouse": "NONE"}), 404, "not_found")
    assert Incident.objects.count() == 1

    address = f"/incidents/{number}"
    found = {"findings": "The edge is not marked", "root_cause": "place"}
    refused(ann.post(f"{address}/investigate", found), 403, "not_allowed")
    refused(safety.post(f"{address}/close", {"note": "x"}), 409, "illegal_transition")
    acted = safety.post(f"{address}/act", {"task": "Mark the edge", "owner": "ann", "due_on": "2026-12-01"})
    [action] = acted.json()["actions"]
    assert (action["task"], action["state"]) == ("Mark the edge", "open")
    assert safety.post(f"{address}/investigate", found).json()["state"] == "investigated"
    who = {"incident": number, "who": "sam"}
    assert refused(safety.post(f"{address}/close", {"note": "x"}), 409, "incident_closed_by_involved") == who
    still = {"incident": number, "actions": action["number"]}
    assert refused(sue.post(f"{address}/close", {"note": "x"}), 409, "incident_actions_open") == still
    done = safety.post(f"/corrective-actions/{action['number']}/close", {"note": "Painted"})
    assert (done.status_code, done.json()["what"], done.json()["asset"]) == (200, "Mark the edge", None)
    closed = sue.post(f"{address}/close", {"note": "Seen"}).json()
    assert (closed["state"], closed["closed_by"], closed["root_cause"]) == ("closed", "sue", "place")
    refused(
        safety.post(f"{address}/act", {"task": "y", "owner": "ann", "due_on": "2026-12-01"}), 409, "illegal_transition"
    )
    stranger = a_person(WarehouseFactory(), roles=(Role.SAFETY,))
    assert stranger.get(address).status_code == 404
    refused(stranger.post(f"{address}/close", {"note": "x"}), 404, "not_found")


def test_a_case_is_worked_at_the_desk_and_every_question_that_shows_it_is_a_reading(site, safety, client, time_machine):
    time_machine.move_to("2026-06-15T10:00:00Z", tick=False)
    case = case_of(told(safety))
    private = case_of(told(safety, person="Lee Roe"))
    facts = FACTS | {"is_treated": "", "privacy": "sharps", "person": "Lee Roe", "died_on": ""}
    time_machine.move_to("2026-06-20T12:00:00Z", tick=False)
    client.force_login(safety.user)

    def do(verb, answers, of=case):
        return client.post(page_of(InjuryCase, "do", of.pk, verb), answers)

    assert do("assess", {name: str(said) for name, said in FACTS.items()}).status_code == 302
    row = {"kind_1": "away", "first_1": "2026-06-16", "last_1": "2026-06-17", "kind_2": "restricted"}
    asked = do("days", row)
    assert "Say from which day on." in asked.content.decode()
    assert LostDays.objects.count() == 0
    assert do("days", row | {"first_2": "2026-06-18"}).status_code == 302
    severe = {"kind": "hospital", "happened_at": "2026-06-15T06:30", "learned_at": "2026-06-15T07:00"}
    assert do("severe", severe).status_code == 302
    assert do("told", {"kind": "hospital", "reference": "By phone, no. 8"}).status_code == 302
    assert do("told", {"kind": "hospital", "reference": "again"}).status_code == 200  # nothing waits to be told
    do("assess", facts, of=private)
    do("days", {"kind_1": "away", "first_1": "2026-06-16", "last_1": "2026-06-16", "is_estimate_1": "on"}, of=private)

    case.refresh_from_db()
    assert (case.case_number, case.harm, case.is_treated, str(case.work_began)) == (1, FACTS["harm"], True, "14:00:00")
    spans = [(row.kind, str(row.first), str(row.last)) for row in case.lost_days.all()]
    assert spans == [("away", "2026-06-16", "2026-06-17"), ("restricted", "2026-06-18", "None")]
    event = case.severe_events.get()
    assert (str(event.happened_at), str(event.due_at), event.reference) == (
        "2026-06-15 10:30:00+00:00",  # by the clock of New York
        "2026-06-16 11:00:00+00:00",
        "By phone, no. 8",
    )
    paper = said(safety.get("/injury-logs/MAIN/confidential-list", year=2026).content)
    assert ("2 Lee Roe Needlestick" in paper, "Pat Doe" in paper) == (True, False)
    shown = client.get(page_of(InjuryCase, "do", case.pk, "assess")).content.decode()
    again = client.get(page_of(InjuryCase, "do", case.pk, "days")).content.decode()
    assert ("Hernia" in shown, 'value="2026-06-17"' in again) == (True, True)
    reads = AuditEntry.objects.filter(verb="read", kind="injury case", number=case.number)
    ways = {each["what"] for each in reads.values_list("detail", flat=True)}
    assert {"assess at the desk", "days at the desk", "confidential list"} <= ways
    kept = json.dumps([*AuditEntry.objects.values_list("detail", flat=True), *Command.objects.values_list("answer")])
    assert [secret for secret in SECRETS if secret in kept] == []
