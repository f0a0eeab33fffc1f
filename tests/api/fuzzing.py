"""Schemathesis on the API in this process: requests made from the description, answers held against it."""

import copy
from itertools import cycle

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks

from tests.api.known import document, undone

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
SHARES = ((GenerationMode.POSITIVE, 0.75), (GenerationMode.NEGATIVE, 0.25))
"""Three requests that the description allows for one that it does not."""
AS_SENT = settings(
    deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=False
)
"""Nothing is kept and nothing made smaller: a failure says the whole request."""


def described(templates, here, there):
    """The description of some endpoints; what it names may be things of two warehouses, and things that are not."""
    whole = copy.deepcopy(document())
    whole["paths"] = {f"/api/v1/{template}": whole["paths"][f"/api/v1/{template}"] for template in templates}
    for name, schema in whole["components"]["schemas"].items():
        if name.endswith("Request"):
            for field, child in schema.get("properties", {}).items():
                _named(child, field, here, there)
    for template in templates:
        for operation in whole["paths"][f"/api/v1/{template}"].values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    asked = [
                        known.arguments(template, row)[parameter["name"]]
                        for known, row in ((here, 0), (here, 1), (there, 0))
                    ]
                    parameter["schema"] = {"type": "string", "enum": sorted({*asked, "0"})}
                else:
                    _named(parameter["schema"], parameter["name"], here, there)
    return whole


def _named(schema, name, here, there):
    schema = schema.get("items", schema)
    if schema.get("type") == "string" and "enum" not in schema and "format" not in schema:
        values = {*here.called(name), *there.called(name)[:1]}
        if values:
            schema["enum"] = sorted({value for value in values if len(value) <= schema.get("maxLength", len(value))})


def findings(templates, callers, here, there, *, examples, seed=None, everyone=False):
    """Send so many requests to each operation; what was wrong with the answers.

    The callers take turns, or each of them sends every request. Without a seed the requests are always the same.
    """
    schema = schemathesis.openapi.from_dict(described(templates, here, there))
    found: list[str] = []
    turns = cycle(callers)
    send = _sender(callers, turns, found, everyone=everyone)
    for result in schema.get_all_operations():
        # Else the same caller would get what is forbidden from every operation.
        next(turns)
        operation = result.ok()  # type: ignore[union-attr]  # else it raises, as it should
        for mode, share in SHARES:
            test = given(operation.as_strategy(generation_mode=mode))(send)
            test = settings(AS_SENT, max_examples=max(1, int(examples * share)), derandomize=seed is None)(test)
            if seed is not None:
                test = seeded(seed)(test)
            test()
    return found


def _sender(callers, turns, found, *, everyone):
    application = get_wsgi_application()

    def send(case):
        for caller in callers if everyone else [next(turns)]:
            headers = {"Authorization": f"Bearer {caller.device.plain_token}", "Accept-Encoding": "identity"}
            try:
                with undone():
                    case.call_and_validate(app=application, headers=headers, checks=CHECKS)
            except FailureGroup as wrong:
                found.append(f"{'/'.join(sorted(caller.user.roles))}: {wrong}")

    return send
