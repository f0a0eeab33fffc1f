"""What loss prevention keeps."""

from apps.losses.models.cases import LOSS_CASE_NUMBERS, LossCase, LossCaseLine, LossStep
from apps.losses.models.doors import WEEKDAYS, Camera, Door, DoorEvent, WorkShift
from apps.losses.models.odd import OddDismissal, OddRule

__all__ = [
    "LOSS_CASE_NUMBERS",
    "WEEKDAYS",
    "Camera",
    "Door",
    "DoorEvent",
    "LossCase",
    "LossCaseLine",
    "LossStep",
    "OddDismissal",
    "OddRule",
    "WorkShift",
]
