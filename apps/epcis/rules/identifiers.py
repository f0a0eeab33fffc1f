"""What a URI in an event names: an instance, a class, a place, a party; read from EPC URIs and Digital Links, and made.

(GS1 EPC Tag Data Standard, section 6.3: the pure identity URIs and how many digits each has. GS1 Digital Link: URI
Syntax: keys, qualifiers, check digits.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote, urlsplit

from apps.core.codes.content import CSET82, problem_of
from apps.core.codes.digits import check_digit, is_digits, is_valid_gln, is_valid_gtin

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
LONGEST_URI = 500
HOME = "https://id.gs1.org"
"""Where GS1's own Digital Links stand."""


class Names(StrEnum):
    """What sort of thing an identifier names."""

    INSTANCE = "instance"
    CLASS = "class"
    PLACE = "place"
    PARTY = "party"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A URI and what it says; GTINs have 14 digits. `fault` says why it cannot be right."""

    uri: str
    names: Names = Names.OTHER
    scheme: str = ""
    gtin: str = ""
    lot: str = ""
    serial: str = ""
    sscc: str = ""
    gln: str = ""
    fault: str = ""


DIGITS = {
    "sgtin": 13,
    "lgtin": 13,
    "itip": 13,
    "upui": 13,
    "sscc": 17,
    "gsrn": 17,
    "gsrnp": 17,
    "gsin": 16,
} | dict.fromkeys(("sgln", "pgln", "grai", "gdti", "sgcn"), 12)
"""How many digits company prefix and reference have together; the check digit is left out."""
PARTS = {
    "sgtin": 3,
    "lgtin": 3,
    "sgln": 3,
    "grai": 3,
    "gdti": 3,
    "sgcn": 3,
    "cpi": 3,
    "upui": 3,
    "gid": 3,
    "itip": 5,
} | (dict.fromkeys(("sscc", "pgln", "giai", "gsrn", "gsrnp", "gsin", "ginc"), 2))
PREFIX = range(6, 13)
"""An EPC's company prefix has 6 to 12 digits."""
WITH_GTIN = frozenset({"sgtin", "lgtin", "itip", "upui"})
PLACES = frozenset({"sgln"})
PARTIES = frozenset({"pgln"})

_EPC = re.compile(r"urn:epc:(id|class|idpat|pat|tag|raw):([a-z0-9-]+):(.+)")
KEYS = {
    "00": Names.INSTANCE,
    "01": Names.CLASS,
    "253": Names.INSTANCE,
    "255": Names.INSTANCE,
    "401": Names.INSTANCE,
    "402": Names.INSTANCE,
    "414": Names.PLACE,
    "417": Names.PARTY,
    "8003": Names.INSTANCE,
    "8004": Names.INSTANCE,
    "8006": Names.CLASS,
    "8010": Names.CLASS,
    "8017": Names.INSTANCE,
    "8018": Names.INSTANCE,
}
"""The primary keys of Digital Links that name what events are about."""
LENGTHS = {"00": (18, 18), "01": (8, 14), "253": (13, 30), "255": (13, 25), "402": (17, 17), "414": (13, 13)} | {
    "417": (13, 13),
    "8003": (14, 30),
    "8006": (18, 18),
    "8017": (18, 18),
    "8018": (18, 18),
}
WITHOUT_SERIAL = {"253": 13, "255": 13, "8003": 14}
"""So long is a document type, coupon or returnable asset that names no single one."""
REFUSED_IF_MISREAD = frozenset({"00", "01", "402", "414", "417", "8017", "8018"})
"""Keys of goods, units, places, parties. Of assets and documents a wrong digit is kept as it was told: one of the
public examples of the standard has one, and nothing here is found by them."""
MAKES_INSTANCE = {"01": "21", "8006": "21", "8010": "8011"}


def is_uri(value: object) -> bool:
    """Whether it is text with a scheme and something after it, of a length that is kept."""
    return isinstance(value, str) and len(value) <= LONGEST_URI and ABSOLUTE.fullmatch(value) is not None


def read_identifier(uri: str) -> Identifier:
    """What a URI names; one of a form that is nobody's standard names something that only its owner knows."""
    if uri.lower().startswith("urn:epc:"):
        return _epc(uri)
    if uri.lower().startswith(("http://", "https://")):
        return _link(uri)
    return Identifier(uri=uri)


def _epc(uri: str) -> Identifier:
    match = _EPC.fullmatch(uri)
    if match is None:
        return Identifier(uri=uri, fault="it is no EPC URI")
    form, scheme, rest = match.groups()
    parts = rest.split(".", PARTS.get(scheme, 1) - 1)
    fault = "" if scheme not in PARTS else _parts_fault(form, scheme, parts)
    if form in {"tag", "raw", "pat"}:
        fault = "events name pure identities, not what a tag's bits say"
    if fault:
        return Identifier(uri=uri, scheme=scheme, fault=fault)
    names = Names.CLASS
    if form == "id":
        names = Names.PLACE if scheme in PLACES else Names.PARTY if scheme in PARTIES else Names.INSTANCE
    return Identifier(uri=uri, names=names, scheme=scheme, **_keys_of(scheme, parts, names))


def _keys_of(scheme: str, parts: list[str], names: Names) -> dict[str, str]:
    """What a bar code would carry, the check digit added."""
    if scheme in WITH_GTIN:
        last = unquote(parts[-1])
        return {
            "gtin": _gtin(*parts[:2]),
            "lot": last if scheme == "lgtin" else "",
            "serial": last if scheme != "lgtin" and names is Names.INSTANCE else "",
        }
    key = "".join(parts[:2])
    if scheme == "sscc":
        body = f"{parts[1][0]}{parts[0]}{parts[1][1:]}"
        return {"sscc": f"{body}{check_digit(body)}"}
    return {"gln": f"{key}{check_digit(key)}"} if scheme in PLACES | PARTIES else {}


