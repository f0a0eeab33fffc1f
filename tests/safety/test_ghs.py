"""What a container's label may say, and that it is drawn whole."""

import pytest

from apps.safety.choices import Pictogram
from apps.safety.errors import LabelTooFull
from apps.safety.pdf import ContainerText, container_labels
from apps.safety.rules import LabelFacts, Phrase, faults_of_label
from tests.core import paper_reading

PHRASES = {
    phrase.code: phrase
    for phrase in (
        Phrase(code="H225", text="Highly flammable", signal_word="danger", pictogram="GHS02"),
        Phrase(code="H226", text="Flammable", signal_word="warning", pictogram="GHS02"),
        Phrase(code="H272", text="Oxidizer", pictogram="GHS03"),
        Phrase(code="H315", text="Irritates skin", signal_word="warning", pictogram="GHS07"),
        Phrase(code="H318", text="Damages eyes", signal_word="danger", pictogram="GHS05"),
        Phrase(code="H410", text="Toxic to aquatic life", signal_word="warning", pictogram="GHS09"),
        Phrase(code="P210", text="Keep away from heat"),
    )
}


@pytest.mark.parametrize(
    ("word", "pictograms", "hazards", "wrong"),
    [
        ("danger", "GHS02 GHS07", "H225 H315", []),
        ("danger", "GHS02", "H225", []),
        ("danger", "GHS05", "H318 H315", []),  # corrosion stands for the exclamation mark
        ("warning", "", "H410", []),  # the environment's is not required by 1910.1200
        ("warning", "GHS03", "H272", []),  # by its category: Danger or Warning
        ("danger", "GHS03 GHS02", "H272 H226", []),
        ("warning", "GHS02", "H225", ["H225 asks for the signal word Danger."]),
        ("", "GHS02", "H226", ["H226 asks for a signal word."]),
        ("danger", "GHS02", "H226", ["No hazard statement on it asks for Danger."]),
        ("danger", "", "H225 H318", ["H225 asks for GHS02.", "H318 asks for GHS05."]),
        ("danger", "GHS02 GHS02", "H225", ["A pictogram appears once only: GHS02."]),
        ("danger", "GHS02 GHS10", "H225", ["No pictogram of the GHS: GHS10."]),
        ("danger", "GHS02", "H225 H225", ["Named more than once: H225."]),
        ("danger", "GHS02", "H999", ["Not known here: H999. Correct the code, or add its phrase with its source."]),
        (
            "danger",
            "GHS02",
            "H225 P210",
            ["Not known here: P210. Correct the code, or add its phrase with its source."],
        ),
    ],
)
def test_a_label_is_held_to_what_its_codes_surely_ask_for(word, pictograms, hazards, wrong):
    facts = LabelFacts(
        signal_word=word,
        pictograms=tuple(pictograms.split()),
        hazards=tuple(hazards.split()),
        precautions=("P210",),
    )

    assert [fault.text for fault in faults_of_label(facts, PHRASES)] == wrong


RED = 65
"""The frame's shade, where a page is read in grey."""


def a_text(**other):
    given = {
        "item": "ACETONE-5L",
        "product": "Acetone",
        "signal_word": "Danger",
        "pictograms": ("GHS02", "GHS07"),
        "hazards": ("Highly flammable liquid and vapor",),
        "precautions": ("Store locked up.",),
        "supplier": "Example Chemicals",
        "address": "1 Dock Road, Leith",
        "phone": "+44 131 496 0000",
    }
    return ContainerText(**(given | other))


def test_each_pictogram_is_a_diamond_with_a_symbol_of_its_own():
    drawn = set()
    for code in Pictogram.values:
        [image] = paper_reading.images(container_labels([a_text(pictograms=(code,))]), dpi=127)
        # Five dots a millimetre: the diamond is 28 mm wide, at the left edge below one line of the product's name.
        inside = image.convert("L").crop((20, 60, 160, 235))
        shades = {shade for _, shade in inside.getcolors() or ()}
        assert {0, RED, 255} <= shades
        drawn.add(inside.tobytes())

    assert len(drawn) == len(Pictogram.values) == 9


def test_statements_grow_smaller_together_and_what_does_not_fit_is_not_printed():
    many = tuple(f"Precaution {number} of a label with much to say, which runs on." for number in range(20))

    [text] = paper_reading.texts(container_labels([a_text(precautions=many)]))

    assert [one for one in many if one not in text] == []
    with pytest.raises(LabelTooFull) as refusal:
        container_labels([a_text(precautions=many * 2)])
    assert refusal.value.item == "ACETONE-5L"
    with pytest.raises(ValueError, match="no label"):
        container_labels([])
