"""Asking for an override, deciding about it, and going past a rule under one."""

from apps.overrides.operations.decide import (
    MAY_APPROVE,
    MAY_ASK,
    Asked,
    approve_override,
    ask_override,
    end_override,
    refuse_override,
)
from apps.overrides.operations.use import Occasion, carried_together, go_past

__all__ = [
    "MAY_APPROVE",
    "MAY_ASK",
    "Asked",
    "Occasion",
    "approve_override",
    "ask_override",
    "carried_together",
    "end_override",
    "go_past",
    "refuse_override",
]
