"""The demo company: fixtures/demo, brought in by the imports and operations that a customer would use.

How it sells, and its second site, is in `selling`.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from apps.accounts.models import Device, DeviceKind, User
from apps.accounts.roles import Role
from apps.catalog.choices import ReasonKind
from apps.catalog.imports import import_items, import_parties
from apps.catalog.models import Category, Item, Packaging, Party, ReasonCode, Unit
from apps.counting.models import CountPlan, CountProgram
from apps.demo.selling import lay_out, open_second_site, say_how_it_sells
from apps.journal import edge
from apps.journal.actor import Actor
from apps.locations.imports import import_locations
from apps.locations.models import Company, DeviceAccess, Location, Warehouse, WarehouseAccess
from apps.locations.operations import open_warehouse
from apps.orders.models import Channel
from apps.planning.models import StockingPolicy
from apps.purchasing.models import SupplierItem
from apps.returns.models import ReturnPolicy, ReturnReason
from apps.storage.models import PickFace

FOLDER = "demo"
DESK = (Role.BUYER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.QUALITY, Role.AUDITOR)
"""Who works at a desk: their own client, with a token of its own."""
DEPOT_DESK = (("clyde-supervisor", Role.SUPERVISOR), ("clyde-stock", Role.INVENTORY_MANAGER))
BOTH_SITES = (Role.BUYER, Role.AUDITOR)
"""Who works at the depot too: with a token of its own there, as a device is used at one site."""
WEB_SHOP = "web-shop"
"""The channel's own program: it reads what it may sell, and sends orders."""


class AnotherCompanyError(Exception):
    """The database belongs to somebody: the demo is loaded over nobody's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCompany:
    """What the day needs: the site, the day itself, passwords to sign in with, and tokens to call with."""

    warehouse: str
    depot: str
    today: date
    passwords: dict[str, str]
    pins: dict[str, str]
    tokens: dict[str, str]


def load_company(*, at: datetime) -> DemoCompany:
    """Load the company, or what is missing of it; people are named by their role, with secrets made for this run.

    A load that was interrupted is completed by the next one. Devices stay the same, so that a command which was sent
    before is known again, and so does the day, also past midnight. Raises `AnotherCompanyError`.
    """
    data = json.loads(_path("company.json").read_text("utf-8"))
    selling = json.loads(_path("outbound.json").read_text("utf-8"))
    _check_ours(data, {data["warehouse"]["code"], selling["site"]["code"]})
    admin, password = _person("admin", Role.ADMIN)
    by = Actor(user=admin, job="demo")
    Company.objects.get_or_create(pk=1, defaults=data["company"])
    code = data["warehouse"]["code"]
    warehouse = Warehouse.objects.filter(code=code).first() or open_warehouse(**data["warehouse"], by=by, at=at)
    lay_out(warehouse, data)
    depot = open_second_site(selling, by=by, at=at)
    for row in data["categories"]:
        Category.objects.get_or_create(code=row["code"], defaults=row)
    for row in data["channels"]:
        Channel.objects.get_or_create(code=row["code"], defaults=row)
    call_command("ensure_reference_data", profile="food", verbosity=0)
    for bring_in, name in ((import_parties, "parties"), (import_items, "items"), (import_locations, "locations")):
        text = _path(f"{name}.csv").read_text("utf-8")
        edge.run(bring_in, by=admin, job="demo", key=f"load {name}", render=str, text=text)
    _terms(warehouse, data)
    _faces(depot, selling["pick_faces"])
    passwords, pins, tokens = {"admin": password}, {}, {}
    desks = [(role.value.replace(" ", "-"), role, warehouse) for role in DESK]
    desks += [(WEB_SHOP, Role.SALES, warehouse), *((name, role, depot) for name, role in DEPOT_DESK)]
    for name, role, site in desks:
        user, passwords[name] = _person(name, role)
        _works_at(user, site)
        tokens[name] = _device(f"DESK-{name}", DeviceKind.INTEGRATION, site, at, user)
        if role in BOTH_SITES:
            _works_at(user, depot)
            tokens[f"clyde-{name}"] = _device(f"DESK-clyde-{name}", DeviceKind.INTEGRATION, depot, at, user)
    hands = [(name, warehouse) for name in ("receiver", "picker", "packer")] + [("clyde-picker", depot)]
    for name, site in hands:
        user, passwords[name] = _person(name, Role.PICKER)
        pins[name] = f"{secrets.randbelow(10**6):06d}"
        user.set_pin(pins[name])
        user.save(update_fields=["pin"])
        _works_at(user, site)
        tokens[name] = _device(f"HAND-{name}", DeviceKind.HANDHELD, site, at, None)
    say_how_it_sells(selling, seller=admin)
    # Nothing of the day can have been sent before there was a device to send it.
    began = Device.objects.earliest("created_at").created_at
    return DemoCompany(
        warehouse=warehouse.code,
        depot=depot.code,
        today=warehouse.local_date(began),
        passwords=passwords,
        pins=pins,
        tokens=tokens,
    )


def _path(name: str) -> Path:
    return next(Path(folder) / FOLDER / name for folder in settings.FIXTURE_DIRS)


def _check_ours(data: dict[str, Any], ours: set[str]) -> None:
    """An empty database, or the demo's own company with its own sites."""
    names = set(Company.objects.values_list("name", flat=True))
    codes = set(Warehouse.objects.values_list("code", flat=True))
    if names - {data["company"]["name"]} or codes - ours or (codes and not names):
        raise AnotherCompanyError


