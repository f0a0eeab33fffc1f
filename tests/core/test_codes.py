"""What a scan says."""

import json
import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.core.codes import CodeKind, MalformedCode, parse_code
from apps.core.errors import DomainError
from tests.core.shared_data import shared

GTIN = "09506000134352"
SSCC = "340123450000000017"
TODAY = date(2026, 11, 22)


def facts(code):
    """What the code says beyond its text, kind and elements."""
    silent = {"raw", "text", "kind", "symbology", "elements"}
    return {name: value for name in code.__slots__ if name not in silent and (value := getattr(code, name))}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("9506000134352", CodeKind.GTIN, {"gtin": GTIN}),
        ("]E09506000134352", CodeKind.GTIN, {"gtin": GTIN}),
        ("]E3950600013435212", CodeKind.GTIN, {"gtin": GTIN}),
        ("]E496385074", CodeKind.GTIN, {"gtin": "00000096385074"}),
        ("614141123452", CodeKind.GTIN, {"gtin": "00614141123452"}),
        ("]I110614141000415", CodeKind.GTIN, {"gtin": "10614141000415"}),
        (SSCC, CodeKind.SSCC, {"sscc": SSCC}),
        ("00" + SSCC, CodeKind.SSCC, {"sscc": SSCC}),
        ("]C100" + SSCC, CodeKind.SSCC, {"sscc": SSCC}),
        (
            f"]d201{GTIN}10L-1\x1d17261200\x1d21S/9",
            CodeKind.GS1,
            {"gtin": GTIN, "lot": "L-1", "expires_on": date(2026, 12, 31), "serial": "S/9"},
        ),
        (f"]Q301{GTIN}17280229", CodeKind.GS1, {"gtin": GTIN, "expires_on": date(2028, 2, 29)}),
        (f"]e001{GTIN}15270101", CodeKind.GS1, {"gtin": GTIN, "best_before": date(2027, 1, 1)}),
        (f"01{GTIN}11261001", CodeKind.GS1, {"gtin": GTIN, "produced_on": date(2026, 10, 1)}),
        (
            f"]C1{'00' + SSCC}02{GTIN}3724\x1d10B7",
            CodeKind.SSCC,
            {
                "sscc": SSCC,
                "content_gtin": GTIN,
                "lot": "B7",
                "quantity": Decimal(24),
                "quantity_unit": "each",
            },
        ),
        (f"]C101{GTIN}3103001250", CodeKind.GS1, {"gtin": GTIN, "quantity": Decimal("1.250"), "quantity_unit": "kg"}),
        (
            f"]C101{GTIN}3103001250305",
            CodeKind.GS1,
            {"gtin": GTIN, "quantity": Decimal(5), "quantity_unit": "each"},
        ),
        (f"]C101{GTIN}70032705011200", CodeKind.GS1, {"gtin": GTIN, "expires_on": date(2027, 5, 1)}),
        ("240BOLT-M8\x1d10A(1)", CodeKind.GS1, {"item_number": "BOLT-M8", "lot": "A(1)"}),
        ("(240)BOLT-M8(10)A(1)", CodeKind.GS1, {"item_number": "BOLT-M8", "lot": "A(1)"}),
        ("(10)A(05)B(21)7", CodeKind.GS1, {"lot": "A(05)B", "serial": "7"}),
        ("(05)X", CodeKind.GS1, {"unknown": (("05", "X"),)}),
        ("(240)中-77(10)LOT 2026/1 ä", CodeKind.GS1, {"item_number": "中-77", "lot": "LOT 2026/1 ä"}),
        (
            f"https://id.example.org/01/{GTIN}/10/AB%2F1?17=270531",
            CodeKind.DIGITAL_LINK,
            {"gtin": GTIN, "lot": "AB/1", "expires_on": date(2027, 5, 31)},
        ),
        ("]Q1https://id.example.org/01/9506000134352", CodeKind.DIGITAL_LINK, {"gtin": GTIN}),
        (
            f"]d201{GTIN}09XYZ\x1d8999Q\x1d10L",
            CodeKind.GS1,
            {"gtin": GTIN, "unknown": (("09", "XYZ"), ("89", "99Q")), "lot": "L"},
        ),
    ],
)
def test_a_code_is_read(text, kind, expected):
    code = parse_code(text, today=TODAY)

    assert (code.kind, facts(code)) == (kind, expected)


@pytest.mark.parametrize(
    "text",
    [
        "A-01-02-3",
        "10-02-03",
        "21044",
        "240ABC",
        "12345678",
        "9506000134353",
        "PO-000123",
        "(10",
        "(1A)5",
        "(12a)5",
        "]b0X",
        "()1",
        "]",
        "]x",
        "https://example.com/",
        "https://",
        "http://[",
        "00340123450000000018",
        "SO 1/2",
    ],
)
def test_what_is_not_beyond_doubt_a_gs1_code_is_plain_text(text):
    code = parse_code(text)

    assert (code.kind, code.text, facts(code)) == (CodeKind.PLAIN, text, {})


