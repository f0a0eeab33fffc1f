"""Other companies' books, in the form that our imports read."""

import csv
import io
import os
from pathlib import Path

from config.paths import CHECKOUT

SHARED = Path(os.environ.get("STILLAGE_SHARED") or CHECKOUT.parent / "shared")
"""Where data sets stand that are not the project's own."""


def as_csv(rows) -> str:
    """Rows that all have the columns of the first."""
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
