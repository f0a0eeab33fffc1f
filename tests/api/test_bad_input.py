"""Bad input: a typed refusal, the right status, and nothing moved."""

import json
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.core.api.pagination import CursorPage
from apps.core.api.parsers import LONGEST_BODY
from apps.journal.models import Command
from apps.ledger.models import Hold, StockBalance, StockTransaction
from apps.locations.choices import LocationKind
from tests.factories.api import a_person, a_worker, refused
from tests.factories.catalog import ItemFactory
from tests.factories.ledger import LotFactory, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.storage import goods_at, putaways_of


@pytest.fixture
def site(db):
    """Five of an item at the dock, with the task to put them away, and a worker."""
    warehouse = WarehouseFactory(code="LYON")
    dock = LocationFactory(warehouse=warehouse, code="DOCK", kind=LocationKind.DOCK)
    bin_ = LocationFactory(warehouse=warehouse, code="A-1")
    item = ItemFactory(number="BOLT")
    (putaway,) = putaways_of(goods_at(dock, item, 5), dock=dock)
    return SimpleNamespace(
        warehouse=warehouse,
        bin=bin_,
        item=item,
        confirm=f"/tasks/{putaway.task.number}/confirm",
        worker=a_worker(warehouse),
    )


@pytest.fixture
def unmoved(site):
    """Afterwards the five still stand at the dock, and no command has an answer."""
    before = StockTransaction.objects.count()
    yield site
    balance = StockBalance.objects.on_hand().get()
    assert (balance.location.code, balance.on_hand) == ("DOCK", D(5))
    assert StockTransaction.objects.count() == before
    assert not Command.objects.filter(refusal=None).exists()


def raw(caller, path, body, *, content_type="application/json", key="k", **headers):
    if key is not None:
        headers["HTTP_IDEMPOTENCY_KEY"] = key
    return caller.client.generic("POST", f"/api/v1{path}", body, content_type=content_type, **headers)


@pytest.mark.parametrize(
    "quantity",
    [
        "-1",
        "-0.5",
        "0.1234567",
        "NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1e-999",
        "1e999999999999",
        "1000000000000",
        "9" * 400,
        "five",
        "",
        " ",
        "1,5",
        "1_000",
        "\uff15",
        "0x10",
        "5\x00",
        1.5,
        True,
        False,
        None,
        [],
        ["5"],
        {"amount": 5},
        10**30,
    ],
    ids=repr,
)
def test_what_is_no_quantity_is_malformed(unmoved, quantity):
    errors = refused(unmoved.worker.post(unmoved.confirm, {"quantity": quantity}), 400, "malformed")

    assert list(errors) == ["quantity"]


@pytest.mark.parametrize("quantity", ["0", "0.0", 0, "0e5"], ids=repr)
def test_nothing_is_not_put_away(unmoved, quantity):
    refused(unmoved.worker.post(unmoved.confirm, {"quantity": quantity}), 400, "invalid_quantity")


def test_more_decimals_than_the_item_has_are_refused(unmoved):
    facts = refused(unmoved.worker.post(unmoved.confirm, {"quantity": "1.5"}), 400, "invalid_quantity")

    assert facts == {"quantity": "1.5", "reason": "at most 0 decimals are allowed"}


def test_more_than_there_is_is_refused(unmoved):
    refused(unmoved.worker.post(unmoved.confirm, {"quantity": "6"}), 409, "more_than_task")


@pytest.mark.parametrize("quantity", ["5", " 5 ", "5.000000", 5, "5e0", "0.5e1"], ids=repr)
def test_a_whole_number_may_be_written_in_many_ways(site, quantity):
    assert site.worker.post(site.confirm, {"quantity": quantity}).status_code == 200
    assert StockBalance.objects.on_hand().get().on_hand == D(5)


