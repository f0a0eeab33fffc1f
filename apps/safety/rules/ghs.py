"""What the label on a container of a hazardous chemical may say: known codes, and what surely follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps.safety.choices import Pictogram, SignalWord

STRONGER = frozenset({Pictogram.CORROSION, Pictogram.SKULL, Pictogram.HEALTH})
"""Beside any of these an exclamation mark may have to be left out (1910.1200, C.2.3.1), so it is not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A statement by its code; signal word and pictogram are empty where they depend on the category."""

    code: str
    text: str
    signal_word: str = ""
    pictogram: str = ""
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFacts:
    """What a label is to bear."""

    signal_word: str
    pictograms: tuple[str, ...]
    hazards: tuple[str, ...]
    precautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a label: in which of its fields, and what to do about it."""

    field: str
    text: str


def faults_of_label(facts: LabelFacts, phrases: Mapping[str, Phrase]) -> list[Fault]:
    """What contradicts the codes: unknown ones, the wrong signal word, a pictogram that is missing or twice there.

    Only what is certain for every category is refused. GHS09 is not asked for: 1910.1200 does not require it.
    """
    hazards = [phrases[code] for code in facts.hazards if code in phrases]
    return [
        *_unknown("hazards", "H", facts.hazards, phrases),
        *_unknown("precautions", "P", facts.precautions, phrases),
        *_wrong_signal_word(facts.signal_word, hazards, complete=len(hazards) == len(facts.hazards)),
        *_wrong_pictograms(facts.pictograms, hazards),
    ]


def _unknown(field: str, letter: str, codes: tuple[str, ...], phrases: Mapping[str, Phrase]) -> Iterator[Fault]:
    unknown = [code for code in codes if code not in phrases or not code.startswith(letter)]
    if unknown:
        yield Fault(
            field=field,
            text=f"Not known here: {', '.join(unknown)}. Correct the code, or add its phrase with its source.",
        )
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        yield Fault(field=field, text=f"Named more than once: {', '.join(twice)}.")


def _wrong_signal_word(word: str, hazards: list[Phrase], *, complete: bool) -> Iterator[Fault]:
    """Danger wins over Warning, and never both; where a statement leaves its word open, a warning may be danger."""
    asked = {phrase.signal_word: phrase.code for phrase in hazards if phrase.signal_word}
    is_open = not complete or any(not phrase.signal_word for phrase in hazards)
    if SignalWord.DANGER in asked and word != SignalWord.DANGER:
        yield Fault(field="signal_word", text=f"{asked[SignalWord.DANGER]} asks for the signal word Danger.")
    elif SignalWord.WARNING in asked and not word:
        yield Fault(field="signal_word", text=f"{asked[SignalWord.WARNING]} asks for a signal word.")
    elif word == SignalWord.DANGER and SignalWord.DANGER not in asked and not is_open:
        yield Fault(field="signal_word", text="No hazard statement on it asks for Danger.")


def _wrong_pictograms(shown: tuple[str, ...], hazards: list[Phrase]) -> Iterator[Fault]:
    unknown = [code for code in shown if code not in Pictogram.values]
    if unknown:
        yield Fault(field="pictograms", text=f"No pictogram of the GHS: {', '.join(unknown)}.")
    twice = sorted({code for code in shown if shown.count(code) > 1})
    if twice:
        yield Fault(field="pictograms", text=f"A pictogram appears once only: {', '.join(twice)}.")
    excused = {Pictogram.ENVIRONMENT} | ({Pictogram.EXCLAMATION} if STRONGER.intersection(shown) else set())
    for phrase in hazards:
        if phrase.pictogram and phrase.pictogram not in shown and phrase.pictogram not in excused:
            yield Fault(field="pictograms", text=f"{phrase.code} asks for {phrase.pictogram}.")
