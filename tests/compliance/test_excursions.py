"""What sensors read is taken down; goods that stood beyond their band are on hold by themselves, until decided."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from apps.accounts.roles import Role
from apps.compliance.models import ExcursionCase, SensorReading
from apps.core import clock
from apps.journal.models import Approval, AuditEntry
from apps.ledger.errors import LotOnHold
from apps.ledger.models import Hold, StockBalance
from apps.ledger.operations import Claim, freeze_lot, reserve
from apps.ledger.states import HoldReason
from apps.safety.models import HazardClass
from tests.factories.api import a_device, a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.climate import MINUTE, a_cold_rule, a_cold_zone, a_condition, a_sensor, every, noted
from tests.factories.compliance import an_inspector
from tests.factories.labels import a_gate
from tests.factories.ledger import LotFactory, moved, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.invariants import assert_invariants


@pytest.fixture
def site(db):
    """Vaccine in a cold zone with a sensor, and the same beside it in a room that nobody cools."""
    warehouse = WarehouseFactory(code="LYON", timezone="Europe/Paris")
    chilled = a_condition("COLD-2-8")
    zone = a_cold_zone(warehouse, chilled)
    chamber = LocationFactory(warehouse=warehouse, code="C-1", zone=zone)
    room = LocationFactory(warehouse=warehouse, code="R-1")
    vaccine = ItemFactory(number="VACCINE", lots=True, storage_condition=chilled)
    here, there = LotFactory(item=vaccine, number="V1"), LotFactory(item=vaccine, number="V2")
    stock(vaccine, chamber, 10, lot=here)
    stock(vaccine, room, 10, lot=there)
    return SimpleNamespace(
        warehouse=warehouse,
        chilled=chilled,
        zone=zone,
        chamber=chamber,
        room=room,
        vaccine=vaccine,
        here=here,
        there=there,
        sensor=a_sensor(warehouse, zone=zone),
        worker=a_worker(warehouse),
        quality=a_person(warehouse, roles=(Role.QUALITY,)),
        other=a_person(warehouse, roles=(Role.QUALITY,)),
    )


def tell(caller, *readings, sensor="COLD-T1", key=None):
    rows = [{"read_at": at.isoformat(), "celsius": str(celsius)} for at, celsius in readings]
    return caller.post("/sensor-readings", {"sensor": sensor, "readings": rows}, key=key)


def decide(caller, case, verb, reason="stability data say so"):
    return caller.post(f"/excursions/{case}/{verb}", {"reason": reason})


def held(lot):
    return Hold.objects.open().filter(lot=lot).count()


def test_an_excursion_holds_what_stood_there_and_is_released_when_another_approves(site):
    a_cold_rule(site.chilled)
    begun = clock.now()

    response = tell(site.worker, *every(MINUTE, begun, 5, 9.4, 11, 5))

    case = ExcursionCase.objects.get()
    assert (response.status_code, response.json()) == (
        200,
        {"sensor": "COLD-T1", "new": 4, "repeated": 0, "differing": [], "opened": [case.number], "changed": []},
    )
    assert (case.state, case.measure, case.low, case.high) == ("open", "temperature", D(2), D(8))
    assert (case.first_at, case.last_at, case.ended_at) == tuple(begun + n * MINUTE for n in (1, 2, 3))
    assert (case.lowest, case.highest) == (D("9.4"), D(11))
    assert (case.verdict, case.mean_kinetic) == ("not_evaluable", None)
    (goods,) = case.goods.all()
    assert goods.hold is not None
    assert (goods.lot, goods.hold.reason, goods.hold.source, goods.hold.note) == (
        site.here,
        "temperature",
        case.number,
        "11 °C at COLD-T1",
    )
    assert (held(site.here), held(site.there)) == (1, 0)
    shown = site.quality.get(f"/excursions/{case}").json()
    assert shown["goods"] == [{"item": "VACCINE", "lot": "V1", "held": True}]

    assert decide(site.quality, case, "ask-release").json()["state"] == "waiting"
    assert held(site.here) == 1
    assert refused(decide(site.quality, case, "approve"), 409, "own_release") == {
        "excursion": case.number,
        "who": site.quality.user.username,
    }
    released = decide(site.other, case, "approve", "agreed").json()

    assert (released["state"], released["decided_by"]) == ("released", site.other.user.username)
    assert released["goods"] == [{"item": "VACCINE", "lot": "V1", "held": False}]
    assert held(site.here) == 0
    approval = Approval.objects.get(kind="excursion case")
    assert (approval.number, approval.asked_by, approval.decided_by) == (
        case.number,
        site.quality.user,
        site.other.user,
    )
    trail = AuditEntry.objects.filter(kind="excursion case").order_by("pk").values_list("verb", flat=True)
    assert list(trail) == ["open", "ask", "approve"]
    assert_invariants()


def test_what_left_before_it_and_what_came_after_it_is_not_concerned(site):
    gone, come = (LotFactory(item=site.vaccine, number=number) for number in ("GONE", "COME"))
    for lot, place in ((gone, site.chamber), (come, site.room)):
        stock(site.vaccine, place, 1, lot=lot)
    moved(site.vaccine, site.chamber, site.room, 1, lot=gone)
    warm = clock.now()
    moved(site.vaccine, site.chamber, site.room, 10, lot=site.here)
    cool = clock.now()
    moved(site.vaccine, site.room, site.chamber, 1, lot=come)

    noted(site.sensor, (warm, 9), (cool, 5))

    # It had left when the reading came, but had stood in the warmth.
    assert [each.lot for each in ExcursionCase.objects.get().goods.all()] == [site.here]
    assert (held(gone), held(come), held(site.here)) == (0, 0, 1)


def test_while_it_lasts_what_comes_is_held_too_and_nothing_is_released(site):
    now = clock.now()
    noted(site.sensor, (now, 9))
    case = ExcursionCase.objects.get()
    late = LotFactory(item=site.vaccine, number="LATE")
    stock(site.vaccine, site.chamber, 1, lot=late)

    facts = refused(decide(site.quality, case, "ask-release"), 409, "excursion_ongoing")
    again = noted(site.sensor, (clock.now(), 9))

    assert (facts["excursion"], facts["sensor"]) == (case.number, "COLD-T1")
    assert again.changed == [case]
    assert {each.lot for each in case.goods.all()} == {site.here, late}
    assert (held(site.here), held(late)) == (1, 1)


def test_readings_come_late_twice_and_out_of_order(site):
    start = clock.now() - timedelta(hours=1)
    rows = every(MINUTE, start, 5, 9, 9, 5)

    first = tell(site.worker, rows[3], rows[1], rows[1]).json()
    second = tell(site.worker, *reversed(rows)).json()
    third = tell(site.worker, (rows[0][0], 7)).json()

    assert (first["new"], first["repeated"], len(first["opened"])) == (2, 1, 1)
    assert (second["new"], second["repeated"], second["opened"]) == (2, 2, [])
    assert second["changed"] == first["opened"]
    assert (third["new"], third["differing"]) == (0, [rows[0][0].isoformat().replace("+00:00", "Z")])
    assert SensorReading.objects.get(read_at=rows[0][0]).celsius == D(5)
    case = ExcursionCase.objects.get()
    assert (case.first_at, case.last_at, case.ended_at) == (rows[1][0], rows[2][0], rows[3][0])


def test_a_late_reading_within_the_band_makes_two_excursions_of_one(site):
    start = clock.now()
    rows = every(MINUTE, start, 9, 5, 10)
    noted(site.sensor, rows[0], rows[2])

    told = noted(site.sensor, rows[1])

    first, second = ExcursionCase.objects.order_by("pk")
    assert (told.changed, told.opened) == ([first], [second])
    assert (first.first_at, first.last_at, first.ended_at, first.highest) == (start, start, rows[1][0], D(9))
    assert (second.first_at, second.ended_at, second.lowest) == (rows[2][0], None, D(10))
    assert held(site.here) == 2


def test_late_readings_fill_a_gap_and_change_the_verdict(site):
    a_cold_rule(site.chilled)
    end = clock.now()
    hour = timedelta(hours=1)
    site.sensor.interval_seconds = 3600
    site.sensor.save()
    noted(site.sensor, (end - 7 * hour, 5), (end - 6 * hour, 14), (end, 5))
    case = ExcursionCase.objects.get()
    before = case.verdict

    noted(site.sensor, *every(hour, end - 24 * hour, *(5,) * 17), *every(hour, end - 5 * hour, *(14,) * 5))

    case.refresh_from_db()
    assert before == "not_evaluable"
    assert (case.verdict, case.mean_kinetic) == ("beyond", D("8.29"))
    assert case.because == "Mean kinetic temperature 8.29 °C over 24 h, at most 8.0 °C: our own (not verified)."


def test_dangerous_goods_without_a_required_label_stay_held_when_the_release_is_approved(site):
    a_cold_rule(site.chilled)
    tell(site.worker, *every(MINUTE, clock.now(), 5, 9, 5))
    case = ExcursionCase.objects.get()
    decide(site.quality, case, "ask-release")
    site.here.item.hazard_class = HazardClass.objects.get(code="3")
    site.here.item.save()
    a_gate(case.warehouse)

    facts = refused(decide(site.other, case, "approve"), 409, "label_missing")

    assert (facts["item"], facts["label"], held(site.here)) == ("VACCINE", "container label", 1)
    case.refresh_from_db()
    assert (case.state, Approval.objects.filter(kind="excursion case").count()) == ("waiting", 0)


def test_a_reading_that_nobody_had_seen_opens_a_case_again_that_waits_and_follows_one_that_is_decided(site):
    rows = every(MINUTE, clock.now() - timedelta(hours=1), 5, 9, 5, 12)
    noted(site.sensor, *rows[:3])
    case = ExcursionCase.objects.get()
    decide(site.quality, case, "ask-release")
    noted(site.sensor, (rows[1][0] + MINUTE / 2, 13))
    case.refresh_from_db()
    waited = (case.state, case.asked_by, case.highest)
    decide(site.quality, case, "ask-release")
    decide(site.other, case, "approve")

    follower = noted(site.sensor, (rows[1][0] - MINUTE / 2, 14)).opened

    assert waited == ("open", None, D(13))
    case.refresh_from_db()
    assert (case.state, case.first_at) == ("released", rows[1][0])
    assert [(each.follows, each.highest, each.first_at) for each in follower] == [
        (case, D(14), rows[1][0] - MINUTE / 2)
    ]


def test_goods_that_need_no_condition_or_one_that_was_kept_are_not_concerned(site):
    hardy = ItemFactory(number="JAM", lots=True, storage_condition=a_condition("COOL", "0", "15"))
    bolts = ItemFactory(number="BOLT", lots=True)
    for item in (hardy, bolts):
        stock(item, site.chamber, 1, lot=LotFactory(item=item))
    loose = ItemFactory(number="SERUM", storage_condition=site.chilled)
    stock(loose, site.chamber, 3)

    noted(site.sensor, (clock.now(), 9))

    goods = ExcursionCase.objects.get().goods.order_by("item__number")
    assert [(each.item.number, each.lot and each.lot.number, each.hold is None) for each in goods] == [
        ("SERUM", None, True),
        ("VACCINE", "V1", False),
    ]


def test_a_zones_sensor_does_not_speak_for_a_place_with_a_condition_of_its_own(site):
    freezer = LocationFactory(
        warehouse=site.warehouse, code="F-1", zone=site.zone, storage_condition=a_condition("DEEP", None, "-18")
    )
    moved(site.vaccine, site.chamber, freezer, 10, lot=site.here)
    noted(a_sensor(site.warehouse, location=freezer, number="DEEP-T1"), (clock.now(), -20))

    noted(site.sensor, (clock.now(), 9))

    assert list(ExcursionCase.objects.get().goods.all()) == []


def test_humidity_has_a_band_of_its_own_and_no_mean(site):
    site.chilled.max_humidity = D(60)
    site.chilled.save()

    noted(site.sensor, (clock.now(), 5, 71))

    case = ExcursionCase.objects.get()
    assert (case.measure, case.low, case.high, case.highest, case.unit) == ("humidity", None, D(60), D(71), "% RH")
    assert (case.verdict, case.mean_kinetic) == ("no_rule", None)
    assert Hold.objects.get(lot=site.here).note == "71 % RH at COLD-T1"


def test_a_lot_that_another_case_holds_stays_held(site):
    noted(site.sensor, *every(MINUTE, clock.now(), 9, 5))
    case = ExcursionCase.objects.get()
    freeze_lot(lot_id=site.here.pk, reason=HoldReason.QUALITY, note="label", by=an_inspector(), at=clock.now())

    decide(site.quality, case, "ask-release")
    decide(site.other, case, "approve")

    assert list(Hold.objects.open().filter(lot=site.here).values_list("reason", flat=True)) == ["quality"]


def test_rejected_goods_stay_on_hold_and_refusing_a_release_opens_the_case_again(site):
    noted(site.sensor, *every(MINUTE, clock.now(), 9, 5))
    case = ExcursionCase.objects.get()
    decide(site.quality, case, "ask-release")

    refused_release = decide(site.other, case, "refuse", "no data for 9 °C").json()
    rejected = decide(site.quality, case, "reject", "lost").json()

    assert (refused_release["state"], refused_release["asked_by"]) == ("open", None)
    assert (rejected["state"], rejected["reason"], held(site.here)) == ("rejected", "lost", 1)
    refused(decide(site.quality, case, "ask-release"), 409, "illegal_transition")
    balance = StockBalance.objects.get(lot=site.here, on_hand__gt=0)
    claim = Claim(balance_id=balance.pk, quantity=D(1))
    with pytest.raises(LotOnHold), transaction.atomic():
        reserve([claim], warehouse_id=site.warehouse.pk, document="SO-1")


def test_who_may_decide(site):
    noted(site.sensor, *every(MINUTE, clock.now(), 9, 5))
    case = ExcursionCase.objects.get()
    foreman = a_person(site.warehouse, roles=(Role.SUPERVISOR,))
    elsewhere = a_person(WarehouseFactory(), roles=(Role.QUALITY,))

    assert decide(foreman, case, "ask-release").status_code == 200
    for verb in ("approve", "refuse", "reject"):
        refused(decide(foreman, case, verb), 403, "not_allowed")
    refused(decide(site.worker, case, "ask-release"), 403, "not_allowed")
    for verb in ("ask-release", "approve", "refuse", "reject"):
        refused(decide(elsewhere, case, verb), 404, "not_found")
    case.refresh_from_db()
    assert (case.state, held(site.here)) == ("waiting", 1)


def test_readings_that_are_refused_leave_nothing(site):
    now = clock.now()
    ahead = refused(tell(site.worker, (now + timedelta(minutes=6), 5)), 409, "reading_ahead")
    site.sensor.device = a_device(site.warehouse)
    site.sensor.save()
    mine = refused(tell(site.worker, (now, 5)), 403, "not_your_sensor")
    site.sensor.is_active = False
    site.sensor.save()
    off = refused(tell(site.worker, (now, 5)), 409, "sensor_off")
    elsewhere = a_worker(WarehouseFactory())

    assert ahead["sensor"] == "COLD-T1"
    assert mine == {"sensor": "COLD-T1", "device": site.sensor.device.number}
    assert off == {"sensor": "COLD-T1"}
    refused(tell(elsewhere, (now, 5)), 404, "not_found")
    body = {"sensor": "COLD-T1", "readings": [{"read_at": now.isoformat()}]}
    refused(site.worker.post("/sensor-readings", body), 400, "malformed")
    assert not SensorReading.objects.exists()


def test_the_hour_that_comes_twice_and_the_turn_of_the_year_are_told_by_their_offsets(site):
    told = [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
        "2025-12-31T23:59:00+01:00",
        "2026-01-01T00:00:00+01:00",
    ]
    rows = [{"read_at": at, "celsius": celsius} for at, celsius in zip(told, ("9", "5", "9", "5"), strict=True)]

    answer = site.worker.post("/sensor-readings", {"sensor": "COLD-T1", "readings": rows}).json()

    assert (answer["new"], len(answer["opened"])) == (4, 2)
    lasted = [case.ended_at and case.ended_at - case.first_at for case in ExcursionCase.objects.order_by("first_at")]
    assert lasted == [MINUTE, timedelta(hours=1)]
    # The vaccine came after either: nothing is held.
    assert held(site.here) == 0


def test_a_repeated_key_answers_the_same_and_holds_once(site):
    row = (clock.now(), 9)

    first, second = (tell(site.worker, row, key="batch-1").json() for _ in range(2))

    assert first == second
    assert held(site.here) == 1


def test_a_batch_takes_as_many_statements_whatever_its_size(site):
    start = clock.now() - timedelta(days=1)
    tell(site.worker, (start, 5))

    few, _ = site.worker.statements(lambda: tell(site.worker, *every(MINUTE, start + MINUTE, *(5,) * 2)))
    many, _ = site.worker.statements(lambda: tell(site.worker, *every(MINUTE, start + 9 * MINUTE, *(5,) * 200)))

    assert few == many


def test_what_was_read_cannot_be_rewritten(site):
    noted(site.sensor, (clock.now(), 5))

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        SensorReading.objects.update(celsius=6)
    assert SensorReading.objects.get().celsius == D(5)
