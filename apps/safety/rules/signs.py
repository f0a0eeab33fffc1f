"""The safety signs of a workplace: what each says, of what kind it is, and which referent of a standard it is after.

Referents are from memory and no text was compared: every sign says so. What is not drawn is a sign of words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apps.safety.choices import SignMeaning


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetySign:
    """A sign: its code, the words below the picture, and where it is from."""

    code: str
    wording: str
    meaning: SignMeaning
    source: str
    is_drawn: bool = True
    """Whether it has a picture; else it is its words in the colours of its kind."""
    is_verified: bool = False
    """Whether picture and wording were compared with the source by who may do so."""

    @property
    def told_source(self) -> str:
        """The source, and whether anybody compared it."""
        return self.source if self.is_verified else f"{self.source} (not verified)"


_SAFE, _FIRE, _NO = SignMeaning.SAFE, SignMeaning.FIRE, SignMeaning.PROHIBITION
_MUST, _BEWARE = SignMeaning.MANDATORY, SignMeaning.WARNING

_ALL = (
    SafetySign(code="exit", wording="Exit", meaning=_SAFE, source="29 CFR 1910.37(b)(2) and (b)(7)", is_drawn=False),
    SafetySign(code="exit-left", wording="Emergency exit", meaning=_SAFE, source="ISO 7010 E001"),
    SafetySign(code="exit-right", wording="Emergency exit", meaning=_SAFE, source="ISO 7010 E002"),
    SafetySign(code="exit-ahead", wording="Emergency exit", meaning=_SAFE, source="ISO 7010 E002 with an arrow ahead"),
    SafetySign(code="first-aid", wording="First aid", meaning=_SAFE, source="ISO 7010 E003"),
    SafetySign(code="eyewash", wording="Eyewash station", meaning=_SAFE, source="ISO 7010 E011"),
    SafetySign(code="extinguisher", wording="Fire extinguisher", meaning=_FIRE, source="ISO 7010 F001"),
    SafetySign(code="no-smoking", wording="No smoking", meaning=_NO, source="ISO 7010 P002"),
    SafetySign(code="no-open-flame", wording="No open flame", meaning=_NO, source="ISO 7010 P003"),
    SafetySign(code="wear-hard-hat", wording="Wear a hard hat", meaning=_MUST, source="ISO 7010 M014"),
    SafetySign(code="wear-eye-protection", wording="Wear eye protection", meaning=_MUST, source="ISO 7010 M004"),
    SafetySign(code="wear-ear-protection", wording="Wear ear protection", meaning=_MUST, source="ISO 7010 M003"),
    SafetySign(code="wear-safety-footwear", wording="Wear safety footwear", meaning=_MUST, source="ISO 7010 M008"),
    SafetySign(code="wear-gloves", wording="Wear protective gloves", meaning=_MUST, source="ISO 7010 M009"),
    SafetySign(code="wear-hi-vis", wording="Wear high-visibility clothing", meaning=_MUST, source="ISO 7010 M015"),
    SafetySign(code="wear-respirator", wording="Wear respiratory protection", meaning=_MUST, source="ISO 7010 M017"),
    SafetySign(code="forklifts", wording="Forklift trucks", meaning=_BEWARE, source="ISO 7010 W014"),
    SafetySign(code="flammable", wording="Flammable material", meaning=_BEWARE, source="ISO 7010 W021"),
    SafetySign(code="corrosive", wording="Corrosive substance", meaning=_BEWARE, source="ISO 7010 W023"),
    SafetySign(code="explosive", wording="Explosive material", meaning=_BEWARE, source="ISO 7010 W002"),
    SafetySign(code="toxic", wording="Toxic material", meaning=_BEWARE, source="ISO 7010 W016"),
)
SIGNS: Mapping[str, SafetySign] = {sign.code: sign for sign in _ALL}
"""By code, in the order in which they are listed."""
