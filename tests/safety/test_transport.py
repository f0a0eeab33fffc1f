"""What may ride on one vehicle: every cell of 49 CFR 177.848(d) and (f), and what the tables do not show."""

import csv
from datetime import date, timedelta
from typing import Any

import pytest

from apps.core import clock
from apps.safety.models import HazardClass, ShippingDescription, TransportRule
from apps.safety.queries import transport_rules_on
from apps.safety.rules import Hazard, TransportRules, Verdict, may_load_together, rows_of, what_rides_together
from tests.core.shared_data import shared

ROWS = {"2.3A": "2.3 zone A", "2.3B": "2.3 zone B", "6.1-PGI-A": "6.1 I zone A", "8-liquid": "8 liquid"}
GOODS: dict[str, dict[str, Any]] = {
    "1.1/1.2": {"code": "1.1", "group": "D"},
    "1.3": {"code": "1.3", "group": "G"},
    "1.4": {"code": "1.4", "group": "G"},
    "1.5": {"code": "1.5", "group": "D"},
    "1.6": {"code": "1.6", "group": "N"},
    "2.3A": {"code": "2.3", "zone": "A"},
    "2.3B": {"code": "2.3", "zone": "B"},
    "6.1-PGI-A": {"code": "6.1", "zone": "A", "packing_group": "I", "is_liquid": True},
    "8-liquid": {"code": "8", "is_liquid": True},
}
SAID = {"X": Verdict.NEVER, "O": Verdict.SEPARATED, "": Verdict.TOGETHER}


def goods(row, name):
    """Goods of a row of the table, with a name of their own."""
    return Hazard(**{"code": row, "name": name, **GOODS.get(row, {})})


def cells(name, key, skip):
    with shared(f"hazmat/{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [(row[key], column, mark) for row in rows for column, mark in row.items() if column not in skip]


@pytest.fixture
def rules(db):
    return transport_rules_on(date(2026, 11, 22))


def test_each_of_the_324_cells_is_answered_as_the_regulation_has_it(rules):
    table = cells("segregation_177_848_d", "class", {"class", "note"})
    assert len(table) == 324

    for row, column, mark in table:
        kept = rules.classes[frozenset((ROWS.get(row, row), ROWS.get(column, column)))]
        mixing = may_load_together(goods(row, "one"), goods(column, "other"), rules)

        assert kept.mark == (mark or "-"), (row, column)
        if mark == "*":
            assert "ompatibility group" in mixing.because
        else:
            assert (mixing.verdict, mixing.assumed) == (SAID[mark], ()), (row, column)


def test_each_of_the_169_cells_for_explosives_is_kept_as_the_regulation_has_it(rules):
    table = cells("class1_compatibility_177_848_f", "group", {"group"})
    assert len(table) == 169

    for row, column, mark in table:
        assert rules.explosives[frozenset((row, column))].mark == (mark or "-"), (row, column)


def explosive(code, group, **more):
    return Hazard(code=code, group=group, **{"name": f"{code}{group}", **more})


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        (("1.1", "A"), ("1.1", "B"), Verdict.NEVER, "not on one vehicle"),
        (("1.1", "B"), ("1.1", "D"), Verdict.NEVER, "not on one vehicle; detonators by 177.835(g)"),
        (("1.1", "C"), ("1.1", "D"), Verdict.TOGETHER, "together, as compatibility group e"),
        (("1.1", "D"), ("1.6", "N"), Verdict.TOGETHER, "together, as compatibility group d"),
        (("1.1", "D"), ("1.3", "G"), Verdict.SEPARATED, "articles only"),
        (("1.1", "D"), ("1.4", "S"), Verdict.SEPARATED, "fireworks not with 1.1 or 1.2"),
        (("1.2", "D"), ("1.4", "D"), Verdict.TOGETHER, "all as division 1.2"),
        (("1.2", "D"), ("1.5", "D"), Verdict.TOGETHER, "all as division 1.1"),
        (("1.2", "L"), ("1.3", "L"), Verdict.NEVER, "only with the identical explosive"),
        (("1.1", ""), ("1.1", "D"), Verdict.NEVER, "nothing is known of 1.1"),
    ],
)
def test_explosives_ride_together_by_their_compatibility_groups(rules, one, other, verdict, because):
    mixing = may_load_together(explosive(*one), explosive(*other), rules)

    assert mixing.verdict == verdict
    assert because in mixing.because.lower()


