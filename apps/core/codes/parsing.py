"""What a scanned text says: a GTIN, an SSCC, a GS1 message, a Digital Link, or plain text to look up as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import category

from biip import ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.symbology import GS1Symbology, SymbologyIdentifier

from apps.core.codes.digits import (
    GTIN_LENGTHS,
    SSCC_LENGTH,
    check_digit,
    is_digits,
    is_valid_gtin,
    is_valid_sscc,
)
from apps.core.codes.elements import SEPARATOR, Element, is_spelled, read_date, read_message, read_spelled
from apps.core.codes.epc import looks_like_epc, read_epc
from apps.core.codes.errors import WrongCheckDigit, malformed, misread

if TYPE_CHECKING:
    from datetime import date

LONGEST = 200
"""No label of ours or of the standard's common use is longer; a longer scan is two scans or an attack."""

COUNT_UNIT = "each"
NET_UNITS = {
    "310": "kg",
    "311": "m",
    "314": "m2",
    "315": "l",
    "316": "m3",
    "320": "lb",
    "321": "in",
    "322": "ft",
    "323": "yd",
    "350": "in2",
    "351": "ft2",
    "352": "yd2",
    "356": "ozt",
    "357": "oz",
    "360": "qt",
    "361": "gal",
    "364": "in3",
    "365": "ft3",
    "366": "yd3",
}
"""The unit of a trade measure by the first three digits of its identifier ("Trade measures"); logistic ones are not
a quantity of goods."""


class CodeKind(StrEnum):
    """What sort of code it is, which says where to look it up first."""

    GTIN = "gtin"
    SSCC = "sscc"
    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    EPC = "epc"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCode:
    """What a code says. GTINs have 14 digits; `text` is the code without scanner prefix and surrounding blanks."""

    raw: str
    text: str
    kind: CodeKind
    symbology: str = ""
    """The scanner's symbology identifier, such as `]C1`; empty when it sent none."""
    gtin: str = ""
    content_gtin: str = ""
    """(02): the GTIN of what a logistic unit holds."""
    sscc: str = ""
    lot: str = ""
    serial: str = ""
    gln: str = ""
    """(414): a place's number; `gln_extension`, (254), says which place within it."""
    gln_extension: str = ""
    asset: str = ""
    """(8003) or (8004): the GRAI or GIAI of a returnable or other asset."""
    epc: str = ""
    """The pure identity URI of what an RFID tag says."""
    item_number: str = ""
    """(240): the item's own number, as our labels carry it for items without a GTIN."""
    expires_on: date | None = None
    """(17) or (7003)."""
    best_before: date | None = None
    """(15)."""
    produced_on: date | None = None
    """(11)."""
    quantity: Decimal | None = None
    """(30) or (37), else a net trade measure such as (310n)."""
    quantity_unit: str = ""
    """`each` for a count, else the measure's unit such as `kg`."""
    elements: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    """Elements whose identifier the standard's table does not have; they are in `elements` too."""


def parse_code(text: str, *, today: date | None = None) -> ParsedCode:
    """Read a scan or typed code; raise `MalformedCode` when it cannot be right.

    With a GS1 symbology identifier the text must be what the identifier says. Without one it is a message only when
    that is beyond doubt (a separator, identifiers in parentheses, or a leading key with a right check digit): a bin
    `10-02-03` or an item `21044` is plain text, not a lot or a serial. 8, 12, 13 or 14 digits with a right check
    digit are a GTIN, 18 an SSCC. `today` decides the century of two-digit years; without it the machine's date does.
    """
    body = _checked(text)
    symbology = _symbology(body)
    content = body[len(symbology.value) :] if symbology else body
    shape = symbology.gs1_symbology if symbology else None
    base = ParsedCode(raw=text, text=content, kind=CodeKind.PLAIN, symbology=symbology.value if symbology else "")
    if not content:
        raise malformed(text, "it is empty")
    if content.lower().startswith(("http://", "https://")):
        return _read_link(base, today)
    if shape is None and looks_like_epc(content):
        return _read_tag(base)
    if shape in GS1Symbology.with_gtin():
        return _read_gtin(base, content[:13] if shape is GS1Symbology.EAN_13_WITH_ADD_ON else content)
    if shape in GS1Symbology.with_gs1_messages():
        return _filled(base, read_message(content, whole=text), today)
    return _read_unmarked(base, today)


def _checked(text: str) -> str:
    # Keyboard wedges end a scan with Enter or Tab. str.strip() would also take the separator.
    body = text.strip(" \r\n\t")
    if not body:
        raise malformed(text, "it is empty")
    if len(body) > LONGEST:
        raise malformed(body, f"it is longer than {LONGEST} characters")
    if any(char != SEPARATOR and category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in body):
        raise malformed(body, "it holds a control character")
    return body


def _symbology(body: str) -> SymbologyIdentifier | None:
    if not _SYMBOLOGY.match(body):
        return None
    try:
        return SymbologyIdentifier.extract(body)
    except (ParseError, ValueError):
        return None


