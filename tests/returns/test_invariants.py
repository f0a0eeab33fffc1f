"""The rule on returns is silent on good ones and speaks up on the fault it is there for."""

import pytest

from tests.factories.floor import a_floor
from tests.factories.ledger import stock
from tests.factories.returns import a_return, a_shipped_order, back, inspected, taken_in
from tests.invariants import assert_invariants, broken_by

FAULTS = {
    "more back than was shipped": (
        "update returns_customerreturnline set announced = 7 where customer_return_id ="
        " (select max(id) from returns_customerreturn)"
    ),
    "more received than arrived": "update returns_customerreturnline set received = received + 1, announced = 5",
    "an arrival that was not posted": (
        "update returns_returnarrival set quantity = quantity + 1; update returns_customerreturnline"
        " set received = received + 1 where received > 0"
    ),
    "more inspected than decided": "update returns_customerreturnline set inspected = inspected + 1 where received > 2",
    "a refusal that nobody wrote down": "update returns_customerreturnline set refused = 1 where received < announced",
    "a decision without its goods": "delete from returns_returninspection",
    "closed with goods that nobody saw": (
        "update returns_customerreturn set state = 'closed', closed_at = now() where state = 'received'"
    ),
}


@pytest.fixture
def returned(transactional_db):
    """Three of six are back, two of them inspected; one more is announced. All committed."""
    floor = a_floor()
    stock(floor.item, floor.a, 10)
    order = a_shipped_order(floor, (floor.item, 6))
    document = taken_in(a_return(order, back(4)), floor.dock, 3)
    inspected(document, 1)
    inspected(document, 1, "scrap", remark="crushed")
    a_return(order, back(1))


def test_a_good_return_breaks_no_rule(returned):
    assert_invariants()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(returned, superuser_dsn, fault):
    assert "I31" in broken_by(FAULTS[fault], superuser_dsn)
