"""How many are looked at, how strictly, and what the results say; on values alone."""

from decimal import Decimal as D

import pytest

from apps.compliance.models import InspectionPlan, SamplingTable
from apps.compliance.queries import sample_for, table_of
from apps.compliance.rules import (
    Finding,
    PastLot,
    Sample,
    fixed,
    is_discontinued,
    judge,
    severity_after,
    skips,
    units_in,
    within,
)
from apps.compliance.rules.places import Stand, TooLittle, Want, deal
from apps.core import clock

OF_THE_PRINT = [
    # As printed, arrows followed: lot size, level, AQL, severity; sample size, accept, reject.
    (501, "II", "1.0", "normal", 80, 2, 3),
    (800, "II", "1.0", "normal", 80, 2, 3),
    (500, "II", "1.0", "normal", 50, 1, 2),
    (1201, "II", "0.65", "normal", 125, 2, 3),
    (2, "II", "6.5", "normal", 2, 0, 1),
    (40, "II", "1.0", "normal", 13, 0, 1),  # D has an arrow down, to E
    (200, "II", "0.65", "normal", 20, 0, 1),  # G has an arrow up, to F
    (20_000, "II", "6.5", "normal", 200, 21, 22),  # M has an arrow up, to L
    (600_000, "III", "0.65", "normal", 2000, 21, 22),
    (600_000, "III", "1.0", "normal", 1250, 21, 22),  # R has an arrow up, to Q
    (501, "I", "2.5", "normal", 32, 2, 3),
    (501, "III", "4.0", "normal", 125, 10, 11),
    (501, "S-4", "4.0", "normal", 20, 2, 3),
    (501, "S-1", "4.0", "normal", 3, 0, 1),  # C has an arrow up, to B
    (800, "II", "1.0", "tightened", 80, 1, 2),
    (800, "II", "4.0", "tightened", 80, 5, 6),
    (5000, "II", "1.5", "tightened", 200, 5, 6),
    (200, "II", "1.0", "tightened", 80, 1, 2),  # G has an arrow down past H, to J
    (5000, "II", "6.5", "tightened", 200, 18, 19),
    (800, "II", "1.0", "reduced", 32, 1, 3),
    (800, "II", "4.0", "reduced", 32, 3, 6),
]


@pytest.fixture
def table(db):
    aqls = SamplingTable.objects.get(code="MIL-STD-105E").plans.values_list("aql", flat=True).distinct()
    plans = [InspectionPlan(sampling="table", aql=aql) for aql in aqls]
    return table_of(plans, on=clock.now().date())[1]


@pytest.mark.parametrize(("lot_size", "level", "aql", "severity", "size", "accept", "reject"), OF_THE_PRINT)
def test_the_table_reads_as_it_is_printed(table, lot_size, level, aql, severity, size, accept, reject):
    plan = InspectionPlan(sampling="table", level=level, aql=D(aql))

    sample = sample_for(plan, D(lot_size), severity=severity, table=table)

    assert sample == Sample(size=size, accept=accept, reject=reject)


def test_a_larger_lot_is_never_looked_at_less_and_a_stricter_sample_never_allows_more(db):
    version = SamplingTable.objects.get(code="MIL-STD-105E")
    rows = {(row.severity, row.letter, row.aql): row for row in version.plans.all()}

    assert len(rows) == 3 * 16 * 11
    for (severity, letter, aql), row in rows.items():
        if severity == "normal":
            tight = rows["tightened", letter, aql]
            assert D(tight.accept_number) / tight.sample_size <= D(row.accept_number) / row.sample_size
            assert row.reject_number == row.accept_number + 1


def test_a_sample_is_never_larger_than_its_lot(table):
    plan = InspectionPlan(sampling="table", level="II", aql=D("0.065"))

    assert sample_for(plan, D(60), severity="normal", table=table) == Sample(size=60)
    assert sample_for(plan, D(1), severity="normal", table=table) == Sample(size=1)


def test_where_the_table_has_no_such_plan_every_unit_is_looked_at(table):
    plan = InspectionPlan(sampling="table", level="II", aql=D("0.077"))

    assert sample_for(plan, D(60), severity="normal", table=table) == Sample(size=60)


def test_without_a_table_all_a_number_or_a_percentage_is_looked_at():
    assert fixed("all", None, lot_size=40).size == 40
    assert [fixed("count", D(5), lot_size=size).size for size in (3, 5, 40)] == [3, 5, 5]
    assert [fixed("percent", D(10), lot_size=size).size for size in (1, 10, 11, 400)] == [1, 1, 2, 40]
    assert units_in(D("2.25")) == 3


def lots(text, severity="normal"):
    """a: accepted, r: rejected, s: skipped, ?: not decided; capitals under tightened inspection, d: in doubt."""
    known = {"a": True, "r": False, "d": True}
    return [
        PastLot(
            accepted=known.get(each.lower()),
            skipped=each == "s",
            severity="tightened" if each.isupper() else severity,
            in_doubt=each == "d",
        )
        for each in text
    ]


