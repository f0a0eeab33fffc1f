"""What is done about costs: the book is kept, and people say what they know."""

from apps.valuation.operations.close import close_work
from apps.valuation.operations.derive import WINDOW, rewrite_book, value_next
from apps.valuation.operations.landed import cancel_landed_cost, post_landed_cost
from apps.valuation.operations.rights import MAY_SEE_COSTS, MAY_VALUE
from apps.valuation.operations.say import (
    invoice_price,
    link_return,
    open_costs,
    revalue_item,
    set_method,
    share_outputs,
    state_cost,
)

__all__ = [
    "MAY_SEE_COSTS",
    "MAY_VALUE",
    "WINDOW",
    "cancel_landed_cost",
    "close_work",
    "invoice_price",
    "link_return",
    "open_costs",
    "post_landed_cost",
    "revalue_item",
    "rewrite_book",
    "set_method",
    "share_outputs",
    "state_cost",
    "value_next",
]
