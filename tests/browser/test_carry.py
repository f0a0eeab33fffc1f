"""A pallet is put away whole on the handheld's page: its label, then its bin."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction

from apps.core import clock
from apps.rfid.operations import TagRead, record_reads
from apps.storage.models import Putaway
from apps.tasks.models import WarehouseTask
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, an_actor, stands
from tests.factories.rfid import ReaderFactory, sscc_tag
from tests.factories.storage import a_pallet, goods_at, goods_of, putaways_of
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)

SSCC = "006141411234567890"


@pytest.fixture
def lot(site):
    return LotFactory(item=site.item, number="L7", expires_on="2028-03-31")


def test_a_pallet_is_put_away_by_its_label_and_its_bin(handheld, site, lot, shot):
    mug = ItemFactory(number="MUG", name="Mug, stone")
    pallet = a_pallet(site.dock, (site.item, 40, {"lot": lot}), (mug, 6), sscc=SSCC)
    other = a_pallet(site.dock, (mug, 1))
    (row,) = putaways_of(*goods_of(pallet), dock=site.dock)
    right, wrong = row.task.target.code, next(b.code for b in (site.bin, site.other) if b != row.task.target)

    handheld.tap("Next task")
    handheld.sees("Put away pallet")
    assert handheld.acts_without_scrolling()
    shot("carry")
    handheld.scan("Scan the pallet", other.number)
    handheld.is_stopped(f"This is Pallet {other.number}.", f"Expected pallet {SSCC}.")
    handheld.reads_it()
    handheld.scan("Scan the pallet", f"00{SSCC}")
    handheld.hears(f"Pallet {SSCC}: right one")
    assert handheld.where == right
    assert handheld.acts_without_scrolling()
    shot("carry-bin")
    handheld.scan(f"Scan bin {right}", wrong)
    handheld.is_stopped(f"This is {wrong}.", f"Expected {right}.")
    handheld.reads_it()
    handheld.scan(f"Scan bin {right}", right)

    handheld.hears(f"Pallet put away into {right}")
    assert (stands(site.item), stands(mug)[right]) == ({right: D(40)}, D(6))
    assert WarehouseTask.objects.get().done_by == site.worker
    assert_invariants()


def test_a_pallet_goes_elsewhere_for_a_reason(handheld, site, lot):
    pallet = a_pallet(site.dock, (site.item, 40, {"lot": lot}), sscc=SSCC)
    (row,) = putaways_of(*goods_of(pallet), dock=site.dock)
    right, other = row.task.target.code, next(b.code for b in (site.bin, site.other) if b != row.task.target)

    handheld.tap("Next task")
    handheld.scan("Scan the pallet", SSCC)
    handheld.scan(f"Scan bin {right}", other)
    handheld.tap(f"Use {other} instead")
    handheld.tap("The aisle is blocked")

    handheld.hears(f"Pallet put away into {other}")
    assert stands(site.item) == {other: D(40)}
    kept = Putaway.objects.get()
    assert (kept.override_code, kept.override_reason) == ("BLOCKED", "The aisle is blocked")


def test_a_bin_that_cannot_be_used_gives_way_to_the_next_best(handheld, site, lot):
    (row,) = putaways_of(goods_at(site.dock, site.item, 40, lot=lot), dock=site.dock)
    first, second = row.task.target.code, next(b.code for b in (site.bin, site.other) if b != row.task.target)

    handheld.tap("Next task")
    handheld.sees("Put away")
    handheld.tap("Problem")
    handheld.choose("The bin cannot be used")
    handheld.tap("The proposed bin is full")

    handheld.hears(f"Now to {second}")
    handheld.scan(f"Scan bin {second}", second)
    assert handheld.acts_without_scrolling()
    handheld.tap("Put away 40 EA")
    handheld.hears(f"40 EA put away into {second}")
    assert stands(site.item) == {second: D(40)}
    assert [each["code"] for each in Putaway.objects.get().passed_over] == [first]


@pytest.fixture
def lost(site, lot):
    """A pallet that the ledger has in one bin, and a reader has just seen at another."""
    pallet = a_pallet(site.bin, (site.item, 40, {"lot": lot}), sscc=SSCC)
    reader = ReaderFactory(location=site.other, warehouse=site.warehouse)
    read = TagRead(epc=sscc_tag(SSCC), read_at=clock.now() + timedelta(seconds=1))
    with transaction.atomic():
        record_reads(reader_id=reader.pk, tag_reads=[read], by=an_actor(site.worker), at=clock.now())
    return pallet


def test_a_pallet_that_was_seen_elsewhere_is_looked_for_and_found(handheld, site, lost, shot):
    handheld.tap("Next task")
    handheld.sees("Look for a unit")
    assert handheld.where == site.other.code
    shot("look-for")
    handheld.scan("Scan the pallet", SSCC)
    handheld.hears(f"Pallet {SSCC}: right one")
    handheld.scan("Scan the bin it stands in", site.other.code)

    handheld.hears(f"Pallet found at {site.other.code}")
    assert stands(site.item) == {site.other.code: D(40)}
    assert_invariants()


def test_the_place_of_a_pallet_that_is_not_found_is_counted(handheld, site, lost):
    handheld.tap("Next task")
    handheld.sees("Look for a unit")
    handheld.tap("Problem")
    handheld.choose("Not found")
    handheld.tap("Not in the bin")

    handheld.hears("Not found")
    assert stands(site.item) == {site.bin.code: D(40)}
    assert WarehouseTask.objects.open().get().kind == "count"
