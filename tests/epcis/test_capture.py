"""What partners tell: kept word for word, found by what it is about, refused where the standard forbids it."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Packaging
from apps.core.errors import NotAllowed
from apps.epcis.errors import EpcisRefused
from apps.epcis.models import EpcisCapture, EpcisEvent, EpcisThing
from apps.epcis.queries import corrected_by, same_id, told_of_lot
from apps.journal.models import AuditEntry
from apps.ledger.models import StockTransaction
from tests.epcis.documents import theirs
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller
from tests.factories.catalog import ItemFactory
from tests.factories.epcis import BAR, MILK, PALLET, a_document, an_event, captured
from tests.factories.ledger import LotFactory, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_actor(UserFactory(username="quality.one", roles=["quality"]))


def test_the_public_examples_are_kept_without_loss(officer):
    documents = theirs()
    assert len(documents) == 37

    captures = {name: captured(text, officer).capture for name, text in documents.items()}

    told = 0
    for name, capture in captures.items():
        given, kept = json.loads(documents[name]), EpcisCapture.objects.get(pk=capture.pk)
        assert kept.text == documents[name]
        events = list(kept.events.order_by("position"))
        assert [event.content for event in events] == given["epcisBody"]["eventList"], name
        told += len(events)
    assert (told, EpcisEvent.objects.count()) == (55, 55)
    assert AuditEntry.objects.filter(verb="capture").count() == 37
    assert not StockTransaction.objects.exists()

    again = captured(json.dumps(json.loads(documents["ObjectEvent"]), indent=3), officer)
    assert (again.is_repeat, again.capture) == (True, captures["ObjectEvent"])
    assert EpcisCapture.objects.count() == 37


def test_an_event_declared_wrong_is_linked_to_what_it_takes_back(officer):
    wrong = an_event(eventID="urn:uuid:00000000-0000-4000-8000-000000000001")
    right = an_event(eventID="urn:uuid:00000000-0000-4000-8000-000000000002", epcList=[PALLET])
    declared = {
        "declarationTime": "2026-03-02T09:00:00+01:00",
        "reason": "incorrect_data",
        "correctiveEventIDs": [right["eventID"]],
    }
    declaration = captured(
        a_document(wrong | {"errorDeclaration": declared, "recordTime": "2026-03-02T09:00:01Z"}), officer
    )
    first = captured(a_document(wrong, right), officer)
    retold = captured(a_document(wrong | {"disposition": "in_transit"}), officer)

    taken_back, other = first.capture.events.order_by("position")
    (note,) = declaration.capture.events.all()
    (differs,) = retold.capture.events.all()
    assert (note.declared_at, note.reason) == (datetime(2026, 3, 2, 8, tzinfo=UTC), "incorrect_data")
    assert (list(corrected_by(note)), list(corrected_by(taken_back))) == ([taken_back], [note])
    assert (list(corrected_by(other)), list(corrected_by(differs))) == ([], [])
    assert (list(same_id(differs)), list(same_id(taken_back)), list(same_id(other))) == (
        [note, taken_back],
        [differs],
        [],
    )


def test_what_was_told_is_found_by_the_lot_and_never_changed(officer):
    milk = ItemFactory(number="MILK", lots=True)
    Packaging.objects.create(item=milk, level=PackagingLevel.EACH, unit=milk.unit, gtin="09506000134352")
    bad = LotFactory(item=milk, number="L-1", supplier_lot="BAD")
    packed = an_event(
        "AggregationEvent",
        action="ADD",
        parentID=PALLET,
        childQuantityList=[{"epcClass": MILK, "quantity": 12.5, "uom": "KGM"}],
    )
    capture = captured(a_document(an_event(), packed), officer).capture

    assert [event.position for event in told_of_lot(bad)] == [1]
    assert list(told_of_lot(LotFactory(item=milk, number="L-2"))) == []
    assert [
        (thing.part, thing.gtin, thing.lot, thing.serial, thing.sscc, thing.quantity)
        for thing in EpcisThing.objects.filter(event__capture=capture)
    ] == [
        ("object", "09506000134352", "", "7", "", ""),
        ("parent", "", "", "", "195060001234567890", ""),
        ("child", "09506000134352", "BAD", "", "", "12.5 KGM"),
    ]
    for table in ("epciscapture", "epcisevent", "epcisthing"):
        for change in ("delete from", "truncate"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{change} epcis_{table}")
    assert EpcisThing.objects.count() == 3


def test_who_may_not_capture_is_refused_and_nothing_is_kept(db):
    with pytest.raises(NotAllowed):
        captured(a_document(), an_actor(UserFactory(roles=["sales"])))

    assert not EpcisCapture.objects.exists()


LEAF = {"type": "Temperature", "value": 4, "uom": "CEL"}
CHILDREN = {"childEPCs": [BAR]}
NEVER = {"declarationTime": "2026-03-02T09:00:00Z", "reason": "did_not_occur"}
ERROR = {"declarationTime": "2026-03-02T09:00:00Z"}


def sensed(report, **metadata):
    return an_event(sensorElementList=[{"sensorMetadata": metadata, "sensorReport": [report]}])


EVENT = "/epcisBody/eventList/0"
FORBIDDEN = {
    # What the document itself must say.
    "a query's answer": (a_document(type="EPCISQueryDocument"), "not_a_document", "/type"),
    "no context": (a_document(**{"@context": {"our": "https://ns.example.com/"}}), "context_missing", "/@context"),
    "another version": (a_document(schemaVersion="1.2"), "version_unknown", "/schemaVersion"),
    "written at no known time": (a_document(creationDate="2026-03-01T12:00:00"), "time_without_zone", "/creationDate"),
    "nothing happened": (a_document(epcisBody={"eventList": []}), "no_events", "/epcisBody/eventList"),
    "a word of nobody": (a_document(remark="x"), "unknown_field", "/remark"),
    "one ID for two": (
        a_document(an_event(eventID="urn:uuid:1-a"), an_event(eventID="urn:uuid:1-a", bizStep="receiving")),
        "event_id_twice",
        "/epcisBody/eventList/1/eventID",
    ),
    # When.
    "no zone": (a_document(an_event(eventTime="2026-03-01T10:00:00")), "time_without_zone", f"{EVENT}/eventTime"),
    "no such day": (a_document(an_event(eventTime="2026-02-30T10:00:00Z")), "not_a_time", f"{EVENT}/eventTime"),
    "offset without sign": (
        a_document(an_event(eventTimeZoneOffset="01:00")),
        "offset_wrong",
        f"{EVENT}/eventTimeZoneOffset",
    ),
    "offset beyond the earth": (
        a_document(an_event(eventTimeZoneOffset="+14:30")),
        "offset_wrong",
        f"{EVENT}/eventTimeZoneOffset",
    ),
    # What each kind of event must and must not say.
    "no action": (a_document(an_event(action=None)), "action_unknown", f"{EVENT}/action"),
    "about nothing": (a_document(an_event(epcList=[])), "about_nothing", EVENT),
    "lot data when it is only seen": (
        a_document(an_event(ilmd={"cbvmda:lotNumber": "1"})),
        "master_data_not_here",
        f"{EVENT}/ilmd",
    ),
    "lot data at the end of a life": (
        a_document(an_event(action="DELETE", ilmd={"cbvmda:lotNumber": "1"})),
        "master_data_not_here",
        f"{EVENT}/ilmd",
    ),
    "lot data of a pallet": (
        a_document(
            an_event("AggregationEvent", action="ADD", parentID=PALLET, ilmd={"cbvmda:lotNumber": "1"}, **CHILDREN)
        ),
        "master_data_not_here",
        f"{EVENT}/ilmd",
    ),
    "packed into nothing": (
        a_document(an_event("AggregationEvent", action="ADD", **CHILDREN)),
        "parent_missing",
        f"{EVENT}/parentID",
    ),
    "unpacked from nothing": (
        a_document(an_event("AggregationEvent", action="DELETE", **CHILDREN)),
        "parent_missing",
        f"{EVENT}/parentID",
    ),
    "packed nothing": (
        a_document(an_event("AggregationEvent", action="ADD", parentID=PALLET)),
        "children_missing",
        EVENT,
    ),
    "a pallet on itself": (
        a_document(an_event("AggregationEvent", action="ADD", parentID=PALLET, childEPCs=[PALLET])),
        "parent_is_child",
        f"{EVENT}/parentID",
    ),
    "associated with nothing": (
        a_document(an_event("AssociationEvent", action="OBSERVE", **CHILDREN)),
        "parent_missing",
        f"{EVENT}/parentID",
    ),
    "of no business": (
        a_document(an_event("TransactionEvent", action="ADD", epcList=[BAR], bizTransactionList=[])),
        "transaction_missing",
        f"{EVENT}/bizTransactionList",
    ),
    "made of nothing": (
        a_document(an_event("TransformationEvent", outputEPCList=[BAR])),
        "inputs_missing",
        EVENT,
    ),
    "made into nothing": (
        a_document(an_event("TransformationEvent", inputEPCList=[BAR])),
        "outputs_missing",
        EVENT,
    ),
    "a work that nothing goes into or out of": (
        a_document(an_event("TransformationEvent", transformationID="urn:uuid:7-a")),
        "about_nothing",
        EVENT,
    ),
    "an action where there is none": (
        a_document(an_event("TransformationEvent", action="ADD", inputEPCList=[BAR], outputEPCList=[PALLET])),
        "action_not_here",
        f"{EVENT}/action",
    ),
    "a kind of event that nobody names": (a_document(an_event("ParkedEvent")), "event_unknown", f"{EVENT}/type"),
    # What it is about.
    "a lot as if it were one": (a_document(an_event(epcList=[MILK])), "class_as_instance", f"{EVENT}/epcList/0"),
    "a place as if it were goods": (
        a_document(an_event(epcList=["urn:epc:id:sgln:0614141.07346.1234"])),
        "place_not_here",
        f"{EVENT}/epcList/0",
    ),
    "so much of one": (
        a_document(an_event(quantityList=[{"epcClass": BAR, "quantity": 3}])),
        "quantity_of_instance",
        f"{EVENT}/quantityList/0/epcClass",
    ),
    "a unit of a count": (
        a_document(an_event(quantityList=[{"epcClass": MILK, "quantity": 3, "uom": "EA"}])),
        "unit_of_count",
        f"{EVENT}/quantityList/0/uom",
    ),
    "a unit of nothing": (
        a_document(an_event(quantityList=[{"epcClass": MILK, "uom": "KGM"}])),
        "unit_without_quantity",
        f"{EVENT}/quantityList/0/uom",
    ),
    "less than nothing": (
        a_document(an_event(quantityList=[{"epcClass": MILK, "quantity": -1}])),
        "quantity_wrong",
        f"{EVENT}/quantityList/0/quantity",
    ),
    "a GTIN misread": (
        a_document(an_event(epcList=["https://id.gs1.org/01/09506000134353/21/7"])),
        "identifier_wrong",
        f"{EVENT}/epcList/0",
    ),
    "an SSCC misread": (
        a_document(an_event(epcList=["https://id.gs1.org/00/195060001234567891"])),
        "identifier_wrong",
        f"{EVENT}/epcList/0",
    ),
    "an EPC a digit short": (
        a_document(an_event(epcList=["urn:epc:id:sgtin:0614141.10734.2017"])),
        "identifier_wrong",
        f"{EVENT}/epcList/0",
    ),
    "what a tag's bits say": (
        a_document(an_event(epcList=["urn:epc:tag:sgtin-96:3.0614141.107346.2017"])),
        "identifier_wrong",
        f"{EVENT}/epcList/0",
    ),
    "named twice": (a_document(an_event(epcList=[BAR, BAR])), "named_twice", f"{EVENT}/epcList/1"),
    "no address": (a_document(an_event(epcList=["BAR 7"])), "not_a_uri", f"{EVENT}/epcList/0"),
    # Where and why.
    "goods as a place": (a_document(an_event(readPoint={"id": BAR})), "not_a_place", f"{EVENT}/readPoint/id"),
    "a step of nobody": (a_document(an_event(bizStep="juggling")), "word_unknown", f"{EVENT}/bizStep"),
    "a step that GS1 does not have": (
        a_document(an_event(bizStep="https://ref.gs1.org/cbv/BizStep-juggling")),
        "word_unknown",
        f"{EVENT}/bizStep",
    ),
    "set and unset": (
        a_document(
            an_event(persistentDisposition={"set": ["completeness_verified"], "unset": ["completeness_verified"]})
        ),
        "set_and_unset",
        f"{EVENT}/persistentDisposition",
    ),
    "from an end of nobody": (
        a_document(an_event(sourceList=[{"source": "urn:epc:id:pgln:4012345.00225"}])),
        "type_missing",
        f"{EVENT}/sourceList/0/type",
    ),
    "a prefix that nothing declares": (
        a_document(an_event(**{"our:mood": "good"})),
        "unknown_prefix",
        f"{EVENT}/our:mood",
    ),
    # Errors declared.
    "declared at no time": (
        a_document(an_event(errorDeclaration={"reason": "incorrect_data"})),
        "not_a_time",
        f"{EVENT}/errorDeclaration/declarationTime",
    ),
    "instead of what did not happen": (
        a_document(
            an_event(errorDeclaration=ERROR | {"reason": "did_not_occur", "correctiveEventIDs": ["urn:uuid:2"]})
        ),
        "nothing_to_correct",
        f"{EVENT}/errorDeclaration/correctiveEventIDs",
    ),
    "corrected by itself": (
        a_document(an_event(eventID="urn:uuid:2-a", errorDeclaration=ERROR | {"correctiveEventIDs": ["urn:uuid:2-a"]})),
        "corrects_itself",
        f"{EVENT}/errorDeclaration/correctiveEventIDs/0",
    ),
    # What sensors say.
    "a report of nothing": (
        a_document(sensed({"value": 4})),
        "report_of_nothing",
        f"{EVENT}/sensorElementList/0/sensorReport/0",
    ),
    "the least above the most": (
        a_document(sensed(LEAF | {"minValue": 9, "maxValue": 4})),
        "least_above_most",
        f"{EVENT}/sensorElementList/0/sensorReport/0/minValue",
    ),
    "half a percentile": (
        a_document(sensed(LEAF | {"percRank": 50})),
        "percentile_in_part",
        f"{EVENT}/sensorElementList/0/sensorReport/0",
    ),
    "over before it began": (
        a_document(sensed(LEAF, startTime="2026-03-01T10:00:00Z", endTime="2026-03-01T09:00:00Z")),
        "ends_before_start",
        f"{EVENT}/sensorElementList/0/sensorMetadata/endTime",
    ),
    # What could not be kept.
    "said twice": ('{"type": "EPCISDocument", "type": "EPCISDocument"}', "name_twice", ""),
    "beyond all numbers": ('{"type": 1e999}', "number_too_large", ""),
    "no number": ('{"type": NaN}', "not_json", ""),
    "no JSON": ("<epcis/>", "not_json", ""),
    "a list": ("[]", "not_a_document", ""),
}


def refused(document, by):
    """What is wrong with a document; nothing when it was captured."""
    try:
        captured(document, by)
    except EpcisRefused as refusal:
        return refusal.faults
    return []


def test_what_the_standard_forbids_is_refused_with_the_place_and_nothing_is_kept(officer):
    found = {}
    for name, (document, _, _) in FORBIDDEN.items():
        faults = refused(document, officer)
        found[name] = [(fault["code"], fault["path"]) for fault in faults]
        assert all(fault["reason"] and fault["source"] for fault in faults)

    assert found == {name: [(code, path)] for name, (_, code, path) in FORBIDDEN.items()}
    assert not EpcisCapture.objects.exists()
    assert not captured(a_document(), officer).is_repeat


def test_over_http_a_document_is_taken_once_word_for_word_and_refused_with_what_is_wrong(officer):
    quality = Caller(officer.user)
    said = a_document(an_event(eventID="urn:uuid:00000000-0000-4000-8000-000000000001"), an_event(epcList=[PALLET]))
    text = json.dumps(said, indent=2).replace("[]", "[ ]")

    def sent(body, key, kind="application/ld+json"):
        headers = {"Idempotency-Key": key}
        return quality.client.post("/api/v1/epcis-captures", body, content_type=kind, headers=headers)

    first = sent(text, "a")
    assert (first.status_code, first.json()["is_repeat"]) == (201, False)
    number = first.json()["capture"]["number"]
    assert (first.json()["capture"]["events"], first.json()["capture"]["captured_by"]) == (2, "quality.one")
    assert sent(text, "a").json() == first.json()
    again = sent(json.dumps(said), "b", kind="application/json")
    assert (again.status_code, again.json()["is_repeat"], again.json()["capture"]["number"]) == (201, True, number)
    assert sent(json.dumps(a_document()), "a").status_code == 422
    assert EpcisCapture.objects.count() == 1

    kept = quality.get(f"/epcis-captures/{number}/document")
    assert (kept["Content-Type"], kept.content.decode()) == ("application/ld+json", text)
    assert AuditEntry.objects.filter(verb="read", kind="EPCIS capture", number=number).count() == 1
    assert [
        event["position"] for event in quality.get("/epcis-events", sscc="195060001234567890").json()["results"]
    ] == [1]
    assert quality.get("/epcis-events", lot="x").json()["results"] == []
    (found,) = quality.get("/epcis-events", event_id=said["epcisBody"]["eventList"][0]["eventID"]).json()["results"]
    assert (found["biz_step"], found["event_type"], found["content"]) == (
        "shipping",
        "ObjectEvent",
        said["epcisBody"]["eventList"][0],
    )
    shown = quality.get(f"/epcis-events/{found['id']}").json()
    assert (shown["belongs_to"], shown["same_id"]) == ([], [])

    refusal = sent(json.dumps(a_document(an_event(action="SEEN", bizStep="juggling"))), "c")
    assert (refusal.status_code, refusal.json()["code"]) == (400, "epcis_refused")
    assert [(fault["code"], fault["path"]) for fault in refusal.json()["facts"]["faults"]] == [
        ("action_unknown", f"{EVENT}/action"),
        ("word_unknown", f"{EVENT}/bizStep"),
    ]
    assert sent("[]", "d").status_code == 400
    assert sent(b'{"type": "' + b"x" * 2 * 1024 * 1024 + b'"}', "e").status_code == 413
    assert EpcisCapture.objects.count() == 1
    buyer = Caller(UserFactory(roles=["buyer"]))
    assert buyer.get("/epcis-events").status_code == 403
    assert buyer.get(f"/epcis-captures/{number}").status_code == 403


def test_the_pages_show_what_partners_told_to_those_who_read_traces(client):
    milk = ItemFactory(number="MILK", lots=True)
    Packaging.objects.create(item=milk, level=PackagingLevel.EACH, unit=milk.unit, gtin="09506000134352")
    lot = LotFactory(item=milk, number="BAD")
    people = [UserFactory(username=role, roles=[role], is_staff=True) for role in ("quality", "sales")]
    pages = [reverse(f"admin:epcis_{name}_changelist") for name in ("epcisevent", "epciscapture")]
    page = reverse("admin:ledger_lot_change", args=[lot.pk])

    client.force_login(people[0])
    assert "POST /api/v1/epcis-captures" in client.get(pages[1]).content.decode()
    assert "No partner has told anything of it." in client.get(page).content.decode()
    told = an_event(quantityList=[{"epcClass": MILK, "quantity": 3}], epcList=[], eventID="urn:uuid:1-a")
    captured(a_document(told), an_actor(people[0]))
    again = captured(a_document(told | {"errorDeclaration": NEVER}), an_actor(people[0])).capture.events.get()
    assert "Object, observe: declared wrong" in client.get(page).content.decode()
    assert f"/api/v1/epcis?lot={lot.pk}" in client.get(page).content.decode()
    assert (
        "It gives as reason: did_not_occur."
        in client.get(reverse("admin:epcis_epcisevent_change", args=[again.pk])).content.decode()
    )

    client.force_login(people[1])
    assert [client.get(address).status_code for address in pages] == [403, 403]
    shown = client.get(page).content.decode()
    assert "What partners told" not in shown
    assert "/api/v1/epcis" not in shown
