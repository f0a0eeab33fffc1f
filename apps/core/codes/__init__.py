"""Codes on goods: what a scanned text says (GS1 element strings, keys, Digital Link, EPC), check digits, new SSCCs."""

from apps.core.codes.digits import checked_sscc, gtin_check_digit, is_valid_gln, is_valid_gtin, make_sscc
from apps.core.codes.elements import is_gs1_text, spelled_out
from apps.core.codes.epc import Epc, read_epc
from apps.core.codes.errors import MalformedCode, WrongCheckDigit
from apps.core.codes.parsing import CodeKind, ParsedCode, misread_key, parse_code

__all__ = [
    "CodeKind",
    "Epc",
    "MalformedCode",
    "ParsedCode",
    "WrongCheckDigit",
    "checked_sscc",
    "gtin_check_digit",
    "is_gs1_text",
    "is_valid_gln",
    "is_valid_gtin",
    "make_sscc",
    "misread_key",
    "parse_code",
    "read_epc",
    "spelled_out",
]
