"""Bills of materials from a file: drafted once, told what is wrong row by row, and the same again as exported."""

from datetime import date
from decimal import Decimal as D

import pytest

from apps.accounts.roles import Role
from apps.catalog.models import BillOfMaterials
from tests.factories.api import a_person
from tests.factories.bills import a_bill, part
from tests.factories.catalog import ItemFactory
from tests.factories.locations import WarehouseFactory

FILE = (
    "makes,valid_from,valid_to,kind,yields,note,item,quantity,role,scrap_percent,instead_of\n"
    "SOAP,2030-01-01,2030-06-30,stocked,10,by the pot,FAT,20,component,2.5,\n"
    "SOAP,2030-01-01,2030-06-30,stocked,10,by the pot,OIL,18,,,FAT\n"
    "SOAP,2030-01-01,2030-06-30,stocked,10,by the pot,BOX,10,component,0,\n"
    "SOAP,2030-01-01,2030-06-30,stocked,10,by the pot,GLYCERINE,0.5,by_product,,\n"
    "SOAP,2030-07-01,,,,,FAT,2,,,\n"
    "GIFT,2030-01-01,,phantom,,,SOAP,3,,,\n"
)
HEADER = "makes,valid_from,kind,item,quantity,role,scrap_percent,instead_of\n"


@pytest.fixture(autouse=True)
def items(db):
    """What soap is made of."""
    for number in ("SOAP", "FAT", "OIL", "BOX", "GLYCERINE", "GIFT"):
        ItemFactory(number=number)


def lines(bill):
    return [
        (
            line.item.number,
            line.quantity,
            line.role,
            line.scrap_percent,
            [(other.item.number, other.quantity) for other in line.alternatives.all()],
        )
        for line in bill.lines.order_by("line")
    ]


def test_versions_with_alternatives_scrap_and_by_products_are_drafted_once(bring_in):
    said = bring_in("bills", FILE)

    assert said.splitlines()[-1] == "Imported: 3 new, 0 changed, 0 as they were."
    first, second = BillOfMaterials.objects.filter(item__number="SOAP").order_by("version")
    assert (first.state, first.version, first.quantity, first.valid_to, first.note) == (
        "draft",
        1,
        D(10),
        date(2030, 6, 30),
        "by the pot",
    )
    assert lines(first) == [
        ("FAT", D(20), "component", D("2.5"), [("OIL", D(18))]),
        ("BOX", D(10), "component", D(0), []),
        ("GLYCERINE", D("0.5"), "by_product", D(0), []),
    ]
    assert (second.version, second.quantity, lines(second)) == (2, D(1), [("FAT", D(2), "component", D(0), [])])
    assert BillOfMaterials.objects.get(item__number="GIFT").kind == "phantom"
    assert first.drafted_by.username == "importer"
    assert bring_in("bills", FILE).endswith("0 new, 0 changed, 3 as they were.\n")
    assert BillOfMaterials.objects.count() == 3


def test_a_preview_drafts_nothing(bring_in):
    said = bring_in("bills", FILE, commit=False)

    assert said.splitlines()[0] == "  new bill of SOAP from 2030-01-01"
    assert "Preview: 3 new" in said
    assert not BillOfMaterials.objects.exists()


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("SOAP,2030-01-01,,NONE,1,,,", "row 2, item: there is no item with this number ('NONE')"),
        ("SOAP,2030-01-01,,FAT,0,,,", "row 2, quantity: "),
        ("SOAP,2030-01-01,,FAT,1,,60,", "row 2, scrap_percent: is not between 0 and 50 ('60')"),
        ("SOAP,2030-01-01,,FAT,1,sauce,,", "row 2, role: is none of component, by_product ('sauce')"),
        ("SOAP,2030-01-01,,OIL,1,,,FAT", "row 2, instead_of: is no part in a row above ('FAT')"),
        ("SOAP,2030-01-01,,FAT,1,by_product,,", "row 2: The bill of SOAP cannot be like this: it has no components."),
        (
            "SOAP,2030-01-01,stocked,FAT,1,,,\nSOAP,2030-01-01,phantom,OIL,1,,,",
            "row 3, kind: differs from row 2 of the same document",
        ),
        (
            "SOAP,2030-01-01,,FAT,1,,,\nFAT,2030-01-01,,SOAP,1,,,",
            "row 3: FAT would be made of itself: FAT > SOAP > FAT.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_nothing_is_drafted(refused, row, wrong):
    (said,) = refused("bills", HEADER + row + "\n")

    assert said.startswith(wrong)
    assert not BillOfMaterials.objects.exists()


def test_an_import_changes_no_bill(bring_in, refused):
    bring_in("bills", FILE)

    (said,) = refused("bills", HEADER + "GIFT,2030-01-01,phantom,SOAP,4,,,\n")

    assert said.startswith("row 2, valid_from: is there otherwise, and an import changes no bill")


def test_what_is_exported_comes_in_again_as_it_was(bring_in, django_assert_max_num_queries):
    bring_in("bills", FILE)
    buyer = a_person(WarehouseFactory(), roles=(Role.BUYER,))
    answer = buyer.get("/bills-of-materials/csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert bring_in("bills", answer.content.decode()).endswith("0 new, 0 changed, 3 as they were.\n")
    part_of = buyer.get("/bills-of-materials/csv?item=GIFT").content.decode().splitlines()
    assert part_of[1:] == ["GIFT,2030-01-01,,phantom,1,,SOAP,3,component,0,"]
    for _ in range(9):
        a_bill(ItemFactory(), part(ItemFactory(), 2, alternatives=[(ItemFactory(), 1)]))
    with django_assert_max_num_queries(14):
        assert len(buyer.get("/bills-of-materials/csv").content.splitlines()) == 1 + 6 + 18
