"""Filling up a pick face on the handheld's page: to its own face only, and less with a reason."""

from decimal import Decimal as D

import pytest
from playwright.sync_api import expect

from apps.locations.choices import LocationKind
from apps.storage.models import Replenishment
from tests.browser.handheld import LABEL
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.storage import PickFaceFactory, faces_filled_up
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(site):
    """The item's empty pick face F-1 asks for ten, of the forty in reserve."""
    face = LocationFactory(warehouse=site.warehouse, code="F-1", kind=LocationKind.PICK_FACE)
    PickFaceFactory(item=site.item, location=face, minimum=2, maximum=10)
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, number="L7", expires_on="2028-03-31"))
    (made,) = faces_filled_up(site.warehouse)
    return made


def test_a_face_is_filled_up_from_the_reserve_and_less_says_why(handheld, site, asked):
    handheld.tap("Next task")
    handheld.sees("Replenish")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", LABEL)
    handheld.scan("Scan bin F-1", "A-01-2")
    handheld.is_stopped("This is A-01-2.", "Expected F-1.")
    expect(handheld.page.get_by_role("button", name="Use A-01-2 instead")).to_have_count(0)
    handheld.reads_it()
    handheld.tap("Problem")
    expect(handheld.page.get_by_role("button", name="Hand the task back")).to_be_visible()
    expect(handheld.page.get_by_role("button", name="Another bin")).to_have_count(0)
    handheld.tap("Cancel")
    assert stands(site.item) == {"A-01-1": D(40)}
    handheld.scan("Scan bin F-1", "F-1")
    handheld.page.get_by_label("How many, in EA").fill("7")
    assert handheld.acts_without_scrolling()
    handheld.tap("Replenish 7 EA")
    handheld.tap("Not in the bin")

    handheld.hears("7 EA moved into F-1")
    handheld.sees("Nothing to do")
    asked.refresh_from_db()
    assert (asked.brought, asked.short_reason, asked.task.state) == (D(7), "Not in the bin", "done")
    assert asked.task.done_by == site.worker
    assert stands(site.item) == {"A-01-1": D(33), "F-1": D(7)}
    assert_invariants()


def test_a_reserve_with_nothing_in_it_brings_nothing_and_says_why(handheld, site, asked):
    handheld.tap("Next task")
    handheld.sees("Replenish")
    handheld.tap("Problem")
    handheld.tap("Nothing is there")
    handheld.tap("Not in the bin")

    handheld.hears("0 EA moved")
    made = Replenishment.objects.get()
    assert (made.brought, made.short_reason, made.transaction, made.task.state) == (
        D(0),
        "Not in the bin",
        None,
        "done",
    )
    assert stands(site.item) == {"A-01-1": D(40)}
    assert_invariants()


def test_less_seen_at_the_reserve_is_still_brought_to_its_face(handheld, site, asked):
    handheld.tap("Next task")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.tap("Problem")
    handheld.tap("Less is there")
    handheld.page.get_by_label("How many, in EA").fill("4")
    handheld.tap("Replenish 4 EA")
    handheld.is_stopped("Scan F-1 first.")
    handheld.reads_it()
    handheld.scan("Scan bin F-1", "F-1")
    handheld.tap("Replenish 4 EA")
    handheld.tap("Not in the bin")

    handheld.hears("4 EA moved into F-1")
    assert stands(site.item) == {"A-01-1": D(36), "F-1": D(4)}
    assert_invariants()
