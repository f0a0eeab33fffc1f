"""Items and parties over HTTP."""

from decimal import Decimal as D

import pytest

from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Barcode, Packaging
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory, UnitFactory


@pytest.fixture
def person(db):
    return a_person()


@pytest.fixture
def milk(db):
    item = ItemFactory(number="MILK", name="Milk 1 l", perishable=True, standard_cost=D("0.42"))
    case = UnitFactory(code="CASE")
    Packaging.objects.create(item=item, level=PackagingLevel.CASE, unit=case, numerator=12, gtin="04006381333931")
    Barcode.objects.create(item=item, code="OLD-1")
    return item


def test_an_item_reads_with_packaging_and_codes_and_without_its_cost(person, milk):
    body = person.get("/items/MILK").json()

    assert (body["number"], body["unit"], body["tracking"], body["expires"]) == ("MILK", "EA", "lot", True)
    assert body["barcodes"] == [{"code": "OLD-1"}]
    (case,) = body["packagings"]
    assert (case["unit"], case["numerator"], case["denominator"], case["gtin"]) == ("CASE", 12, 1, "04006381333931")
    assert "standard_cost" not in body


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"gtin": "04006381333931"}, ["MILK"]),
        ({"barcode": "OLD-1"}, ["MILK"]),
        ({"name": "milk"}, ["MILK"]),
        ({"tracking": "none"}, ["BOLT"]),
        ({"lifecycle": "retired"}, []),
        ({}, ["BOLT", "MILK"]),
    ],
    ids=str,
)
def test_items_are_found_by_what_is_on_them(person, milk, params, found):
    ItemFactory(number="BOLT")

    assert [row["number"] for row in person.get("/items", **params).json()["results"]] == found


def test_parties_are_found_by_role_and_read_without_their_contacts(person):
    PartyFactory(number="S-1", is_supplier=True, email="anna@supplier.example", contact="Anna")
    PartyFactory(number="C-1", is_customer=True)

    (row,) = person.get("/parties", is_supplier="true").json()["results"]

    assert (row["number"], row["is_supplier"], row["is_customer"]) == ("S-1", True, False)
    assert "anna" not in str(row).lower()


def test_an_unknown_item_is_not_found(person):
    refused(person.get("/items/NONE"), 404, "not_found")
