"""Known-nasty values, one at a time, in every parameter and every field that the description names: never a bug.

By the rows that are really there, so that views are reached and not just doors.
"""

import json
import os
import zlib
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from apps.accounts.roles import Role
from tests.api.endpoints import endpoints
from tests.api.known import Known, body_of, operations, referred, undone
from tests.factories.api import a_person, a_worker, refused
from tests.factories.locations import WarehouseFactory
from tests.factories.shipping import a_company
from tests.factories.world import a_busy_site

PARTS = 3
ROLES = tuple(role for role in Role.values if role != Role.AUDITOR)
TEXTS = (
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eABC\u202c",
    "\u200f\u05d0\u05d1",
    "\ufeff",
    "x" * 200,
    "x" * 70_000,
    "",
    " ",
    "'; drop table x; --",
    "%",
    "../..",
    "\U0001f4e6" * 30,
    "]C1\x1d",
    "\u0663",
)
NUMBERS = (
    "NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-1e400",
    "1e-400",
    "-0",
    "-1",
    "0",
    "9" * 400,
    "9" * 30,
    "1.5",
    "0x10",
    "\u0661",
)
DATES = (
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T24:00:00Z",
    "2026-01-01T00:00:60Z",
    "-2026-01-01",
)
BARE = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-0",
    "-0.0",
    "9" * 30,
    "1.5",
    "true",
    "null",
    "[]",
    "{}",
    '"\\ud800"',
    "[[[]]]",
)
"""As JSON and not as text; some of it is none."""
ASKED_EVERYWHERE = ("\u200f", "x" * 200, "9" * 30)
TOLD_EVERYWHERE = ('"\u200f"', json.dumps("x" * 200), str(10**30), "[]", "null")
"""What each parameter, and each field of a body itself, gets beside some of the others."""
MARK = "the nasty one"
MOST = int(os.environ.get("FUZZ_NASTY", "1"))
"""Values that each field gets of each kind, others for other fields; all of them when the fuzzer runs for longer."""


@pytest.mark.parametrize("part", range(PARTS))
def test_no_value_is_a_bug(db, part):
    a_company()
    site = WarehouseFactory(code="HERE")
    a_busy_site(site, other=WarehouseFactory(code="THERE"))
    caller, known = a_worker(site, roles=ROLES), Known(site, a_person(site).user)
    mine = {endpoint.template for endpoint in endpoints()[part::PARTS]}

    sent, broken = 0, []
    for endpoint, method, operation in operations():
        if endpoint.template in mine:
            send = asks if method == "get" else tells
            for what, response in send(caller, known, endpoint.template, operation):
                sent += 1
                if response.status_code >= 500 or (response.status_code >= 400 and not is_problem(response)):
                    broken.append((method, endpoint.template, what, response.status_code, response.content[:200]))

    assert broken == []
    assert sent > 500


def test_half_a_character_is_said_back(db):
    site = WarehouseFactory()

    response = a_worker(site).client.generic(
        "POST",
        "/api/v1/tasks/next",
        json.dumps({"warehouse": site.code, "kinds": ["\ud800"]}),
        content_type="application/json",
        headers={"Idempotency-Key": "half"},
    )

    assert refused(response, 400, "malformed") == {"kinds": ["Half of a character (a lone surrogate) is not allowed."]}


def is_problem(response):
    """Whether a refusal has the one shape that refusals have."""
    if response.headers["Content-Type"] != "application/problem+json":
        return False
    return response.json()["status"] == response.status_code


def asks(caller, known, template, operation):
    """Each parameter of a read."""
    path, question = known.address(template), known.question(operation, template)
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            some = few(kinds_for(parameter["schema"]), template, parameter["name"])
            for value in (*ASKED_EVERYWHERE, *some):
                # A lone surrogate as a careless client sends it: in bytes that are no UTF-8.
                query = urlencode(question | {parameter["name"]: value}, errors="surrogatepass")
                with undone():
                    yield (parameter["name"], value[:20]), caller.client.generic("GET", path, QUERY_STRING=query)


def tells(caller, known, template, operation):
    """Each field of a body, however deep, and a name that comes twice."""
    path, whole = known.address(template), known.body(operation, template)
    bodies = [
        ((where, value[:20]), with_value(whole, where, value))
        for where, schema in fields(body_of(operation) or {})
        for value in (
            *(() if where[1:] else TOLD_EVERYWHERE),
            *few((*map(json.dumps, kinds_for(schema)), *BARE), template, where),
        )
    ]
    if whole:
        name = next(iter(whole))
        bodies.append(((name, "twice"), f'{{"{name}": null, {json.dumps(whole)[1:]}'))
    for number, (what, body) in enumerate(bodies):
        with undone():
            yield (
                what,
                caller.client.generic(
                    "POST", path, body, content_type="application/json", headers={"Idempotency-Key": f"nasty-{number}"}
                ),
            )


def kinds_for(schema):
    """The values that are nasty for what is asked for, and those for any text."""
    schema = referred(schema)
    if schema.get("format", "").startswith("date"):
        return DATES + TEXTS
    if schema.get("format") == "decimal" or schema.get("type") in {"integer", "number"}:
        return NUMBERS + TEXTS
    return TEXTS


def few(values, *about):
    """As many as are sent of a kind; each field gets others, and always the same."""
    first = zlib.crc32(repr(about).encode()) % len(values)
    return (values * 2)[first : first + min(MOST, len(values))]


def fields(schema, above=()):
    """Where a body's values stand, however deep."""
    schema = referred(schema)
    for kind in ("allOf", "oneOf"):
        if kind in schema:
            schema = referred(schema[kind][0])
    if schema.get("type") == "array":
        yield from fields(schema["items"], (*above, 0))
    elif schema.get("type") == "object":
        for name, child in schema.get("properties", {}).items():
            yield (*above, name), child
            yield from fields(child, (*above, name))


def with_value(whole, where, value):
    """The body with a value in one place, as it is written and not as it might be made right."""
    body = json.loads(json.dumps(whole))
    inside = body
    for step, then in pairwise(where):
        if isinstance(step, str) and step not in inside:
            inside[step] = [{}] if isinstance(then, int) else {}
        inside = inside[step]
    inside[where[-1]] = MARK
    return json.dumps(body).replace(json.dumps(MARK), value)
