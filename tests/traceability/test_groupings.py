"""A grouping is a question about lots that is asked anew each time it is traced or recalled by."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.traceability.models import LotGrouping, RecallCase
from apps.traceability.queries import starts
from apps.traceability.queries.choosing import grouped
from tests.admin.pages import address
from tests.factories.api import a_person, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory


@pytest.fixture
def lots(db):
    """Three lots of milk of one dairy, one of them expired; and one of cream."""
    today = clock.now().date()
    dairy = PartyFactory(number="DAIRY")
    milk = ItemFactory(number="MILK", lots=True, expires=True, attributes={"herd": "7"})
    place = LocationFactory(warehouse=WarehouseFactory(code="MAIN"))
    found = {
        name: LotFactory(item=milk, number=name, supplier=dairy, expires_on=today + timedelta(days=days))
        for name, days in (("OLD", -1), ("SOON", 5), ("LATER", 60))
    }
    found["CREAM"] = LotFactory(item=ItemFactory(number="CREAM", lots=True), number="CREAM")
    for lot in found.values():
        stock(lot.item, place, 3, lot=lot)
    return found


def of(**asked):
    return LotGrouping.objects.create(number="G-1", name="Asked often", **asked)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"expires_within_days": 10}, {"SOON"}),
        ({"expires_within_days": 90}, {"SOON", "LATER"}),
        ({"expires_within_days": 90, "expires_to": date(2000, 1, 1)}, set()),
        ({"attribute": "herd", "value": "7"}, {"OLD", "SOON", "LATER"}),
        ({"supplier_lot": "none"}, set()),
    ],
)
def test_its_lots_are_those_that_fit_today(lots, asked, names):
    found = grouped(of(**asked), today=clock.now().date(), most=10)

    assert {name for name, lot in lots.items() if lot.pk in found} == names


def test_it_is_traced_and_recalled_by_its_number(lots, client, monkeypatch):
    grouping = of(supplier=PartyFactory._meta.model.objects.get(number="DAIRY"))
    boss = a_person(lots["OLD"].balances.get().warehouse, roles=(Role.QUALITY,), is_staff=True)

    shown = boss.get("/lot-groupings/G-1").json()
    traced = boss.get("/genealogy", of="grouping", number="G-1").json()
    narrowed = boss.get("/recall-reach", grouping="G-1", item="CREAM")
    reach = boss.get("/recall-reach", grouping="G-1").json()
    opened = boss.post("/recalls", {"reason": "glass", "query": {"grouping": "G-1"}})

    assert (shown["supplier"], shown["item"], shown["name"]) == ("DAIRY", None, "Asked often")
    assert {row["number"] for row in traced["results"] if row["kind"] == "lot"} == {"OLD", "SOON", "LATER"}
    refused(narrowed, 400, "nothing_to_recall")
    assert {row["number"] for row in reach["lots"]} == {"OLD", "SOON", "LATER"}
    assert opened.status_code == 201, opened.content
    assert {lot.number for lot in RecallCase.objects.get().lots.all()} == {"OLD", "SOON", "LATER"}
    refused(boss.get("/genealogy", of="grouping", number="NONE"), 404, "not_found")
    refused(boss.get("/recall-reach", grouping="NONE"), 404, "not_found")
    monkeypatch.setattr(starts, "MOST_GROUPED", 2)
    facts = refused(boss.get("/genealogy", of="grouping", number="G-1"), 400, "reach_too_wide")
    assert facts == {"lots": 3, "most": 2}
    client.force_login(boss.user)
    page = client.get(reverse("desk-trace"), {"of": "grouping", "number": "G-1"})
    assert (page.status_code, "3 lots fit" in page.content.decode()) == (400, True)
    monkeypatch.undo()
    page = client.get(reverse("desk-trace"), {"number": "G-1"}).content.decode()
    assert all(name in page for name in ("OLD", "SOON", "LATER"))
    listed = client.get(address(LotGrouping)).content.decode()
    assert "of=grouping&amp;number=G-1" in listed
    assert grouping.history.count() == 1


def test_a_grouping_of_everything_or_in_no_order_is_refused(lots):
    for asked in ({}, {"value": "7"}, {"made_from": date(2026, 2, 1), "made_to": date(2026, 1, 1), "attribute": "a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            of(**asked)
    assert not LotGrouping.objects.exists()
