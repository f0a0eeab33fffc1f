"""How many are looked at, how strictly, and what the results say of a lot; pure."""

from apps.compliance.rules.history import HISTORY, PastLot, is_discontinued, severity_after, skips
from apps.compliance.rules.sampling import NoPlan, Sample, Table, fixed, sample_of_table, units_in
from apps.compliance.rules.verdict import Finding, Findings, judge, within

__all__ = [
    "HISTORY",
    "Finding",
    "Findings",
    "NoPlan",
    "PastLot",
    "Sample",
    "Table",
    "fixed",
    "is_discontinued",
    "judge",
    "sample_of_table",
    "severity_after",
    "skips",
    "units_in",
    "within",
]
