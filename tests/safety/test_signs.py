"""Safety signs: what they say and look like by their kind, in each size, and that no one is taken for verified."""

import pypdfium2
import pytest
from reportlab.lib.units import mm

from apps.core.paper.label import A3, A4, A5
from apps.safety.choices import SignMeaning
from apps.safety.pdf import safety_signs
from apps.safety.pdf.signs import EXIT_LETTERS, WAYS
from apps.safety.pdf.symbols import SYMBOLS
from apps.safety.rules import SIGNS
from tests.core import paper_reading
from tests.factories.api import a_person, refused

GREEN, BLUE, RED, YELLOW, WHITE = (
    (0, 122, 77),
    (0, 83, 135),
    (168, 25, 46),
    (249, 176, 0),
    (255, 255, 255),
)


def colours(content, *spots):
    """The colours at these millimetres from the left and the top of each sheet."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.render(scale=1 / mm).to_pil() for page in document]  # a dot a millimetre
    finally:
        document.close()
    return [[page.getpixel(spot)[:3] for spot in spots] for page in pages]


def test_every_sign_is_drawn_or_words_alone_and_says_where_it_is_from():
    drawn = {code for code, sign in SIGNS.items() if sign.is_drawn}
    assert drawn == SYMBOLS.keys() | WAYS.keys()
    assert SIGNS.keys() - drawn == {"exit"}
    assert not [sign.code for sign in SIGNS.values() if sign.is_verified or not sign.source]

    pages = paper_reading.texts(safety_signs(list(SIGNS.values())))

    for sign, page in zip(SIGNS.values(), pages, strict=True):
        told = " ".join(page.split())
        assert sign.wording in told, sign.code
        assert f"after {sign.source} (not verified)" in told.replace("After", "after"), sign.code
        assert sign.code == "exit" or "our own drawing: compare before use" in told


@pytest.mark.parametrize(("size", "wide", "high"), [(A5, 148, 210), (A4, 210, 297), (A3, 297, 420)])
def test_shape_and_colour_are_those_of_the_kind_in_every_size(size, wide, high):
    codes = {
        SignMeaning.PROHIBITION: "no-smoking",
        SignMeaning.MANDATORY: "wear-gloves",
        SignMeaning.WARNING: "forklifts",
        SignMeaning.SAFE: "first-aid",
        SignMeaning.FIRE: "extinguisher",
    }
    content = safety_signs([SIGNS[codes[meaning]] for meaning in SignMeaning], size=size)
    side = wide - 24
    top, rim, corner, panel = (wide // 2, 14), (14, 12 + side // 2), (20, 20), (16, high - 30)

    found = dict(zip(SignMeaning, colours(content, top, rim, corner, panel), strict=True))

    assert paper_reading.sizes(content) == [(wide, high)] * 5
    assert found == {
        SignMeaning.PROHIBITION: [RED, RED, WHITE, RED],
        SignMeaning.MANDATORY: [BLUE, BLUE, WHITE, BLUE],
        SignMeaning.WARNING: [WHITE, WHITE, WHITE, YELLOW],
        SignMeaning.SAFE: [GREEN, GREEN, GREEN, GREEN],
        SignMeaning.FIRE: [RED, RED, RED, RED],
    }


def test_arrows_point_the_way():
    content = safety_signs([SIGNS[code] for code in ("exit-left", "exit-right", "exit-ahead")])

    # The upper half of a head that points left and of one that points right, and the shaft of one up, with both halves.
    found = colours(content, (64, 62), (101, 62), (233, 62), (196, 62), (214, 110))
    assert paper_reading.sizes(content) == [(297, 210)] * 3
    assert (found[0][:2], found[1][2:], found[2][2:]) == ([WHITE, GREEN], [WHITE, GREEN, GREEN], [WHITE] * 3)


def test_the_letters_of_an_exit_are_as_high_as_is_asked_or_the_sheet_says_that_they_are_not():
    small, plain, large = (safety_signs([SIGNS["exit"]], size=size) for size in (A5, A4, A3))

    assert [round(EXIT_LETTERS / mm, 1), *(paper_reading.sizes(each)[0] for each in (small, plain, large))] == [
        152.4,
        (210, 148),
        (297, 210),
        (420, 297),
    ]
    told = [" ".join(paper_reading.texts(each)[0].split()) for each in (small, plain, large)]
    assert "letters 108 mm high, strokes 15 mm" in told[0]
    assert "Too small for that paragraph, which asks for 152 mm." in told[0]
    assert "letters 153 mm high, strokes 21 mm" in told[1]
    assert "letters 216 mm high, strokes 30 mm" in told[2]
    assert not [each for each in told[1:] if "Too small" in each]
    # The letter I, from its foot to its head: 153 mm of white and green around it.
    [[above, head, foot, below]] = colours(plain, (185, 22), (185, 26), (185, 176), (185, 181))
    assert (above, head, foot, below) == (GREEN, WHITE, WHITE, GREEN)


def test_signs_are_listed_and_printed_for_whoever_is_signed_in(db):
    caller = a_person()

    listed = caller.get("/safety-signs").json()
    some = caller.get("/safety-signs/sheets", code=["forklifts", "first-aid"], size="a5")

    assert [row["code"] for row in listed] == [*SIGNS]
    assert listed[4] == {
        "code": "first-aid",
        "wording": "First aid",
        "meaning": "safe",
        "is_drawn": True,
        "source": "ISO 7010 E003",
        "is_verified": False,
    }
    assert some["Content-Type"] == "application/pdf"
    assert [page.split("\n")[0] for page in paper_reading.texts(some.content)] == ["First aid", "Forklift"]
    assert paper_reading.sizes(some.content) == [(148, 210)] * 2
    assert len(paper_reading.sizes(caller.get("/safety-signs/sheets").content)) == len(SIGNS)
    assert "code" in refused(caller.get("/safety-signs/sheets", code="dragons"), 400, "malformed")
    assert "size" in refused(caller.get("/safety-signs/sheets", size="a9"), 400, "malformed")
    with pytest.raises(ValueError, match="no sign"):
        safety_signs([])