def test_a_plain_symbology_prefix_is_taken_off():
    code = parse_code("]C0A-01-02\r\n")

    assert (code.kind, code.symbology, code.text, code.raw) == (CodeKind.PLAIN, "]C0", "A-01-02", "]C0A-01-02\r\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        (" \r\n", "it is empty"),
        ("]C1", "it is empty"),
        ("]C1\x1d", "it is empty"),
        ("A" * 201, "it is longer than 200 characters"),
        ("A\x00B", "it holds a control character"),
        ("A\u202eB", "it holds a control character"),
        ("A\nB", "it holds a control character"),
        ("A\ud800B", "it holds a control character"),
        ("]E09506000134353", "its check digit or length is not that of a GTIN"),
        ("]E3950600013435312", "its check digit or length is not that of a GTIN"),
        ("]C100340123450000000018", "(00) 340123450000000018 has a wrong check digit or length"),
        ("]d20109506000134353", "(01) 09506000134353 has a wrong check digit or length"),
        ("]C14109506000134353", "(410) 9506000134353 has a wrong check digit or length"),
        (f"]C101{GTIN}17261301", "'17261301' does not have the form that its application identifier asks"),
        (f"]C101{GTIN}10{'A' * 21}", "(10) is too long or holds a character that GS1 does not allow"),
        ("]C110A B", "(10) is too long or holds a character that GS1 does not allow"),
        ("]C1ABC", "'ABC' does not begin with an application identifier"),
        ("]C189", "'89' does not begin with an application identifier"),
        (f"]C110A\x1d01{GTIN}10B", "(10) stands in it twice with different values"),
        ("(17)9(90)217", "'179' does not have the form that its application identifier asks"),
        ("(01)095060001343521", "(01) cannot be 095060001343521"),
        ("(10)" + "A" * 21, "(10) is too long or holds a character that GS1 does not allow"),
        ("https://id.example.org/01/09506000134353", "(01) 09506000134353 has a wrong check digit or length"),
    ],
)
def test_a_code_that_cannot_be_right_is_refused(text, reason):
    with pytest.raises(MalformedCode) as refusal:
        parse_code(text)

    assert refusal.value.reason == reason
    assert isinstance(refusal.value, DomainError)
    assert (refusal.value.code, refusal.value.status) == ("malformed_code", 400)
    assert pickle.loads(pickle.dumps(refusal.value)).facts == refusal.value.facts  # noqa: S301 - made here


def test_a_refusal_shows_the_code_without_its_control_characters():
    with pytest.raises(MalformedCode) as refusal:
        parse_code("A\x07" + "B" * 300)

    shown = refusal.value.text
    assert shown.startswith("'A\\x07BBB")
    assert shown.isprintable()
    assert len(shown) < 70


def test_the_same_element_twice_is_read_once():
    assert parse_code(f"]C110A\x1d01{GTIN}10A").lot == "A"


@pytest.mark.parametrize(
    ("year", "expected"), [("76", 2076), ("77", 1977), ("99", 1999), ("00", 2000), ("26", 2026), ("25", 2025)]
)
def test_a_two_digit_year_is_the_nearest_one(year, expected):
    assert parse_code(f"]C101{GTIN}17{year}0131", today=TODAY).expires_on == date(expected, 1, 31)


def test_towards_the_end_of_a_century_a_low_year_is_of_the_next():
    late = date(2095, 1, 1)

    assert parse_code(f"]C101{GTIN}17450131", today=late).expires_on == date(2145, 1, 31)
    assert parse_code(f"]C101{GTIN}17460131", today=late).expires_on == date(2046, 1, 31)


def test_a_day_that_its_century_does_not_have_is_refused():
    with pytest.raises(MalformedCode) as refusal:
        parse_code(f"]C101{GTIN}17000229", today=date(2095, 1, 1))
    assert refusal.value.reason == "000229 is no date"


def test_without_a_day_the_month_ends():
    assert parse_code(f"]C101{GTIN}17280200", today=TODAY).expires_on == date(2028, 2, 29)
    assert parse_code(f"]C101{GTIN}17280200").expires_on == date(2028, 2, 29)


@given(st.text(max_size=220))
@example("]C1(01)")
@example("http://[::1/01/1")
@example("(10)(10)")
@example("\x1d\x1d10")
@example("]d2\x1d")
def test_any_text_is_read_or_refused(text):
    try:
        code = parse_code(text)
    except MalformedCode:
        return
    assert code.raw == text


@given(st.lists(st.sampled_from(["01", "10", "17", "(", ")", "\x1d", "]C1", "240", "A", "9", GTIN, "00" + SSCC])))
def test_any_mixture_of_gs1_pieces_is_read_or_refused(pieces):
    try:
        code = parse_code("".join(pieces))
    except MalformedCode:
        return
    assert all(identifier and value for identifier, value in code.elements)


def element_vectors():
    with shared("gs1/element_string_vectors.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line)["args"] for line in file]
    return [row for row in rows if isinstance(row[1], str) and not isinstance(row[2], dict)]


def test_element_strings_read_as_in_the_standards_vectors():
    read = 0
    for valid, spelled, plain in element_vectors():
        if not valid:
            continue
        scanned = parse_code("]C1" + plain.replace("^", "\x1d"))
        rebuilt = "".join(identifier + value for identifier, value in scanned.elements)
        assert rebuilt == plain.replace("^", "")
        if "\\" not in spelled:
            assert parse_code(spelled).elements == scanned.elements
        read += 1
    assert read >= 10


def test_wrong_element_strings_of_the_standards_vectors_are_never_read_as_gs1():
    refused = 0
    for valid, spelled, _ in element_vectors():
        # A lot with a caret is wrong in GS1, but our own labels spell out any printable lot.
        if valid or spelled == "(10)12345^":
            continue
        try:
            assert parse_code(spelled).kind is CodeKind.PLAIN
        except MalformedCode:
            refused += 1
    assert refused >= 4
