"""Putting goods away and filling up pick faces: proposals, their confirmation, and taking a putaway back."""

from apps.storage.operations.again import propose_again, replan_putaways
from apps.storage.operations.bins import check_goes_back, lock_and_fill
from apps.storage.operations.carried import Carried, carry_on, lock_carried
from apps.storage.operations.carry import carry_unit
from apps.storage.operations.confirm import confirm_putaway
from apps.storage.operations.putaway import propose_putaways
from apps.storage.operations.redirect import Wanted, send_to_lanes
from apps.storage.operations.replenish import confirm_replenishment, replenish_faces
from apps.storage.operations.withdraw import (
    call_off_replenishments,
    replenishments_of_lots,
    undo_putaway,
    withdraw_putaways,
)
from apps.storage.rules import Goods

__all__ = [
    "Carried",
    "Goods",
    "Wanted",
    "call_off_replenishments",
    "carry_on",
    "carry_unit",
    "check_goes_back",
    "confirm_putaway",
    "confirm_replenishment",
    "lock_and_fill",
    "lock_carried",
    "propose_again",
    "propose_putaways",
    "replan_putaways",
    "replenish_faces",
    "replenishments_of_lots",
    "send_to_lanes",
    "undo_putaway",
    "withdraw_putaways",
]
