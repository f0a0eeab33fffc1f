"""The retail day through the API: several people at once, each with a device and a connection of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Queue
from threading import Lock
from typing import Any

from django.contrib.auth.models import Group

from apps.accounts.models import Device, DeviceKind, User
from apps.accounts.roles import Role
from apps.catalog.imports import import_items, import_parties
from apps.core import clock
from apps.demo.client import Caller, OverHttp
from apps.journal import edge
from apps.locations.imports import import_locations
from apps.locations.models import Company, DeviceAccess, Warehouse, WarehouseAccess
from apps.locations.operations import open_warehouse
from apps.orders.models import Channel
from tests.flows.retail import CHANNEL, DAY, DOCKS, SUPPLIER, TOTES, WAREHOUSE, RetailDay, Sold

WAVE = 24
"""Orders released together."""
LONGEST = 100
"""Lines of a purchase order: a truck."""
PEOPLE: dict[str, Role] = {
    "buyer": Role.BUYER,
    "manager": Role.SUPERVISOR,
    "sales": Role.SALES,
    "returns": Role.SUPERVISOR,
    **{f"receiver-{n}": Role.PICKER for n in range(2)},
    **{f"picker-{n}": Role.PICKER for n in range(len(TOTES))},
    **{f"packer-{n}": Role.PICKER for n in range(2)},
}


@dataclass(slots=True)
class Retail:
    """The wholesaler open for work: the day's lines, everybody who works, and the line each of them calls on."""

    books: RetailDay
    callers: dict[str, Caller]
    lines: list[OverHttp]
    numbers: dict[str, str] = field(default_factory=dict)
    """Our order number by invoice."""

    def __getitem__(self, who: str) -> Caller:
        return self.callers[who]

    def close(self) -> None:
        """Everybody hangs up."""
        for line in self.lines:
            line.close()

    def crew(self, name: str) -> list[Caller]:
        """All who do that work."""
        return [caller for who, caller in self.callers.items() if who.startswith(name)]


def open_shop(address: str) -> Retail:
    """Master data imported, people hired, in an empty database that a server at the address serves."""
    Company.objects.create(pk=1, name="Gift wholesale", currency="GBP", gs1_prefix="4012345")
    Channel.objects.create(code=CHANNEL, name="Web shop", kind="web")
    boss = User.objects.create_superuser("boss")
    render: Callable[[Any], str] = str
    edge.run(open_warehouse, by=boss, render=render, code=WAREHOUSE, name="Gifts", timezone="Europe/London")
    books = RetailDay.read()
    for bring_in, text in (
        (import_items, books.items()),
        (import_parties, books.parties()),
        (import_locations, books.locations()),
    ):
        edge.run(bring_in, by=boss, render=render, text=text)
    lines = [OverHttp(address) for _ in PEOPLE]
    hired = zip(PEOPLE.items(), lines, strict=True)
    return Retail(books=books, callers={who: _hired(who, role, line) for (who, role), line in hired}, lines=lines)


def _hired(who: str, role: Role, line: OverHttp) -> Caller:
    """Somebody with a client of their own; the key of a command is the day, the name and a count."""
    user = User.objects.create_user(who)
    user.groups.add(Group.objects.get(name=role.value))
    site = Warehouse.objects.get(code=WAREHOUSE)
    WarehouseAccess.objects.create(user=user, warehouse=site)
    device = Device(number=who, name=who, kind=DeviceKind.INTEGRATION, service_user=user, created_at=clock.now())
    token = device.issue_token(clock.now())
    device.save()
    DeviceAccess.objects.create(device=device, warehouse=site)
    return Caller(line, token, who, DAY)


def all_at_once(*work: Callable[[], None]) -> None:
    """Everybody works at the same time; the first failure is raised."""
    with ThreadPoolExecutor(len(work)) as people:
        for done in [people.submit(each) for each in work]:
            done.result()


def receive_opening_stock(retail: Retail) -> None:
    """Trucks with all that the day will sell, unloaded at two docks at once and put away."""
    goods = list(retail.books.opening.items())
    trucks: Queue[str] = Queue()
    for start in range(0, len(goods), LONGEST):
        order = retail["buyer"].post(
            "/purchase-orders",
            warehouse=WAREHOUSE,
            supplier=SUPPLIER,
            due_on=DAY,
            lines=[
                {"item": item, "quantity": str(units), "price": "1"} for item, units in goods[start : start + LONGEST]
            ],
        )["number"]
        retail["buyer"].post(f"/purchase-orders/{order}/submit")
        retail["manager"].post(f"/purchase-orders/{order}/approve", reason="opening stock")
        trucks.put(order)
    docks = zip(retail.crew("receiver"), DOCKS, strict=True)
    all_at_once(*[_job(_unload, hand, dock, trucks) for hand, dock in docks])
    all_at_once(*[_job(_put_away, hand) for hand in (*retail.crew("receiver"), *retail.crew("picker"))])


def _job(work: Callable[..., None], *arguments: Any) -> Callable[[], None]:
    return lambda: work(*arguments)


def _unload(hand: Caller, dock: str, trucks: Queue[str]) -> None:
    while not trucks.empty():
        order = trucks.get()
        receipt = hand.post("/receipts", orders=[order], dock=dock)["number"]
        for line in hand.get(f"/purchase-orders/{order}")["lines"]:
            hand.post(f"/receipts/{receipt}/lines", line=line["line"], quantity=line["quantity"])
        hand.post(f"/receipts/{receipt}/close")


def _put_away(hand: Caller) -> None:
    """Whatever waits, to where it was proposed, until nothing waits."""
    while True:
        answer = hand.attempt("/tasks/next", warehouse=WAREHOUSE, kinds=["putaway"])
        if answer.refused:
            assert answer.body["code"] == "no_task", answer.body
            return
        task = answer.body
        hand.post(
            f"/tasks/{task['number']}/confirm",
            version=task["version"],
            quantity=task["quantity"],
            location=task["target"],
        )


