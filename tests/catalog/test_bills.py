"""Bills of materials: versions, dates, cycles, explosion and where-used."""

from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.catalog.choices import PartRole
from apps.catalog.errors import BillCycle, BillInForce, BillOverlaps, BillUnfit, NoBill, OwnBill
from apps.catalog.models import BillLine, BillOfMaterials
from apps.catalog.operations import activate_bill, discard_bill, draft_bill, end_bill, revise_bill
from apps.catalog.queries import bill_in_force, explosion_of, need_of, where_used
from apps.catalog.queries.bills import phantom_parts
from apps.core import clock
from apps.core.errors import IllegalTransition, NotAllowed, NotFound
from apps.journal.actor import Actor
from apps.journal.models import AuditEntry
from tests.concurrency.crowd import together
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.bills import LONG_AGO, a_bill, a_draft_bill, a_drafter, a_kit, part
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import an_actor

TODAY = date(2026, 3, 2)


@pytest.fixture
def desk(db):
    """A desk of a top and four legs; a leg of a tube and two caps."""
    names = ("DESK", "TOP", "LEG", "TUBE", "CAP", "FOOT")
    items = {name: ItemFactory(number=name, scale=3 if name == "TUBE" else 0) for name in names}
    a_bill(items["LEG"], part(items["TUBE"], "0.7", scrap=5), part(items["CAP"], 2))
    a_bill(items["DESK"], items["TOP"], part(items["LEG"], 4, alternatives=[(items["FOOT"], 4)]), part(items["CAP"], 3))
    return items


def rows(parts):
    return [(each.level, each.item.number, each.quantity) for each in parts]


def test_a_bill_is_exploded_over_all_its_levels(desk):
    bill = bill_in_force(desk["DESK"], on=TODAY)

    found = explosion_of(bill, quantity=D(10), on=TODAY)

    assert rows(found.parts) == [
        (1, "TOP", 10),
        (1, "LEG", 40),
        (2, "TUBE", D("29.400")),
        (2, "CAP", 80),
        (1, "CAP", 30),
    ]
    assert [(each.item.number, each.quantity, each.is_made) for each in found.totals] == [
        ("CAP", 110, False),
        ("TOP", 10, False),
        ("TUBE", D("29.4"), False),
        ("LEG", 40, True),
    ]


def test_where_used_goes_up_to_the_top_with_what_one_holds(desk):
    assert [(use.item.number, use.level, use.quantity) for use in where_used(desk["CAP"], on=TODAY)] == [
        ("DESK", 1, D(11)),
        ("LEG", 1, D(2)),
    ]
    assert [(use.item.number, use.level, use.quantity) for use in where_used(desk["TUBE"], on=TODAY)] == [
        ("LEG", 1, D("0.735")),
        ("DESK", 2, D("2.94")),
    ]
    assert where_used(desk["DESK"], on=TODAY) == []


def test_a_need_is_rounded_up_to_what_can_be_had(db):
    paint, tin = ItemFactory(number="PAINT"), ItemFactory(number="TIN")
    bill = a_bill(paint, part(tin, 1, scrap=10), quantity=D(3))

    assert [(line.item.number, needed) for line, needed in need_of(bill, D(2))] == [("TIN", D(1))]
    assert [(line.item.number, needed) for line, needed in need_of(bill, D(30))] == [("TIN", D(11))]


def test_the_version_of_the_day_counts(desk):
    newer = a_bill(desk["LEG"], part(desk["TUBE"], 1), since=date(2026, 6, 1))
    before, after = date(2026, 5, 31), date(2026, 6, 1)

    bill = bill_in_force(desk["DESK"], on=before)
    older = bill_in_force(desk["LEG"], on=before)
    assert (older.version, older.valid_to, newer.version) == (1, before, 2)
    assert rows(explosion_of(bill, quantity=D(1), on=before).parts)[2:4] == [(2, "TUBE", D("2.940")), (2, "CAP", 8)]
    assert rows(explosion_of(bill, quantity=D(1), on=after).parts)[2:] == [(2, "TUBE", 4), (1, "CAP", 3)]
    assert [use.item.number for use in where_used(desk["CAP"], on=after)] == ["DESK"]
    with pytest.raises(NoBill) as refusal:
        bill_in_force(desk["LEG"], on=date(2019, 1, 1))
    assert refusal.value.facts == {"item": "LEG", "on": date(2019, 1, 1)}


