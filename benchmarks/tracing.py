"""trace.both_ways: a lot with 2,000 descendants over five levels among a million moves, against the bare recursion."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

from apps.traceability.queries.genealogy import goods_of
from apps.traceability.queries.trees import trace_goods
from benchmarks.descent import LEVELS, LOTS, history
from benchmarks.history import share, sized
from benchmarks.measure import Line

ROUNDS = 15
MOST_MS = 100.0
MOST_TIMES = 2.0


def measure_both_ways(name: str) -> list[Line]:
    """Milliseconds of a trace of the raw lot both ways, and of one of the last lots, names and customers included."""
    raw, last = history()
    questions = [goods_of([raw]), goods_of([last])]
    bare_ones = [raw, last]
    ours: list[float] = []
    reference: list[float] = []
    for _ in range(ROUNDS + 1):
        ours.append(_taken(lambda: [trace_goods(each) for each in questions]))
        reference.append(_taken(lambda: [_bare(each) for each in bare_ones]))
    trace = trace_goods(questions[0])
    found = sum(node.kind == "lot" for node in trace.nodes.values())
    if found != round(LOTS * share()) // LEVELS * LEVELS + 1:
        message = f"the trace found {found} lots"
        raise AssertionError(message)
    mine, theirs = median(ours[1:]), median(reference[1:])
    return [
        Line(name=sized(name), ours=mine, reference=theirs, unit="ms", most=MOST_MS),
        Line(name=sized(f"{name}[bare]"), ours=mine / theirs, unit="x", most=MOST_TIMES),
    ]


def _taken(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


_BARE_UP = """
with recursive reached(lot) as (
    select %(lot)s::bigint
    union
    select output.lot_id from reached
    join assembly_assemblyissue issue on issue.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.issue_id = issue.id
    join assembly_assemblyoutput output on output.id = held.output_id
)
"""
_BARE_DOWN = """
with recursive reached(lot) as (
    select %(lot)s::bigint
    union
    select issue.lot_id from reached
    join assembly_assemblyoutput output on output.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.output_id = output.id
    join assembly_assemblyissue issue on issue.id = held.issue_id
)
"""
_LOTS = """
select lot.id, lot.number, item.number, item.name from reached
join ledger_lot lot on lot.id = reached.lot join catalog_item item on item.id = lot.item_id
"""
_LINKS = """
select issue.lot_id, output.lot_id, held.quantity, orders.number from reached
join assembly_assemblyoutput output on output.lot_id = reached.lot
join assembly_assemblygenealogy held on held.output_id = output.id
join assembly_assemblyissue issue on issue.id = held.issue_id
join assembly_assemblyline line on line.id = output.line_id
join assembly_assemblyorder orders on orders.id = line.order_id
"""
_SENT = """
select move.lot_id, shipment.id, shipment.number, orders.number, party.number, party.name, sum(move.quantity)
from reached
join ledger_stockmove move on move.lot_id = reached.lot
    and move.target_id = any(array(select id from locations_location where kind = 'customer'))
join shipping_carton carton on carton.unit_id = move.source_unit_id
join shipping_shipment shipment on shipment.id = carton.shipment_id
join orders_ordershipment served on served.shipment_id = shipment.id
join orders_salesorder orders on orders.id = served.order_id
join catalog_party party on party.id = shipment.party_id
group by 1, 2, 3, 4, 5, 6
"""
_CAME = """
select line.lot_id, receipt.number, party.number, party.name from reached
join purchasing_receiptline line on line.lot_id = reached.lot
join purchasing_receipt receipt on receipt.id = line.receipt_id
join catalog_party party on party.id = receipt.supplier_id
"""


def _bare(lot: int) -> int:
    """How many rows the least SQL finds, a recursion a list, without telling certain from possible."""
    found = 0
    with connection.cursor() as cursor:
        for way, lists in ((_BARE_UP, (_LOTS, _LINKS, _SENT)), (_BARE_DOWN, (_LOTS, _LINKS, _CAME))):
            for each in lists:
                cursor.execute(way + each, {"lot": lot})
                found += len(cursor.fetchall())
    return found
