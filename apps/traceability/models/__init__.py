"""Recall cases with their lots, consignees and checks; drills."""

from apps.traceability.models.case import RECALL_NUMBERS, RecallCase, RecalledLot
from apps.traceability.models.consignee import EffectivenessCheck, RecallConsignee, RecallResponse
from apps.traceability.models.drill import DRILL_NUMBERS, DrillPlan, RecallDrill

__all__ = [
    "DRILL_NUMBERS",
    "RECALL_NUMBERS",
    "DrillPlan",
    "EffectivenessCheck",
    "RecallCase",
    "RecallConsignee",
    "RecallDrill",
    "RecallResponse",
    "RecalledLot",
]
