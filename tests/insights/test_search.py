"""One box finds everything that the person may see; a code that means one thing leads straight to its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.catalog.choices import PackagingLevel
from apps.catalog.models import Barcode, Packaging, Party
from apps.core.codes import gtin_check_digit, make_sscc
from apps.insights.documents import DOCUMENTS
from apps.insights.rules import EXACT, LIKELY, WITHIN, Candidate, certain
from apps.ledger.models import HandlingUnit, Lot
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.locations.models import Location
from apps.orders.models import SalesOrder, Wave
from apps.purchasing.models import PurchaseOrder, Receipt
from apps.shipping.models import Carton, Shipment
from apps.tasks.models import WarehouseTask
from tests.admin.pages import address
from tests.factories.catalog import ItemFactory, PartyFactory, UnitFactory
from tests.factories.desk import a_desk
from tests.factories.ledger import LotFactory, SerialFactory
from tests.factories.locations import LocationFactory, WarehouseFactory

GTIN = "0400638133393"
GTIN = f"{GTIN}{gtin_check_digit(GTIN)}"


def look(browser, text):
    return browser.get(reverse("desk-search"), {"q": text})


def page_of(row):
    return address(type(row), "change", row.pk)


def found(answer):
    assert answer.status_code == 200, answer.headers.get("Location")
    return {group.title: [hit.title for hit in group.hits] for group in answer.context["groups"]}


@pytest.mark.parametrize("prefix", [prefix for prefix in DOCUMENTS if prefix != "PK"])
def test_a_documents_number_leads_to_its_page_however_it_is_typed(manager, prefix):
    a_desk(1)
    row = DOCUMENTS[prefix].objects.first()
    number = f"{prefix}-{'00' * (prefix == 'T')}000012"
    DOCUMENTS[prefix].objects.filter(pk=row.pk).update(number=number)

    for text in (number, f" {prefix.lower()}-12\r", f"{prefix}12", f"{prefix} 12"):
        assert look(manager, text).headers.get("Location") == page_of(row), text


def test_a_bin_is_not_taken_for_a_document(manager):
    a_desk(1)
    Wave.objects.update(number="W-000001")
    place = LocationFactory(code="W-01")

    assert look(manager, "W-01")["Location"] == page_of(place)
    assert look(manager, "W-1")["Location"] == page_of(Wave.objects.get())


def test_every_way_to_name_an_item_leads_to_its_page(manager):
    item = ItemFactory(number="MILK", name="Whole milk")
    Packaging.objects.create(item=item, level=PackagingLevel.CASE, unit=UnitFactory(), numerator=12, gtin=GTIN)
    Barcode.objects.create(item=item, code="SHELF-7")

    for text in ("milk", GTIN, GTIN[1:], f"(01){GTIN}", f"]C101{GTIN}10NEW", "SHELF-7"):
        assert look(manager, text).headers.get("Location") == page_of(item), text


def test_a_label_with_item_and_lot_leads_to_the_lot(manager):
    lot = LotFactory(number="L1")
    Packaging.objects.create(item=lot.item, level=PackagingLevel.CASE, unit=UnitFactory(), numerator=12, gtin=GTIN)
    LotFactory(number="L1")

    assert look(manager, f"(01){GTIN}(10)L1")["Location"] == page_of(lot)


def test_a_lot_number_of_two_items_is_a_choice(manager):
    one, two = LotFactory(number="L1"), LotFactory(number="L1")

    (group,) = look(manager, "L1").context["groups"]

    assert {(hit.title, hit.note, hit.address) for hit in group.hits} == {
        ("L1", f"of {lot.item.number}", page_of(lot)) for lot in (one, two)
    }


def test_a_serial_a_place_and_a_pallet_lead_to_their_pages(manager):
    serial, place = SerialFactory(number="SN-77"), LocationFactory(code="A-01-02")
    sscc = make_sscc(0, "0614141", 1)
    open_units(warehouse_id=place.warehouse_id, kind=UnitKind.PALLET, sscc=[sscc])

    assert look(manager, "SN-77")["Location"] == page_of(serial)
    assert look(manager, "a-01-02")["Location"] == page_of(place)
    for text in (sscc, f"]C100{sscc}", f"(00){sscc}"):
        assert look(manager, text)["Location"] == page_of(HandlingUnit.objects.get())


def test_a_cartons_sscc_leads_to_the_carton_which_knows_its_shipment(manager):
    a_desk(1)
    carton = Carton.objects.get()

    assert look(manager, carton.unit.number)["Location"] == page_of(carton)


def test_words_of_a_name_find_items_and_parties(manager):
    ItemFactory(number="T-1", name="Green tea 50 g")
    ItemFactory(number="T-2", name="Black tea")
    PartyFactory(number="GREENS", name="Teahouse Green")

    assert found(look(manager, "tea green")) == {"Items": ["T-1"], "Parties": ["GREENS"]}


def test_the_beginning_of_a_places_code_lists_places(manager):
    site = WarehouseFactory()
    for code in ("A-01-1", "A-01-2", "B-01-1"):
        LocationFactory(warehouse=site, code=code)

    assert found(look(manager, "a-01"))["Locations"] == ["A-01-1", "A-01-2"]


def test_the_other_sides_number_finds_the_order(manager):
    a_desk(1)
    SalesOrder.objects.update(reference="WEB 4711")
    PurchaseOrder.objects.update(reference="WEB 4711")

    assert found(look(manager, "WEB  4711")) == {
        "Customers' references": [SalesOrder.objects.get().number],
        "Suppliers' references": [PurchaseOrder.objects.get().number],
    }


def test_an_item_found_by_its_name_offers_its_stock_position(manager):
    ItemFactory(number="TEA & CO", name="Tea")

    (group,) = look(manager, "tea").context["groups"]

    assert group.hits[0].also == (("Stock position", f"{reverse('desk-stock-position')}?item=TEA+%26+CO"),)


def test_more_than_fit_are_behind_a_link_to_their_list(manager):
    for number in range(12):
        ItemFactory(number=f"TEA-{number}", name="Tea")

    (group,) = look(manager, "tea").context["groups"]

    assert len(group.hits) == 8
    assert manager.get(group.more).context["cl"].result_count == 12


def test_what_another_warehouse_has_is_not_found(desk_of):
    own, other = WarehouseFactory(), WarehouseFactory()
    a_desk(1, warehouse=other)
    hidden = [
        Location.objects.physical().filter(warehouse=other).earliest("pk").code,
        HandlingUnit.objects.filter(carton=None).earliest("pk").number,
        *(model.objects.get(warehouse=other).number for model in (PurchaseOrder, SalesOrder, Receipt, Wave, Shipment)),
    ]
    for model, prefix in ((PurchaseOrder, "PO"), (SalesOrder, "SO"), (Receipt, "GR"), (Wave, "W")):
        model.objects.update(number=f"{prefix}-000009")
        hidden.append(f"{prefix}-9")
    SalesOrder.objects.update(reference="WEB-1")
    browser = desk_of(Role.AUDITOR, at=[own])

    for text in [*hidden, "WEB-1"]:
        assert found(look(browser, text)) == {}, text


def test_what_the_role_has_no_list_of_is_not_found(desk_of):
    site = a_desk(1)
    SalesOrder.objects.update(number="SO-000009", reference="WEB-1")
    browser = desk_of(Role.BUYER, at=[site])

    assert found(look(browser, "SO-9")) == {}
    assert found(look(browser, "WEB-1")) == {}
    assert look(desk_of(Role.SALES, at=[site]), "SO-9").status_code == 302


def test_a_picker_finds_nothing_here(desk_of):
    site = a_desk(1)
    browser = desk_of(Role.PICKER, at=[site])

    for text in (
        Lot.objects.earliest("pk").number,
        Party.objects.earliest("pk").name,
        WarehouseTask.objects.earliest("pk").number,
    ):
        assert found(look(browser, text)) == {}


def test_an_empty_box_teaches_what_can_be_typed(manager):
    page = manager.get(reverse("desk-search"))

    assert b"What are you looking for?" in page.content
    assert b"its SSCC" in page.content


def test_what_is_not_found_is_named_and_written_safely(manager):
    page = look(manager, "<b>zzz")

    assert "Nothing found for “&lt;b&gt;zzz”" in page.content.decode()


def test_a_code_that_cannot_be_right_is_said_to_be_wrong(manager):
    page = look(manager, "]E04006381333930")

    assert b"check digit" in page.content


@pytest.mark.parametrize("text", ["a\x00b", "%", "_", "'", "x" * 500, "]C1", "\u200b", "https://example.org/x"])
def test_nonsense_finds_nothing_and_breaks_nothing(manager, text):
    ItemFactory(number="I", name="Thing")

    assert found(look(manager, text)) == {}


def test_the_search_asks_as_much_for_many_rows_as_for_few(manager):
    a_desk(2)
    LotFactory(number="L1")
    LotFactory(number="L1")
    look(manager, "L1")
    with CaptureQueriesContext(connection) as few:
        look(manager, "L1")
    a_desk(10)
    for _ in range(10):
        LotFactory(number="L1")

    with CaptureQueriesContext(connection) as many:
        look(manager, "L1")

    assert len(many) == len(few)


def test_the_box_stands_on_every_page_of_the_desk_and_keeps_what_was_asked(manager):
    for page in (reverse("admin:index"), address(Lot), reverse("desk-stock-position")):
        assert b"data-desk-search" in manager.get(page).content

    assert b'value="tea"' in look(manager, "tea").content


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert reverse("admin:login") in look(client, "PO-1")["Location"]
    assert client.post(reverse("desk-search")).status_code in {302, 405}


def candidate(kind, score):
    return Candidate(kind=kind, number="x", label="", score=score, pk=1)


def test_a_code_is_certain_when_it_means_one_thing_or_one_thing_most():
    assert certain([]) is None
    assert certain([candidate("item", LIKELY)]) == candidate("item", LIKELY)
    assert certain([candidate("lot", WITHIN), candidate("item", EXACT)]) == candidate("lot", WITHIN)
    assert certain([candidate("item", EXACT), candidate("lot", EXACT)]) is None
    assert certain([candidate("item", LIKELY), candidate("lot", LIKELY - 1)]) is None
