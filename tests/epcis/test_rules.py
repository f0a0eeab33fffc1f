"""Which event a movement is, and what an identifier names."""

from datetime import datetime
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from apps.epcis.rules.building import events_of
from apps.epcis.rules.identifiers import Identifier, Namer, Names, read_identifier
from apps.epcis.rules.moving import Moved, Party, Place, Posting, Unit
from apps.ledger.states import StockStatus, TransactionKind
from apps.locations.choices import LocationKind

NAMER = Namer(root="https://our.example")
AT = datetime(2026, 7, 1, 12, 30, tzinfo=ZoneInfo("Europe/Paris"))
PALLET, TOTE = Unit(number="P", sscc="195060001234567890"), Unit(number="T", is_tote=True)


def posted(kind, source, target, *, status=StockStatus.AVAILABLE, units=(None, None), quantity="2", **more):
    """What a posting of one movement is told as."""
    places = [Place(code=where.value.upper(), kind=where, site="PARIS") for where in (source, target)]
    moved = Moved(
        id=7,
        item="BAR",
        gtin="",
        lot="L 1",
        serial="",
        quantity=D(quantity),
        uom=None,
        is_measured=False,
        status=status,
        source=places[0],
        target=places[1],
        source_unit=units[0],
        target_unit=units[1],
    )
    return events_of(Posting(id=1, kind=kind, at=AT, recorded_at=AT, moved=(moved,), **more), NAMER)


def told(*args, **more):
    return [
        (
            event["type"],
            event.get("action"),
            event["bizStep"],
            event["disposition"],
            event["readPoint"]["id"].rpartition("/")[2],
        )
        for event in posted(*args, **more)
    ]


def test_each_movement_is_the_event_that_the_page_says():
    kind, at = TransactionKind, LocationKind
    stored = ("ObjectEvent", "OBSERVE", "storing", "sellable_not_accessible", "STORAGE")
    picked = ("ObjectEvent", "OBSERVE", "picking", "in_progress", "TOTE")

    assert told(kind.PUTAWAY, at.DOCK, at.STORAGE) == [stored]
    assert told(kind.MOVE, at.STAGING, at.STORAGE, units=(None, PALLET)) == [
        ("AggregationEvent", "ADD", "packing", "in_progress", "STORAGE"),
        stored,
    ]
    assert told(kind.PICK, at.STORAGE, at.TOTE, units=(PALLET, TOTE)) == [
        ("AggregationEvent", "DELETE", "unpacking", "in_progress", "TOTE"),
        picked,
    ]
    assert told(kind.RECEIVE, at.SUPPLIER, at.DOCK, units=(None, PALLET)) == [
        ("AggregationEvent", "OBSERVE", "receiving", "in_progress", "DOCK")
    ]
    assert told(kind.RECEIVE, at.DOCK, at.SUPPLIER) == [("ObjectEvent", "OBSERVE", "shipping", "in_transit", "DOCK")]
    assert told(kind.RETURN, at.CUSTOMER, at.DOCK, status=StockStatus.RETURNED) == [
        ("ObjectEvent", "OBSERVE", "receiving", "returned", "DOCK")
    ]
    assert told(kind.RETURN, at.STORAGE, at.SUPPLIER, units=(PALLET, None)) == [
        ("ObjectEvent", "OBSERVE", "shipping", "in_transit", "STORAGE")
    ]
    assert told(kind.STATUS, at.STORAGE, at.STORAGE, status=StockStatus.DAMAGED) == [
        ("ObjectEvent", "OBSERVE", "inspecting", "damaged", "STORAGE")
    ]
    assert told(kind.ADJUST, at.ADJUSTMENT, at.STORAGE) == [
        ("ObjectEvent", "OBSERVE", "cycle_counting", "sellable_not_accessible", "STORAGE")
    ]
    assert told(kind.ADJUST, at.TRANSIT, at.ADJUSTMENT) == [
        ("ObjectEvent", "OBSERVE", "cycle_counting", "unknown", "TRANSIT")
    ]
    assert told(kind.SCRAP, at.STORAGE, at.SCRAP) == [("ObjectEvent", "DELETE", "destroying", "destroyed", "STORAGE")]
    assert told(kind.ARRIVE, at.TRANSIT, at.DOCK) == [("ObjectEvent", "OBSERVE", "receiving", "in_progress", "DOCK")]
    assert told(kind.LOAD, at.PACK, at.DOCK) == []
    assert told(kind.TRANSIT, at.SITES, at.TRANSIT) == []


