"""How far an order is, what is in what, and orders and bills as paper."""

from apps.assembly.queries.apart import Apart, apart_of
from apps.assembly.queries.expiry import at_bench, expiry_of
from apps.assembly.queries.genealogy import Link, made_of, went_into
from apps.assembly.queries.paper import bill_paper_of, work_order_of
from apps.assembly.queries.progress import Wanted, wanted_of, worth_of

__all__ = [
    "Apart",
    "Link",
    "Wanted",
    "apart_of",
    "at_bench",
    "bill_paper_of",
    "expiry_of",
    "made_of",
    "wanted_of",
    "went_into",
    "work_order_of",
    "worth_of",
]
