"""What a measure prints, and when it calls itself short."""

import pytest

from benchmarks.measure import Line, interleaved


def test_a_measure_prints_both_figures_and_their_ratio():
    line = Line(name="a.post", ours=750.04, reference=1000.0, unit="/s")

    assert str(line) == "BENCH a.post ours=750.0/s reference=1000.0/s ratio=0.75 bar=- ok"


def test_a_measure_without_a_reference_has_no_ratio():
    assert str(Line(name="a.day", ours=12.34, unit="s")) == "BENCH a.day ours=12.3s reference=- ratio=- bar=- ok"


@pytest.mark.parametrize(("ours", "verdict"), [(50.0, "ok"), (49.9, "short")])
def test_a_ratio_below_its_bar_is_short(ours, verdict):
    line = Line(name="b.post", ours=ours, reference=100.0, unit="/s", bar=0.5)

    assert line.verdict == verdict
    assert str(line).endswith(f" bar=0.50 {verdict}")


def test_a_bar_without_a_reference_is_not_reached():
    assert Line(name="b.post", ours=1.0, unit="/s", bar=0.5).verdict == "short"


def test_both_sides_take_turns_and_the_first_round_only_warms_up():
    calls = []

    rates = interleaved(lambda: calls.append("ours"), lambda: calls.append("reference"), rounds=2, times=2)

    assert calls == ["ours", "ours", "reference", "reference"] * 3
    assert all(rate > 0 for rate in rates)
