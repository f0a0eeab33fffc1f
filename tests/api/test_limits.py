"""Hostile text, bodies and headers at every address: a problem that says why, and never a bug."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest

from apps.core.api.parsers import DEEPEST, LONGEST_BODY, LONGEST_LIST
from apps.core.api.texts import fault_of
from config.wsgi import application
from tests.api.endpoints import endpoints
from tests.factories.accounts import UserFactory
from tests.factories.api import Caller, refused
from tests.factories.locations import WarehouseFactory, works_at

REFUSED = ["a\x00b", "\x07", "a\x1bb", "\x9f", "\u202eabc", "\u2066x\u2069"]
KEPT = ["\u200e\u05d0\u200f", "x" * 200, "]d2010950600013435210A\x1d21B", "' or 1=1 --", "\U0001f4e6"]
ALL = [pytest.param(endpoint, id=str(endpoint)) for endpoint in endpoints()]
COMMANDS = [pytest.param(endpoint, id=str(endpoint)) for endpoint in endpoints() if "post" in endpoint.methods]


@pytest.fixture
def boss(db):
    return Caller(works_at(UserFactory(is_superuser=True), WarehouseFactory()))


def is_no_bug(response):
    """An answer, or a problem that says what is wrong."""
    assert response.status_code < 500, response.content
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == response.status_code
        assert response.json()["code"]
    return response.status_code


@pytest.mark.parametrize("text", [*REFUSED, "\ud800", "\udfff\ud800"])
def test_what_misleads_or_cannot_be_kept_is_refused(text):
    assert fault_of(text)


@pytest.mark.parametrize("text", [*KEPT, "", "Größe\t1\r\n", "\x04\x1c\x1d\x1e\x1f"])
def test_what_a_scanner_sends_and_a_language_writes_is_kept(text):
    assert fault_of(text) is None


@pytest.mark.parametrize("endpoint", ALL)
def test_hostile_text_in_an_address_is_not_found_and_in_a_parameter_malformed(boss, endpoint):
    start, _, rest = endpoint.path.partition("X-1")
    for text in (*REFUSED[:1], *REFUSED[4:5], *KEPT[:2]):
        for method in endpoint.methods:
            if rest:
                path = start + quote(text, safe="") + rest
                status = is_no_bug(boss.client.generic(method.upper(), path, "{}", content_type="application/json"))
                assert status == 404 or text in KEPT
        if "get" in endpoint.methods:
            status = is_no_bug(boss.client.get(endpoint.path, {"number": text, "cursor": text, "page_size": text}))
            assert status == 400 or text in KEPT
            status = is_no_bug(boss.client.get(endpoint.path, {text: "1"}))
            assert status == 400 or text in KEPT


@pytest.mark.parametrize("endpoint", COMMANDS)
def test_a_body_that_cannot_be_read_is_a_problem_everywhere(boss, endpoint):
    def sent(body, content_type="application/json", **headers):
        return is_no_bug(boss.client.generic("POST", endpoint.path, body, content_type=content_type, **headers))

    for body in ("{", "[1]", "null", b"\xff\xfe{", "[" * 5000, '{"a": "\\ud800"}', '{"\\u0000": 1}', '{"a": 1e400}'):
        assert sent(body) < 500
    assert sent("{}", "application/json; charset=rot13") == 415
    assert sent("{}", HTTP_ACCEPT="application/xml") in {400, 403, 404, 406}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"a": ' + "[" * DEEPEST + "]" * DEEPEST + "}", "parse_error"),
        ('{"a": ' + '{"b": ' * DEEPEST + "1" + "}" * DEEPEST + "}", "parse_error"),
        (json.dumps({"a": [1] * (LONGEST_LIST + 1)}), "malformed"),
        (json.dumps({"a": {"b": ["x", {"c": "\u202e"}]}}), "malformed"),
        (json.dumps({"a": {"\x07": 1}}), "malformed"),
        (json.dumps({"\ud800": 1}), "malformed"),
    ],
)
def test_a_body_is_neither_deep_nor_long_nor_of_strange_characters(boss, body, code):
    response = boss.client.generic("POST", "/api/v1/scan", body, content_type="application/json")

    errors = refused(response, 400, code)
    assert code == "parse_error" or len(errors) == 1


def test_the_deepest_body_and_the_longest_list_are_read(boss):
    body = '{"a": ' + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1) + ', "b": ' + json.dumps([1] * LONGEST_LIST) + "}"
    response = boss.client.generic("POST", "/api/v1/scan", body, content_type="application/json")

    assert set(refused(response, 400, "malformed")) & {"a", "b"} == set()


def test_fifty_megabytes_are_not_read(boss):
    body = b'{"code": "' + b"x" * 50_000_000 + b'"}'

    response = boss.client.generic("POST", "/api/v1/scan", body, content_type="application/json")

    assert len(body) > LONGEST_BODY
    refused(response, 413, "body_too_large")


@pytest.mark.parametrize("charset", ["rot13", "zlib", "utf-16", "utf-7", "latin-1", "nonsense"])
@pytest.mark.parametrize("path", ["/api/v1/scan", "/api/v1/items?name=x", "/admin/login/", "/scan/"])
def test_another_charset_than_utf_8_is_not_read(db, charset, path):
    """As the server makes requests: the test client's own are read by the charset before anything can answer."""
    told: list[Any] = []
    address, _, question = path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "QUERY_STRING": question,
        "CONTENT_TYPE": f"application/json; charset={charset}",
        "CONTENT_LENGTH": "2",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(b"{}"),
        "wsgi.url_scheme": "http",
    }

    def start(status, headers, error=None):
        told.append((status, dict(headers)))

    answer = application(environ, start)

    ((status, headers),) = told
    assert (status[:3], headers["Content-Type"]) == ("415", "application/problem+json")
    assert json.loads(b"".join(answer))["code"] == "unsupported_media_type"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_utf_8_may_be_written_in_many_ways(boss, charset):
    response = boss.client.generic("POST", "/api/v1/scan", "{}", content_type=f"application/json; charset={charset}")

    refused(response, 400, "malformed")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/items", "/api/v1/items/", "/api/v1//items"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_address_that_is_none_is_a_problem(boss, path, method):
    refused(boss.client.generic(method, path, "{}", content_type="application/json"), 404, "not_found")


def test_a_form_that_is_not_offered_is_a_problem(boss):
    refused(boss.client.get("/api/v1/items", HTTP_ACCEPT="application/xml"), 406, "not_acceptable")


def test_another_host_is_a_problem(boss):
    refused(boss.client.get("/api/v1/items", HTTP_HOST="evil.example"), 400, "bad_request")


def test_more_parameters_than_are_read_is_a_problem(boss):
    query = "&".join(f"p{number}=1" for number in range(1001))

    refused(boss.client.get(f"/api/v1/items?{query}"), 400, "bad_request")
