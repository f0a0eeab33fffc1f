"""The documents say what is so: links resolve, paths exist, commands can be made, decisions are listed."""

import re
from pathlib import Path

import pytest
from rest_framework import exceptions

from apps.accounts.api.permissions import HasDevice, IsSignedOn
from apps.core.api.parsers import BodyTooLarge
from scripts.write_docs import WAY_IN, errors_page, invariants_page
from tests.architecture.source import ROOT, app_names

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
DECISIONS = sorted(path for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:apps|config|tests|docs|scripts|fixtures|templates|static)/[\w./*<>-]*)`")
MADE = re.compile(r"`make ([a-z-]+)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")


def name(path):
    return path.relative_to(ROOT).as_posix()


def anchors(path):
    """The headings of a document as GitHub links to them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path):
    broken = []
    for link in LINK.findall(path.read_text("utf-8")):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        where = (path.parent / target).resolve() if target else path
        if not where.exists() or (anchor and anchor not in anchors(where)):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_that_are_named_exist(path):
    named = [each for each in PATH.findall(path.read_text("utf-8")) if "<" not in each]

    assert [each for each in named if not list(ROOT.glob(each.rstrip("/")))] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_that_are_named_exist(path):
    text = path.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    ours = {each.stem for each in ROOT.glob("apps/*/management/commands/*.py")}
    commands = ours | {"check", "makemigrations", "migrate"}

    assert set(MADE.findall(text)) <= targets
    assert set(COMMAND.findall(text)) <= commands


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_no_document_knows_this_machine(path):
    assert not re.search(r"(?<![\w.])/(root|work|home|tmp|Users)/", path.read_text("utf-8"))


def test_decisions_are_numbered_in_a_row_and_listed():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    listed = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")

    assert numbers == list(range(1, len(numbers) + 1))
    assert [path.name for path in DECISIONS if f"({path.name})" not in listed] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_why_and_what_it_costs(path):
    text = path.read_text("utf-8")

    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Decision", "Why", "Cost"]


def test_decisions_that_the_source_names_exist():
    named = {
        found
        for path in [*ROOT.glob("apps/**/*.py"), *ROOT.glob("apps/**/*.sql"), *ROOT.glob("config/**/*.py")]
        for found in re.findall(r"(?:docs/adr/|ADR )(\d{4})", path.read_text("utf-8"))
    }

    assert named <= {path.name[:4] for path in DECISIONS}


def test_the_map_shows_every_app():
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")

    assert [app for app in app_names() if not re.search(rf"\b{app}\b", text)] == []


def test_the_page_of_invariants_is_current():
    assert (ROOT / "docs" / "INVARIANTS.md").read_text("utf-8") == invariants_page(), "run scripts/write_docs.py"


def test_the_page_of_refusals_is_current():
    assert (ROOT / "docs" / "errors.md").read_text("utf-8") == errors_page(), "run scripts/write_docs.py"


def test_the_page_of_refusals_knows_what_is_refused_on_the_way_in():
    met = (
        *(exceptions.AuthenticationFailed, exceptions.MethodNotAllowed, exceptions.NotAcceptable),
        *(exceptions.NotAuthenticated, exceptions.NotFound, exceptions.ParseError, exceptions.PermissionDenied),
        *(exceptions.Throttled, exceptions.UnsupportedMediaType, BodyTooLarge),
    )
    told = {code: status for code, status, _, _ in WAY_IN}

    assert {kind.default_code: kind.status_code for kind in met}.items() <= told.items()
    assert {IsSignedOn.code, HasDevice.code, "malformed", "bad_request", "bug"} <= told.keys()
    assert list(told) == sorted(told)


def test_the_glossary_is_spoken_in_the_source():
    """Words we do not use name no class, function or field."""
    glossary = (ROOT / "docs" / "GLOSSARY.md").read_text("utf-8")
    _, _, avoided = glossary.partition("## Words we do not use")
    words = {word.lower() for word in re.findall(r"^\| `(\w+)`", avoided, re.MULTILINE)}
    assert words
    named = re.compile(r"^\s*(?:class|def|async def) (\w+)|^    (\w+)(?:: [\w\[\], .\"|]+)? = models\.", re.MULTILINE)
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in ROOT.glob("apps/**/*.py")
        if "migrations" not in path.parts
        for pair in named.findall(Path(path).read_text("utf-8"))
        for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", pair[0] or pair[1])
        if word.lower() in words
    }

    assert found == set()
