"""Customer returns, step by step: announced, taken in, inspected; or given up."""

from apps.returns.operations.announce import announce_blind_return, announce_customer_return
from apps.returns.operations.claims import accept_claim, open_claim, reject_claim
from apps.returns.operations.end import cancel_customer_return, close_customer_return
from apps.returns.operations.examine import inspect_customer_return
from apps.returns.operations.pick_for_supplier import confirm_supplier_pick
from apps.returns.operations.refuse import refuse_return
from apps.returns.operations.take_back import take_back
from apps.returns.operations.take_in import receive_customer_return
from apps.returns.operations.to_supplier import (
    approve_return_to_supplier,
    cancel_return_to_supplier,
    credit_return_to_supplier,
    request_return_to_supplier,
    ship_return_to_supplier,
)
from apps.returns.operations.undo import undo_return_receipt

__all__ = [
    "accept_claim",
    "announce_blind_return",
    "announce_customer_return",
    "approve_return_to_supplier",
    "cancel_customer_return",
    "cancel_return_to_supplier",
    "close_customer_return",
    "confirm_supplier_pick",
    "credit_return_to_supplier",
    "inspect_customer_return",
    "open_claim",
    "receive_customer_return",
    "refuse_return",
    "reject_claim",
    "request_return_to_supplier",
    "ship_return_to_supplier",
    "take_back",
    "undo_return_receipt",
]
