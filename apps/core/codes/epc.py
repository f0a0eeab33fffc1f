"""What an RFID tag says: an Electronic Product Code, as a URI or as the 96 bits in hexadecimal.

(GS1 EPC Tag Data Standard: pure identity URI, tag URI, EPC binary encodings.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from apps.core.codes.content import problem_of
from apps.core.codes.digits import is_digits
from apps.core.codes.errors import malformed

SCHEMES = {"30": "sgtin", "31": "sscc", "32": "sgln", "33": "grai", "34": "giai"}
"""The schemes that name what a warehouse handles, by the first byte of their 96 bits."""
NO_EXTENSION = "0"
"""What an SGLN says for a whole place, without an extension."""

_URI = re.compile(r"urn:epc:(id|tag):([a-z0-9-]+):(.+)", re.IGNORECASE)
_HEX = re.compile(r"[0-9A-Fa-f]{24}")
_SERIAL = re.compile(r"\(([0-9]+)\)(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Epc:
    """A code on a tag: its scheme, its pure identity URI, and the elements that a bar code would carry, if any."""

    scheme: str
    uri: str
    elements: tuple[tuple[str, str], ...]


def looks_like_epc(text: str) -> bool:
    """Whether the text is an EPC URI, or 24 hexadecimal digits that begin as the tags of a warehouse do."""
    if _HEX.fullmatch(text):
        # 24 decimal digits are more often a number of somebody's than a tag: the bits must make sense.
        return text[:2] in SCHEMES and _from_hex(text) is not None
    return text[:8].lower() == "urn:epc:"


def read_epc(text: str) -> Epc:
    """What a tag says; of a scheme that is not for goods, units, places or assets, the URI alone.

    Raises `MalformedCode` for what is no EPC.
    """
    if _HEX.fullmatch(text):
        epc = _from_hex(text)
        if epc is None:
            raise malformed(text, "its bits are no EPC of goods, units, places or assets")
        return epc
    match = _URI.fullmatch(text)
    if match is None:
        raise malformed(text, "it is no EPC")
    form, scheme, rest = match.group(1).lower(), match.group(2).lower(), match.group(3)
    if scheme.partition("-")[0] not in SCHEMES.values():
        return Epc(scheme=scheme, uri=f"urn:epc:{form}:{scheme}:{rest}", elements=())
    epc = _from_uri(form, f"urn:epc:{form}:{scheme}:{rest}")
    if epc is None:
        raise malformed(text, f"what follows {scheme} is not as an EPC says it")
    return epc


def _from_uri(form: str, uri: str) -> Epc | None:
    # Imported when the first tag is read: no bar code needs it.
    from epcpy.utils.parsers import epc_pure_identity_to_scheme, tag_uri_to_tag_encodable  # noqa: PLC0415

    return _decoded(tag_uri_to_tag_encodable if form == "tag" else epc_pure_identity_to_scheme, uri)


def _from_hex(text: str) -> Epc | None:
    if text[:2] not in SCHEMES:
        return None
    from epcpy.utils.parsers import hex_to_tag_encodable  # noqa: PLC0415 - as above

    return _decoded(hex_to_tag_encodable, text.upper())


def _decoded(decode: Any, text: str) -> Epc | None:
    """None where the decoder does not follow; of its own errors, and of those that it lets through."""
    from epcpy.utils.common import ConvertException  # noqa: PLC0415 - as above

    try:
        read = decode(text)
        uri, spelled = str(read.epc_uri), str(read.gs1_element_string())
    except (ConvertException, ValueError, KeyError, IndexError, AttributeError, TypeError):
        return None
    scheme = uri.split(":")[3]
    elements = _elements(scheme, spelled)
    sound = elements and not any(problem_of(*element) for element in elements)
    return Epc(scheme=scheme, uri=uri, elements=elements) if sound else None


def _elements(scheme: str, spelled: str) -> tuple[tuple[str, str], ...]:
    """Cut by lengths: a serial number may hold parentheses."""
    if scheme == "sgtin":
        key, serial = spelled[4:18], spelled[18:]
        match = _SERIAL.fullmatch(serial)
        return (("01", key), ("21", match.group(2))) if match and is_digits(key) else ()
    if scheme == "sscc":
        return (("00", spelled[4:]),)
    if scheme == "sgln":
        gln, match = spelled[5:18], _SERIAL.fullmatch(spelled[18:])
        extension = match.group(2) if match else NO_EXTENSION
        return (("414", gln),) if extension == NO_EXTENSION else (("414", gln), ("254", extension))
    return (({"grai": "8003", "giai": "8004"}[scheme], spelled[6:]),)