@pytest.mark.parametrize(
    "body",
    [
        '{"quantity": "5"',
        "{'quantity': 5}",
        '{"quantity": NaN}',
        '{"quantity": Infinity}',
        "not json",
        "\xff\xfe",
        b"\xff\xfe\x00",
        '"text"',
        "5",
        "null",
        '[{"quantity": "5"}]',
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"quantity": ' + "9" * 5_000 + "}",
    ],
    ids=range(14),
)
def test_what_is_no_json_object_is_refused(unmoved, body):
    refused(raw(unmoved.worker, unmoved.confirm, body), 400, "parse_error")


@pytest.mark.parametrize("field", ["location", "lot", "reason", "short_reason"])
@pytest.mark.parametrize("value", ['"a\\u0000b"', '"\\ud800"', "[]", "{}", '"' + "x" * 300 + '"'])
def test_text_that_no_column_can_hold_is_malformed(unmoved, field, value):
    body = f'{{"quantity": "5", "{field}": {value}}}'

    response = raw(unmoved.worker, unmoved.confirm, body)

    assert field in refused(response, 400, "malformed")


@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_another_content_type_is_not_read(unmoved, content_type):
    body = '{"quantity": "5"}'

    refused(raw(unmoved.worker, unmoved.confirm, body, content_type=content_type), 415, "unsupported_media_type")


@pytest.mark.parametrize("key", [None, "", "   ", "x" * 81, "a\x00b", "a\tb"])
def test_a_command_needs_a_key(unmoved, key):
    refused(raw(unmoved.worker, unmoved.confirm, '{"quantity": "5"}', key=key), 400, "key_missing")


def test_the_longest_key_is_a_key(site):
    assert raw(site.worker, site.confirm, '{"quantity": "5"}', key="x" * 80).status_code == 200


def test_a_body_beyond_the_limit_is_not_read(unmoved):
    body = json.dumps({"quantity": "5", "reason": "x" * LONGEST_BODY})

    refused(raw(unmoved.worker, unmoved.confirm, body), 413, "body_too_large")


def test_a_signed_off_device_confirms_nothing(unmoved):
    assert unmoved.worker.post("/sign-off").status_code == 204

    refused(unmoved.worker.post(unmoved.confirm, {"quantity": "5"}), 403, "sign_on_needed")


def test_another_warehouses_task_is_not_found(unmoved):
    stranger = a_worker(WarehouseFactory())

    refused(stranger.post(unmoved.confirm, {"quantity": "5"}), 404, "not_found")


def test_a_repeat_with_another_body_is_refused_and_moves_nothing_more(site):
    assert site.worker.post(site.confirm, {"quantity": "5"}, key="k").status_code == 200
    moves = StockTransaction.objects.count()

    again = site.worker.post(site.confirm, {"quantity": "5"}, key="k")
    other = site.worker.post(site.confirm, {"quantity": "4"}, key="k")

    assert (again.status_code, again.json()["state"]) == (200, "done")
    assert refused(other, 422, "key_reused") == {"key": "k"}
    assert StockTransaction.objects.count() == moves


def test_a_refusal_is_repeated_as_it_was(unmoved):
    first = unmoved.worker.post(unmoved.confirm, {"quantity": "6"}, key="k")
    again = unmoved.worker.post(unmoved.confirm, {"quantity": "6"}, key="k")

    assert (again.status_code, again.json()) == (409, first.json())
    assert again.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/items/a%00b", "/purchase-orders/%00", "/tasks/%00/confirm", "/handling-units/%00"])
def test_a_number_that_cannot_be_stored_is_not_found(site, path):
    if path.endswith("confirm"):
        refused(site.worker.post(path, {"quantity": "5"}), 404, "not_found")
    else:
        refused(site.worker.get(path), 404, "not_found")


@pytest.mark.parametrize(
    "path", ["/lots/" + "9" * 18, "/lots/9999999999999999999", "/lots/-1", "/lots/abc", "/items/x/y", "/nothing", "/"]
)
def test_an_address_that_is_none_is_a_problem_too(site, path):
    refused(site.worker.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/balances", {"status": "gone"}),
        ("/moves", {"transaction": "1e999"}),
        ("/moves", {"transaction": "1 or 1=1"}),
        ("/moves", {"since": "yesterday"}),
        ("/lots", {"expires_before": "2026-02-30"}),
        ("/items", {"name": "a\x00b"}),
        ("/items", {"kind": "finished' or '1'='1"}),
    ],
)
def test_a_filter_that_cannot_be_read_is_malformed(site, path, params):
    assert list(refused(site.worker.get(path, **params), 400, "malformed")) == list(params)


