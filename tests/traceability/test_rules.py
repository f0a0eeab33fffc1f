"""The mass balance adds up, whatever was undone."""

from decimal import Decimal as D

import pytest

from apps.locations.choices import LocationKind as L
from apps.traceability.rules import Flowed, weigh


def flow(source, target, quantity, *, reversal=False):
    return Flowed(source=source, target=target, quantity=D(quantity), reversal=reversal)


RECEIVED = flow(L.SUPPLIER, L.DOCK, 100)
SHIPPED = flow(L.DOCK, L.CUSTOMER, 30)


def test_received_is_on_hand_and_every_way_out():
    flows = [
        RECEIVED,
        SHIPPED,
        flow(L.CUSTOMER, L.DOCK, 2),
        flow(L.STORAGE, L.SCRAP, 5),
        flow(L.STORAGE, L.ADJUSTMENT, 4),
        flow(L.ADJUSTMENT, L.STORAGE, 1),
        flow(L.STORAGE, L.PRODUCTION, 10),
        flow(L.PRODUCTION, L.STORAGE, 7),
        flow(L.DOCK, L.SUPPLIER, 3),
    ]

    balance = weigh(flows, on_hand=D(58))

    assert (balance.received, balance.made, balance.returned, balance.shipped) == (D(100), D(7), D(2), D(30))
    assert (balance.scrapped, balance.adjusted, balance.consumed, balance.sent_back) == (D(5), D(3), D(10), D(3))
    assert (balance.came, balance.balances, balance.percent_reconciled) == (D(109), True, D(100))


def test_what_is_missing_is_the_difference():
    balance = weigh([RECEIVED, SHIPPED], on_hand=D(69))

    assert (balance.difference, balance.balances, balance.percent_reconciled) == (D(1), False, D(99))
    assert weigh([], on_hand=D(0)).percent_reconciled == D(100)


@pytest.mark.parametrize(
    ("original", "name"),
    [
        (RECEIVED, "received"),
        (SHIPPED, "shipped"),
        (flow(L.STORAGE, L.SCRAP, 5), "scrapped"),
        (flow(L.ADJUSTMENT, L.STORAGE, 1), "adjusted"),
        (flow(L.STORAGE, L.ADJUSTMENT, 1), "adjusted"),
        (flow(L.PRODUCTION, L.STORAGE, 7), "received"),
        (flow(L.DOCK, L.SUPPLIER, 7), "sent_back"),
        (flow(L.CUSTOMER, L.DOCK, 7), "returned"),
    ],
)
def test_a_reversal_takes_back_what_it_mirrors(original, name):
    mirror = flow(original.target, original.source, original.quantity, reversal=True)

    balance = weigh([original, mirror], on_hand=D(0))

    assert getattr(balance, name) == 0
    assert balance.balances