def test_explosives_of_group_l_ride_with_the_identical_explosive_alone(rules):
    one = explosive("1.2", "L", un_number="UN0248")

    assert may_load_together(one, one, rules).verdict == Verdict.TOGETHER


ACETONE = Hazard(code="3", name="Acetone", un_number="UN1090", packing_group="II", is_liquid=True)
ACID = Hazard(code="8", name="Sulfuric acid", un_number="UN1830", packing_group="II", is_liquid=True, is_acid=True)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        (Hazard(code="6.1", packing_group="II", is_cyanide=True), ACID, Verdict.NEVER, "hydrogen cyanide"),
        (Hazard(code="4.2"), ACID, Verdict.NEVER, "4.2 and 8 liquid are not"),
        (Hazard(code="6.1", packing_group="I", zone="A", is_liquid=True), ACETONE, Verdict.NEVER, "6.1 I zone A and 3"),
        (Hazard(code="5.1"), ACID, Verdict.SEPARATED, "never above or beside each other"),
        (ACETONE, Hazard(code="2.3", zone="B"), Verdict.SEPARATED, "what leaks cannot mix."),
        (Hazard(code="5.1", un_number="UN1942"), explosive("1.1", "D"), Verdict.TOGETHER, "no restriction"),
        (Hazard(code="5.1", un_number="UN1942"), explosive("1.2", "D"), Verdict.NEVER, "5.1 and 1.1/1.2"),
        (Hazard(code="5.1", un_number="UN1942"), explosive("1.5", "D"), Verdict.TOGETHER, "no restriction"),
        (Hazard(code="8", is_liquid=False), Hazard(code="4.2"), Verdict.NOT_COVERED, "no row for 8"),
        (Hazard(code="6.1", packing_group="III"), ACETONE, Verdict.NOT_COVERED, "no row for 6.1"),
        (Hazard(code="2.3", zone="C"), ACETONE, Verdict.NOT_COVERED, "no row for 2.3"),
        (Hazard(code="9"), ACETONE, Verdict.NOT_COVERED, "no row for 9"),
        (Hazard(code="6.2"), Hazard(code="9"), Verdict.NOT_COVERED, "no row for 6.2 and 9"),
        (Hazard(code="2.2", subsidiary=("5.1",)), ACETONE, Verdict.SEPARATED, "by a subsidiary hazard"),
        (Hazard(code="3", subsidiary=("8",), is_liquid=True), Hazard(code="4.2"), Verdict.NEVER, "8 liquid and 4.2"),
        (Hazard(code="5.1", is_limited_quantity=True), ACETONE, Verdict.TOGETHER, "limited quantity"),
    ],
)
def test_the_table_alone_is_not_the_rule(rules, one, other, verdict, because):
    for mixing in (may_load_together(one, other, rules), may_load_together(other, one, rules)):
        assert mixing.verdict == verdict, mixing

    assert because.lower() in may_load_together(one, other, rules).because.lower()


def test_goods_of_one_class_may_ride_in_spite_of_a_subsidiary_hazard_if_they_do_not_react(rules):
    corrosive = Hazard(code="4.2", name="a", subsidiary=("8",), is_liquid=True)

    mixing = may_load_together(corrosive, Hazard(code="4.2", name="b"), rules)

    assert mixing.verdict == Verdict.SEPARATED
    assert mixing.source.endswith("49 CFR 177.848(e)(6)")


