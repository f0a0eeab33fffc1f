"""A sitting at the handheld's page: whoever has done one task is asked for the next, until nothing is left."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.locations.choices import LocationKind
from apps.tasks.models import WarehouseTask
from tests.browser.handheld import LABEL, PORTRAIT
from tests.factories.catalog import ItemFactory
from tests.factories.counting import a_count
from tests.factories.ledger import LotFactory, stands, stock
from tests.factories.locations import LocationFactory
from tests.factories.orders import a_sales_order, released
from tests.factories.storage import PickFaceFactory, faces_filled_up, goods_at, putaways_of
from tests.invariants import assert_invariants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work(site):
    """One task of each kind: a face to fill up, goods to pick, mugs to put away and a bin to count."""
    face = LocationFactory(warehouse=site.warehouse, code="F-1", kind=LocationKind.PICK_FACE)
    PickFaceFactory(item=site.item, location=face, minimum=2, maximum=10)
    stock(site.item, site.bin, 40, lot=LotFactory(item=site.item, number="L7", expires_on="2028-03-31"))
    faces_filled_up(site.warehouse)
    released(a_sales_order(site.warehouse, (site.item, 12)))
    mug = ItemFactory(number="MUG", name="Mug, stone")
    (putaway,) = putaways_of(goods_at(site.dock, mug, 6), dock=site.dock)
    count = a_count(LocationFactory(warehouse=site.warehouse, code="B-01-1"))
    return SimpleNamespace(mug=mug, place=putaway.task.target.code, count=count)


def test_four_tasks_are_done_one_after_another_and_each_asks_for_the_next(handheld, site, work, shot):
    assert handheld.page.viewport_size == PORTRAIT
    handheld.tap("Next task")

    handheld.sees("Replenish")
    shot("sitting-replenish")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", LABEL)
    handheld.scan("Scan bin F-1", "F-1")
    handheld.tap("Replenish 10 EA")
    handheld.hears("10 EA moved into F-1")

    handheld.sees("Count")
    shot("sitting-count")
    handheld.scan("Scan bin B-01-1", "B-01-1")
    handheld.tap("The bin is empty")
    handheld.tap("Yes, it is empty")
    handheld.hears("B-01-1 is counted")

    handheld.sees("Pick")
    shot("sitting-pick")
    handheld.scan("Scan bin A-01-1", "A-01-1")
    handheld.scan("Scan the goods", LABEL)
    handheld.scan("Scan the tote you pick into", "TOTE-1")
    handheld.scan("Scan TOTE-1 or tap below", "TOTE-1")
    handheld.hears("12 EA picked into TOTE-1")

    handheld.sees("Put away")
    assert handheld.where == work.place
    shot("sitting-putaway")
    handheld.scan(f"Scan bin {work.place}", work.place)
    handheld.tap("Put away 6 EA")
    handheld.hears(f"6 EA put away into {work.place}")

    handheld.sees("Nothing to do")
    shot("sitting-nothing")
    assert stands(site.item) == {"A-01-1": D(18), "F-1": D(10), "TOTE-1": D(12)}
    assert stands(work.mug) == {work.place: D(6)}
    done = WarehouseTask.objects.order_by("done_at").values_list("kind", "state", "done_by__username")
    assert list(done) == [(kind, "done", "ines") for kind in ("replenish", "count", "pick", "putaway")]
    work.count.refresh_from_db()
    assert work.count.state == "approved"
    assert_invariants()
