"""Write what the documentation takes from the source: docs/flows/*.mmd from each Flow, docs/INVARIANTS.md from SQL."""

import importlib
import re
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
FLOWS = CHECKOUT / "docs" / "flows"
INVARIANTS = CHECKOUT / "docs" / "INVARIANTS.md"
RULE = re.compile(r"-- (I\d\d)((?: (?:nightly|flag))*): (.+)")
WHEN = {"": "always", "nightly": "nightly", "flag": "always, for a look"}
PREFACE = """# What must always hold

Each line is one SQL file that answers with no row, or with the rows that break it. `manage.py check_ledger` asks all of
them; beat asks the quick ones every five minutes, with those of the history for what has changed since, and all of them
at night; tests ask them after every flow. Nothing repairs a broken rule by itself: people look, and correct by a
posting.

Written by `scripts/write_docs.py`; the rule's file is the place to change it.

| rule | what holds | asked | file |
|---|---|---|---|
"""


def diagrams() -> dict[str, str]:
    """Every flow of every app as a Mermaid diagram, by file name: SALES_ORDER_FLOW is sales_order.mmd."""
    from apps.core.flows import Flow  # noqa: PLC0415 - when run as a program, the checkout joins the path first

    drawn = {}
    for path in sorted((CHECKOUT / "apps").glob("*/states.py")):
        module = importlib.import_module(f"apps.{path.parent.name}.states")
        for name, value in vars(module).items():
            if isinstance(value, Flow):
                drawn[f"{name.removesuffix('_FLOW').lower()}.mmd"] = value.as_mermaid()
    return drawn


def invariants_page() -> str:
    """The rules as a table, by their ids."""
    rows = []
    for path in (CHECKOUT / "apps").glob("*/invariants/*.sql"):
        if found := RULE.match(path.read_text("utf-8")):
            number, marks, rule = found.groups()
            name = path.relative_to(CHECKOUT).as_posix()
            asked = WHEN.get(marks.strip(), marks.strip())
            rows.append(f"| {number} | {rule} | {asked} | [{path.parent.parent.name}](../{name}) |\n")
    return PREFACE + "".join(sorted(rows))


def main() -> None:
    """Write what is new, remove what is gone."""
    FLOWS.mkdir(parents=True, exist_ok=True)
    drawn = diagrams()
    for path in FLOWS.glob("*.mmd"):
        if path.name not in drawn:
            path.unlink()
    for name, text in drawn.items():
        (FLOWS / name).write_text(text, "utf-8")
    INVARIANTS.write_text(invariants_page(), "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(CHECKOUT))
    main()
