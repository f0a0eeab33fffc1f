"""Items, parties and places: made, changed with history, and left alone."""

from decimal import Decimal as D

import pytest

from apps.catalog.models import Item, Party
from apps.locations.models import Aisle, Location, Zone
from tests.factories.accounts import UserFactory
from tests.factories.locations import WarehouseFactory, works_at

ITEM = (
    "number,name,unit,scale,kind,tracking,expires,shelf_life_days,weight_g,standard_cost,storage_condition,hazard_class\n"
    "MILK,Milk 1 l,L,3,finished,By lot,yes,21,1030.5,0.89,CHILLED,\n"
)


def test_an_item_gets_what_its_row_says(bring_in):
    bring_in("items", ITEM)

    item = Item.objects.select_related("unit").get(storage_condition__code="CHILLED")
    assert (item.unit.code, item.scale, item.tracking, item.expires, item.shelf_life_days) == ("L", 3, "lot", True, 21)
    assert (item.weight_g, item.standard_cost) == (D("1030.5"), D("0.89"))
    assert item.hazard_class is None


def test_what_differs_is_changed_in_the_name_of_whoever_imports(bring_in):
    UserFactory(username="ines")
    bring_in("items", ITEM)

    said = bring_in("items", ITEM.replace("Milk 1 l", "Whole milk 1 l").replace("0.89", "0.95"), user="ines")

    assert said == "  MILK: name, standard_cost\nImported: 0 new, 1 changed, 0 as they were.\n"
    assert Item.objects.get().standard_cost == D("0.95")
    assert list(Item.history.values_list("name", "history_user__username")) == [
        ("Whole milk 1 l", "ines"),
        ("Milk 1 l", "importer"),
    ]


def test_a_column_that_is_missing_leaves_what_is_known_and_an_empty_cell_clears_it(bring_in):
    bring_in("items", ITEM)

    bring_in("items", "number,name,unit,shelf_life_days\nMILK,Milk 1 l,L,\n")

    item = Item.objects.get()
    assert (item.shelf_life_days, item.weight_g) == (None, D("1030.5"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",L,", ",EA,", "row 2, unit: is L and an import cannot change it ('EA')"),
        (",3,", ",0,", "row 2, scale: is 3 and an import cannot change it ('0')"),
        (",By lot,", ",both,", "row 2, tracking: is lot and an import cannot change it ('both')"),
    ],
)
def test_what_stock_depends_on_stays(bring_in, refused, before, after, said):
    bring_in("items", ITEM)

    assert said in refused("items", ITEM.replace(before, after))
    assert Item.objects.values_list("unit__code", "scale", "tracking").get() == ("L", 3, "lot")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,a,EA,0,none,yes,", "row 2, expires: an item that expires is tracked by lot"),
        ("A,a,EA,2,serial,no,", "row 2, scale: an item with serial numbers is counted in whole units"),
        ("A,a,EA,9,none,no,", "row 2, scale: Ensure this value is less than or equal to 6."),
        ("A,a,EA,-1,none,no,", "row 2, scale: Ensure this value is greater than or equal to 0."),
        ("A,a,EA,0,some,no,", "row 2, tracking: is none of none, lot, serial, both ('some')"),
        ("A,a,EA,0,none,no,-5", "row 2, weight_g: Ensure this value is greater than or equal to 0."),
        ("A,a,EA,0,none,no,1e999", "row 2, weight_g: is no number; write it as 1234.5 ('1e999')"),
        ("A,a,EA,0,none,no,NaN", "row 2, weight_g: is no number; write it as 1234.5 ('NaN')"),
        ("A,a,EA,0,none,no,0.0001", "row 2, weight_g: Ensure that there are no more than 3 decimal places."),
    ],
)
def test_what_the_item_cannot_be_is_told_by_its_column(refused, row, said):
    assert refused("items", f"number,name,unit,scale,tracking,expires,weight_g\n{row}\n") == [said]
    assert not Item.objects.exists()


def test_items_are_looked_up_and_written_in_as_many_statements_for_two_rows_as_for_two_hundred(
    bring_in, django_assert_max_num_queries
):
    for count in (2, 200):
        rows = [f"Q{count}-{n},Name,EA,lot" for n in range(count)]
        with django_assert_max_num_queries(12):
            bring_in("items", "\n".join(["number,name,unit,tracking", *rows]))


def test_a_party_may_be_several_things(bring_in):
    bring_in(
        "parties",
        "number,name,supplier,customer,gln,min_remaining_days,city\nACME,Acme,yes,1,4012345000009,30,Lyon\n",
    )

    party = Party.objects.get()
    assert (party.is_supplier, party.is_customer, party.is_carrier, party.is_active) == (True, True, False, True)
    assert (party.gln, party.min_remaining_days, party.city) == ("4012345000009", 30, "Lyon")


