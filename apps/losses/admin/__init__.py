"""Loss prevention at the desk."""

from apps.losses.admin.cases import LossCaseAdmin
from apps.losses.admin.doors import CameraAdmin, DoorAdmin, DoorEventAdmin, WorkShiftAdmin
from apps.losses.admin.odd import OddDismissalAdmin, OddRuleAdmin

__all__ = [
    "CameraAdmin",
    "DoorAdmin",
    "DoorEventAdmin",
    "LossCaseAdmin",
    "OddDismissalAdmin",
    "OddRuleAdmin",
    "WorkShiftAdmin",
]
