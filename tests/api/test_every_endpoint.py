"""What holds for each endpoint, whoever wrote it."""

import pytest

from apps.accounts.models import DeviceKind, SignOn
from apps.accounts.roles import Role
from tests.api.endpoints import EVERYBODYS, METHODS, OPEN, WITHOUT_A_WORKER, endpoints, lists
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller, a_device, a_person, a_worker, refused
from tests.factories.locations import WarehouseFactory
from tests.factories.world import a_world

ALL = [pytest.param(endpoint, id=str(endpoint)) for endpoint in endpoints()]


def ask(caller, endpoint, method):
    return caller.client.generic(method.upper(), endpoint.path, "{}", content_type="application/json")


def test_the_api_is_not_smaller_than_it_was():
    assert len(ALL) >= 80
    assert len(lists()) >= 20


@pytest.mark.parametrize("endpoint", ALL)
def test_nobody_gets_nothing(db, endpoint):
    for method in endpoint.methods:
        response = ask(Caller(), endpoint, method)

        if endpoint.name in OPEN:
            refused(response, 400, "malformed")
            continue
        refused(response, 401, "not_authenticated")
        assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("endpoint", ALL)
def test_a_handheld_that_nobody_holds_may_only_sign_on(db, endpoint):
    device = a_device(WarehouseFactory())

    for method in endpoint.methods:
        response = ask(Caller(device=device), endpoint, method)

        if endpoint.name in WITHOUT_A_WORKER:
            assert response.status_code in {200, 204, 400}
        else:
            refused(response, 403, "sign_on_needed")


@pytest.mark.parametrize("endpoint", ALL)
def test_what_cannot_be_done_there_is_said(db, endpoint):
    worker = a_worker(WarehouseFactory(), roles=(Role.INVENTORY_MANAGER,))

    for method in set(METHODS) - set(endpoint.methods):
        response = ask(worker, endpoint, method)

        refused(response, 405, "method_not_allowed")
        assert method.upper() not in response.headers["Allow"]


@pytest.mark.parametrize("endpoint", ALL)
def test_a_read_of_what_is_not_there_is_no_bug(db, endpoint):
    person = a_person(WarehouseFactory(), roles=(Role.INVENTORY_MANAGER, Role.QUALITY))

    if "get" in endpoint.methods:
        assert ask(person, endpoint, "get").status_code in {200, 400, 404}


@pytest.mark.parametrize("endpoint", ALL)
def test_a_command_without_its_body_is_no_bug(db, endpoint):
    person = a_person(WarehouseFactory())

    if "post" in endpoint.methods:
        # A camera's frame is no JSON: 415.
        assert ask(person, endpoint, "post").status_code in {400, 403, 404, 415}


READING = (Role.INVENTORY_MANAGER, Role.SAFETY)
"""Together they see every list: whoever else manages a site sees no injury."""


def test_a_list_takes_as_many_statements_for_twenty_rows_as_for_two(db):
    few_site, many_site = WarehouseFactory(code="FEW"), WarehouseFactory(code="MANY")
    a_world(2, few_site)
    few = counted(a_person(few_site, roles=READING))

    a_world(20, many_site)
    many = counted(a_person(many_site, roles=READING))

    # One's own, one a warehouse, and reference data: as many for both.
    given = {f"/api/v1/{name}" for name in ("warehouses", "count-plans", "task-policies", "reason-codes")}
    assert {path for path, (_, rows) in few.items() if rows < 2} <= given
    assert {path for path, (_, rows) in many.items() if rows < 20} <= given
    grown = {path: (few[path][0], many[path][0]) for path in few if few[path][0] != many[path][0]}
    assert grown == {}
    assert max(statements for statements, _ in many.values()) <= 12


def test_whoever_works_nowhere_sees_only_what_all_share(db):
    a_world(2, WarehouseFactory())
    stranger = a_person(roles=(Role.INVENTORY_MANAGER,))

    seen = {path.removeprefix("/api/v1/") for path, (_, rows) in counted(stranger).items() if rows}

    assert seen <= set(EVERYBODYS)


def test_a_worker_by_a_device_of_another_warehouse_sees_neither(db):
    here, there = WarehouseFactory(), WarehouseFactory()
    a_world(2, here)
    worker = a_worker(here, device=a_device(there), roles=(Role.INVENTORY_MANAGER,))

    seen = {path.removeprefix("/api/v1/") for path, (_, rows) in counted(worker).items() if rows}

    assert seen <= set(EVERYBODYS)


def test_an_administrator_by_a_device_sees_the_devices_warehouse(db):
    here, there = WarehouseFactory(code="HERE"), WarehouseFactory(code="THERE")
    device = a_device(there)
    SignOn.objects.create(device=device, user=UserFactory(is_superuser=True), started_at=device.created_at)

    shown = Caller(device=device).get("/warehouses").json()["results"]

    assert [row["code"] for row in shown] == ["THERE"]
    assert {row["code"] for row in Caller(UserFactory(is_superuser=True)).get("/warehouses").json()["results"]} == {
        here.code,
        "THERE",
    }


def test_an_integration_acts_as_its_service_user(db):
    site = WarehouseFactory(code="HERE")
    user = a_person(site).user
    shop = Caller(device=a_device(site, kind=DeviceKind.INTEGRATION, service_user=user, number="SHOP"))

    assert shop.get("/me").json() == {"username": user.username, "name": "", "roles": [], "device": "SHOP"}
    assert [row["code"] for row in shop.get("/warehouses").json()["results"]] == ["HERE"]


def counted(caller):
    """For each list: how many statements it took, and how many rows it showed."""
    figures = {}
    for endpoint in lists():
        statements, response = caller.statements(lambda path=endpoint.path: caller.client.get(path))
        assert response.status_code == 200, (endpoint, response.content)
        figures[endpoint.path] = (statements, len(response.json()["results"]))
    return figures
