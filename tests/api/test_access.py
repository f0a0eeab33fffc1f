"""Every endpoint by every role, at home and elsewhere: what `access.txt` says, and no endpoint without a row."""

import pytest

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import clock
from tests.api.access import COLUMNS, ROLES, Row, heading, table
from tests.api.known import Known, operations, picture, takes_picture, undone
from tests.factories.api import Caller, a_device, a_person, a_worker
from tests.factories.locations import WarehouseFactory
from tests.factories.shipping import a_company
from tests.factories.world import a_busy_site

REFUSALS = (401, 403, 404)
PARTS = 3
WORKING = tuple(role for role in ROLES if role != Role.AUDITOR)


@pytest.fixture
def here(db):
    """A warehouse with one of everything, as one who works there names it."""
    a_company()
    site = WarehouseFactory(code="HERE")
    a_busy_site(site, other=WarehouseFactory(code="THERE"))
    known = Known(site, a_person(site).user)
    for person in User.objects.filter(username__in=known.values("username")):
        person.set_pin("1234")
        person.save()
    return known


@pytest.mark.parametrize("part", range(PARTS))
def test_each_caller_gets_what_the_table_says(here, part):
    callers, rows = everybody(here.site), table()

    wrong = {}
    for endpoint, method, operation in operations()[part::PARTS]:
        row = rows.get(name_of(endpoint, method))
        for column, caller in callers.items() if row is not None else ():
            outcome = asked(caller, here, endpoint, method, operation)
            if outcome != row.outcomes[column]:
                wrong[row.name, column] = f"{outcome}, and not {row.outcomes[column]}"

    assert wrong == {}


def test_each_endpoint_has_its_row_and_each_row_its_endpoint(here):
    rows, callers = table(), everybody(here.site)
    there = {name_of(endpoint, method): (endpoint, method, operation) for endpoint, method, operation in operations()}

    missing = [
        Row(name, {column: asked(caller, here, *there[name]) for column, caller in callers.items()})
        for name in there
        if name not in rows
    ]

    assert missing == [], "judge these, then put them into access.txt:\n" + "\n".join(map(str, [heading(), *missing]))
    assert list(rows) == sorted(there, key=lambda name: name.split()[::-1]), "rows stand in order, and for nothing else"


def name_of(endpoint, method):
    """The name of a row."""
    return f"{method.upper():5}{endpoint.template}"


def everybody(site):
    """The callers that the columns are about."""
    left, taken_back = a_person(site, roles=WORKING), a_device(site)
    left.user.is_active = False
    left.user.save()
    taken_back.revoked_at = clock.now()
    taken_back.save()
    callers = {role: a_worker(site, roles=(role,)) for role in ROLES} | {
        "elsewhere": a_worker(WarehouseFactory(), roles=WORKING),
        "nowhere": a_person(roles=WORKING),
        "nobody": Caller(),
        "disabled": left,
        "revoked": Caller(device=taken_back),
    }
    assert tuple(callers) == COLUMNS
    return callers


def asked(caller, known, endpoint, method, operation):
    """Whether the caller is let through to the thing itself: `yes`, or the status that says no."""
    path = known.address(endpoint.template)
    if method == "get":
        response = caller.client.get(path, known.question(operation, endpoint.template))
    else:
        with undone():
            if takes_picture(operation):
                response = caller.client.post(path, picture(), content_type="image/png")
            else:
                response = caller.post(path.removeprefix("/api/v1"), known.body(operation, endpoint.template))
    if response.status_code in REFUSALS:
        return str(response.status_code)
    # Whoever is told that a field is malformed has not been told whether they may.
    told = response.status_code == 400 and response.json()["code"] == "malformed"
    assert response.status_code < 500, (endpoint.template, response.content)
    assert not told, (endpoint.template, response.content)
    return "yes"
