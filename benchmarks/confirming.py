"""scanner.confirm: handhelds pick a wave over HTTP, each confirm answered with the next task."""

from __future__ import annotations

from multiprocessing import get_context
from time import perf_counter

from apps.locations.models import Location
from apps.orders.models import Pick
from benchmarks.handhelds import Hand, work_through
from benchmarks.ledger import raw_moves
from benchmarks.measure import Line, p95
from benchmarks.picking import LEAST, MOST_MS, released_wave
from benchmarks.web import spent, statements, web

CLIENTS = (1, 4, 8)
BARRED = 4
"""So many clients must reach the bar."""
EACH = {1: 200, 4: 300, 8: 100}
WARM = 40
ORDERS = 1_100
RAW = 400


def measure_confirm(name: str) -> list[Line]:
    """Confirms a second with 1, 4 and 8 clients, each with its posting, its record and the next task.

    The reference is the least SQL that one move takes, by one client. What a call costs is told beside it.
    """
    floor, totes, tokens = released_wave(ORDERS, max(CLIENTS))
    site = floor.warehouse.code
    apart = floor.bins[:: len(floor.bins) // len(totes)]
    codes = Location.objects.in_bulk(apart)
    stands = [codes[each].code for each in apart]
    lines, picked, raw = [], 0, raw_moves(floor, RAW)
    with web() as (port, pids), get_context("spawn").Pool(max(CLIENTS)) as pool:
        hands = list(zip(totes, tokens, stands, strict=False))
        pool.map(
            work_through,
            [Hand(port, tote, token, [(site, str(WARM))], place) for tote, token, place in hands],
            chunksize=1,
        )
        picked += WARM * len(tokens)
        for clients in CLIENTS:
            work = [Hand(port, tote, token, [(site, str(EACH[clients]))]) for tote, token, _ in hands[:clients]]
            before = spent(pids)
            start = perf_counter()
            told = pool.map(work_through, work, chunksize=1)
            took = perf_counter() - start
            after = spent(pids)
            calls = sum(done for _, done in told)
            picked += calls
            served, database = ((end - begin) / calls * 1000 for begin, end in zip(before, after, strict=True))
            slow = p95([each for taken, _ in told for each in taken])
            print(
                f"      {name}[{clients}]: p95 {slow:.1f} ms; processor ms a call: web {served:.1f},"
                f" database {database:.1f}",
                flush=True,
            )
            lines.append(_line(f"{name}[{clients}]", clients, calls / took, raw))
            if clients == BARRED:
                lines.append(Line(name=f"{name}[p95]", ours=slow, unit="ms", most=MOST_MS))
    done = Pick.objects.filter(state="picked").count()
    if done != picked:
        message = f"{done} picks are picked, and {picked} were confirmed"
        raise AssertionError(message)
    number, quantity = (
        Pick.objects.filter(state="to_pick", task__assigned_to=None)
        .values_list("task__number", "quantity")
        .earliest("pk")
    )
    body = {"quantity": f"{quantity.normalize():f}", "location": totes[0], "next": {"kinds": ["pick"]}}
    asked = statements(f"/tasks/{number}/confirm", body, tokens[0])
    print(f"      {name}: {asked} statements a call", flush=True)
    return lines


def _line(name: str, clients: int, ours: float, reference: float) -> Line:
    return Line(name=name, ours=ours, reference=reference, unit="/s", least=LEAST if clients == BARRED else None)
