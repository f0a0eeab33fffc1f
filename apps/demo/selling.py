"""What the demo company says about its outbound work, and its second site: fixtures/demo/outbound.json."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Model, QuerySet

from apps.accounts.models import User
from apps.catalog.models import Category, Item, Party
from apps.journal import edge
from apps.journal.actor import Actor
from apps.locations.models import Aisle, TransitTime, Warehouse, Zone
from apps.locations.operations import open_warehouse
from apps.orders.models import Channel, FloorLimit, OutboundRule, RoutingRule, WaveTemplate
from apps.orders.operations import list_item
from apps.safety.models import StorageCondition
from apps.shipping.models import CarrierService, CartonType, ServiceCutOff, ServiceRate
from apps.tasks.models import EquipmentKind, Skill, TaskPolicy, TaskRule

PRICES_FROM = date(2026, 1, 1)
Data = dict[str, Any]


def open_second_site(data: Data, *, by: Actor, at: datetime) -> Warehouse:
    """The depot with its zones and aisles, made once."""
    code = data["site"]["code"]
    site = Warehouse.objects.filter(code=code).first() or open_warehouse(**data["site"], by=by, at=at)
    lay_out(site, data)
    for number, (latitude, longitude) in data["on_the_map"].items():
        Warehouse.objects.filter(code=number).update(latitude=latitude, longitude=longitude)
    return site


def lay_out(warehouse: Warehouse, data: Data) -> None:
    """Zones and aisles of a site."""
    for row in data["zones"]:
        condition = StorageCondition.objects.get(code=row["storage_condition"])
        _once(Zone, row | {"warehouse": warehouse, "storage_condition": condition}, "warehouse", "code")
    for row in data["aisles"]:
        _once(Aisle, row | {"warehouse": warehouse}, "warehouse", "code")


def say_how_it_sells(data: Data, *, seller: User) -> None:
    """Cartons, carriers, rules, waves, limits, who may do what, and what channels offer; what is there stays."""
    find = _Finder()
    _carriers(data, find)
    for row in data["transit_times"]:
        _once(TransitTime, find.in_row(row), "origin", "target")
    for row in data["routing_rules"]:
        _once(RoutingRule, find.in_row(row), "code")
    _qualified(data)
    rules: tuple[tuple[type[Model], str], ...] = (
        (OutboundRule, "outbound_rules"),
        (WaveTemplate, "wave_templates"),
        (TaskRule, "task_rules"),
    )
    for model, name in rules:
        for row in data[name]:
            _once(model, find.in_row(row), "warehouse", "code")
    for row in data["floor_limits"]:
        _once(FloorLimit, {"zone": None} | find.in_row(row), "warehouse", "zone")
    for row in data["task_policies"]:
        _once(TaskPolicy, find.in_row(row), "warehouse")
    for row in data["listings"]:
        terms = {name: value for name, value in row.items() if name not in {"channel", "item"}}
        edge.run(
            list_item,
            by=seller,
            job="demo",
            key=f"list {row['channel']} {row['item']}",
            render=str,
            channel_id=find("channel", row["channel"]).pk,
            item_id=find("item", row["item"]).pk,
            **_numbers(terms),
        )


def _carriers(data: Data, find: _Finder) -> None:
    for row in data["carton_types"]:
        _once(CartonType, row, "code")
    for row in data["services"]:
        service = _once(CarrierService, find.in_row(row), "code")
        until = data["cut_offs"][service.code]
        for weekday in range(7):
            _once(ServiceCutOff, {"service": service, "weekday": weekday, "until": until}, "service", "weekday")
    services = {service.code: service for service in CarrierService.objects.all()}
    for row in data["rates"]:
        place = {"country": row.get("country", ""), "postal_prefix": row.get("postal_prefix", "")}
        for up_to, price in row["prices"].items():
            rate = {"zone": row["zone"], "up_to_g": up_to, "price": price, "currency": "GBP", **place}
            rate |= {"service": services[row["service"]], "valid_from": PRICES_FROM}
            _once(ServiceRate, rate, "service", "valid_from", "country", "postal_prefix", "up_to_g")


def _qualified(data: Data) -> None:
    people = {user.username: user for user in User.objects.all()}
    learned: tuple[tuple[type[Model], str], ...] = ((EquipmentKind, "equipment"), (Skill, "skills"))
    for model, name in learned:
        for row in data[name]:
            made = _once(model, {"code": row["code"], "name": row["name"]}, "code")
            made.workers.add(*(people[worker] for worker in row["workers"]))


class _Finder:
    """Rows by the codes that the file names them by."""

    BY: ClassVar[dict[str, Callable[[str], Any]]] = {
        "warehouse": lambda code: Warehouse.objects.get(code=code),
        "origin": lambda code: Warehouse.objects.get(code=code),
        "target": lambda code: Warehouse.objects.get(code=code),
        "carrier": lambda number: Party.objects.get(number=number),
        "customer": lambda number: Party.objects.get(number=number),
        "channel": lambda code: Channel.objects.get(code=code),
        "item": lambda number: Item.objects.get(number=number),
        "category": lambda code: Category.objects.get(code=code),
        "equipment": lambda code: EquipmentKind.objects.get(code=code),
        "skill": lambda code: Skill.objects.get(code=code),
    }

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def __call__(self, kind: str, code: str) -> Any:
        """The row; read once."""
        if (kind, code) not in self._kept:
            self._kept[kind, code] = self.BY[kind](code)
        return self._kept[kind, code]

    def in_row(self, row: Data) -> Data:
        """The row with what it names in place of the names; a zone is one of its warehouse."""
        found = {name: self(name, value) if name in self.BY else value for name, value in row.items()}
        if "zone" in found:
            found["zone"] = Zone.objects.get(warehouse=found["warehouse"], code=row["zone"])
        return found


def _numbers(terms: Data) -> Data:
    figures = {"buffer", "share", "minimum", "maximum"}
    return {name: Decimal(value) if name in figures else value for name, value in terms.items()}


def _once(model: type[Model], row: Data, *key: str) -> Any:
    """The row with that key, made if it is missing."""
    named = {name: row[name] for name in key}
    rows: QuerySet[Any] = QuerySet(model)
    return rows.get_or_create(**named, defaults=row)[0]
