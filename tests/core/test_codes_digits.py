"""Check digits and keys, against published examples and the standard's own vectors."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.codes import MalformedCode, gtin_check_digit, is_gs1_text, is_valid_gln, is_valid_gtin, make_sscc
from apps.core.codes.digits import check_digit, has_valid_check_digit, is_valid_sscc
from tests.core.shared_data import shared


@pytest.mark.parametrize(
    "gtin", ["96385074", "614141123452", "9506000134352", "09506000134352", "10614141000415", "4006381333931"]
)
def test_published_gtins_have_the_right_check_digit(gtin):
    assert is_valid_gtin(gtin)
    assert gtin_check_digit(gtin[:-1]) == int(gtin[-1])


@pytest.mark.parametrize(
    "text", ["", "0", "9506000134353", "950600013435", "123456789", "950600013435X", "٩٥٠٦٠٠٠١٣٤٣٥٢", "²" * 8]
)
def test_anything_else_is_no_gtin(text):
    assert not is_valid_gtin(text)


def test_a_gln_has_thirteen_digits():
    assert is_valid_gln("9506000134352")
    assert not is_valid_gln("09506000134352")


def test_an_sscc_is_filled_from_the_serial_reference():
    assert make_sscc(3, "4012345", 1) == "340123450000000017"
    assert make_sscc(0, "061414112345", 6789) == "00614141123456789" + str(check_digit("00614141123456789"))


@given(st.integers(0, 9), st.integers(4, 12), st.data())
def test_every_sscc_that_is_made_is_valid_and_says_its_serial(extension, length, data):
    prefix = data.draw(st.text("0123456789", min_size=length, max_size=length))
    serial = data.draw(st.integers(0, 10 ** (16 - length) - 1))

    sscc = make_sscc(extension, prefix, serial)

    assert is_valid_sscc(sscc)
    assert (sscc[0], sscc[1 : 1 + length], int(sscc[1 + length : -1])) == (str(extension), prefix, serial)


@given(st.text("0123456789", min_size=17, max_size=17), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(payload, place, change):
    good = payload + str(check_digit(payload))
    digit = str((int(good[place]) + change) % 10)

    assert not has_valid_check_digit(good[:place] + digit + good[place + 1 :])


@pytest.mark.parametrize(
    ("extension", "prefix", "serial", "reason"),
    [
        (10, "4012345", 1, "an SSCC's extension is one digit"),
        (-1, "4012345", 1, "an SSCC's extension is one digit"),
        (0, "401", 1, "a GS1 company prefix has 4 to 12 digits"),
        (0, "40123X5", 1, "a GS1 company prefix has 4 to 12 digits"),
        (0, "4012345", 10**9, "the serial reference of an SSCC with this prefix has 9 digits"),
        (0, "4012345", -1, "the serial reference of an SSCC with this prefix has 9 digits"),
    ],
)
def test_an_sscc_that_cannot_be_is_refused(extension, prefix, serial, reason):
    with pytest.raises(MalformedCode) as refusal:
        make_sscc(extension, prefix, serial)
    assert refusal.value.reason == reason
    assert refusal.value.status == 400


@pytest.mark.parametrize("payload", ["", "123", "12345678901234", "123456x"])
def test_a_check_digit_needs_the_right_number_of_digits(payload):
    with pytest.raises(MalformedCode):
        gtin_check_digit(payload)


def vectors(linter):
    with shared("gs1/linter_vectors.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            name, *values = row["args"]
            if name["raw"] == linter and isinstance(values[0], str):
                yield row["macro"] == "UNIT_TEST_PASS", values[0]


def test_check_digits_agree_with_the_standards_vectors():
    checked = [(expected, text) for expected, text in vectors("gs1_lint_csum") if text.isdigit() and len(text) > 1]

    assert len(checked) >= 10
    assert [(has_valid_check_digit(text), text) for _, text in checked] == checked


def test_the_character_set_agrees_with_the_standards_vectors():
    checked = [(expected, text) for expected, text in vectors("gs1_lint_cset82") if text]

    assert len(checked) >= 10
    assert [(is_gs1_text(text), text) for _, text in checked] == checked
