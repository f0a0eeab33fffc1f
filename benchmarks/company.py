"""a.day, a.northwind and a2.retail_day: whole companies at work, from the first document to the last truck."""

from __future__ import annotations

from time import perf_counter

from apps.core import clock
from apps.demo.client import Caller, OverHttp
from apps.demo.company import load_company
from apps.demo.day.context import Day
from apps.demo.day.play import play
from apps.demo.server import serve
from apps.orders.models import SalesOrder
from apps.orders.states import SalesOrderState
from benchmarks.ground import an_actor
from benchmarks.measure import Line
from tests.flows.northwind import FOLDER
from tests.flows.northwind_play import WAVE, open_company, receive_everything, ship_wave
from tests.flows.retail import FILE
from tests.flows.retail_play import open_shop, receive_opening_stock, work_the_day


def measure_day(name: str) -> Line:
    """Seconds that the demo day takes over HTTP, papers and its own judgement included, loading not."""
    company = load_company(at=clock.now())
    today = company.today
    with serve() as address:
        callers = {
            who: Caller(OverHttp(address), token, who, today.isoformat()) for who, token in company.tokens.items()
        }
        for who, pin in company.pins.items():
            callers[who].post("/sign-on", username=who, pin=pin)
        day = Day(
            warehouse=company.warehouse,
            depot=company.depot,
            today=today,
            callers=callers,
            tell=lambda _: None,
            keep=lambda paper, _: paper,
        )
        start = perf_counter()
        play(day)
        seconds = perf_counter() - start
    return Line(name=name, ours=seconds, unit="s")


def measure_northwind(name: str) -> Line | None:
    """Orders a second from confirmation to the truck, all of a real company's, one client; None without its books."""
    if not FOLDER.is_dir():
        return None
    world = open_company(desk=an_actor("desk"), approver=an_actor("approver"))
    receive_everything(world)
    orders = list(SalesOrder.objects.order_by("placed_at", "pk").values_list("pk", flat=True))
    start = perf_counter()
    for begin in range(0, len(orders), WAVE):
        ship_wave(world, orders[begin : begin + WAVE])
    rate = len(orders) / (perf_counter() - start)
    shipped = SalesOrder.objects.filter(state=SalesOrderState.SHIPPED).count()
    if shipped != len(orders):
        message = f"{shipped} of {len(orders)} orders were shipped"
        raise AssertionError(message)
    return Line(name=name, ours=rate, unit="/s")


def measure_retail_day(name: str) -> Line | None:
    """Orders a second, from taking down to the truck, over HTTP by eight people at once; None without the data set.

    Server and callers share one process here, so what is measured is Python on one core beside the database.
    """
    if not FILE.is_file():
        return None
    with serve() as address:
        shop = open_shop(address)
        receive_opening_stock(shop)
        start = perf_counter()
        work_the_day(shop)
        rate = len(shop.books.orders) / (perf_counter() - start)
        shop.close()
    shipped = SalesOrder.objects.filter(state=SalesOrderState.SHIPPED).count()
    if shipped != len(shop.books.orders):
        message = f"{shipped} of {len(shop.books.orders)} orders were shipped"
        raise AssertionError(message)
    return Line(name=name, ours=rate, unit="/s")
