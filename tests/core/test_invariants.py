"""How rules are found: by their files, and only in their form."""

from types import SimpleNamespace

import pytest

from apps.core import invariants
from apps.core.invariants import check_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An app of its own whose rules the test writes."""
    (tmp_path / "invariants").mkdir()
    config = SimpleNamespace(path=str(tmp_path))
    monkeypatch.setattr(invariants, "apps", SimpleNamespace(get_app_configs=lambda: [config]))
    return tmp_path / "invariants"


def test_a_rule_is_read_with_its_marks(folder):
    (folder / "I98_rule.sql").write_text("-- I98 nightly flag: Nothing is one.\nselect 1 one;\n")

    (rule,) = invariants.invariants()

    assert (rule.number, rule.rule, rule.nightly, rule.flag) == ("I98", "Nothing is one.", True, True)


def test_a_violation_counts_every_row_and_shows_the_first(folder):
    (folder / "I98_rule.sql").write_text("-- I98: Nothing counts.\nselect n from generate_series(21, 32) n order by n")

    (violation,) = check_invariants()

    assert violation.count == 12
    assert [row["n"] for row in violation.rows] == list(range(21, 31))
    assert str(violation).splitlines()[0] == "I98 is broken by 12: Nothing counts."
    assert str(violation).splitlines()[-1] == "    and 2 more"


def test_a_rule_that_reads_all_of_history_waits_for_the_night_unless_asked_for(folder):
    (folder / "I97_rule.sql").write_text("-- I97: Always.\nselect 1 where false")
    (folder / "I98_rule.sql").write_text("-- I98 nightly: Nothing is one.\nselect 1 one")

    assert check_invariants(everything=False) == []
    assert [violation.invariant.number for violation in check_invariants(only="I98", everything=False)] == ["I98"]
    assert [violation.invariant.number for violation in check_invariants()] == ["I98"]


@pytest.mark.parametrize("text", ["select 1", "-- no id: A rule.\nselect 1", "-- I98 weekly: A rule.\nselect 1"])
def test_a_file_in_another_form_is_named(folder, text):
    (folder / "I98_rule.sql").write_text(text)

    with pytest.raises(ValueError, match=r"I98_rule\.sql does not open with its id and rule"):
        check_invariants()
