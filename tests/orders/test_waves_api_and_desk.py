"""Waves by criteria over the API and at the desk."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import clock
from apps.locations.models import Zone
from apps.orders.models import FloorLimit, Wave, WaveTemplate
from apps.orders.queries.board import wave_board
from tests.factories.accounts import UserFactory
from tests.factories.api import a_person, refused
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import WarehouseFactory, works_at
from tests.factories.orders import ChannelFactory, a_sales_order, pick, released


@pytest.fixture
def desk(floor):
    """A supervisor's browser."""
    return a_person(floor.warehouse, roles=["supervisor"])


@pytest.fixture
def page(floor, client):
    """A supervisor at the desk."""
    client.force_login(works_at(UserFactory(roles=[Role.SUPERVISOR]), floor.warehouse))
    return client


def test_a_wave_is_previewed_released_and_followed(floor, desk):
    stock(floor.bolt, floor.face, 4)
    FloorLimit.objects.create(warehouse=floor.warehouse, zone=Zone.objects.get(code="N"), most_open_picks=1)
    first = a_sales_order(floor.warehouse, (floor.bolt, 1), (floor.nut, 1))
    second = a_sales_order(floor.warehouse, (floor.bolt, 1))

    seen = desk.get("/wave-preview", warehouse="MAIN").json()
    assert [each["order"] for each in seen["orders"]] == [first.number]
    assert (seen["lines"], seen["picks"], seen["minutes"]) == (1, 1, 1)
    assert seen["short"] == [{"order": first.number, "line": 2, "item": "NUT", "wants": "1", "short": "1"}]
    (waits,) = seen["stays"]
    assert (waits["order"], waits["why"], waits["zone"]) == (second.number, "zone_full", "N")
    assert (waits["open_picks"], waits["most"]) == (1, 1)

    made = desk.post("/wave-releases", {"warehouse": "MAIN"})
    assert made.status_code == 201
    assert [each["order"] for each in made.json()["wave"]["picks"]] == [first.number]
    assert [each["order"] for each in made.json()["stays"]] == [second.number]

    (row,) = desk.get("/wave-board", warehouse="MAIN").json()["waves"]
    assert (row["number"], row["picks"], row["done"], row["minutes_left"]) == (made.json()["wave"]["number"], 1, 0, 1)
    refused(desk.post("/wave-releases", {"warehouse": "MAIN"}), 409, "nothing_to_release")


def test_the_same_key_releases_once(floor, desk):
    stock(floor.bolt, floor.face, 4)
    a_sales_order(floor.warehouse, (floor.bolt, 1))

    answers = [desk.post("/wave-releases", {"warehouse": "MAIN"}, key="K-1").json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert Wave.objects.count() == 1


def test_by_a_template(floor, desk):
    stock(floor.bolt, floor.face, 9)
    shop = ChannelFactory(code="SHOP")
    WaveTemplate.objects.create(warehouse=floor.warehouse, code="SHOP", name="Shop", channel=shop, cut_off=time(12))
    a_sales_order(floor.warehouse, (floor.bolt, 1))
    theirs = a_sales_order(floor.warehouse, (floor.bolt, 1), channel=shop)

    made = desk.post("/wave-releases", {"warehouse": "MAIN", "template": "SHOP"}).json()

    assert [each["order"] for each in made["wave"]["picks"]] == [theirs.number]
    assert Wave.objects.filter(template__code="SHOP").count() == 1
    assert [each["code"] for each in desk.get("/wave-templates").json()["results"]] == ["SHOP"]
    both = desk.get("/wave-preview", warehouse="MAIN", template="SHOP", min_priority=5)
    assert both.status_code == 400
    refused(desk.get("/wave-preview", warehouse="MAIN", template="NONE"), 404, "not_found")
    refused(desk.get("/wave-preview", warehouse="MAIN", zone="NONE"), 404, "not_found")


def test_what_is_elsewhere_is_not_found_and_who_may_not_plan_is_refused(floor, desk):
    stranger = a_person(WarehouseFactory(), roles=["supervisor"])
    for path in ("/wave-preview", "/wave-board"):
        refused(stranger.get(path, warehouse="MAIN"), 404, "not_found")
    refused(stranger.post("/wave-releases", {"warehouse": "MAIN"}), 404, "not_found")
    stock(floor.bolt, floor.face, 4)
    a_sales_order(floor.warehouse, (floor.bolt, 1))

    refused(a_person(floor.warehouse).post("/wave-releases", {"warehouse": "MAIN"}), 403, "not_allowed")
    assert not Wave.objects.exists()


def test_the_board_says_how_far_each_wave_is_and_which_is_late(floor):
    stock(floor.bolt, floor.face, 9)
    orders = [a_sales_order(floor.warehouse, (floor.bolt, 1)) for _ in range(3)]
    wave = released(*orders)
    picks = list(wave.picks.order_by("pk"))
    pick(picks[0], 0, floor.tote, short_reason="not there")
    at = clock.now()
    Wave.objects.filter(pk=wave.pk).update(cut_off_at=at + timedelta(minutes=1))

    (row,) = wave_board(floor.warehouse, at=at).waves

    assert (row.orders, row.picks, row.done, row.short, row.pickers) == (3, 3, 1, 1, 0)
    assert (row.minutes_left, row.is_late) == (2, True)
    for one in picks[1:]:
        pick(one, 1, floor.tote, by=an_actor())
    (row,) = wave_board(floor.warehouse, at=at).waves
    assert (row.done, row.minutes_left, row.is_late) == (3, 0, False)


def test_the_board_at_the_desk(floor, page):
    board = reverse("desk-wave-board")
    assert page.get(board).context["table"].rows == []
    stock(floor.bolt, floor.face, 9)
    wave = released(a_sales_order(floor.warehouse, (floor.bolt, 1)))

    answer = page.get(board, {"warehouse": "MAIN"})

    (row,) = answer.context["table"].rows
    assert wave.number in row[0]
    assert (answer.context["under_way"], answer.context["picks_left"], answer.context["late"]) == (1, 1, 0)
    assert page.get(board, {"warehouse": "ELSEWHERE"}).status_code == 400


def test_a_wave_is_previewed_and_released_at_the_desk(floor, page):
    stock(floor.bolt, floor.face, 9)
    order = a_sales_order(floor.warehouse, (floor.bolt, 12))
    address = reverse("desk-wave-release")

    shown = page.get(address, {"warehouse": "MAIN", "most_orders": 3})
    goes, short, waits = (table.rows for table in shown.context["tables"])
    assert order.number in goes[0][0]
    assert (len(short), waits) == (1, [])
    assert shown.context["asked"] == [("warehouse", "MAIN"), ("most_orders", "3")]
    asked = dict(shown.context["asked"]) | {"key": shown.context["key"]}
    answers = [page.post(address, asked) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Wave.objects.count() == 1
    assert page.post(address, {"warehouse": "MAIN"}).url.startswith("?")
    assert page.get(address, {"most_orders": "x"}).status_code == 400


def test_who_may_not_plan_releases_nothing_at_the_desk(floor, client):
    client.force_login(works_at(UserFactory(roles=[Role.QUALITY]), floor.warehouse))

    assert client.get(reverse("desk-wave-board")).status_code == 200
    assert client.get(reverse("desk-wave-release")).status_code == 403
    assert client.post(reverse("desk-wave-release"), {"warehouse": "MAIN"}).status_code == 403
