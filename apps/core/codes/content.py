"""What the value of an application identifier must be like, beyond its length: check digits, dates, times.

(GS1 Barcode Syntax Dictionary, the components of each identifier and the tests that they name.)
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from apps.core.codes.digits import check_digit, is_digits

CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
"""Character set 82, in the order that the check pair counts them."""
CSET32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a check pair is written in."""
PRIMES = (
    *(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107),
    *(109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223, 227, 229),
    *(233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307, 311, 313, 317, 331, 337, 347, 349, 353, 359),
    *(367, 373, 379, 383, 389, 397, 401, 409, 419, 421, 431, 433, 439, 443, 449, 457, 461, 463, 467, 479, 487, 491),
    *(499, 503, 509),
)
"""The weights of a check pair from the right; no key is longer than that many characters."""
PAIR = 2

KEYS = {
    "00": "SSCC",
    **dict.fromkeys(("01", "02", "03"), "GTIN"),
    "253": "GDTI",
    "255": "GCN",
    "402": "GSIN",
    **dict.fromkeys(("410", "411", "412", "413", "414", "415", "416", "417"), "GLN"),
    "8003": "GRAI",
    "8006": "ITIP",
    "8013": "GMN",
    "8014": "MUDI",
    **dict.fromkeys(("8017", "8018"), "GSRN"),
    "8026": "ITIP",
}
"""What an identifier's value is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a value cannot be right; for a check digit or pair, what it should be."""

    reason: str
    expected: str = ""


Test = Callable[[str], Problem | None]


def not_in_set(text: str) -> Problem | None:
    """Character set 82 only."""
    wrong = next((char for char in text if char not in CSET82), None)
    return None if wrong is None else Problem(reason="it holds a character that GS1 does not allow")


def not_numeric(text: str) -> Problem | None:
    """Digits only."""
    return None if not text or is_digits(text) else Problem(reason="it holds what is no digit")


def wrong_digit(text: str) -> Problem | None:
    """The last digit is the check digit of the others."""
    if not is_digits(text) or len(text) == 1:
        return Problem(reason="it is too short, or holds what is no digit")
    right = str(check_digit(text[:-1]))
    return None if text[-1] == right else Problem(reason="its check digit is wrong", expected=right)


def wrong_pair(text: str) -> Problem | None:
    """The last two characters are the check pair of the others."""
    body, pair = text[:-PAIR], text[-PAIR:]
    if len(text) < PAIR or len(body) > len(PRIMES):
        return Problem(reason="it has no room for its check pair, or is too long for one")
    if not_in_set(body):
        return not_in_set(body)
    right = check_pair(body)
    return None if pair == right else Problem(reason="its check pair is wrong", expected=right)


def check_pair(body: str) -> str:
    """The two check characters: a weighted sum by primes from the right, modulo 1021, written to the base 32."""
    total = sum(CSET82.index(char) * prime for char, prime in zip(reversed(body), PRIMES, strict=False)) % 1021
    return CSET32[total // 32] + CSET32[total % 32]


def no_day(text: str) -> Problem | None:
    """A date YYMMDD."""
    problem = no_month_or_day(text)
    return problem or (Problem(reason=f"{text} names no day") if text.endswith("00") else None)


def no_month_or_day(text: str) -> Problem | None:
    """A date YYMMDD, or YYMM00 for a month."""
    if len(text) != len("YYMMDD") or not is_digits(text):
        return Problem(reason=f"{text} is no date")
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    # Which century is judged where today is known; a year that ends in 00 may be a leap year.
    if not 1 <= month <= 12 or day > monthrange(2000 + year, month)[1]:  # noqa: PLR2004 - months
        return Problem(reason=f"{text} is no date")
    return None


def no_time(text: str) -> Problem | None:
    """A time HHMM."""
    if len(text) != len("HHMM") or not is_digits(text) or int(text[:2]) > 23 or int(text[2:]) > 59:  # noqa: PLR2004
        return Problem(reason=f"{text} is no time")
    return None


def no_time_of_day(text: str) -> Problem | None:
    """A time HH, HHMM or HHMMSS."""
    return no_time(text[:4].ljust(4, "0")) or (no_time(f"00{text[4:]}") if text[4:] else None)


@dataclass(frozen=True, slots=True)
class Part:
    """From one place of a value to another, or to its end, what it is tested for."""

    start: int
    end: int | None
    test: Test


_DATED = tuple(Part(0, 6, test) for test in (no_month_or_day, no_day))
PARTS: dict[str, tuple[Part, ...]] = {
    **dict.fromkeys(("00", "01", "02", "03", "402", "8017", "8018"), (Part(0, None, wrong_digit),)),
    **dict.fromkeys(("410", "411", "412", "413", "414", "415", "416", "417"), (Part(0, None, wrong_digit),)),
    **dict.fromkeys(("253", "255"), (Part(0, 13, wrong_digit),)),
    "8003": (Part(1, 14, wrong_digit),),
    **dict.fromkeys(("8006", "8026"), (Part(0, 14, wrong_digit),)),
    **dict.fromkeys(("8013", "8014"), (Part(0, None, wrong_pair),)),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), (_DATED[0],)),
    **dict.fromkeys(("4324", "4325"), (_DATED[0], Part(6, 10, no_time))),
    **dict.fromkeys(("4326", "7006"), (_DATED[1],)),
    "7003": (_DATED[1], Part(6, 10, no_time)),
    "7007": (_DATED[1], Part(6, 12, no_day)),
    "7011": (_DATED[1], Part(6, 10, no_time)),
    "8008": (_DATED[1], Part(6, 12, no_time_of_day)),
}
"""The tests of the identifiers that have any; a part that a value may leave out is tested where it is there."""


def problem_of(identifier: str, value: str) -> Problem | None:
    """The first thing that is wrong with a value whose length and characters are right."""
    for part in PARTS.get(identifier, ()):
        piece = value[part.start : part.end]
        problem = part.test(piece) if piece or not part.start else None
        if problem is not None:
            return problem
    return None
