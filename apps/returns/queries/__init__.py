"""What may still come back and on what terms, and a return as paper."""

from apps.returns.queries.found import (
    Found,
    arrived_by_scan,
    colleague,
    found_by_carton,
    found_by_order,
    found_by_serial,
    last_order_of,
    order_by_number,
    waiting_for,
)
from apps.returns.queries.goods import (
    Returnable,
    goods_by_number,
    goods_of_order,
    in_cartons,
    lots_with_customers,
    returnable_of,
    serials_with_customers,
)
from apps.returns.queries.paper import CERTIFIED, disposal_of, return_label_of, return_slip_of
from apps.returns.queries.policy import Policies

__all__ = [
    "CERTIFIED",
    "Found",
    "Policies",
    "Returnable",
    "arrived_by_scan",
    "colleague",
    "disposal_of",
    "found_by_carton",
    "found_by_order",
    "found_by_serial",
    "goods_by_number",
    "goods_of_order",
    "in_cartons",
    "last_order_of",
    "lots_with_customers",
    "order_by_number",
    "return_label_of",
    "return_slip_of",
    "returnable_of",
    "serials_with_customers",
    "waiting_for",
]
