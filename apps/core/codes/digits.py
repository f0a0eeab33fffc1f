"""Check digits and keys (GS1 General Specifications, "Standard check digit calculations for GS1 data structures")."""

from __future__ import annotations

from apps.core.codes.errors import malformed

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
SSCC_LENGTH = 18
GLN_LENGTH = 13
PREFIX_LENGTHS = range(4, 13)
"""A GS1 Company Prefix has 4 to 12 digits."""


def check_digit(payload: str) -> int:
    """The digit that makes the weighted sum a multiple of ten: weights 3, 1, 3, … from the right."""
    if not is_digits(payload):
        raise malformed(payload, "a check digit is computed over digits only")
    total = sum(int(digit) * (1 if index % 2 else 3) for index, digit in enumerate(reversed(payload)))
    return -total % 10


def gtin_check_digit(payload: str) -> int:
    """The check digit of a GTIN's other 7, 11, 12 or 13 digits."""
    if len(payload) + 1 not in GTIN_LENGTHS:
        raise malformed(payload, "a GTIN has 7, 11, 12 or 13 digits before its check digit")
    return check_digit(payload)


def has_valid_check_digit(digits: str) -> bool:
    """Whether the last digit is the check digit of those before."""
    return is_digits(digits) and len(digits) > 1 and check_digit(digits[:-1]) == int(digits[-1])


def is_valid_gtin(text: str) -> bool:
    """Whether the text is a GTIN-8, -12, -13 or -14 with the right check digit."""
    return len(text) in GTIN_LENGTHS and has_valid_check_digit(text)


def is_valid_sscc(text: str) -> bool:
    """Whether the text is an SSCC: 18 digits with the right check digit."""
    return len(text) == SSCC_LENGTH and has_valid_check_digit(text)


def checked_sscc(text: str) -> str:
    """The text when it is a valid SSCC. Raises `MalformedCode`."""
    if not is_valid_sscc(text):
        raise malformed(text, "an SSCC has 18 digits, the last of them the check digit")
    return text


def is_valid_gln(text: str) -> bool:
    """Whether the text is a GLN: 13 digits with the right check digit."""
    return len(text) == GLN_LENGTH and has_valid_check_digit(text)


def make_sscc(extension: int, company_prefix: str, serial: int) -> str:
    """A new SSCC: extension digit, company prefix, serial reference, check digit (section "SSCC").

    The serial fills what the prefix leaves of 16 digits; one that does not fit is refused, never cut.
    """
    if extension not in range(10):
        raise malformed(str(extension), "an SSCC's extension is one digit")
    if not is_digits(company_prefix) or len(company_prefix) not in PREFIX_LENGTHS:
        raise malformed(company_prefix, "a GS1 company prefix has 4 to 12 digits")
    room = SSCC_LENGTH - 2 - len(company_prefix)
    if not 0 <= serial < 10**room:
        raise malformed(str(serial), f"the serial reference of an SSCC with this prefix has {room} digits")
    payload = f"{extension}{company_prefix}{serial:0{room}d}"
    return f"{payload}{check_digit(payload)}"


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits and not empty; str.isdigit() also accepts other scripts' and superscripts."""
    return text.isascii() and text.isdigit()
