"""What the handheld's page says in other languages."""

import re
from pathlib import Path

import pytest

from apps.tasks.states import TaskKind
from config.paths import CHECKOUT

PAGE = Path(CHECKOUT) / "static" / "stillage" / "scan"
LANGUAGES = sorted((PAGE / "languages").glob("*.js"))
PHRASE = re.compile(r'^ {2}(?:"((?:[^"\\]|\\.)+)"|(\w+)):\s+"((?:[^"\\]|\\.)+)",$', re.MULTILINE)
NAMED = re.compile(r"\{(\w+)\}")


def phrases(language):
    return [
        (quoted or bare, said) for quoted, bare, said in PHRASE.findall(language.read_text().replace(":\n   ", ":"))
    ]


def said_in_english():
    """All text of the page's modules, and the kinds of task, which the server names."""
    modules = [path.read_text() for path in PAGE.rglob("*.js") if path.parent.name != "languages"]
    return "\n".join([*modules, *(f'"{label}"' for label in TaskKind.labels)])


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_a_language_says_what_the_page_says_and_nothing_else(language):
    english = said_in_english()

    stale = [phrase for phrase, _ in phrases(language) if f'"{phrase}"' not in english]

    assert len(phrases(language)) > 50
    assert stale == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda path: path.stem)
def test_a_phrase_keeps_the_facts_that_are_put_into_it(language):
    lost = [phrase for phrase, said in phrases(language) if set(NAMED.findall(phrase)) != set(NAMED.findall(said))]

    assert lost == []
