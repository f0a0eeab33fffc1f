"""What is done about incidents, a verb each."""

from apps.incidents.operations.cases import (
    CaseFacts,
    LostSpan,
    assess_injury,
    count_lost_days,
    note_read,
    note_severe,
    tell_authority,
)
from apps.incidents.operations.incidents import (
    MAY_CLOSE_INCIDENTS,
    MAY_INVESTIGATE,
    act_on_incident,
    close_incident,
    investigate,
    report_incident,
)

__all__ = [
    "MAY_CLOSE_INCIDENTS",
    "MAY_INVESTIGATE",
    "CaseFacts",
    "LostSpan",
    "act_on_incident",
    "assess_injury",
    "close_incident",
    "count_lost_days",
    "investigate",
    "note_read",
    "note_severe",
    "report_incident",
    "tell_authority",
]
