"""The header Occurred-At: what a device may say of when it was done, and that a wrong word moves nothing."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.core import clock
from apps.journal.models import Command
from apps.ledger.models import StockBalance, StockTransaction
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from tests.factories.api import a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import goods_at, putaways_of
from tests.invariants import assert_invariants


@pytest.fixture
def site(db):
    """Five of an item at the dock, with the task to put them away, and a worker."""
    warehouse = WarehouseFactory(code="LYON")
    dock = LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK)
    LocationFactory(warehouse=warehouse, code="A-1")
    item = ItemFactory(number="BOLT")
    (putaway,) = putaways_of(goods_at(dock, item, 5), dock=dock)
    yield SimpleNamespace(confirm=f"/tasks/{putaway.task.number}/confirm", worker=a_worker(warehouse))
    assert_invariants()


def put_away(site, **how):
    return site.worker.post(site.confirm, {"quantity": "5"}, **how)


def postings():
    return StockTransaction.objects.filter(kind=TransactionKind.PUTAWAY)


def stands():
    return {row.location.code: row.on_hand for row in StockBalance.objects.on_hand().select_related("location")}


@pytest.mark.parametrize("lag", [timedelta(minutes=-4), timedelta(hours=8), timedelta(days=6)])
def test_the_posting_keeps_the_devices_time(site, lag):
    done = clock.now() - lag

    assert put_away(site, occurred_at=done).status_code == 200

    assert postings().get().occurred_at == done
    assert abs(postings().get().recorded_at - done - lag) < timedelta(minutes=1)


def test_without_the_header_it_was_done_now(site):
    assert put_away(site).status_code == 200

    posting = postings().get()
    assert timedelta(0) <= posting.recorded_at - posting.occurred_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("form", "digits"),
    [("{:%Y-%m-%dT%H:%M:%S}+05:45", 0), ("{:%Y-%m-%dt%H:%M:%S.%f}+05:45", 6), ("  {:%Y-%m-%dT%H:%M:%S}+05:45 ", 0)],
)
def test_an_instant_may_be_told_by_any_offset(site, form, digits):
    done = clock.now().astimezone(timezone(timedelta(hours=5, minutes=45))) - timedelta(hours=2)

    assert put_away(site, occurred_at=form.format(done)).status_code == 200

    assert postings().get().occurred_at == (done if digits else done.replace(microsecond=0))


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dt%H:%M:%S.123z", "%Y-%m-%dT%H:%M:%S-00:00"])
def test_universal_time_has_three_names(site, form):
    done = datetime.now(UTC) - timedelta(hours=2)

    assert put_away(site, occurred_at=done.strftime(form)).status_code == 200

    assert postings().get().occurred_at.replace(microsecond=0) == done.replace(microsecond=0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "now",
        "1780000000",
        "{day}",
        "{day}T10:00:00",
        "{day} 10:00:00+00:00",
        "{day}T10:00+00:00",
        "{day}T10:00:00+00",
        "{day}T10:00:00+0000",
        "{day}T10:00:00 +00:00",
        "{day}T10:00:00+24:00",
        "{day}T10:00:00+01:60",
        "{day}T10:00:00,5Z",
        "{day}T10:00:00.Z",
        "{day}T24:00:00Z",
        "{day}T10:60:00Z",
        "{day}T10:00:00Z, {day}T10:00:00Z",
        "2026-02-30T10:00:00Z",
        "2026-W01-1T10:00:00Z",
        "20260301T100000Z",
        "0000-01-01T00:00:00Z",
        "Sun, 01 Mar 2026 10:00:00 GMT",
        "\u0661026-03-01T10:00:00Z",
    ],
    ids=repr,
)
def test_what_is_no_instant_with_an_offset_is_malformed_and_leaves_the_key_free(site, text):
    text = text.format(day=f"{clock.now():%Y-%m-%d}")

    errors = refused(put_away(site, key="k", occurred_at=text), 400, "malformed")

    assert errors == {"Occurred-At": ["An instant with its offset is needed, as in 2026-03-01T14:05:00+01:00."]}
    assert not Command.objects.exists()
    assert stands() == {"DOCK": D(5)}
    assert put_away(site, key="k").status_code == 200


@pytest.mark.parametrize(
    ("occurred_at", "code", "recover"),
    [
        (lambda now: now + timedelta(minutes=6), "clock_ahead", ["set_clock"]),
        (lambda now: "9999-12-31T23:59:59.999999-14:00", "clock_ahead", ["set_clock"]),
        (lambda now: now - timedelta(days=7, minutes=1), "too_long_ago", ["set_clock", "ask_supervisor"]),
        (lambda now: "1970-01-01T00:00:00Z", "too_long_ago", ["set_clock", "ask_supervisor"]),
        (lambda now: "0001-01-01T00:00:00+14:00", "too_long_ago", ["set_clock", "ask_supervisor"]),
    ],
)
def test_a_clock_that_is_wrong_is_told_and_nothing_moves(site, occurred_at, code, recover):
    now = clock.now()
    done = occurred_at(now)

    response = put_away(site, key="k", occurred_at=done)

    facts = refused(response, 409, code)
    said = done if isinstance(done, datetime) else datetime.fromisoformat(done)
    assert datetime.fromisoformat(facts["occurred_at"]) == said
    assert abs(datetime.fromisoformat(facts["received_at"]) - now) < timedelta(minutes=1)
    assert response.json()["recover"] == recover
    assert stands() == {"DOCK": D(5)}
    # The same key keeps its answer; a new one is a new command.
    assert put_away(site, key="k").json() == response.json()
    assert put_away(site).status_code == 200


def test_a_repeat_is_answered_whatever_time_it_says_and_the_first_time_stands(site):
    done = clock.now() - timedelta(hours=8)
    first = put_away(site, key="k", occurred_at=done)

    for later in (done, done + timedelta(hours=1), clock.now() + timedelta(days=1), "1970-01-01T00:00:00Z", None):
        again = put_away(site, key="k", occurred_at=later)
        assert (again.status_code, again.json()) == (200, first.json())

    assert postings().get().occurred_at == done
    assert stands() == {"A-1": D(5)}


def test_another_body_under_the_key_is_a_mistake_at_any_time(site):
    done = clock.now() - timedelta(hours=8)
    put_away(site, key="k", occurred_at=done)

    other = site.worker.post(site.confirm, {"quantity": "4"}, key="k", occurred_at=done)

    assert refused(other, 422, "key_reused") == {"key": "k"}
