"""Every page of the admin: it renders, and it asks the database no more for twenty rows than for two."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.desk import a_desk

PAGES = sorted(admin.site._registry, key=lambda model: model._meta.label)
FEW, MANY = 2, 20


@pytest.fixture
def manager(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def statements(client, url):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return [query["sql"] for query in queries]


def test_every_list_asks_as_much_for_twenty_rows_as_for_two(manager):
    a_desk(FEW)
    few = {}
    for model in PAGES:
        statements(manager, address(model, "changelist"))
        few[model] = statements(manager, address(model, "changelist"))
    a_desk(MANY - FEW)

    grown = {}
    for model in PAGES:
        many = statements(manager, address(model, "changelist"))
        if len(many) != len(few[model]):
            grown[model._meta.label] = (len(few[model]), len(many), many[-1])

    assert grown == {}


def test_every_page_of_a_row_renders(manager):
    a_desk(FEW)

    for model in PAGES:
        row = model._default_manager.first()
        if row is not None:
            statements(manager, address(model, "change", row.pk))


def test_every_page_to_add_a_row_renders(manager):
    a_desk(FEW)

    for model in PAGES:
        answer = manager.get(address(model, "add"))
        assert answer.status_code == (
            200 if admin.site._registry[model].has_add_permission(answer.wsgi_request) else 403
        )


def test_every_list_is_searched(manager):
    a_desk(FEW)

    for model in PAGES:
        if admin.site._registry[model].search_fields:
            statements(manager, address(model, "changelist") + "?q=nothing-like-it")
