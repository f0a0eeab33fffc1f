"""docs/imports.md says each file's columns as the code has them."""

from collections.abc import Sequence

import pytest

from apps.catalog import bill_imports
from apps.catalog.imports import ITEMS, PARTIES
from apps.core.imports import Column
from apps.locations.imports import LOCATIONS
from apps.orders import imports as orders
from apps.purchasing import imports as purchasing
from apps.purchasing import opening
from apps.shipping.imports import EVENTS
from config.paths import CHECKOUT

FILES = {
    "import_items": ITEMS.columns,
    "import_parties": PARTIES.columns,
    "import_bills": bill_imports.COLUMNS,
    "import_locations": LOCATIONS.columns,
    "import_purchase_orders": (*purchasing.HEAD, *purchasing.LINES),
    "import_opening_stock": (*opening.HEAD, *opening.LINES),
    "import_sales_orders": (*orders.HEAD, *orders.LINES),
    "import_carrier_events": EVENTS,
}


def table(columns: Sequence[Column]) -> str:
    """The columns as a table, the required ones marked."""
    rows = [
        f"| `{column.name}`{' *' if column.required else ''}"
        f" | {column.meaning}{'; cannot be changed later' if column.fixed else ''} |"
        for column in columns
    ]
    return "\n".join(["| column | holds |", "| --- | --- |", *rows])


@pytest.mark.parametrize("command", FILES)
def test_the_columns_are_documented_as_they_are(command):
    text = (CHECKOUT / "docs" / "imports.md").read_text("utf-8")

    section = text.partition(f"## {command}\n")[2].partition("\n## ")[0]

    assert table(FILES[command]) in section, f"docs/imports.md should say:\n{table(FILES[command])}"
