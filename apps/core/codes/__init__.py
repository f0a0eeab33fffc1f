"""Codes on goods: what a scanned text says (GS1 element strings, keys, Digital Link), check digits, new SSCCs."""

from apps.core.codes.digits import checked_sscc, gtin_check_digit, is_valid_gln, is_valid_gtin, make_sscc
from apps.core.codes.elements import is_gs1_text
from apps.core.codes.errors import MalformedCode
from apps.core.codes.parsing import CodeKind, ParsedCode, parse_code

__all__ = [
    "CodeKind",
    "MalformedCode",
    "ParsedCode",
    "checked_sscc",
    "gtin_check_digit",
    "is_gs1_text",
    "is_valid_gln",
    "is_valid_gtin",
    "make_sscc",
    "parse_code",
]