def work_the_day(retail: Retail) -> None:
    """Orders come in and are released wave by wave while pickers pick, packers pack and returns are taken back."""
    floor = Floor(retail)
    all_at_once(
        floor.or_all_stop(floor.release),
        *[
            floor.or_all_stop(_job(floor.pick, hand, tote))
            for hand, tote in zip(retail.crew("picker"), TOTES, strict=True)
        ],
        *[floor.or_all_stop(_job(floor.pack, hand)) for hand in retail.crew("packer")],
        _job(take_back, retail),
    )
    all_at_once(*[_job(_put_away, hand) for hand in retail.crew("receiver")])


class Floor:
    """Hands the work on: a released pick to a picker, an order that is picked to a packer. Nobody polls."""

    def __init__(self, retail: Retail) -> None:
        self.retail = retail
        self.to_pick: Queue[bool] = Queue()
        self.to_pack: Queue[str] = Queue()
        self.left: Counter[str] = Counter()
        self.lock = Lock()
        self.unpicked = len(retail.books.orders)

    def release(self) -> None:
        """Sales takes the orders down, the manager allocates and releases them, a wave after the other."""
        try:
            for wave in _in_waves(self.retail.books.orders):
                numbers = [_order(self.retail, invoice, lines) for invoice, lines in wave]
                for number in numbers:
                    self.retail["manager"].post(f"/sales-orders/{number}/allocate")
                picks = self.retail["manager"].post("/waves", warehouse=WAREHOUSE, orders=numbers)["picks"]
                with self.lock:
                    self.left.update(pick["order"] for pick in picks)
                for _ in picks:
                    self.to_pick.put(True)  # noqa: FBT003 - a token: there is one more to pick
        finally:
            self._no_more_to_pick()

    def or_all_stop(self, work: Callable[[], None]) -> Callable[[], None]:
        """The work; when it fails nobody goes on waiting for what will not come."""

        def done() -> None:
            try:
                work()
            except BaseException:
                self._no_more_to_pick()
                self._no_more_to_pack()
                raise

        return done

    def _no_more_to_pick(self) -> None:
        for _ in self.retail.crew("picker"):
            self.to_pick.put(False)  # noqa: FBT003

    def _no_more_to_pack(self) -> None:
        for _ in self.retail.crew("packer"):
            self.to_pack.put("")

    def pick(self, hand: Caller, tote: str) -> None:
        """The next task, until the last is done."""
        while self.to_pick.get():
            task = hand.post("/tasks/next", warehouse=WAREHOUSE, kinds=["pick"])
            hand.post(
                f"/tasks/{task['number']}/confirm",
                version=task["version"],
                quantity=task["quantity"],
                location=tote,
            )
            self._picked(task["document"])

    def _picked(self, order: str) -> None:
        with self.lock:
            self.left[order] -= 1
            if self.left[order]:
                return
            self.unpicked -= 1
            last = not self.unpicked
        self.to_pack.put(order)
        if last:
            self._no_more_to_pack()

    def pack(self, hand: Caller) -> None:
        """An order a carton, labelled, loaded and gone."""
        while order := self.to_pack.get():
            shipment = hand.post("/shipments", order=order)["number"]
            sscc = hand.post(f"/shipments/{shipment}/cartons")["sscc"]
            picks = _all(hand, "/picks", order=order)
            hand.post(
                f"/cartons/{sscc}/pack", contents=[{"pick": row["number"], "quantity": row["picked"]} for row in picks]
            )
            hand.post(f"/cartons/{sscc}/close", weight_g="4000")
            hand.post(f"/shipments/{shipment}/pack")
            hand.post(f"/cartons/{sscc}/load", dock=DOCKS[1])
            hand.post(f"/shipments/{shipment}/ship")


def take_back(retail: Retail) -> None:
    """The day's cancellations: no order of ours had them, so a supervisor answers for taking them back."""
    clerk = retail["returns"]
    for lines in retail.books.returns.values():
        back = clerk.post(
            "/customer-returns",
            blind=True,
            warehouse=WAREHOUSE,
            customer=lines[0].customer,
            reason="cancelled",
            lines=[{"item": line.item, "quantity": str(line.units)} for line in lines],
        )
        clerk.post(f"/customer-returns/{back['number']}/receive", location=DOCKS[0])
        for line in back["lines"]:
            clerk.post(
                f"/customer-returns/{back['number']}/inspect",
                line=line["line"],
                quantity=line["announced"],
                disposition="restock",
                grade="A",
            )


def _order(retail: Retail, invoice: str, lines: list[Sold]) -> str:
    number = retail["sales"].post(
        "/sales-orders",
        warehouse=WAREHOUSE,
        channel=CHANNEL,
        customer=lines[0].customer,
        due_on=DAY,
        reference=invoice,
        lines=[{"item": line.item, "quantity": str(line.units), "price": line.price} for line in lines],
    )["number"]
    retail["sales"].post(f"/sales-orders/{number}/confirm")
    retail.numbers[invoice] = number
    return str(number)


def _in_waves(orders: dict[str, list[Sold]]) -> Iterable[list[tuple[str, list[Sold]]]]:
    every = list(orders.items())
    return (every[start : start + WAVE] for start in range(0, len(every), WAVE))


def _all(hand: Caller, path: str, **query: str) -> list[dict[str, Any]]:
    page = hand.get(path, page_size="200", **query)
    if page.get("next"):
        message = f"{path} has more than a page"
        raise AssertionError(message)
    return list(page["results"])
