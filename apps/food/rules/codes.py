"""The code that a lot is traced by, and who assigned it: passed on as it came, unless the lot was made here."""

from __future__ import annotations

from dataclasses import dataclass

CODE = "traceability lot code"
CODE_SOURCE = "who assigned the code"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotCode:
    """What a record tells of a lot's code; what is not known is empty."""

    code: str = ""
    source: str = ""
    """A description of where it was assigned, or a reference to it."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What a record of the lot lacks."""
        return tuple(name for name, value in ((CODE, self.code), (CODE_SOURCE, self.source)) if not value)


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFacts:
    """What is known of a lot. `made_at` describes the place; empty: it came from elsewhere."""

    number: str
    supplier_lot: str = ""
    made_at: str = ""
    is_numbered_here: bool = False
    """It came without a label, and got a number of ours."""
    stated: LotCode | None = None


def code_of(lot: LotFacts) -> LotCode:
    """What somebody stated; else of a lot made here its number; else the supplier's code, as it is on the goods.

    A number that goods without a label got here is no code: a warehouse passes codes on and assigns none (21 CFR
    1.1320). Who assigned a supplier's code nobody knows unless it is stated: a supplier may have passed it on.
    """
    if lot.stated is not None:
        return lot.stated
    if lot.made_at:
        return LotCode(code=lot.number, source=lot.made_at)
    if lot.supplier_lot:
        return LotCode(code=lot.supplier_lot)
    return LotCode() if lot.is_numbered_here else LotCode(code=lot.number)
