"""The API's description is checked in, complete and current."""

import pytest
import yaml
from django.core.management import call_command

from config.paths import CHECKOUT
from tests.api.endpoints import METHODS, endpoints

CHECKED_IN = CHECKOUT / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """What the code says now; a warning of the generator fails here."""
    path = tmp_path_factory.mktemp("schema") / "openapi.yaml"
    call_command("spectacular", "--file", str(path), "--validate", "--fail-on-warn")
    return path.read_text()


@pytest.fixture(scope="module")
def operations(generated):
    paths = yaml.safe_load(generated)["paths"]
    return {
        f"{method} {path}": operation
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_checked_in_description_is_current(generated):
    fresh = generated == CHECKED_IN.read_text()

    assert fresh, "run: .venv/bin/python manage.py spectacular --file docs/openapi.yaml"


def test_every_endpoint_is_described(operations):
    assert len(operations) == sum(len(endpoint.methods) for endpoint in endpoints())


@pytest.mark.parametrize(
    ("operation", "statuses"),
    [
        ("get /api/v1/me", "200 401 403 406 429"),
        ("get /api/v1/items", "200 400 401 403 404 406 429"),
        ("get /api/v1/items/{number}", "200 400 401 403 404 406 429"),
        ("get /api/v1/availability", "200 400 401 403 404 406 409 429"),
        ("get /api/v1/lots/{id}/trace", "200 400 401 403 404 406 409 429 503"),
        ("get /api/v1/purchase-orders/{number}/pdf", "200 400 401 403 404 406 409 429"),
        ("post /api/v1/scan", "200 400 401 403 404 406 409 413 415 429"),
        ("post /api/v1/tasks/{number}/claim", "200 400 401 403 404 406 409 422 429 503"),
        ("post /api/v1/tasks/{number}/confirm", "200 400 401 403 404 406 409 413 415 422 429 503"),
    ],
)
def test_every_operation_says_each_status_that_can_occur(operations, operation, statuses):
    assert sorted(operations[operation]["responses"]) == statuses.split()


def test_what_may_not_be_there_may_be_null(generated):
    load = yaml.safe_load(generated)["components"]["schemas"]["Load"]["properties"]

    assert {name: "nullable" in load[name] for name in ("dock", "appointment", "carrier", "warehouse")} == {
        "dock": True,
        "appointment": True,
        "carrier": False,
        "warehouse": False,
    }


def test_a_time_of_day_is_described_without_an_offset(generated):
    assert "format: time\n" not in generated


def test_every_command_names_its_headers_and_its_problems(operations):
    questions = {
        f"post /api/v1/{name}"
        for name in ("scan", "scan/frame", "enrol", "device/rotate", "sign-on", "sign-off", "availability")
    }
    questions.add("post /api/v1/commands")  # its entries have keys of their own
    commands = {name: operation for name, operation in operations.items() if name.startswith("post ")}

    for name, operation in commands.items():
        headers = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "header"}
        assert set(headers) == (set() if name in questions else {"Idempotency-Key", "Occurred-At"}), name
        if name not in questions:
            assert {"400", "404", "409", "422", "503"} <= set(operation["responses"]), name
            assert headers["Idempotency-Key"]["required"] is True
            assert "required" not in headers["Occurred-At"]
            assert headers["Occurred-At"]["schema"] == {"type": "string", "format": "date-time"}


def test_every_refusal_is_a_problem(operations):
    for name, operation in operations.items():
        for status, response in operation["responses"].items():
            if status.startswith(("4", "5")):
                assert list(response["content"]) == ["application/problem+json"], (name, status)


def test_every_answer_has_a_form(operations):
    for name, operation in operations.items():
        for status, response in operation["responses"].items():
            assert "content" in response or status == "204", (name, status)
