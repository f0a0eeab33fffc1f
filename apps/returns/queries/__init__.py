"""What may still come back, and a return as paper."""

from apps.returns.queries.goods import (
    Returnable,
    goods_by_number,
    goods_of_order,
    lots_with_customers,
    returnable_of,
    serials_with_customers,
)
from apps.returns.queries.paper import return_slip_of

__all__ = [
    "Returnable",
    "goods_by_number",
    "goods_of_order",
    "lots_with_customers",
    "return_slip_of",
    "returnable_of",
    "serials_with_customers",
]
