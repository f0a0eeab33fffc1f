"""Right-to-left text: the order in which the letters of a line stand on paper.

The steps are those of Unicode Standard Annex 9 as python-bidi implements them, with bracket pairs (rule N0) added:
without it `abc (HEBREW) 12` prints its brackets apart.
"""

from __future__ import annotations

from typing import Any
from unicodedata import bidirectional

from arabic_reshaper import ArabicReshaper
from bidi import algorithm

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
BRACKETS = {"(": ")", "[": "]", "{": "}"}

_reshaper = ArabicReshaper(
    configuration={
        "delete_harakat": True,  # vowel marks need positioning that a PDF text run does not do
        "use_unshaped_instead_of_isolated": True,  # the plain letter is the isolated form, and every font has it
    }
)


def is_right_to_left(text: str) -> bool:
    """Whether any character takes part in right-to-left ordering; most text does not and skips the work."""
    return any(bidirectional(char) in RIGHT_TO_LEFT for char in text)


def shaped(text: str) -> str:
    """The text with Arabic letters joined, still in reading order."""
    return str(_reshaper.reshape(text))


def base_level(text: str) -> int:
    """The paragraph's direction, by its first strong letter: 0 left to right, 1 right to left (rules P2, P3)."""
    for char in text:
        kind = bidirectional(char)
        if kind == "L":
            return 0
        if kind in {"R", "AL"}:
            return 1
    return 0


def visual(line: str, *, level: int) -> str:
    """One line in the order of the paper, left to right, with brackets and the like mirrored."""
    storage = algorithm.get_empty_storage()
    storage["base_level"] = level
    storage["base_dir"] = "LR"[level]
    algorithm.get_embedding_levels(line, storage)
    for char in storage["chars"]:
        # Python's table may be older than the character; the steps below know no such kind.
        char["type"] = char["type"] or "ON"
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[level])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    return "".join(char["ch"] for char in storage["chars"])


def _resolve_brackets(chars: list[dict[str, Any]], embedding: str) -> None:
    """Both brackets of a pair take one direction: the embedding's when it occurs inside, else the context's (N0)."""
    for start, end in _pairs(chars):
        inside = {_strong(char) for char in chars[start + 1 : end]} - {""}
        if embedding in inside:
            direction = embedding
        elif inside:
            opposite = inside.pop()
            before = next((kind for char in reversed(chars[:start]) if (kind := _strong(char))), embedding)
            direction = opposite if before == opposite else embedding
        else:
            continue
        chars[start]["type"] = chars[end]["type"] = direction


def _pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Matching brackets as (start, end), in the order in which they open (BD16)."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for index, char in enumerate(chars):
        if char["type"] != "ON":
            continue
        if char["ch"] in BRACKETS:
            waiting.append((BRACKETS[char["ch"]], index))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == char["ch"]:
                pairs.append((waiting[depth][1], index))
                del waiting[depth:]
                break
    return sorted(pairs)


def _strong(char: dict[str, Any]) -> str:
    """L or R, numbers counting as R; empty for everything else."""
    kind = char["type"]
    if kind == "L":
        return "L"
    return "R" if kind in {"R", "EN", "AN"} else ""
