"""The demo company: fixtures/demo, brought in by the imports and operations that a customer would use."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from apps.accounts.models import Device, DeviceKind, User
from apps.accounts.roles import Role
from apps.catalog.imports import import_items, import_parties
from apps.catalog.models import Category, Item, Packaging, Party, Unit
from apps.journal import edge
from apps.journal.actor import Actor
from apps.locations.imports import import_locations
from apps.locations.models import Aisle, Company, DeviceAccess, Location, Warehouse, WarehouseAccess, Zone
from apps.locations.operations import open_warehouse
from apps.orders.models import Channel
from apps.purchasing.models import SupplierItem
from apps.safety.models import StorageCondition
from apps.storage.models import PickFace

FOLDER = "demo"
DESK = (Role.BUYER, Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.SALES, Role.QUALITY, Role.AUDITOR)
"""Who works at a desk: their own client, with a token of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCompany:
    """What the day needs to begin: the site, passwords to sign in with, and tokens to call with."""

    warehouse: str
    passwords: dict[str, str]
    pins: dict[str, str]
    tokens: dict[str, str]


def load_company(*, at: datetime) -> DemoCompany:
    """Load the company into an empty database; people are named by their role, with passwords made for this run."""
    data = json.loads(_path("company.json").read_text("utf-8"))
    admin, password = _person("admin", Role.ADMIN)
    by = Actor(user=admin, job="demo")
    Company.objects.create(pk=1, **data["company"])
    warehouse = open_warehouse(**data["warehouse"], by=by, at=at)
    _layout(warehouse, data)
    for row in data["categories"]:
        Category.objects.create(**row)
    for row in data["channels"]:
        Channel.objects.create(**row)
    call_command("ensure_reference_data", profile="food", verbosity=0)
    for bring_in, name in ((import_parties, "parties"), (import_items, "items"), (import_locations, "locations")):
        edge.run(bring_in, by=admin, job="demo", render=str, text=_path(f"{name}.csv").read_text("utf-8"))
    _terms(warehouse, data)
    passwords, pins, tokens = {"admin": password}, {}, {}
    for role in DESK:
        user, passwords[user.username] = _person(role.value.replace(" ", "-"), role)
        _works_at(user, warehouse)
        tokens[user.username] = _device(f"DESK-{user.username}", DeviceKind.INTEGRATION, warehouse, at, user)
    for name in ("receiver", "picker", "packer"):
        user, passwords[name] = _person(name, Role.PICKER)
        pins[name] = f"{secrets.randbelow(10**6):06d}"
        user.set_pin(pins[name])
        user.save(update_fields=["pin"])
        _works_at(user, warehouse)
        tokens[name] = _device(f"HAND-{name}", DeviceKind.HANDHELD, warehouse, at, None)
    return DemoCompany(warehouse=warehouse.code, passwords=passwords, pins=pins, tokens=tokens)


def _path(name: str) -> Path:
    return next(Path(folder) / FOLDER / name for folder in settings.FIXTURE_DIRS)


def _layout(warehouse: Warehouse, data: dict[str, Any]) -> None:
    for row in data["zones"]:
        condition = StorageCondition.objects.get(code=row.pop("storage_condition"))
        Zone.objects.create(warehouse=warehouse, storage_condition=condition, **row)
    for row in data["aisles"]:
        Aisle.objects.create(warehouse=warehouse, **row)


def _terms(warehouse: Warehouse, data: dict[str, Any]) -> None:
    """How goods are packed, what suppliers ask for them, and which bin each is picked from."""
    items = {item.number: item for item in Item.objects.all()}
    parties = {party.number: party for party in Party.objects.all()}
    bins = {location.code: location for location in Location.objects.filter(warehouse=warehouse)}
    units = {unit.code: unit for unit in Unit.objects.all()}
    for row in data["packagings"]:
        Packaging.objects.create(**row | {"item": items[row["item"]], "unit": units[row["unit"]]})
    for row in data["supplier_items"]:
        SupplierItem.objects.create(**row | {"supplier": parties[row["supplier"]], "item": items[row["item"]]})
    for row in data["pick_faces"]:
        PickFace.objects.create(**row | {"item": items[row["item"]], "location": bins[row["location"]]})


def _person(name: str, role: Role) -> tuple[User, str]:
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(name, password=password, is_staff=True, is_superuser=role == Role.ADMIN)
    user.groups.add(Group.objects.get(name=role.value))
    return user, password


def _works_at(user: User, warehouse: Warehouse) -> None:
    WarehouseAccess.objects.create(user=user, warehouse=warehouse)


def _device(number: str, kind: DeviceKind, warehouse: Warehouse, at: datetime, user: User | None) -> str:
    device = Device(number=number, name=number, kind=kind, service_user=user, created_at=at)
    token = device.issue_token(at)
    device.save()
    DeviceAccess.objects.create(device=device, warehouse=warehouse)
    return token
