"""Recall cases with their lots, consignees and checks; drills; who asked whether a unit is genuine."""

from apps.traceability.models.authenticity import AUTHENTICITY_NUMBERS, AuthenticityCheck
from apps.traceability.models.case import RECALL_NUMBERS, RecallCase, RecalledLot
from apps.traceability.models.consignee import EffectivenessCheck, RecallConsignee, RecallResponse
from apps.traceability.models.drill import DRILL_NUMBERS, DrillPlan, RecallDrill
from apps.traceability.models.grouping import LotGrouping

__all__ = [
    "AUTHENTICITY_NUMBERS",
    "DRILL_NUMBERS",
    "RECALL_NUMBERS",
    "AuthenticityCheck",
    "DrillPlan",
    "EffectivenessCheck",
    "LotGrouping",
    "RecallCase",
    "RecallConsignee",
    "RecallDrill",
    "RecallResponse",
    "RecalledLot",
]
