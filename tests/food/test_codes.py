"""Decisions about listed foods, codes of lots passed on unchanged, and plans: added, never changed."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.food.errors import CodeIsPassedOn, CodeIsStated, CodeSourceUnclear, FoodNotListed
from apps.food.models import FoodDetermination, ListedFood, TraceabilityLotCode, TraceabilityPlan
from apps.food.operations import determine_food, publish_plan, state_code
from apps.food.papers import plan_paper
from apps.food.queries import Listed
from apps.food.rules.codes import LotCode, LotFacts, code_of
from apps.journal.models import AuditEntry
from tests.core import paper_reading
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.floor import a_floor
from tests.factories.ledger import LotFactory, an_actor
from tests.factories.returns import received
from tests.factories.shipping import a_company

DAY = date(2026, 3, 1)


def quality():
    return an_actor(UserFactory(roles=[Role.QUALITY]))


def determine(item, food, on=DAY, by=None):
    with transaction.atomic():
        return determine_food(
            item_id=item.pk,
            food_id=food.pk if food else None,
            effective_on=on,
            basis="its label",
            by=by or quality(),
            at=clock.now(),
        )


def state(lot, code, by=None, **source):
    with transaction.atomic():
        return state_code(lot_id=lot.pk, code=code, by=by or quality(), at=clock.now(), **source)


def test_a_code_is_what_was_stated_else_what_was_made_here_else_what_the_supplier_wrote():
    stated = LotCode(code="T", source="GLN 1")
    assert code_of(LotFacts(number="N", supplier_lot="S", made_at="Here", stated=stated)) == stated
    assert code_of(LotFacts(number="N", supplier_lot="S", made_at="Here")) == LotCode(code="N", source="Here")
    assert code_of(LotFacts(number="N", supplier_lot="S")) == LotCode(code="S")
    assert code_of(LotFacts(number="N")) == LotCode(code="N")
    assert code_of(LotFacts(number="L-00000001", is_numbered_here=True)) == LotCode()
    assert LotCode().missing == ("traceability lot code", "who assigned the code")


def test_the_last_decision_in_force_counts_on_each_day(db):
    item, eggs = ItemFactory(), ListedFood.objects.get(code="EGGS-SHELL")
    determine(item, eggs, date(2026, 3, 1))
    determine(item, None, date(2026, 6, 1))
    gone = ListedFood.objects.create(
        code="GONE", name="Gone", source="Test", effective_on=date(2026, 1, 1), until_on=date(2026, 1, 31)
    )
    other = ItemFactory()
    determine(other, gone, date(2026, 1, 31))
    corrected = ItemFactory()
    determine(corrected, eggs)
    determine(corrected, None)

    listed = Listed()
    assert [listed.food(item.pk, date(2026, month, 1)) for month in (2, 3, 5, 6)] == [
        "",
        "Shell eggs",
        "Shell eggs",
        "",
    ]
    assert [listed.food(other.pk, date(2026, 1, 31)), listed.food(other.pk, date(2026, 2, 1))] == ["Gone", ""]
    assert listed.food(corrected.pk, DAY) == ""
    with pytest.raises(FoodNotListed):
        determine(other, gone, date(2026, 2, 1))
    with pytest.raises(NotAllowed):
        determine(other, eggs, by=an_actor(UserFactory(roles=[Role.PICKER])))
    assert FoodDetermination.objects.filter(item=other).count() == 1


def test_a_site_assigns_a_code_only_to_what_it_made_or_had_of_an_exempt_supplier(db):
    floor = a_floor()
    cheese = ItemFactory(lots=True)
    line = received(floor, cheese, 2, lot="C-1")
    site = {"site_id": floor.warehouse.pk}

    with pytest.raises(CodeIsPassedOn):
        state(line.lot, "OURS-1", **site)
    with pytest.raises(CodeIsPassedOn):
        state(LotFactory(item=cheese), "OURS-1", is_exempt_source=True, **site)
    assert not TraceabilityLotCode.objects.exists()
    assert state(line.lot, "OURS-1", is_exempt_source=True, **site).code == "OURS-1"


def test_a_code_has_one_source_also_where_it_is_written_down_at_the_desk(db, client):
    lot, dairy = LotFactory(), PartyFactory()
    for source in ({}, {"party_id": dairy.pk, "reference": "GLN 4006381000000"}):
        with pytest.raises(CodeSourceUnclear):
            state(lot, "A", **source)
    client.force_login(a_person(roles=(Role.QUALITY,), is_staff=True).user)
    page = client.post(reverse("admin:food_traceabilitylotcode_add"), {"lot": lot.pk, "code": "A"})
    assert page.status_code == 200
    assert "one source of its code" in page.content.decode()
    assert not TraceabilityLotCode.objects.exists()


def test_a_code_is_replaced_with_a_reason_alone_and_what_it_replaces_stays(db):
    lot, dairy = LotFactory(), PartyFactory()
    first = state(lot, "A", party_id=dairy.pk)

    assert state(lot, "A", party_id=dairy.pk) == first
    with pytest.raises(CodeIsStated):
        state(lot, "B", party_id=dairy.pk)
    with pytest.raises(CodeIsStated):
        state(lot, "A", reference="GLN 4006381000000")
    second = state(lot, "B", party_id=dairy.pk, reason="A digit was misread")

    assert [row.code for row in lot.traceability_codes.all()] == ["B", "A"]
    assert AuditEntry.objects.filter(verb="state code", number=lot.number).count() == 2
    with pytest.raises(NotAllowed):
        state(lot, "C", reference="x", reason="y", by=an_actor(UserFactory(roles=[Role.PICKER])))
    for row in (second, first):
        with pytest.raises(DatabaseError), transaction.atomic():
            TraceabilityLotCode.objects.filter(pk=row.pk).update(code="Z")


def test_over_http_decisions_codes_and_plans_are_added_once_a_key_and_refused_with_their_reason(db):
    a_company()
    item, lot = ItemFactory(number="FETA"), LotFactory()
    person, picker = a_person(roles=(Role.QUALITY,)), a_worker(a_floor().warehouse)
    decided = {"item": "FETA", "food": "CHEESE-SOFT-RIPENED", "effective_on": "2026-03-01", "basis": "Its label"}
    coded = {"lot": lot.pk, "code": "T-1", "reference": "GLN 4006381000000"}
    plan = {
        "effective_on": "2026-03-01",
        "records": "In this system.",
        "identification": "By decision of quality.",
        "assignment": "By the maker; here for salads alone.",
        "contact": "Quality",
        "phone": "+44 131 496 0002",
    }

    for path, body in (("/food-determinations", decided), ("/traceability-lot-codes", coded)):
        once = person.post(path, body, key=path)
        assert once.status_code == 201, once.content
        assert person.post(path, body, key=path).json() == once.json()
        assert person.get(f"{path}/{once.json()['id']}").json() == once.json()
        refused(picker.post(path, body), 403, "not_allowed")
    refused(person.post("/traceability-lot-codes", {**coded, "code": "T-2"}), 409, "code_is_stated")
    refused(person.post("/food-determinations", {**decided, "effective_on": "2020-01-01"}), 409, "food_not_listed")
    assert person.post("/food-determinations", {**decided, "food": "NONE"}).status_code == 404
    assert person.post("/traceability-lot-codes", {**coded, "site": "X"}).status_code == 400
    assert len(person.get("/food-determinations", item="FETA").json()["results"]) == 1
    assert len(person.get("/listed-foods").json()["results"]) == 23
    published = person.post("/traceability-plans", plan).json()
    refused(picker.post("/traceability-plans", plan), 403, "not_allowed")
    page = person.get(f"/traceability-plans/{published['number']}/pdf")
    assert page["Content-Type"] == "application/pdf"
    [text] = paper_reading.texts(page.content)
    for words in (
        "Traceability plan",
        "here for salads alone",
        "FETA",
        "21 CFR 1.1315",
        "21 CFR 1.1460 (not verified)",
    ):
        assert words in text
    assert item.food_determinations.get().food.code == "CHEESE-SOFT-RIPENED"


def test_a_plan_is_kept_when_another_follows(db):
    a_company()
    by = quality()
    for day in (1, 2):
        with transaction.atomic():
            publish_plan(
                effective_on=date(2026, 3, day),
                records="r " * 900,
                identification="i",
                assignment="a",
                contact="Quality",
                phone="1",
                by=by,
                at=clock.now(),
            )
    assert [plan.effective_on.day for plan in TraceabilityPlan.objects.all()] == [2, 1]
    long = TraceabilityPlan.objects.get(effective_on=date(2026, 3, 1))
    paper_reading.assert_within_margins(plan_paper(long, at=clock.now(), by=by.user))
    with pytest.raises(DatabaseError), transaction.atomic():
        TraceabilityPlan.objects.update(contact="Nobody")
