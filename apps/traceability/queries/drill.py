"""A mock recall: everything that a real one asks for, read and timed step by step; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from time import perf_counter
from typing import Any, TypeVar

from apps.core.decimals import plain
from apps.ledger.models import Lot
from apps.locations.choices import LocationKind
from apps.traceability.queries.reach import reach_of
from apps.traceability.queries.taken_in import origins_of
from apps.traceability.queries.trace import trace_lot

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """What a drill found, and how long each step took in seconds."""

    steps: tuple[tuple[str, Decimal], ...]
    figures: dict[str, Any]
    percent_reconciled: Decimal

    @property
    def seconds(self) -> Decimal:
        """All steps together."""
        return sum((took for _, took in self.steps), Decimal(0))


class Stopwatch:
    """Times steps, one after the other."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, Decimal]] = []

    def time(self, step: str, work: Callable[[], R]) -> R:
        """Do the work; its time stands under the step's name, to the millisecond."""
        start = perf_counter()
        result = work()
        self.steps.append((step, Decimal(str(round(perf_counter() - start, 3)))))
        return result


def lots_shipped() -> list[int]:
    """Lots of which something went to a customer, by key: what a drill draws from."""
    rows = Lot.objects.filter(moves__target__kind=LocationKind.CUSTOMER).order_by("pk").values_list("pk", flat=True)
    return list(rows.distinct())


def drill_on(lot_id: int) -> Drilled:
    """Walk through a recall of a lot: what was made from it, where all of it is, who got it, whether it adds up."""
    watch = Stopwatch()
    origins = watch.time("Find what was made from it", lambda: origins_of([lot_id]))
    reach = watch.time("Find stock, orders and customers", lambda: reach_of(origins))
    trace = watch.time("Trace it back and forward", lambda: trace_lot(lot_id))
    percent = watch.time("Balance what came in against what is known", lambda: trace.balance.percent_reconciled)
    balance = trace.balance
    return Drilled(
        steps=tuple(watch.steps),
        figures={
            "lots": len(reach.lots),
            "sites": list(reach.sites),
            "customers": len(reach.customers),
            "cartons_shipped": len({each.carton for each in reach.deliveries}),
            "opening": plain(balance.opening),
            "received": plain(balance.received),
            "made": plain(balance.made),
            "returned": plain(balance.returned),
            "on_hand": plain(balance.on_hand),
            "shipped": plain(balance.shipped),
            "scrapped": plain(balance.scrapped),
            "adjusted": plain(balance.adjusted),
            "consumed": plain(balance.consumed),
            "sent_back": plain(balance.sent_back),
            "unexplained": plain(balance.difference),
        },
        percent_reconciled=percent,
    )
