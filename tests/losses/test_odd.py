"""Odd adjustments: far off by robust statistics, again and again, out of hours, found elsewhere; with the figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.ledger.operations import reverse as reverse_posting
from apps.losses.errors import AlreadyDismissed
from apps.losses.models import OddRule, WorkShift
from apps.losses.operations import dismiss_odd, open_loss_case
from apps.losses.queries import odd_in
from apps.losses.rules import Limits, Loss, odd_among, score_of
from apps.losses.states import Oddity
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor
from tests.factories.locations import WarehouseFactory
from tests.factories.losses import missing, today

LIMITS = Limits(score=3.5, fewest=5, repeats=3, match=timedelta(days=14))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_loss(number, value="10", **more):
    facts = {
        "move_id": number,
        "transaction_id": number,
        "at": NOON + timedelta(hours=number),
        "warehouse": "MAIN",
        "zone": "CAGE",
        "place": f"A-{number}",
        "item": "BOLT",
        "lot": "",
        "unit": "EA",
        "quantity": D(1),
        "value": D(value),
        "is_explained": False,
        "reason": "THEFT",
        "document": "",
        "by": f"person-{number}",
        "shift": "Day",
    }
    return Loss(**facts | more)


def told(*losses, limits=LIMITS, shifts=True):
    found = odd_among(losses, limits, has_shifts=lambda site: shifts)
    return [(odd.kind.value, odd.loss.move_id, odd.because) for odd in found]


@pytest.mark.parametrize(
    ("value", "among", "score"),
    [
        # Median 3, MAD 1: 0.6745 x 6 / 1.
        (9, [1, 2, 3, 4, 9], 4.047),
        # All but one alike: MAD is nought, the mean distance 2: (13 - 3) / (1.253314 x 2).
        (13, [3, 3, 3, 3, 13], 3.989),
        (3, [3, 3, 3], None),
    ],
)
def test_the_modified_z_score(value, among, score):
    assert score_of(value, among) == (pytest.approx(score, abs=0.001) if score else None)


def test_a_loss_worth_far_more_than_others_is_odd_among_enough():
    usual = [a_loss(number, value) for number, value in enumerate(("8", "9", "10", "11", "12"))]
    dear = a_loss(9, "500")

    # Logarithms: of 8 to 12 and 500 the median is 2.3502, MAD 0.1439; 0.6745 (6.2146 - 2.3502) / 0.1439 = 18.1.
    assert told(*usual, dear) == [
        ("value", 9, "Worth 500.00; the median of 6 write-offs here is 10.50 (score 18.1)."),
    ]
    assert told(*usual[:3], dear) == []
    assert told(*usual, replace(dear, is_explained=True)) == []
    assert told(*usual, replace(dear, warehouse="OTHER")) == []
    assert told(*usual, replace(dear, value=None)) == []


def test_one_person_who_writes_off_far_more_often_is_odd():
    others = [a_loss(number, by=f"boss-{number}", counted_by=f"person-{number % 6}") for number in range(12)]
    often = [a_loss(20 + number, counted_by="ines") for number in range(9)]

    found = told(*others, *often)

    # Six people twice, one nine times: MAD nought, mean distance 1; (9 - 2) / 1.253314.
    assert found == [("person", 28, "ines told 9 write-offs; the median of 7 people here is 2 (score 5.6).")]


def test_the_same_item_at_one_place_again_and_again_and_what_is_missed_when_nobody_works():
    again = [a_loss(number, place="A", quantity=D(number)) for number in (1, 2, 3)]

    assert told(*again) == [("repeat", 3, "BOLT was written off 3 times at A, 6 EA in all.")]
    assert told(*again[:2]) == []
    night = a_loss(7, shift="no shift", at=datetime(2026, 3, 2, 2, 30, tzinfo=UTC))
    assert told(night) == [("hours", 7, "Missed at Mon 02:30, when no shift works.")]
    assert told(night, shifts=False) == []


def test_what_was_found_elsewhere_soon_after_is_told_as_misplaced():
    gone = a_loss(1, quantity=D(12))
    found = a_loss(2, quantity=D(-12), place="B")
    says = "As much, 12 EA, was found at B on 02 Mar 14:00."

    assert told(gone, found) == [("matched", 1, says)]
    for other in (
        replace(found, quantity=D(-11)),
        replace(found, place=gone.place),
        replace(found, lot="L"),
        replace(found, at=gone.at + timedelta(days=15)),
    ):
        assert told(gone, other) == []


def test_odd_ones_are_dismissed_or_looked_into_and_the_rule_s_precision_is_told(cage, client):
    OddRule.objects.create(
        effective_on=date(2021, 1, 1),
        score=3,
        fewest=5,
        repeats=2,
        window_days=9,
        match_days=9,
        source="Our own",
    )
    first = missing(cage, 1)
    with CaptureQueriesContext(connection) as few:
        assert odd_in(today(cage)).found == ()
    second = missing(cage, 1)

    with CaptureQueriesContext(connection) as many:
        found = odd_in(today(cage))

    assert len(many) == len(few)
    [(odd, case)] = found.found
    assert (odd.kind, odd.loss.document, case) == ("repeat", second.number, "")
    assert odd.because == "BOLT was written off 2 times at A, 2 EA in all."
    assert (found.precision, found.rule) == (None, "Our own (not verified)")
    boss = a_person(cage.warehouse, roles=(Role.INVENTORY_MANAGER,), is_staff=True)
    client.force_login(boss.user)
    page = client.get(reverse("desk-odd-adjustments")).content.decode()
    for words in ("BOLT was written off 2 times at A", "Look into it", "n/a were worth a case", "NVR 1/4"):
        assert words in page, words
    opened = open_loss_case(
        warehouse_id=cage.warehouse.pk,
        posting_ids=[second.transaction_id],
        reason="Again",
        by=an_actor(boss.user),
        at=clock.now(),
    )
    assert [(case, odd_in(today(cage)).precision) for _, case in odd_in(today(cage)).found] == [(opened.number, D(100))]
    assert opened.number in client.get(reverse("desk-odd-adjustments")).content.decode()
    with transaction.atomic():
        reverse_posting(first.transaction_id, by=an_actor(), at=clock.now(), reason="Counted wrongly")
    assert odd_in(today(cage)).found == ()  # one is left that stands


def test_a_dismissal_says_why_once_and_is_nobody_s_own(cage):
    WorkShift.objects.update(weekdays=[(clock.now().weekday() + 3) % 7])
    count = missing(cage, 1)
    boss = a_person(cage.warehouse, roles=(Role.INVENTORY_MANAGER,))
    day = today(cage).since.isoformat()
    [odd] = boss.get("/odd-adjustments", since=day, until=day).json()["found"]
    assert (odd["kind"], odd["posting"], odd["case"]) == ("hours", count.transaction_id, "")
    body = {"posting": odd["posting"], "kind": "hours", "reason": "Stocktaking night"}

    with pytest.raises(NotAllowed):
        dismiss_odd(
            posting_id=count.transaction_id,
            kind=Oddity.HOURS,
            reason="x",
            by=an_actor(count.approved_by),
            at=clock.now(),
        )
    refused(a_person(WarehouseFactory(), roles=(Role.SAFETY,)).post("/odd-dismissals", body), 404, "not_found")
    assert boss.post("/odd-dismissals", body).status_code == 201
    refused(boss.post("/odd-dismissals", body), 409, "already_dismissed")

    told_ = boss.get("/odd-adjustments", since=day, until=day).json()
    assert (told_["found"], told_["dismissed"], told_["precision"]) == ([], 1, "0.0")
    by = an_actor(UserFactory(roles=[Role.SAFETY]))
    with pytest.raises(AlreadyDismissed):
        dismiss_odd(posting_id=count.transaction_id, kind=Oddity.HOURS, reason="x", by=by, at=clock.now())
