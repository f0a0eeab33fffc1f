"""What has to be inspected, what was found, where inspected goods stand, and what the papers say."""

from apps.compliance.queries.due import due_for_inspection, past_lots, plans_for
from apps.compliance.queries.findings import findings_of
from apps.compliance.queries.sampling import basis_of, sample_for, table_of
from apps.compliance.queries.standing import standing, still_there, unclaimed, waiting_putaways

__all__ = [
    "basis_of",
    "due_for_inspection",
    "findings_of",
    "past_lots",
    "plans_for",
    "sample_for",
    "standing",
    "still_there",
    "table_of",
    "unclaimed",
    "waiting_putaways",
]