def test_what_a_service_uses_up_is_joined_by_its_order():
    (event,) = posted(
        TransactionKind.CONSUME, LocationKind.PACK, LocationKind.PRODUCTION, document="AO-1", quantity="0.5"
    )

    assert event == {
        "type": "TransformationEvent",
        "eventID": "https://our.example/event/posting/1/transformation",
        "eventTime": "2026-07-01T12:30:00.000+02:00",
        "eventTimeZoneOffset": "+02:00",
        "recordTime": "2026-07-01T12:30:00.000+02:00",
        "inputQuantityList": [{"epcClass": "https://our.example/class/BAR/L%201", "quantity": 0.5}],
        "transformationID": "https://our.example/bt/AO-1",
        "bizStep": "creating_class_instance",
        "disposition": "in_progress",
        "readPoint": {"id": "https://our.example/loc/PARIS/PACK"},
        "bizLocation": {"id": "https://our.example/loc/PARIS"},
        "bizTransactionList": [{"type": "prodorder", "bizTransaction": "https://our.example/bt/AO-1"}],
    }


def test_goods_that_go_back_name_both_ends():
    supplier = Party(number="DAIRY", gln="9506000111117")
    (event,) = posted(TransactionKind.RETURN, LocationKind.STORAGE, LocationKind.SUPPLIER, party=supplier)

    assert event["sourceList"] == [{"type": "location", "source": "https://our.example/loc/PARIS"}]
    assert event["destinationList"] == [
        {"type": "possessing_party", "destination": "https://id.gs1.org/417/9506000111117"}
    ]
    assert "bizLocation" not in event


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("urn:epc:id:sgtin:0614141.812345.6789", {"gtin": "80614141123458", "serial": "6789"}),
        ("urn:epc:class:lgtin:4012345.011111.4444", {"names": Names.CLASS, "gtin": "04012345111118", "lot": "4444"}),
        ("urn:epc:id:sscc:4012345.0000000333", {"sscc": "040123450000003338"}),
        ("urn:epc:id:pgln:4012345.00225", {"names": Names.PARTY, "gln": "4012345002256"}),
        ("urn:epc:idpat:sgtin:4012345.066666.*", {"names": Names.CLASS, "gtin": "04012345666663"}),
        (
            "https://shop.example/goods/01/9506000134352/10/A%2FB/21/7",
            {"gtin": "09506000134352", "lot": "A/B", "serial": "7"},
        ),
        ("https://shop.example/01/chocolate", {"names": Names.OTHER}),
        ("urn:uuid:00000000-0000-4000-8000-000000000001", {"names": Names.OTHER}),
    ],
)
def test_an_identifier_says_what_a_bar_code_would(uri, said):
    found = read_identifier(uri)

    expected = {"names": Names.INSTANCE, "scheme": found.scheme} | said
    assert found == Identifier(uri=uri, **expected)


def test_our_own_names_are_gs1s_where_its_keys_name_them():
    assert NAMER.goods(gtin="09506000134352", item="BAR", lot="A/B") == "https://id.gs1.org/01/09506000134352/10/A%2FB"
    assert NAMER.goods(gtin="09506000134352", item="BAR", lot="L" * 21) == f"https://our.example/class/BAR/{'L' * 21}"
    assert NAMER.goods(gtin="", item="BAR", serial="7") == "https://our.example/obj/BAR/7"
    assert NAMER.unit(sscc="", number="HU 1") == "https://our.example/obj/HU%201"
    assert NAMER.place(gln="9506000123455", site="PARIS", code="Ä-1") == "https://our.example/loc/PARIS/%C3%84-1"
    assert NAMER.place(gln="9506000123450", site="PARIS") == "https://our.example/loc/PARIS"
