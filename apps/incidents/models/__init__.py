"""Tables of incidents."""

from apps.incidents.models.cases import CASE_NUMBERS, InjuryCase, LostDays, SevereEvent
from apps.incidents.models.incidents import INCIDENT_NUMBERS, Incident, IncidentAction
from apps.incidents.models.setup import Establishment, EstablishmentYear, RecordRule

__all__ = [
    "CASE_NUMBERS",
    "INCIDENT_NUMBERS",
    "Establishment",
    "EstablishmentYear",
    "Incident",
    "IncidentAction",
    "InjuryCase",
    "LostDays",
    "RecordRule",
    "SevereEvent",
]