def test_where_a_party_is_on_the_map_comes_with_it_and_must_be_there(bring_in, refused):
    head = "number,name,customer,latitude,longitude\n"
    bring_in("parties", f"{head}KELVIN,Tearooms,yes,55.8753,-4.293\n")

    assert Party.objects.values_list("latitude", "longitude").get() == (D("55.875300"), D("-4.293000"))
    assert refused("parties", f"{head}P,Party,yes,91,0\n") == [
        "row 2, latitude: Ensure this value is less than or equal to 90."
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("P,Party,,,", "row 2, supplier: a party is at least one of supplier, customer, owner, carrier"),
        ("P,Party,yes,4012345000008,", "row 2, gln: the check digit is wrong"),
        ("P,Party,yes,,no mail", "row 2, email: Enter a valid email address."),
    ],
)
def test_what_a_party_cannot_be_is_told_by_its_column(refused, row, said):
    assert refused("parties", f"number,name,supplier,gln,email\n{row}\n") == [said]


PLACES = "warehouse,code,kind,zone,aisle,bay,level,pick_sequence,max_weight_g\n"


def test_places_come_with_the_zones_and_aisles_they_name(bring_in):
    lyon, metz = WarehouseFactory(code="LYS"), WarehouseFactory(code="MZM")
    rows = (
        "LYS,A-01,storage,COLD,A,1,0,10,500000\n"
        "LYS,A-02,pick_face,COLD,A,2,0,20,\n"
        "MZM,A-01,Storage (reserve),COLD,,,,,\n"
    )

    said = bring_in("locations", PLACES + rows)

    assert said.endswith("Imported: 3 new, 0 changed, 0 as they were.\n")
    assert set(Zone.objects.values_list("warehouse", "code", "name")) == {
        (lyon.pk, "COLD", "COLD"),
        (metz.pk, "COLD", "COLD"),
    }
    assert Aisle.objects.get().code == "A"
    place = Location.objects.get(warehouse=lyon, code="A-01", zone__warehouse=lyon, aisle__code="A")
    assert (place.bay, place.max_weight_g) == (1, D(500000))
    assert bring_in("locations", PLACES + rows) == "Imported: 0 new, 0 changed, 3 as they were.\n"


def test_a_preview_of_places_makes_no_zone(bring_in):
    WarehouseFactory(code="LYS")

    bring_in("locations", PLACES + "LYS,A-01,storage,COLD,A,1,0,10,\n", commit=False)

    assert not Zone.objects.exists()


def test_a_place_can_move_to_a_new_zone(bring_in):
    WarehouseFactory(code="LYS")
    bring_in("locations", "warehouse,code,kind,zone\nLYS,A-01,storage,COLD\n")

    said = bring_in("locations", "warehouse,code,kind,zone\nLYS,A-01,storage,DRY\n")

    assert said == "  A-01: zone\nImported: 0 new, 1 changed, 0 as they were.\n"
    assert Location.objects.filter(code="A-01", zone__code="DRY").exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("PAR,A-01,storage", "row 2, warehouse: there is no warehouse with this code ('PAR')"),
        ("LYS,A-01,supplier", "row 2, kind: a warehouse has its virtual places from the start"),
        ("LYS,B-01,dock", "row 2, kind: is storage and an import cannot change it ('dock')"),
    ],
)
def test_a_place_that_cannot_be_is_told_by_its_column(refused, row, said):
    warehouse = WarehouseFactory(code="LYS")
    Location.objects.create(warehouse=warehouse, code="B-01", kind="storage")

    assert refused("locations", f"warehouse,code,kind\n{row}\n") == [said]


@pytest.mark.parametrize("commit", [True, False], ids=["commit", "preview"])
def test_a_warehouse_of_others_is_unknown_to_a_file_of_places(bring_in, refused, commit):
    works_at(UserFactory(username="ines"), WarehouseFactory(code="LYS"))
    WarehouseFactory(code="PAR")
    rows = "warehouse,code,kind,zone\nLYS,A-01,storage,COLD\nPAR,A-01,storage,COLD\n"

    said = refused("locations", rows, user="ines", commit=commit)

    assert said == ["row 3, warehouse: there is no warehouse with this code ('PAR')"]
    assert not Zone.objects.exists()
    bring_in("locations", rows.rpartition("PAR")[0], user="ines")
    assert Location.objects.get(code="A-01").warehouse.code == "LYS"


def test_a_liquid_comes_with_its_points_and_litres_and_impossible_ones_are_refused(bring_in, refused):
    heading = "number,name,unit,flash_point_c,boiling_point_c,litres_per_unit"

    bring_in("items", f"{heading}\nACETONE,Acetone,EA,-20,56.05,5\n")

    acetone = Item.objects.get()
    assert (acetone.flash_point_c, acetone.boiling_point_c, acetone.litres_per_unit) == (D(-20), D("56.05"), D(5))
    said = refused("items", f"{heading}\nA,a,EA,-300,,0\n")
    assert "row 2, flash_point_c: no temperature is below -273.15 °C" in said
    assert "row 2, litres_per_unit: a unit holds more than nought litres" in said
