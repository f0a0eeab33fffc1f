"""What a scan says."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.core.codes import CodeKind, MalformedCode, WrongCheckDigit, misread_key, parse_code, spelled_out
from apps.core.errors import DomainError

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
        ("]E09506000134353A", "its length is not that of a GTIN"),
        (f"]C101{GTIN}17261301", "'17261301' does not have the form that its application identifier asks"),
        (f"]C101{GTIN}7006261200", "(7006) 261200 names no day"),
        (f"]C101{GTIN}70032612012460", "'700326120124' does not have the form that its application identifier asks"),
        (f"]C101{GTIN}30\u0663", "(30) holds a character that GS1 does not allow"),
        ("(10)A^B", "(10) holds a character that GS1 does not allow"),
        ("urn:epc:id:sgtin:061.812345.6789", "what follows sgtin is not as an EPC says it"),
        ("urn:epc:id:sgtin", "it is no EPC"),
        (f"]C101{GTIN}10{'A' * 21}", "(10) is too long or holds a character that GS1 does not allow"),
        ("]C110A B", "(10) is too long or holds a character that GS1 does not allow"),
        ("]C1ABC", "'ABC' does not begin with an application identifier"),
        ("]C189", "'89' does not begin with an application identifier"),
        (f"]C110A\x1d01{GTIN}10B", "(10) stands in it twice with different values"),
        ("(17)9(90)217", "'179' does not have the form that its application identifier asks"),
        ("(01)095060001343521", "(01) cannot be 095060001343521"),
        ("(10)" + "A" * 21, "(10) is too long or holds a character that GS1 does not allow"),
    ],
)
def test_a_code_that_cannot_be_right_is_refused(text, reason):
    with pytest.raises(MalformedCode) as refusal:
        parse_code(text)

    assert refusal.value.reason == reason
    assert isinstance(refusal.value, DomainError)
    assert (refusal.value.code, refusal.value.status) == ("malformed_code", 400)
    assert pickle.loads(pickle.dumps(refusal.value)).facts == refusal.value.facts  # noqa: S301 - made here


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        ("]E09506000134353", "GTIN", "9506000134353", "2"),
        ("]E3950600013435312", "GTIN", "9506000134353", "2"),
        ("]E496385075", "GTIN", "96385075", "4"),
        ("]d20109506000134353", "GTIN", "09506000134353", "2"),
        ("(02)09506000134353(37)1", "GTIN", "09506000134353", "2"),
        ("https://id.example.org/01/09506000134353", "GTIN", "09506000134353", "2"),
        ("]C100340123450000000018", "SSCC", "340123450000000018", "7"),
        ("]C14109506000134353", "GLN", "9506000134353", "2"),
        ("]C1800309506000134353ABC", "GRAI", "09506000134353ABC", "2"),
        ("]C12539506000134353ABC", "GDTI", "9506000134353ABC", "2"),
        ("]C18017340123450000000018", "GSRN", "340123450000000018", "7"),
        ("(8013)1987654Ad4X4bL5ttr2310cXK", "GMN", "1987654Ad4X4bL5ttr2310cXK", "2K"),
    ],
)
def test_a_wrong_check_digit_is_refused_by_the_name_of_its_key(text, key, value, expected):
    with pytest.raises(WrongCheckDigit) as refusal:
        parse_code(text)

    facts = refusal.value.facts
    assert (facts["key"], facts["value"], facts["expected"]) == (key, value, expected)
    assert facts["reason"] == f"the check digit of this {key} would be {expected}"
    assert (refusal.value.code, refusal.value.status, refusal.value.recover) == ("wrong_check_digit", 400, ("rescan",))
    assert pickle.loads(pickle.dumps(refusal.value)).facts == facts  # noqa: S301 - made here


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("9506000134353", "GTIN", "2"),
        ("96385075", "GTIN", "4"),
        ("340123450000000018", "SSCC", "7"),
        ("00340123450000000018", "SSCC", "7"),
    ],
)
def test_a_plain_number_as_long_as_a_key_is_one_misread_when_nothing_bears_it(text, key, expected):
    refusal = misread_key(parse_code(text))

    assert refusal is not None
    assert (refusal.key, refusal.expected) == (key, expected)


@pytest.mark.parametrize("text", ["9506000134352", "A-01", "1", "(10)A", "10000000000000000"])
def test_other_codes_are_no_keys_misread(text):
    assert misread_key(parse_code(text)) is None


@pytest.mark.parametrize(
    "elements",
    [
        (("240", "BOLT"), ("10", "A(1)")),
        (("10", "A(01)B"), ("21", "7")),
        (("10", "A^B"),),
        (("10", "A\\(B"),),
        (("10", "\\"),),
    ],
)
def test_what_a_label_spells_out_is_read_back(elements):
    assert parse_code(spelled_out(elements)).elements == elements


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
