"""How full control areas are, at the desk and by the API: figures, bars and a drill-down that adds up."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core import clock
from apps.safety.models import HazardClass, ShippingDescription
from apps.storage.models import AreaLimit, AreaPlace, ControlArea
from apps.storage.queries import fills_of
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.areas import a_limit, a_liquid, an_area
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.storage import a_pallet, goods_at, goods_of, putaways_of


def the_fills():
    return fills_of(list(ControlArea.objects.select_related("warehouse")), at=clock.now())


@pytest.fixture
def cabinet(racks):
    """A cabinet of two bins with a limit of 100 L, in which acetone and paint stand, and to which more comes."""
    first, second = racks.bin("CAB-1"), racks.bin("CAB-2", max_units=14)
    area = an_area(racks.warehouse, code="CAB", kind="cabinet", places=[first, second])
    a_limit(area, 100, 1, 2, 3, is_verified=True, source="Fire plan 7")
    acetone, paint = a_liquid(number="ACETONE", lots=True), a_liquid(number="PAINT", flash="61", litres="0.75")
    lot = LotFactory(item=acetone, number="L-1")
    stock(acetone, first, 10, lot=lot)
    stock(acetone, second, 4, lot=lot)
    stock(paint, second, 8)
    stock(acetone, racks.dock, 9, lot=lot)
    stock(ItemFactory(number="WATER"), first, 2)
    stock(a_liquid(number="OIL", flash="200", litres=None), first, 1)
    putaways_of(*goods_of(a_pallet(racks.dock, (a_liquid(number="THINNER", flash="25"), 3))), dock=racks.dock)
    return area


def test_a_fill_is_the_sum_of_its_places_lots_and_of_what_comes(racks, cabinet):
    [fill] = the_fills()

    assert fill.litres == {2: D(70), 3: D(15), 4: D(6)}
    told = [
        (each.location, each.liquid.number, each.lot, each.here, each.coming, each.litres) for each in fill.contents
    ]
    assert told == [
        ("CAB-1", "ACETONE", "L-1", 10, 0, 50),
        ("CAB-1", "OIL", "", 1, 0, 0),
        ("CAB-1", "THINNER", "", 0, 3, 15),
        ("CAB-2", "ACETONE", "L-1", 4, 0, 20),
        ("CAB-2", "PAINT", "", 8, 0, 6),
    ]
    assert sum(each.litres for each in fill.contents) == sum(fill.litres.values())
    gauges = [(each.quota.label, each.litres, each.quota.litres, each.percent, each.state) for each in fill.gauges]
    assert gauges == [
        ("categories 1, 2 and 3", D(85), D("227.124"), 38, "within"),
        ("category 4", D(6), D("454.249"), 2, "within"),
        ("categories 1, 2 and 3", D(85), D(100), 85, "near"),
    ]
    assert fill.state == "near"

    stock(a_liquid(), racks.warehouse.locations.get(code="CAB-1"), 4)
    assert [(each.percent, each.left, each.state) for each in the_fills()[0].gauges][2] == (105, -5, "over")


def test_a_liquid_by_its_description_or_beside_another_class_counts_and_is_never_nothing(racks):
    place = racks.bin("F-1")
    an_area(racks.warehouse, code="FLOOR", kind="open", places=[place])
    an_area(racks.warehouse, code="ROOM", kind="room", places=[racks.bin("R-1")])
    solvent, poison = HazardClass.objects.get(code="3"), HazardClass.objects.get(code="6.1")
    for number, own, beside in (("BY-NAME", solvent, []), ("BESIDE", poison, ["3"]), ("POISON", poison, ["8"])):
        described = ShippingDescription.objects.create(
            code=number, un_number="UN1992", proper_shipping_name=number, hazard_class=own, subsidiary=beside
        )
        stock(ItemFactory(number=number, shipping_description=described), place, 1)

    floor, room = the_fills()

    assert (floor.state, floor.unknown, floor.litres) == ("not_evaluable", ["BESIDE", "BY-NAME"], {})
    assert [each.litres for each in floor.contents] == [None, None]
    assert (room.state, room.gauges) == ("no_limit", [])


def test_the_api_shows_areas_of_ones_own_sites_with_what_is_in_them(racks, cabinet):
    caller = a_person(racks.warehouse, roles=["picker"])
    other = an_area(WarehouseFactory(), code="CAB")

    [row] = caller.get("/control-areas", warehouse="MAIN").json()["results"]
    shown = caller.get(f"/control-areas/{cabinet.pk}").json()

    assert (row["code"], row["kind"], row["state"], row["not_evaluable"]) == ("CAB", "cabinet", "near", [])
    assert row["litres"] == [
        {"category": 2, "litres": "70"},
        {"category": 3, "litres": "15"},
        {"category": 4, "litres": "6"},
    ]
    assert row["limits"][2] == {
        "categories": [1, 2, 3],
        "limit": "100",
        "litres": "85",
        "left": "15",
        "percent": 85,
        "state": "near",
        "source": "Fire plan 7",
        "is_verified": True,
    }
    assert "contents" not in row
    assert shown["contents"][2] == {
        "location": "CAB-1",
        "item": "THINNER",
        "lot": "",
        "here": "0",
        "coming": "3",
        "category": 3,
        "litres": "15",
        "missing": [],
    }
    assert caller.get(f"/control-areas/{other.pk}").status_code == 404


def test_the_desk_shows_bars_and_every_place_in_the_same_statements_for_any_number(racks, cabinet, client):
    client.force_login(works_at(UserFactory(roles=["safety"]), racks.warehouse))
    address = reverse("admin:storage_watchedarea_changelist")

    def statements():
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        assert "Near its limit" in page
        assert 'value="85"' in page
        return len(asked)

    client.get(address)
    before = statements()
    for number in range(5):
        place = racks.bin(f"X-{number}")
        a_limit(an_area(racks.warehouse, code=f"X-{number}", places=[place]), 10, 2)
        stock(a_liquid(), place, 1)
    assert statements() == before

    page = client.get(reverse("admin:storage_watchedarea_change", args=[cabinet.pk])).content.decode()
    for words in ("CAB-2", "THINNER", "Fire plan 7", "85 %", "Above category 4", "1910.106(d)(3), from memory"):
        assert words in page


def test_a_confirm_over_the_limit_is_answered_with_the_figures_each_time_it_is_told(racks, cabinet):
    racks.bin("A-1")
    [putaway] = putaways_of(goods_at(racks.dock, a_liquid(number="ETHER", boiling="34"), 4), dock=racks.dock)
    worker = a_worker(racks.warehouse)
    worker.post(f"/tasks/{putaway.task.number}/claim", {})
    putaway.task.refresh_from_db()
    body = {
        "version": putaway.task.version,
        "location": "CAB-1",
        "quantity": "4",
        "reason": "near",
    }

    for _ in range(2):
        answer = worker.post(f"/tasks/{putaway.task.number}/confirm", body, key="11111111-1111-4111-8111-111111111111")
        facts = refused(answer, 409, "flammable_limit_exceeded")

        assert facts["area"] == "CAB"
        assert (facts["category"], facts["there"], facts["added"], facts["limit"]) == (1, "85", "20", "100")
        assert answer.json()["recover"] == ["rescan", "override", "less", "ask_supervisor"]
    assert not racks.warehouse.locations.get(code="CAB-1").balances.filter(item__number="ETHER").exists()


def test_a_pallet_is_carried_into_an_area_only_as_far_as_it_fits_and_freely_within_and_out_of_it(racks, cabinet):
    thinner = a_liquid(number="TOLUENE", boiling="110", flash="4")
    inside, outside = racks.bin("CAB-9"), racks.bin("A-1")
    AreaPlace.objects.create(area=cabinet, location=inside)
    light, heavy = a_pallet(racks.dock, (thinner, 3)), a_pallet(racks.dock, (thinner, 1), (ItemFactory(), 5))
    worker = a_worker(racks.warehouse)

    def carried(unit, place):
        return worker.post(f"/handling-units/{unit.number}/move", {"location": place})

    assert carried(light, "CAB-9").status_code == 200
    facts = refused(carried(heavy, "CAB-9"), 409, "flammable_limit_exceeded")
    assert (facts["item"], facts["there"], facts["added"], facts["limit"]) == ("TOLUENE", "100", "5", "100")
    heavy.refresh_from_db()
    assert heavy.location == racks.dock
    assert carried(heavy, "A-1").status_code == 200
    assert [carried(light, place).status_code for place in ("CAB-1", "A-1")] == [200, 200]
    assert carried(heavy, "CAB-9").status_code == 200
    assert outside.balances.get(item=thinner, on_hand__gt=0, unit=light.pk).on_hand == 3


def test_safety_enters_a_limit_of_an_area_at_the_desk_and_one_of_no_category_is_refused(racks, cabinet, client):
    client.force_login(works_at(UserFactory(roles=["safety"]), racks.warehouse))
    address = reverse("admin:storage_arealimit_add")
    form = {"area": cabinet.pk, "litres": "50", "source": "Fire plan 8", "effective_on": "2026-01-01"}

    refusal = client.post(address, form | {"categories": "5"})
    answer = client.post(address, form | {"categories": "1,2"})

    assert (refusal.status_code, answer.status_code) == (200, 302)
    limit = AreaLimit.objects.get(source="Fire plan 8")
    assert (limit.categories, limit.litres, limit.is_verified) == ([1, 2], D(50), False)
