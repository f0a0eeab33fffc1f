"""Every measure by its name."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.allocation import measure_allocate
from benchmarks.bills import measure_explode, measure_where_used
from benchmarks.catalog import measure_import
from benchmarks.company import measure_day, measure_northwind, measure_retail_day
from benchmarks.confirming import measure_confirm
from benchmarks.counting import measure_plan
from benchmarks.desk import measure_home
from benchmarks.forecasting import measure_forecast
from benchmarks.inbound import measure_putaway_proposal
from benchmarks.ledger import measure_post
from benchmarks.measure import Line
from benchmarks.outbound_allocation import measure_allocate_wave, measure_allocate_wave10x, measure_release
from benchmarks.picking import measure_pick_http
from benchmarks.posting import (
    measure_history10x,
    measure_post_hundred,
    measure_post_one,
    measure_reserve,
    measure_serials,
)
from benchmarks.queue import measure_next_task
from benchmarks.reading import measure_as_of, measure_check_changed, measure_check_full, measure_item_stock
from benchmarks.recall import measure_freeze, measure_pdf
from benchmarks.receiving import measure_receive_putaway, measure_takeover
from benchmarks.routing import measure_route
from benchmarks.scanning import measure_resolve
from benchmarks.tracing import measure_both_ways
from benchmarks.trailer import measure_trailer
from benchmarks.valuation import measure_moves

Measured = Line | list[Line] | None

MEASURES: dict[str, Callable[[str], Measured]] = {
    "a.post": measure_post,
    "a.allocate": measure_allocate,
    "a.import": measure_import,
    "a.day": measure_day,
    "a.northwind": measure_northwind,
    "a2.retail_day": measure_retail_day,
    "counting.plan": measure_plan,
    "assembly.explode": measure_explode,
    "assembly.where_used": measure_where_used,
    "desk.home": measure_home,
    "inbound.putaway_proposal": measure_putaway_proposal,
    "ledger.post_one": measure_post_one,
    "ledger.post_hundred": measure_post_hundred,
    "ledger.reserve": measure_reserve,
    "ledger.serials": measure_serials,
    "ledger.item_stock": measure_item_stock,
    "ledger.as_of": measure_as_of,
    "ledger.check_full": measure_check_full,
    "ledger.check_changed": measure_check_changed,
    "ledger.history10x": measure_history10x,
    "inbound.receive_putaway": measure_receive_putaway,
    "inbound.import": measure_takeover,
    "outbound.next_task": measure_next_task,
    "outbound.allocate": measure_allocate_wave,
    "outbound.allocate10x": measure_allocate_wave10x,
    "outbound.release": measure_release,
    "outbound.pick_http": measure_pick_http,
    "outbound.route": measure_route,
    "planning.forecast": measure_forecast,
    "trace.both_ways": measure_both_ways,
    "recall.freeze": measure_freeze,
    "recall.pdf": measure_pdf,
    "safety.trailer": measure_trailer,
    "scanner.confirm": measure_confirm,
    "scanner.resolve": measure_resolve,
    "valuation.moves": measure_moves,
}

GROUNDS: dict[str, tuple[str, ...]] = {
    "ledger.post_one": ("short",),
    "ledger.post_hundred": ("short",),
    "ledger.item_stock": ("long",),
    "ledger.as_of": ("long",),
    "ledger.check_full": ("long",),
    "ledger.check_changed": ("long",),
    "ledger.history10x": ("long", "short"),
}
"""Databases that are built once a run and shared: the first is the measure's own. The others get an empty one each."""
