"""What an RFID tag says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.core.codes import CodeKind, MalformedCode, parse_code, read_epc
from apps.core.codes.digits import has_valid_check_digit

SGTIN = "3074257BF7194E4000001A85"
"""The example of the Tag Data Standard."""


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (SGTIN, {"gtin": "80614141123458", "serial": "6789", "epc": "urn:epc:id:sgtin:0614141.812345.6789"}),
        (SGTIN.lower(), {"gtin": "80614141123458", "serial": "6789", "epc": "urn:epc:id:sgtin:0614141.812345.6789"}),
        (
            "urn:epc:id:sgtin:0614141.812345.67%2F89(1)",
            {"gtin": "80614141123458", "serial": "67/89(1)", "epc": "urn:epc:id:sgtin:0614141.812345.67%2F89(1)"},
        ),
        (
            "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
            {"gtin": "80614141123458", "serial": "6789", "epc": "urn:epc:id:sgtin:0614141.812345.6789"},
        ),
        (
            "URN:EPC:ID:SSCC:0614141.1234567890",
            {"sscc": "106141412345678908", "epc": "urn:epc:id:sscc:0614141.1234567890"},
        ),
        (
            "urn:epc:tag:sscc-96:3.0614141.1234567890",
            {"sscc": "106141412345678908", "epc": "urn:epc:id:sscc:0614141.1234567890"},
        ),
        (
            "urn:epc:id:sgln:0614141.12345.400",
            {"gln": "0614141123452", "gln_extension": "400", "epc": "urn:epc:id:sgln:0614141.12345.400"},
        ),
        ("urn:epc:id:sgln:0614141.12345.0", {"gln": "0614141123452", "epc": "urn:epc:id:sgln:0614141.12345.0"}),
        (
            "urn:epc:id:grai:0614141.12345.400",
            {"asset": "00614141123452400", "epc": "urn:epc:id:grai:0614141.12345.400"},
        ),
        (
            "urn:epc:tag:giai-96:0.0614141.5678",
            {"asset": "06141415678", "epc": "urn:epc:id:giai:0614141.5678"},
        ),
        ("urn:epc:id:gid:95100000.12345.400", {"epc": "urn:epc:id:gid:95100000.12345.400"}),
    ],
)
def test_a_tag_says_what_a_bar_code_would(text, facts):
    code = parse_code(text)

    silent = {"raw", "text", "kind", "symbology", "elements"}
    said = {name: value for name in code.__slots__ if name not in silent and (value := getattr(code, name))}
    assert (code.kind, said) == (CodeKind.EPC, facts)


@pytest.mark.parametrize(
    "text", ["E28011700000020F1A2B3C4D", "31FFFFFFFFFFFFFFFFFFFFFF", "3500000000000000000000AA", "ABCDEF", SGTIN + "0"]
)
def test_hexadecimal_that_is_no_tag_is_plain_text(text):
    assert parse_code(text).kind is CodeKind.PLAIN
    with pytest.raises(MalformedCode):
        read_epc(text)


@given(st.sampled_from(["30", "31", "32", "33", "34", "35", "FF"]), st.integers(0, 2**88 - 1))
@example("34", 0)
@example("30", 2**88 - 1)
def test_any_bits_are_read_with_right_keys_or_are_no_tag(header, bits):
    text = f"{header}{bits:022X}"

    try:
        epc = read_epc(text)
    except MalformedCode:
        assert parse_code(text).kind is CodeKind.PLAIN
        return

    values = dict(epc.elements)
    assert all(has_valid_check_digit(values[each]) for each in ("00", "01", "414") if each in values)
    assert read_epc(epc.uri) == epc


@given(
    st.sampled_from(["id", "tag", "idpat", "raw", ""]),
    st.sampled_from(["sgtin", "sgtin-96", "sscc", "sgln", "grai-170", "giai", "gid", "x", ""]),
    st.text(alphabet="0123456789.%A*:\x00é(", max_size=40),
)
@example("id", "sgtin", "0614141.812345.%00")
@example("id", "giai", "0614141.")
@example("tag", "sgtin-198", "9.0614141.812345.a%2")
def test_any_uri_is_read_or_refused(form, scheme, rest):
    text = f"urn:epc:{form}:{scheme}:{rest}"
    try:
        code = parse_code(text)
    except MalformedCode:
        return
    assert code.epc