def test_a_cycle_is_refused_when_lines_are_saved_and_named(desk):
    with pytest.raises(BillCycle) as refusal:
        a_draft_bill(desk["CAP"], desk["DESK"])
    assert refusal.value.facts == {"item": "CAP", "cycle": "CAP > DESK > CAP"}

    with pytest.raises(BillCycle) as refusal:
        a_draft_bill(desk["TUBE"], part(desk["TOP"], alternatives=[(desk["DESK"], 1)]))
    assert refusal.value.cycle == "TUBE > DESK > LEG > TUBE"
    with pytest.raises(BillCycle) as refusal:
        a_draft_bill(desk["FOOT"], desk["FOOT"])
    assert refusal.value.cycle == "FOOT > FOOT"
    with pytest.raises(BillCycle) as refusal:
        a_draft_bill(desk["FOOT"], desk["DESK"])
    assert refusal.value.cycle == "FOOT > DESK > FOOT", "through an alternative"
    assert not BillOfMaterials.objects.filter(item__number__in=("CAP", "TUBE", "FOOT")).exists()


def test_a_cycle_of_bills_that_are_never_in_force_together_is_none(desk):
    end_bill(bill_id=bill_in_force(desk["LEG"], on=TODAY).pk, last_day=TODAY, by=a_drafter(), at=clock.now())

    bill = a_draft_bill(desk["TUBE"], desk["LEG"], since=TODAY + timedelta(days=1))

    assert bill.version == 1
    with pytest.raises(BillCycle):
        a_draft_bill(desk["TUBE"], desk["LEG"], since=TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_a_cycle_at_once_one_is_refused():
    egg, hen = ItemFactory(number="EGG"), ItemFactory(number="HEN")
    by = [a_drafter(), a_drafter()]

    answers = together(
        *[
            lambda made=made, of=of, who=who: draft_bill(
                item_id=made.pk,
                lines=[part(of)],
                valid_from=LONG_AGO,
                by=Actor(user=User.objects.get(pk=who.user.pk)),
                at=clock.now(),
            )
            for made, of, who in ((egg, hen, by[0]), (hen, egg, by[1]))
        ]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["BillCycle", "BillOfMaterials"]
    assert BillLine.objects.count() == 1


def test_an_active_version_is_never_rewritten(desk):
    bill = bill_in_force(desk["LEG"], on=TODAY)

    with pytest.raises(BillInForce) as refusal:
        revise_bill(bill_id=bill.pk, lines=[part(desk["TUBE"])], by=a_drafter(), at=clock.now())
    assert refusal.value.facts == {"bill": bill.number, "state": "active"}
    for rewrite in (
        lambda: BillLine.objects.filter(bill=bill).update(quantity=9),
        lambda: BillLine.objects.filter(bill=bill).delete(),
        lambda: BillOfMaterials.objects.filter(pk=bill.pk).update(quantity=9),
    ):
        with pytest.raises(DatabaseError, match="activated"), transaction.atomic():
            rewrite()
    with pytest.raises(IllegalTransition):
        discard_bill(bill_id=bill.pk, by=a_drafter(), at=clock.now())


def test_a_draft_is_revised_discarded_or_put_in_force_by_another(desk):
    me = a_drafter()
    bill = a_draft_bill(desk["FOOT"], desk["CAP"], by=me)

    revise_bill(bill_id=bill.pk, lines=[part(desk["TUBE"], 2)], by=me, at=clock.now())
    assert [(line.item.number, line.quantity) for line in bill.lines.all()] == [("TUBE", 2)]
    with pytest.raises(OwnBill) as refusal:
        activate_bill(bill_id=bill.pk, by=me, at=clock.now())
    assert refusal.value.facts == {"bill": bill.number, "who": me.user.username}
    assert activate_bill(bill_id=bill.pk, by=a_drafter(), at=clock.now()).state == "active"
    spare = a_draft_bill(desk["FOOT"], desk["CAP"], since=TODAY)
    assert (spare.version, discard_bill(bill_id=spare.pk, by=me, at=clock.now()).state) == (2, "discarded")
    assert [entry.verb for entry in AuditEntry.objects.filter(number=bill.number).order_by("pk")] == [
        "draft",
        "revise",
        "activate",
    ]


def test_a_version_does_not_begin_before_the_one_in_force(desk):
    older = a_draft_bill(desk["LEG"], desk["CAP"], since=LONG_AGO)

    with pytest.raises(BillOverlaps) as refusal:
        activate_bill(bill_id=older.pk, by=a_drafter(), at=clock.now())

    assert refusal.value.since == LONG_AGO


def test_what_a_bill_cannot_be_is_refused(desk):
    for lines, problem in (
        ([], "it has no components"),
        ([part(desk["CAP"], role=PartRole.BY_PRODUCT)], "it has no components"),
        ([part(desk["CAP"], scrap=51)], "scrap is between 0 and 50 percent"),
        ([part(desk["CAP"], alternatives=[(desk["CAP"], 1)])], "line 1 names an item twice"),
    ):
        with pytest.raises(BillUnfit) as refusal:
            a_draft_bill(desk["FOOT"], *lines)
        assert refusal.value.facts == {"item": "FOOT", "problem": problem}
    with pytest.raises(BillUnfit):
        a_draft_bill(desk["FOOT"], desk["CAP"], since=TODAY, valid_to=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowed):
        a_draft_bill(desk["FOOT"], desk["CAP"], by=an_actor(UserFactory(roles=(Role.PICKER,))))
    with pytest.raises(NotFound):
        draft_bill(item_id=0, lines=[], valid_from=TODAY, by=a_drafter(), at=clock.now())


def test_kits_within_a_kit_are_opened_and_what_is_kept_is_not(desk):
    set_, kit = ItemFactory(number="SET"), ItemFactory(number="KIT")
    a_kit(kit, part(desk["CAP"], 2), desk["TOP"])
    bill = a_kit(set_, part(desk["DESK"], 1), part(kit, 3), part(desk["TOP"], 1))

    assert [(item.number, quantity) for item, quantity in phantom_parts(bill, D(2), on=TODAY)] == [
        ("DESK", D(2)),
        ("CAP", D(12)),
        ("TOP", D(8)),
    ]


def test_the_deepest_and_widest_graph_is_finite(db):
    """Each level twice in the one above: 2 ^ 30 ways, 31 items."""
    items = [ItemFactory(number=f"L{level:02}") for level in range(31)]
    for above, below in pairwise(items):
        a_bill(above, part(below, 1), part(below, 1))

    found = explosion_of(bill_in_force(items[0], on=TODAY), quantity=D(1), on=TODAY)

    assert {each.item.number: each.quantity for each in found.totals}["L30"] == 2**30
    assert where_used(items[30], on=TODAY)[-1].quantity == 2**30


def test_a_bill_goes_from_draft_to_force_over_http(desk):
    planner, boss = (a_person(roles=(Role.INVENTORY_MANAGER,)) for _ in range(2))
    body = {
        "item": "FOOT",
        "valid_from": "2026-01-01",
        "lines": [
            {"item": "TUBE", "quantity": "0.1", "scrap_percent": "2", "alternatives": [{"item": "CAP", "quantity": 1}]}
        ],
    }

    drafted = planner.post("/bills-of-materials", body)
    assert drafted.status_code == 201, drafted.content
    address = f"/bills-of-materials/{drafted.json()['number']}"
    refused(planner.post(f"{address}/activate"), 409, "own_bill")
    active = boss.post(f"{address}/activate").json()
    refused(boss.post(f"{address}/revise", {"lines": body["lines"]}), 409, "bill_in_force")
    refused(
        boss.post("/bills-of-materials", {**body, "item": "TUBE", "lines": [{"item": "FOOT", "quantity": 1}]}),
        409,
        "bill_cycle",
    )

    assert (active["state"], active["version"], active["lines"][0]["alternatives"]) == (
        "active",
        1,
        [{"rank": 1, "item": "CAP", "quantity": "1"}],
    )
    assert [
        row["item"] for row in planner.get("/bills-of-materials", part="TUBE", on="2026-02-01").json()["results"]
    ] == [
        "FOOT",
        "LEG",
    ]
    exploded = planner.get("/items/DESK/explosion", quantity=10, on="2026-03-02").json()
    assert (exploded["item"], len(exploded["parts"]), exploded["totals"][0]["quantity"]) == ("DESK", 5, "110")
    assert [row["item"] for row in planner.get("/items/CAP/where-used").json()] == ["DESK", "LEG"]
    refused(planner.get("/items/CAP/explosion"), 409, "no_bill")
    refused(planner.get("/items/DESK/explosion", quantity="x"), 400, "malformed")
    ended = boss.post(f"{address}/end", {"last_day": "2026-12-31"}).json()
    assert ended["valid_to"] == "2026-12-31"