_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")


def _read_gtin(base: ParsedCode, digits: str) -> ParsedCode:
    if not is_valid_gtin(digits):
        if len(digits) in GTIN_LENGTHS and is_digits(digits):
            raise _misread(base.raw, "GTIN", digits)
        raise malformed(base.raw, "its length is not that of a GTIN")
    gtin = digits.zfill(14)
    return replace(base, kind=CodeKind.GTIN, gtin=gtin, elements=(("01", gtin),))


def _read_unmarked(base: ParsedCode, today: date | None) -> ParsedCode:
    content = base.text
    if is_valid_gtin(content):
        return _read_gtin(base, content)
    if is_valid_sscc(content):
        return replace(base, kind=CodeKind.SSCC, sscc=content, elements=(("00", content),))
    if SEPARATOR in content or _leads_with_key(content):
        return _filled(base, read_message(content, whole=base.raw), today)
    if is_spelled(content):
        return _filled(base, read_spelled(content, whole=base.raw), today)
    return base


def misread_key(parsed: ParsedCode) -> WrongCheckDigit | None:
    """What a plain code would be refused as, when nothing has it as a number: digits as long as a key, misread."""
    text = parsed.text
    if parsed.kind is not CodeKind.PLAIN or not is_digits(text):
        return None
    if len(text) in GTIN_LENGTHS:
        return _misread(parsed.raw, "GTIN", text)
    if len(text) == SSCC_LENGTH:
        return _misread(parsed.raw, "SSCC", text)
    if len(text) == SSCC_LENGTH + 2 and text.startswith("00"):
        return _misread(parsed.raw, "SSCC", text[2:])
    return None


def _misread(raw: str, key: str, digits: str) -> WrongCheckDigit:
    return misread(raw, key=key, value=digits, expected=str(check_digit(digits[:-1])))


def _leads_with_key(content: str) -> bool:
    """Whether it begins with (01) or (02) and a right GTIN, or (00) and a right SSCC."""
    if content.startswith("00") and is_valid_sscc(content[2:20]):
        return True
    return content.startswith(("01", "02")) and is_valid_gtin(content[2:16]) and is_digits(content[:16])


def _read_tag(base: ParsedCode) -> ParsedCode:
    """An EPC says what a bar code would, in its own form."""
    epc = read_epc(base.text)
    return _with_values(replace(base, kind=CodeKind.EPC, epc=epc.uri, elements=epc.elements), dict(epc.elements))


def _read_link(base: ParsedCode, today: date | None) -> ParsedCode:
    """A GS1 Digital Link URI, else plain text: many labels carry an ordinary web address."""
    try:
        link = GS1DigitalLinkURI.parse(base.text)
    except (ParseError, ValueError):
        return base
    message = link.as_gs1_message().value
    return _filled(base, read_message(message, whole=base.raw), today, kind=CodeKind.DIGITAL_LINK)


def _filled(
    base: ParsedCode, elements: list[Element], today: date | None, *, kind: CodeKind = CodeKind.GS1
) -> ParsedCode:
    if not elements:
        raise malformed(base.raw, "it is empty")
    values: dict[str, str] = {}
    for element in elements:
        if values.setdefault(element.identifier, element.value) != element.value:
            raise malformed(base.raw, f"({element.identifier}) stands in it twice with different values")
    dates = {
        element.identifier: element.day if today is None else read_date(element.value, today=today, whole=base.raw)
        for element in elements
        if element.identifier in {"11", "15", "17", "7003"}
    }
    amount, unit = _quantity(elements)
    if kind is CodeKind.GS1 and "00" in values:
        kind = CodeKind.SSCC
    return replace(
        _with_values(base, values),
        kind=kind,
        expires_on=dates.get("17", dates.get("7003")),
        best_before=dates.get("15"),
        produced_on=dates.get("11"),
        quantity=amount,
        quantity_unit=unit,
        elements=tuple((element.identifier, element.value) for element in elements),
        unknown=tuple((element.identifier, element.value) for element in elements if not element.known),
    )


def _with_values(base: ParsedCode, values: dict[str, str]) -> ParsedCode:
    """The keys among the elements, by what they name."""
    return replace(
        base,
        gtin=values.get("01", ""),
        content_gtin=values.get("02", ""),
        sscc=values.get("00", ""),
        lot=values.get("10", ""),
        serial=values.get("21", ""),
        gln=values.get("414", ""),
        gln_extension=values.get("254", ""),
        asset=values.get("8003", values.get("8004", "")),
        item_number=values.get("240", ""),
    )


def _quantity(elements: list[Element]) -> tuple[Decimal | None, str]:
    """The count when there is one, else the first net measure."""
    for element in elements:
        if element.identifier in {"30", "37"}:
            return Decimal(element.value), COUNT_UNIT
    for element in elements:
        unit = NET_UNITS.get(element.identifier[:3])
        if unit and element.number is not None and len(element.identifier) == len("3100"):
            return element.number, unit
    return None, ""
