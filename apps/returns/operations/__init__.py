"""Customer returns, step by step: announced, taken in, inspected; or given up."""

from apps.returns.operations.announce import announce_blind_return, announce_customer_return
from apps.returns.operations.end import cancel_customer_return, close_customer_return
from apps.returns.operations.examine import inspect_customer_return
from apps.returns.operations.refuse import refuse_return
from apps.returns.operations.take_back import take_back
from apps.returns.operations.take_in import receive_customer_return
from apps.returns.operations.undo import undo_return_receipt

__all__ = [
    "announce_blind_return",
    "announce_customer_return",
    "cancel_customer_return",
    "close_customer_return",
    "inspect_customer_return",
    "receive_customer_return",
    "refuse_return",
    "take_back",
    "undo_return_receipt",
]