def _terms(warehouse: Warehouse, data: dict[str, Any]) -> None:
    """How goods are packed, what suppliers ask for them, which bin each is picked from, how much is kept."""
    items = {item.number: item for item in Item.objects.all()}
    parties = {party.number: party for party in Party.objects.all()}
    units = {unit.code: unit for unit in Unit.objects.all()}
    named: dict[str, Any]
    for row in data["packagings"]:
        named = {"item": items[row["item"]], "level": row["level"]}
        Packaging.objects.get_or_create(**named, defaults=row | named | {"unit": units[row["unit"]]})
    for row in data["supplier_items"]:
        named = {"supplier": parties[row["supplier"]], "item": items[row["item"]]}
        SupplierItem.objects.get_or_create(**named, defaults=row | named)
    _faces(warehouse, data["pick_faces"])
    for row in data["stocking_policies"]:
        named = {"warehouse": warehouse, "item": items[row["item"]]}
        supplier = parties.get(row.get("supplier", ""))
        StockingPolicy.objects.get_or_create(**named, defaults=row | named | {"supplier": supplier})
    _terms_of_returns(data)
    CountPlan.objects.get_or_create(warehouse=warehouse, defaults=data["count_plan"])
    for row in data["count_programs"]:
        CountProgram.objects.get_or_create(warehouse=warehouse, code=row["code"], defaults=row)


def _terms_of_returns(data: dict[str, Any]) -> None:
    """Who bears which reason, and until when goods come back."""
    for row in data["return_reasons"]:
        reason = ReasonCode.objects.get(kind=ReasonKind.RETURN, code=row["reason"])
        ReturnReason.objects.get_or_create(reason=reason, defaults=row | {"reason": reason})
    for row in data["return_policies"]:
        category = Category.objects.get(code=row["category"]) if "category" in row else None
        ReturnPolicy.objects.get_or_create(code=row["code"], defaults=row | {"category": category})


def _faces(warehouse: Warehouse, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        item = Item.objects.get(number=row["item"])
        named: dict[str, Any] = {
            "item": item,
            "location": Location.objects.get(warehouse=warehouse, code=row["location"]),
        }
        PickFace.objects.get_or_create(**named, defaults=row | named)


def _person(name: str, role: Role) -> tuple[User, str]:
    """The person with a new password: the old one was told to whoever saw the run that made it."""
    password = secrets.token_urlsafe(9)
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, is_staff=True, is_superuser=role == Role.ADMIN
    )
    user.set_password(password)
    user.save(update_fields=["password"])
    user.groups.add(Group.objects.get(name=role.value))
    return user, password


def _works_at(user: User, warehouse: Warehouse) -> None:
    WarehouseAccess.objects.get_or_create(user=user, warehouse=warehouse)


def _device(number: str, kind: DeviceKind, warehouse: Warehouse, at: datetime, user: User | None) -> str:
    """The device with a new token; the same device as before, since keys belong to it."""
    device = Device.objects.filter(number=number).first() or Device(
        number=number, name=number, kind=kind, service_user=user, created_at=at
    )
    token = device.issue_token(at)
    device.save()
    DeviceAccess.objects.get_or_create(device=device, defaults={"warehouse": warehouse})
    return token