@pytest.mark.parametrize(
    "params",
    [
        {"item__standard_cost__gt": "1"},
        {"item__secret": "x"},
        {"warehouse__access__user__password__startswith": "md5"},
        {"ordering": "item__standard_cost"},
        {"order_by": "password"},
        {"search": "x"},
        {"fields": "password"},
    ],
)
def test_nobody_asks_by_a_lookup_of_their_own(site, params):
    plain, asked = site.worker.get("/balances"), site.worker.get("/balances", **params)

    assert asked.status_code == 200
    assert asked.json()["results"] == plain.json()["results"]
    assert len(asked.json()["results"]) == 1


@pytest.mark.parametrize(
    ("size", "rows"), [("2", 2), ("100000", 3), ("0", 3), ("-1", 3), ("x", 3), ("1e9", 3), ("", 3)]
)
def test_a_page_is_never_larger_than_the_limit(site, monkeypatch, size, rows):
    monkeypatch.setattr(CursorPage, "max_page_size", 3)
    monkeypatch.setattr(CursorPage, "page_size", 3)
    for _ in range(4):
        ItemFactory()

    page = site.worker.get("/items", page_size=size).json()

    assert len(page["results"]) == rows
    assert page["next"] is not None


def test_pages_show_every_row_once(site):
    for _ in range(7):
        ItemFactory()
    shown, address = [], "/api/v1/items?page_size=3"
    while address:
        page = site.worker.client.get(address).json()
        shown += [row["number"] for row in page["results"]]
        address = page["next"]

    assert len(shown) == len(set(shown)) == 8


@pytest.mark.parametrize("cursor", ["x", "%00", "cD0nIG9yIDE9MQ==", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OQ=="])
def test_a_cursor_that_we_did_not_make_is_no_bug(site, cursor):
    assert site.worker.get("/items", cursor=cursor).status_code in {200, 400, 404}


def test_nobody_makes_a_token_for_another_or_promotes_themselves(site):
    response = site.worker.post("/sign-on", {"username": "root", "pin": "1234", "is_superuser": True, "is_staff": True})

    refused(response, 403, "wrong_badge_or_pin")
    site.worker.user.refresh_from_db()
    assert site.worker.user.is_superuser is False


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer x y", "Bearer " + "x" * 5000, "Bearer \xe9\xff", "Bearer a\x00b"]
)
def test_a_token_that_is_none_is_unknown(site, header):
    site.worker.client.credentials(HTTP_AUTHORIZATION=header)

    refused(site.worker.get("/me"), 401, "authentication_failed")


@pytest.mark.parametrize("header", ["", "Basic cm9vdDpyb290", "Token abc", "bear"])
def test_another_scheme_is_nobody(site, header):
    site.worker.client.credentials(HTTP_AUTHORIZATION=header)

    refused(site.worker.get("/me"), 401, "not_authenticated")


def test_a_token_reaches_as_far_as_its_scopes(site):
    lot = LotFactory()
    stock(lot.item, site.bin, 1, lot=lot)
    device = site.worker.device
    device.scopes = ["read"]
    device.save()

    assert site.worker.get("/lots").status_code == 200
    facts = refused(site.worker.post(f"/lots/{lot.pk}/hold", {"reason": "quality"}), 403, "not_allowed")

    assert facts == {"who": device.number, "act": "write"}
    assert not Hold.objects.exists()


def test_a_session_needs_the_csrf_token_and_a_device_does_not(site):
    browser = a_person(site.warehouse)
    browser.client.handler.enforce_csrf_checks = True
    site.worker.client.handler.enforce_csrf_checks = True

    refused(browser.post(site.confirm, {"quantity": "5"}), 403, "permission_denied")
    assert site.worker.post(site.confirm, {"quantity": "5"}).status_code == 200