def test_what_is_not_known_is_taken_at_its_worst_and_said(rules):
    corrosive = Hazard(code="8", name="Descaler")

    mixing = may_load_together(corrosive, Hazard(code="4.2", name="Charcoal"), rules)

    assert mixing.verdict == Verdict.NEVER
    assert mixing.assumed == ("Descaler (8) is a liquid",)
    assert "Taken at its worst: Descaler (8) is a liquid." in str(mixing)
    gas = may_load_together(Hazard(code="2.3", name="gas"), ACETONE, rules)
    assert gas.assumed == ("gas (2.3) is hazard zone A",)
    poison = may_load_together(Hazard(code="6.1", name="bait"), ACETONE, rules)
    assert poison.assumed == ("bait (6.1) is a liquid of packing group I, zone A",)


def test_an_answer_names_its_source_and_that_nobody_has_verified_it(rules):
    mixing = may_load_together(ACID, Hazard(code="4.2"), rules)

    assert mixing.source == (
        "49 CFR 177.848(d), segregation table for hazardous materials, as of 2026-06-01 (not verified)"
    )


def test_without_a_table_nothing_is_called_safe():
    assert may_load_together(ACID, ACETONE, TransportRules()).verdict == Verdict.NOT_COVERED


def test_the_pairs_of_a_vehicle_are_told_with_the_strictest_first(rules):
    lamps = Hazard(code="9", name="Batteries")

    pairs = what_rides_together([ACETONE, lamps, ACID, Hazard(code="4.2"), ACETONE], rules)

    assert [(pair.first.code, pair.second.code, pair.mixing.verdict) for pair in pairs] == [
        ("8", "4.2", Verdict.NEVER),
        ("3", "9", Verdict.NOT_COVERED),
        ("9", "8", Verdict.NOT_COVERED),
        ("9", "4.2", Verdict.NOT_COVERED),
    ]


def test_a_later_text_counts_from_its_day_on(rules):
    day = clock.now().date()
    TransportRule.objects.create(
        table="classes",
        first="8 liquid",
        second="3",
        mark="X",
        source="Our own rule",
        effective_on=day,
        is_verified=True,
    )

    assert may_load_together(ACID, ACETONE, transport_rules_on(day - timedelta(days=1))).verdict == Verdict.TOGETHER
    mixing = may_load_together(ACID, ACETONE, transport_rules_on(day))
    assert (mixing.verdict, mixing.source) == (Verdict.NEVER, "Our own rule")


def test_every_entry_of_the_hazardous_materials_table_finds_its_row_or_is_not_covered(rules):
    with shared("hazmat/hmt_172_101.csv").open(encoding="utf-8") as file:
        entries = [row for row in csv.DictReader(file) if row["class"] and row["class"][0].isdigit()]
    assert len(entries) > 2900

    for entry in entries:
        code, group = (entry["class"][:3], entry["class"][3:]) if entry["class"][0] == "1" else (entry["class"], "")
        hazard = Hazard(
            code=code,
            group=group,
            packing_group=entry["pg"],
            zone={"1": "A", "2": "B", "3": "C", "4": "D"}.get(entry["special"].split(";")[0], ""),
            subsidiary=tuple(part for part in entry["subsidiary"].split(";") if part),
        )
        first = rows_of(hazard)[0]
        assert first.name in rules.rows or (first.name is None and code in {"2.3", "6.1", "6.2", "9"}), entry


def test_a_description_reads_as_a_shipping_paper_writes_it(db):
    acid = ShippingDescription(
        code="ACID",
        un_number="UN2789",
        proper_shipping_name="Acetic acid, glacial",
        hazard_class=HazardClass.objects.get(code="8"),
        subsidiary=["3"],
        packing_group="II",
        is_liquid=True,
    )

    assert acid.basic_description == "UN2789, Acetic acid, glacial, 8 (3), PG II"
    assert acid.hazard.subsidiary == ("3",)
    acid.is_limited_quantity, acid.technical_name = True, "96%"
    assert acid.basic_description == "UN2789, Acetic acid, glacial (96%), 8 (3), PG II, Ltd Qty"