@pytest.mark.parametrize(
    ("past", "next_lot"),
    [
        ("", "normal"),
        ("a", "normal"),
        ("r", "normal"),
        ("rr", "tightened"),
        ("raaar", "tightened"),
        ("raaaar", "normal"),  # six lots apart
        ("rra", "tightened"),  # decided while both were still normal
        ("rrA", "tightened"),
        ("rrAAAA", "tightened"),
        ("rrAAAAA", "normal"),
        ("rrAARAAA", "tightened"),
        ("rrAARAAAAA", "normal"),
        ("rrAAAAAar", "normal"),  # what was before the switch counts for nothing
        ("rrAAAAAarr", "tightened"),
        ("rs?sr", "tightened"),  # what was skipped or waits is neither
    ],
)
def test_severity_follows_the_lots_before(past, next_lot):
    assert severity_after(lots(past)) == next_lot


@pytest.mark.parametrize(("past", "next_lot"), [("", "reduced"), ("aa", "reduced"), ("ar", "normal"), ("ad", "normal")])
def test_reduced_inspection_ends_with_a_lot_that_fails_or_is_in_doubt(past, next_lot):
    assert severity_after(lots(past, "reduced"), start="reduced") == next_lot


@pytest.mark.parametrize(
    ("past", "stops"), [("rrRRRR", False), ("rrRRRRR", True), ("rrRARARARAR", True), ("rrRRRRAAAAAarR", False)]
)
def test_five_lots_rejected_under_tightened_inspection_stop_the_sampling(past, stops):
    assert is_discontinued(lots(past)) is stops


def test_skip_lot_inspects_every_third_after_four_accepted_and_every_one_after_a_rejection():
    past: list[PastLot] = []
    came = ""
    for found in "aaaaaaraaaaaaa":
        while skips(past, after=4, every=3):
            past += lots("s")
            came += "s"
        past += lots(found)
        came += found

    assert came == "aaaassassassr" + "aaaassassassa"


def test_what_waits_for_its_inspection_counts_as_inspected_and_not_as_accepted():
    assert not skips(lots("aaa?"), after=4, every=3)
    assert skips(lots("aaaass?"), after=4, every=3)
    assert not skips(lots("aaaa"), after=0, every=3)
    assert not skips(lots("aaaa"), after=4, every=1)
    assert not skips([], after=1, every=2)


SAMPLE = Sample(size=3, accept=1, reject=2)


def found(*failed, recorded=((1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)), critical=()):
    return judge(
        [
            Finding(characteristic=line, sample=unit, passed=(line, unit) not in failed, is_critical=line in critical)
            for line, unit in recorded
        ],
        characteristics=(1, 2),
        sample=SAMPLE,
    )


def test_a_lot_is_judged_by_its_defective_units():
    assert (found().verdict, found().defectives) == ("accept", 0)
    assert found((1, 1)).verdict == "accept"
    assert (found((1, 1), (2, 1)).verdict, found((1, 1), (2, 1)).defectives) == ("accept", 1)
    assert (found((1, 1), (2, 2)).verdict, found((1, 1), (2, 2)).defectives) == ("reject", 2)


def test_one_critical_defect_rejects():
    assert found((2, 3), critical=(2,)).verdict == "reject"


def test_nothing_passes_before_all_is_recorded_but_a_lot_fails_at_once():
    some = ((1, 1), (1, 2))

    assert (found(recorded=some).verdict, found(recorded=some).recorded, found(recorded=some).needed) == (
        "pending",
        2,
        6,
    )
    assert found((1, 1), (1, 2), recorded=some).verdict == "reject"


def test_between_the_numbers_of_a_reduced_plan_a_lot_passes_in_doubt():
    findings = [Finding(characteristic=1, sample=unit, passed=unit > 2) for unit in (1, 2, 3)]

    judged = judge(findings, characteristics=(1,), sample=Sample(size=3, accept=1, reject=3))

    assert (judged.verdict, judged.in_doubt) == ("accept", True)


def test_limits_are_kept_by_the_values_on_them():
    assert [within(D(value), lower=D(1), upper=D(2)) for value in ("0.9", "1", "2", "2.1")] == [
        False,
        True,
        True,
        False,
    ]
    assert within(D(9), lower=D(1), upper=None)


def test_goods_are_taken_from_the_places_in_their_order():
    near = Stand(location_id=1, code="DOCK", kind="dock", free=D(4))
    far = Stand(location_id=2, code="CAGE", kind="quarantine", free=D(6))

    parts = deal([near, far], [Want(status="available", quantity=D(7)), Want(status="blocked", quantity=D(3))])

    assert [(part.want.status, part.stand.code, part.quantity) for part in parts] == [
        ("available", "DOCK", D(4)),
        ("available", "CAGE", D(3)),
        ("blocked", "CAGE", D(3)),
    ]
    with pytest.raises(TooLittle):
        deal([near], [Want(status="available", quantity=D(5))])
