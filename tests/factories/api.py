"""Callers of the API: a person with a session, or a handheld with a worker."""

import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.accounts.models import DeviceKind, SignOn
from apps.core import clock
from apps.locations.models import DeviceAccess
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.locations import works_at

API = "/api/v1"


class Caller:
    """Sends as one person, by one device or in a browser; a command gets a new key unless one is given."""

    def __init__(self, user=None, device=None):
        self.user, self.device = user, device
        # A bug is a 500 as in production, not an exception in the test.
        self.client = APIClient(raise_request_exception=False)
        if device is not None:
            self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {device.plain_token}")
        elif user is not None:
            self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path, **params):
        return self.client.get(f"{API}{path}", params)

    def post(self, path, body=None, *, key=None, occurred_at=None, **more):
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if occurred_at is not None:
            headers["Occurred-At"] = occurred_at if isinstance(occurred_at, str) else occurred_at.isoformat()
        return self.client.post(f"{API}{path}", {} if body is None else body, format="json", headers=headers, **more)

    def statements(self, call):
        """How many statements a call takes, and its answer."""
        with CaptureQueriesContext(connection) as captured:
            response = call()
        return len(captured), response


def a_person(*warehouses, roles=(), **more):
    """Somebody in a browser who works at these warehouses."""
    return Caller(works_at(UserFactory(roles=roles, **more), *warehouses))


def a_worker(warehouse, *, roles=("picker",), device=None, **more):
    """Somebody signed on to a handheld of the warehouse."""
    user = works_at(UserFactory(roles=roles, **more), warehouse)
    handheld = device or a_device(warehouse)
    SignOn.objects.create(device=handheld, user=user, started_at=clock.now())
    return Caller(user, handheld)


def a_device(warehouse, kind=DeviceKind.HANDHELD, **more):
    """A device enrolled at the warehouse."""
    device = DeviceFactory(kind=kind, **more)
    DeviceAccess.objects.create(device=device, warehouse=warehouse)
    return device


def refused(response, status, code):
    """The facts of a problem, after checking that it is the one expected."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    body = response.json()
    assert (response.status_code, body["status"], body["code"]) == (status, status, code), body
    assert body["type"] == f"urn:stillage:{code}"
    return body.get("facts", body.get("errors", {}))
