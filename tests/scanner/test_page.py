"""The handheld's page: anybody may load it, it brings no data, and all that it asks for is there."""

import importlib
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from apps.core.errors import DomainError
from tests.architecture.source import ROOT

for errors in sorted((ROOT / "apps").glob("*/errors*")):  # a module, or a package of them
    importlib.import_module(f"apps.{errors.parent.name}.errors")

STATIC = Path(settings.STATICFILES_DIRS[0])
SCAN = STATIC / "stillage" / "scan"
MODULES = sorted(SCAN.rglob("*.js"))
DESK_ONLY = {"ask_other", "correct_file", "notify", "other_worker", "release_partly"}
"""Words of refusals that no handheld meets: imports, tasks given, recalls, certificates, actions, assembly released."""
IMPORT = re.compile(r'(?:from|import)\s*\(?\s*"([^"]+)"')


def test_the_page_needs_nobody_signed_in_and_offers_the_kinds_of_task(client):
    page = client.get(reverse("scan-page"))

    assert page.status_code == 200
    (kinds,) = re.findall(r'<script id="kinds" type="application/json">(.*?)</script>', page.content.decode())
    assert ["pick", "Pick"] in json.loads(kinds)


def test_the_page_runs_no_script_and_no_style_of_its_own(client):
    page = client.get(reverse("scan-page"))

    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|<script>", page.content.decode())


def test_every_file_that_the_page_names_is_there(client):
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', client.get(reverse("scan-page")).content.decode())

    assert "stillage/scan/main.js" in names
    assert [name for name in names if not finders.find(name)] == []


def test_every_icon_that_the_manifest_names_is_there():
    manifest = json.loads((SCAN / "manifest.webmanifest").read_text())

    assert manifest["start_url"] == reverse("scan-page")
    assert [icon["src"] for icon in manifest["icons"] if not (SCAN / icon["src"]).is_file()] == []


def test_the_worker_keeps_the_whole_shell_and_no_answer_and_reaches_no_further_than_the_page(client):
    worker = client.get(reverse("scan-worker"))

    assert worker.headers["Content-Type"] == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.headers["Service-Worker-Allowed"] == "/scan/"
    (listed,) = re.findall(r"const SHELL = \[(.*?)\];", worker.content.decode(), re.DOTALL)
    kept = [json.loads(f'"{text}"') for text in re.findall(r'"(.*?)"', listed)]
    files = {f"/static/{path.relative_to(STATIC).as_posix()}" for path in SCAN.rglob("*") if path.is_file()}
    assert kept[0] == reverse("scan-page")
    assert set(kept[1:]) == files | {"/static/stillage/icon.svg"}


def test_another_build_is_another_worker_and_the_same_build_the_same(client, monkeypatch):
    first = client.get(reverse("scan-worker")).content
    again = client.get(reverse("scan-worker")).content
    monkeypatch.setattr("apps.scanner.pages.BESIDE", ())

    other = client.get(reverse("scan-worker")).content

    assert first == again
    assert first != other


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(SCAN).as_posix())
def test_every_module_that_is_imported_is_there(module):
    named = IMPORT.findall(module.read_text())

    assert [name for name in named if not (module.parent / name).is_file()] == []


def test_no_module_reads_data_as_markup():
    assert [
        path.name for path in MODULES if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", path.read_text())
    ] == []


def test_every_module_is_used():
    used = {(path.parent / name).resolve() for path in MODULES for name in IMPORT.findall(path.read_text())}

    assert [path.name for path in MODULES if path.resolve() not in used] == ["main.js"]


def _refusals(kind=DomainError):
    for each in kind.__subclasses__():
        yield each
        yield from _refusals(each)


def test_what_a_refusal_allows_next_is_said_in_a_sentence():
    words = {word for kind in _refusals() if kind.__module__.startswith("apps.") for word in kind.recover}

    (block,) = re.findall(r"const RECOVER = \{(.*?)\n\};", (SCAN / "words.js").read_text(), re.DOTALL)
    sentences = dict(re.findall(r'^  (\w+): "(.+)",$', block, re.MULTILINE))

    assert sorted(words - sentences.keys()) == sorted(DESK_ONLY)
    assert sorted(sentences.keys() - words) == []
    assert [sentence for sentence in sentences.values() if not re.fullmatch(r"[A-Z].*\.", sentence)] == []


def test_the_page_may_use_its_camera_and_nothing_else_and_stands_in_no_frame(client):
    headers = client.get(reverse("scan-page")).headers

    allowed = dict(each.split("=") for each in headers["Permissions-Policy"].split(", "))
    assert {name for name, where in allowed.items() if where != "()"} == {"camera"}
    assert allowed["camera"] == "(self)"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = dict(each.strip().split(" ", 1) for each in headers["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_the_desk_uses_no_camera(client, db):
    assert "camera=()" in client.get("/admin/login/").headers["Permissions-Policy"]