def _parts_fault(form: str, scheme: str, parts: list[str]) -> str:
    """Whether company prefix and reference are digits, and as many as the scheme has."""
    if len(parts) != PARTS[scheme] or not all(parts):
        return f"an EPC of {scheme} has {PARTS[scheme]} parts"
    if form == "class" and scheme != "lgtin":
        return f"{scheme} is no class of lots"
    if form == "idpat" and parts[-1] != "*":
        return "a pattern that names a class ends in an asterisk"
    return _digits_fault(scheme, parts)


def _digits_fault(scheme: str, parts: list[str]) -> str:
    if scheme not in DIGITS:
        return "" if is_digits(parts[0]) else "a company prefix has digits only"
    if not is_digits(parts[0]) or not is_digits(parts[1]) or len(parts[0]) not in PREFIX:
        return "a company prefix has 6 to 12 digits, and a reference digits only"
    if len(parts[0]) + len(parts[1]) != DIGITS[scheme]:
        return f"company prefix and reference of {scheme} have {DIGITS[scheme]} digits together"
    return ""


def _gtin(prefix: str, reference: str) -> str:
    """The indicator comes first in a GTIN, and a check digit last."""
    body = f"{reference[0]}{prefix}{reference[1:]}"
    return f"{body}{check_digit(body)}"


def _link(uri: str) -> Identifier:
    address = urlsplit(uri)
    parts = [unquote(part) for part in address.path.split("/") if part]
    for place, part in enumerate(parts[:-1]):
        value = parts[place + 1]
        if part in KEYS and _fits(part, value):
            return _keyed(uri, part, value, parts[place + 2 :], asks=bool(address.query))
    return Identifier(uri=uri)


def _fits(key: str, value: str) -> bool:
    """Whether the value is as long as the key's are; anything else is an address that happens to have such a part."""
    shortest, longest = LENGTHS.get(key, (1, 30))
    leads = value[:13] if key in {"253", "255"} else value[:14] if key == "8003" else value
    return shortest <= len(value) <= longest and (key in {"401", "8004", "8010"} or is_digits(leads))


def _keyed(uri: str, key: str, value: str, rest: list[str], *, asks: bool) -> Identifier:
    number = value.zfill(14) if key == "01" else value
    qualifiers = dict(zip(rest[::2], rest[1::2], strict=False))
    problem = problem_of(key, number) if key in REFUSED_IF_MISREAD else None
    fault = ""
    if problem is not None:
        fault = problem.reason + (f", and would be {problem.expected}" if problem.expected else "")
    elif len(rest) % 2:
        fault = "its last part has no value"
    elif asks:
        fault = "what stands behind a question mark is no part of an identifier"
    names = KEYS[key]
    if key in MAKES_INSTANCE and MAKES_INSTANCE[key] in qualifiers:
        names = Names.INSTANCE
    elif len(number) == WITHOUT_SERIAL.get(key, 0):
        names = Names.CLASS
    return Identifier(
        uri=uri,
        names=names,
        scheme=f"({key})",
        gtin=number[:14] if key in {"01", "8006"} else "",
        lot=qualifiers.get("10", ""),
        serial=qualifiers.get("21", ""),
        sscc=number if key == "00" else "",
        gln=number if key in {"414", "417"} else "",
        fault=fault,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Namer:
    """Makes the URIs of what is ours: a Digital Link where GS1's keys name it, else one below our own address."""

    root: str
    """Our own address, without a slash at its end."""

    def goods(self, *, gtin: str, item: str, lot: str = "", serial: str = "") -> str:
        """A unit by its serial number, a lot, or all of an item."""
        if is_valid_gtin(gtin) and _is_value(lot) and _is_value(serial):
            last = f"/21/{quote(serial, safe='')}" if serial else f"/10/{quote(lot, safe='')}" if lot else ""
            return f"{HOME}/01/{gtin.zfill(14)}{last}"
        if serial:
            return self._own("obj", item, serial)
        return self._own("class", item, lot) if lot else self._own("class", item)

    def unit(self, *, sscc: str, number: str) -> str:
        """A pallet or carton."""
        return f"{HOME}/00/{sscc}" if sscc else self._own("obj", number)

    def place(self, *, gln: str, site: str, code: str = "") -> str:
        """A site, or a place in it by its code."""
        if is_valid_gln(gln) and _is_value(code):
            return f"{HOME}/414/{gln}" + (f"/254/{quote(code, safe='')}" if code else "")
        return self._own("loc", site, code) if code else self._own("loc", site)

    def party(self, *, gln: str, number: str) -> str:
        """A supplier or customer."""
        return f"{HOME}/417/{gln}" if is_valid_gln(gln) else self._own("party", number)

    def document(self, number: str) -> str:
        """An order, a receipt, a shipment."""
        return self._own("bt", number)

    def event(self, name: str) -> str:
        """An event of ours by what moved: told again, it has the same."""
        return f"{self.root}/event/{name}"

    def _own(self, *parts: str) -> str:
        return "/".join((self.root, *(quote(part, safe="") for part in parts)))


def _is_value(text: str) -> bool:
    """Whether GS1 allows the text as a lot, serial number or extension: up to 20 characters of its set."""
    return len(text) <= 20 and all(char in CSET82 for char in text)  # noqa: PLR2004 - (10), (21) and (254) alike
