"""Every page of the admin: it renders, and it asks the database no more for twenty rows than for two."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.roles import Role
from apps.insights.templatetags.first_steps import WHERE
from apps.ledger.models import Hold, Lot, StockMove
from apps.orders.models import SalesOrder, Wave
from apps.purchasing.models import PurchaseOrder, Receipt
from tests.admin.pages import PAGES, address
from tests.factories.accounts import UserFactory
from tests.factories.desk import a_desk

FEW, MANY = 2, 20


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
        statements(manager, address(model))
        few[model] = statements(manager, address(model))
    a_desk(MANY - FEW)

    grown = {}
    for model in PAGES:
        many = statements(manager, address(model))
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
            statements(manager, address(model) + "?q=nothing-like-it")


def test_the_page_to_sign_in_is_drawn_for_a_stranger(client, db):
    answer = client.get(reverse("admin:login"))

    assert answer.status_code == 200
    assert b"Stillage" in answer.content


def test_an_empty_list_teaches_the_first_step(manager):
    assert b"Raise an order here" in manager.get(reverse("admin:purchasing_purchaseorder_changelist")).content


def test_every_list_says_what_the_first_step_is():
    silent = {model._meta.label for model in PAGES if not getattr(admin.site._registry[model], "first_step", "")}

    assert silent == {"auth.Group"}  # roles are there from the beginning


@pytest.mark.parametrize(
    ("model", "where"), [(Receipt, PurchaseOrder), (StockMove, PurchaseOrder), (Wave, SalesOrder), (Hold, Lot)]
)
def test_an_empty_list_that_nobody_adds_to_leads_to_where_its_rows_begin(manager, model, where):
    page = manager.get(address(model)).content.decode()

    assert f'href="{address(where)}">Go to {where._meta.verbose_name_plural}' in page


def test_an_empty_list_leads_nowhere_that_the_person_may_not_go(desk_of):
    page = desk_of(Role.BUYER).get(address(Receipt)).content.decode()
    other = desk_of(Role.SALES).get(address(StockMove)).content.decode()

    assert "Go to purchase orders" in page
    assert "Go to purchase orders" not in other
    assert "No stock moves yet" in other


def test_every_place_of_a_first_step_is_a_list():
    labels = {model._meta.label for model in PAGES}

    assert {*WHERE, *WHERE.values()} <= labels


@pytest.mark.parametrize("query", ["?q=x", "?state__exact=open", "?state__in=open,closed", "?o=1"])
def test_a_list_that_is_empty_whatever_is_asked_teaches_all_the_same(manager, query):
    page = manager.get(address(Receipt) + query).content

    assert b"No receipts yet" in page
    assert b"Go to purchase orders" in page


@pytest.mark.parametrize("query", ["?q=nothing-like-it", "?state__exact=closed", "?state__in=closed,x"])
def test_a_list_whose_rows_are_hidden_says_so(manager, query):
    a_desk(1)

    page = manager.get(address(Receipt) + query).content

    assert b"No receipts like that" in page


def test_a_list_without_matches_offers_to_show_all(manager):
    a_desk(1)

    page = manager.get(reverse("admin:purchasing_purchaseorder_changelist") + "?q=nothing-like-it")

    assert b"Show all" in page.content


def test_whoever_is_locked_out_is_told_for_how_long_and_what_to_do(client, db, settings):
    settings.AXES_ENABLED = True
    UserFactory(username="ada")

    answers = [client.post(reverse("admin:login"), {"username": "ada", "password": "wrong"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert b"Wait a quarter of an hour" in answers[-1].content
