"""Text on paper: scripts, order, wrapping, and what cannot be printed."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from apps.core.paper import bidi, text
from apps.core.paper.fonts import face_for
from apps.core.paper.text import Style
from tests.core.paper_reading import texts

BODY = Style()


def printed(content, *, bold=False):
    """The content on a page of its own, as a reader copies it."""
    return texts(page_of(content, bold=bold))[0]


def page_of(content, *, bold=False, width=400):
    style = Style(size=10, bold=bold)
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(500, 800), invariant=1)
    for index, line in enumerate(text.wrap(content, style, width)):
        text.draw(canvas, line, style, 20, 760 - index * style.leading)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    ("content", "fonts"),
    [
        ("Zażółć gęślą jaźń ÅÆØ ß", {"NotoSans"}),
        ("Ελαιόλαδο εξαιρετικό", {"NotoSans"}),
        ("Молоко сгущённое, їжак", {"NotoSans"}),
        ("Trà sữa trân châu", {"NotoSans"}),
        ("橄榄油 特級", {"NotoSans", "MicroHei"}),
        ("抹茶パウダー", {"MicroHei"}),
        ("고추장", {"MicroHei"}),
        ("12 € ₹ ₪ → ≤", {"NotoSans", "FiraGO"}),
    ],
)
def test_a_script_prints_from_its_font_and_reads_back(content, fonts, bold):
    faces = {face_for(char, bold=bold) for char in content}

    assert {face.name.removesuffix("-Bold") for face in faces if face} == fonts
    assert None not in faces
    assert text.unprintable(content) == ()
    assert printed(content, bold=bold).strip() == content


def test_only_the_letters_used_are_embedded():
    content = page_of("aא中", width=400)

    assert content.count(b"/FontFile2") == 3
    assert len(content) < 60_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("שלום", "םולש"),
        ("abc שלום def", "abc םולש def"),
        ("(א) abc", "abc (א)"),
        ("abc (שלום) 12", "abc (םולש) 12"),
        ("שלום (abc) 12.5 kg", "12.5 kg (abc) םולש"),
        ('מק"ט A-4711', 'A-4711 ט"קמ'),  # noqa: RUF001 - Hebrew
        ("א [ב {ג} ד] ה", "ה [ד {ג} ב] א"),
        ("א < ב", "ב > א"),
        ("א \U000108b0 ב", "ב \U000108b0 א"),
        ("א ( ) ב", "ב ( ) א"),
        ("א) ב", "ב (א"),
        ("abc [שלום) 1", "abc [1 (םולש"),
    ],
)
def test_right_to_left_text_stands_in_the_order_of_the_paper(content, expected):
    assert bidi.visual(content, level=bidi.base_level(content)) == expected


def test_arabic_letters_are_joined():
    assert [f"{ord(char):04X}" for char in bidi.shaped("عربي")] == ["FECB", "FEAE", "FE91", "FEF2"]
    assert text.unprintable("زيت زيتون (بكر) ٥٠٠ مل", "پنیر گاو", "یہ اردو ہے") == ()  # noqa: RUF001 - Arabic digits


def test_vowel_points_are_left_out_and_the_letters_stay():
    assert printed("שָׁלוֹם").strip() == printed("שלום").strip()
    assert text.unprintable("שָׁלוֹם", "مُحَمَّد") == ()


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("ข้าว rice", ("U+0E02 THAI CHARACTER KHO KHAI", "U+0E27 THAI CHARACTER WO WAEN")),
        ("चावल", ("U+0932 DEVANAGARI LETTER LA",)),
        ("🍋 lemon", ("U+1F34B LEMON",)),
        ("\ue000", ("U+E000 UNNAMED",)),
    ],
)
def test_another_script_is_a_box_and_is_named(content, names):
    assert set(names) <= set(text.unprintable(content))
    (line,) = text.wrap(content, BODY, 400)
    assert any(run.face is None for run in line.runs)
    assert text.wrap("rice" + content, BODY, 400)[0].width > text.wrap("rice", BODY, 400)[0].width


@pytest.mark.parametrize(
    "content", ["<b>&<img src=http://127.0.0.1/x>", "&amp; &#65; </para>", '<font color="red">x</font>', "%s {0} \\n"]
)
def test_a_name_is_never_markup(content):
    assert printed(content).strip() == content


def test_invisible_characters_cannot_reorder_a_line():
    assert printed("A\u202eB\u2066C\u200bD\x07E").strip() == "ABCDE"


def test_words_go_to_the_next_line():
    style = Style(size=10)
    width = text.width_of("alpha beta ", style)

    assert lines("alpha beta gamma", style, width) == ["alpha beta", "gamma"]
    assert lines("alpha\nbeta\u2029gamma", style, 400) == ["alpha", "beta", "gamma"]
    assert lines("", style, width) == [""]


def lines(content, style, width):
    return ["".join(run.text for run in line.runs) for line in text.wrap(content, style, width)]


def test_a_code_is_cut_after_a_hyphen_only_when_it_does_not_fit():
    style = Style(size=10)
    width = text.width_of("SO-000001", style) + 1

    assert lines("See SO-000001", style, width) == ["See", "SO-000001"]
    assert lines("SO-000001-RETURN", style, width) == ["SO-", "000001-", "RETURN"]


def test_east_asian_text_breaks_between_characters_but_not_before_a_sign():
    style = Style(size=10)

    assert lines("東京倉庫。大阪", style, 45) == ["東京倉", "庫。大阪"]
    assert lines("センター", style, 31) == ["セン", "ター"]


def test_a_line_that_is_cut_ends_in_an_ellipsis():
    style = Style(size=10)
    cut = text.one_line("a very long name of a thing", style, 60)

    assert cut.width <= 60
    assert cut.runs[-1].text.endswith("…")


def test_long_text_on_a_label_becomes_smaller_before_it_is_cut():
    style = Style(size=15, bold=True)
    fitted, smaller = text.fit("SPICE-PAPRIKA-HOT-1KG", style, 120, most=1, smallest=6)
    cut, smallest = text.fit("SPICE-PAPRIKA-HOT-1KG" * 9, style, 120, most=1, smallest=6)

    assert (len(fitted), smaller.size) == (1, 9.5)
    assert fitted[0].width <= 120
    assert (len(cut), smallest.size) == (1, 6)
    assert cut[0].width <= 120
    assert text.fit("A", style, 120, most=1, smallest=6)[1] == style


@settings(deadline=None)  # the first text of a script loads its font
@given(st.text(max_size=120), st.floats(8, 300), st.booleans())
def test_no_line_is_wider_than_its_column(content, width, bold):
    style = Style(size=7, bold=bold)
    for line in text.wrap(content, style, width, most=200):
        single = sum(len(run.text) for run in line.runs) == 1
        assert line.width <= width + 1e-6 or single


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_wrapping_loses_no_letter(content):
    style = Style(size=9)
    whole = "".join("".join(run.text for run in line.runs) for line in text.wrap(content, style, 60, most=500))
    wide = "".join("".join(run.text for run in line.runs) for line in text.wrap(content, style, 10_000, most=500))

    assert sorted(whole.replace(" ", "")) == sorted(wide.replace(" ", ""))
