"""Recall cases with lots, consignees and checks; drills; whether units are genuine; goods that are doubted."""

from apps.traceability.models.authenticity import AUTHENTICITY_NUMBERS, AuthenticityCheck
from apps.traceability.models.case import RECALL_NUMBERS, RecallCase, RecalledLot
from apps.traceability.models.consignee import EffectivenessCheck, RecallConsignee, RecallResponse
from apps.traceability.models.drill import DRILL_NUMBERS, DrillPlan, RecallDrill
from apps.traceability.models.grouping import LotGrouping
from apps.traceability.models.suspect import SUSPECT_NUMBERS, SuspectCase, SuspectPartner, SuspectStep

__all__ = [
    "AUTHENTICITY_NUMBERS",
    "DRILL_NUMBERS",
    "RECALL_NUMBERS",
    "SUSPECT_NUMBERS",
    "AuthenticityCheck",
    "DrillPlan",
    "EffectivenessCheck",
    "LotGrouping",
    "RecallCase",
    "RecallConsignee",
    "RecallDrill",
    "RecallResponse",
    "RecalledLot",
    "SuspectCase",
    "SuspectPartner",
    "SuspectStep",
]
