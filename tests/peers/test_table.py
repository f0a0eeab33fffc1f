"""The table beside this names tests that exist."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_test_in_the_table_exists():
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", (HERE / "README.md").read_text("utf-8"))

    assert len(named) > 12
    for file, test in named:
        if file == "test_table.py":
            continue
        text = (HERE.parent / file).read_text("utf-8")
        assert f"def {test}(" in text if test else text
