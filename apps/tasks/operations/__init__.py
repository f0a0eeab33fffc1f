"""What is done with tasks, whatever they are about: made, claimed, handed back, completed, cancelled."""

from apps.tasks.operations.ahead import LEASABLE, MOST_AHEAD, Leased, hand_back_leased, lease_bundle
from apps.tasks.operations.claim import (
    claim_best,
    claim_bundle,
    claim_next_task,
    claim_task,
    give_task,
    hand_back_bundle,
    hand_back_task,
    lock_unclaimed,
    renew_bundle,
    renew_lease,
)
from apps.tasks.operations.conflicts import MAY_SETTLE, Late, note_conflict, settle_conflict
from apps.tasks.operations.press import apply_rules, press_due
from apps.tasks.operations.queue import (
    NewTask,
    cancel_tasks,
    check_confirmable,
    complete_task,
    lock_task,
    make_tasks,
    raise_task,
    relocate_tasks,
    retime_tasks,
)

__all__ = [
    "LEASABLE",
    "MAY_SETTLE",
    "MOST_AHEAD",
    "Late",
    "Leased",
    "NewTask",
    "apply_rules",
    "cancel_tasks",
    "check_confirmable",
    "claim_best",
    "claim_bundle",
    "claim_next_task",
    "claim_task",
    "complete_task",
    "give_task",
    "hand_back_bundle",
    "hand_back_leased",
    "hand_back_task",
    "lease_bundle",
    "lock_task",
    "lock_unclaimed",
    "make_tasks",
    "note_conflict",
    "press_due",
    "raise_task",
    "relocate_tasks",
    "renew_bundle",
    "renew_lease",
    "retime_tasks",
    "settle_conflict",
]
