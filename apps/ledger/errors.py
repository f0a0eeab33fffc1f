"""What the ledger refuses, and how a refusal of its SQL functions becomes one of these."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

import psycopg
from django.db import DatabaseError

from apps.core.errors import DomainError, InvalidQuantity


@dataclass(kw_only=True, eq=False)
class InsufficientStock(DomainError):
    """The place holds less than was asked for, after what is reserved for others."""

    code = "insufficient_stock"
    message = "%(location)s has %(available)s of %(item)s free; %(requested)s asked."
    recover = ("short", "other_place")

    item: str
    location: str
    available: Decimal
    requested: Decimal
    lot: str = ""
    serial: str = ""


@dataclass(kw_only=True, eq=False)
class LotOnHold(DomainError):
    """A lot under hold may not be reserved, picked or shipped."""

    code = "lot_on_hold"
    message = "Lot %(lot)s of %(item)s is on hold (%(reason)s)."
    recover = ("other_lot", "ask_quality")

    item: str
    lot: str
    reason: str


@dataclass(kw_only=True, eq=False)
class LotExpired(DomainError):
    """A lot may not be reserved, picked or shipped from its expiry date on, by the warehouse's calendar."""

    code = "lot_expired"
    message = "Lot %(lot)s of %(item)s expired on %(expires_on)s."
    recover = ("other_lot",)

    item: str
    lot: str
    expires_on: date


@dataclass(kw_only=True, eq=False)
class ReservationEnded(DomainError):
    """A reservation is consumed or released exactly once, and no more is taken than it holds."""

    code = "reservation_ended"
    message = "The reservation for %(document)s is %(state)s."
    recover = ("refresh",)

    document: str
    state: str
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class MoveRefused(DomainError):
    """What is moved does not fit its item, or a place is not usable: `problem` says which rule."""

    code = "move_refused"
    message = "%(item)s cannot move from %(source)s to %(target)s: %(problem)s."
    recover = ("rescan",)

    item: str
    source: str
    target: str
    problem: str
    quantity: Decimal | None = None
    lot: str = ""
    serial: str = ""


@dataclass(kw_only=True, eq=False)
class UnitElsewhere(DomainError):
    """A handling unit stands in one place; goods move with it or into it only there."""

    code = "unit_elsewhere"
    message = "%(unit)s is at %(location)s."
    recover = ("rescan",)

    unit: str
    location: str
    target: str = ""


@dataclass(kw_only=True, eq=False)
class UnitClosed(DomainError):
    """A closed handling unit takes nothing until it is opened, nor does what is in it."""

    code = "unit_closed"
    message = "%(unit)s is closed."
    recover = ("open", "other_unit")

    unit: str


@dataclass(kw_only=True, eq=False)
class UnitRetired(DomainError):
    """A handling unit that is out of use stays so."""

    code = "unit_retired"
    message = "%(unit)s is out of use."
    recover = ("other_unit",)

    unit: str


@dataclass(kw_only=True, eq=False)
class UnitNotEmpty(DomainError):
    """Only an empty handling unit goes out of use."""

    code = "unit_not_empty"
    message = "There is still something in %(unit)s."
    recover = ("empty_it",)

    unit: str


@dataclass(kw_only=True, eq=False)
class NotNestable(DomainError):
    """Handling units stand in each other as pallets and cartons do: `problem` says which rule is broken."""

    code = "not_nestable"
    message = "%(unit)s cannot go into or out of %(into)s: %(problem)s."
    recover = ("rescan",)

    unit: str
    into: str
    problem: str


@dataclass(kw_only=True, eq=False)
class NoPlaceForUnits(DomainError):
    """A handling unit is put down in a place of the warehouse; it leaves by its document only."""

    code = "no_place_for_units"
    message = "%(location)s is no place to put %(unit)s down."
    recover = ("other_place",)

    unit: str
    location: str


@dataclass(kw_only=True, eq=False)
class LabelTaken(DomainError):
    """A number on a handling unit is its own for good, also after it got another."""

    code = "label_taken"
    message = "The number %(number)s is taken."
    recover = ("other_label",)

    number: str


@dataclass(kw_only=True, eq=False)
class NoCompanyPrefix(DomainError):
    """An SSCC starts with the company's GS1 prefix, which somebody has to enter first."""

    code = "no_company_prefix"
    message = "The company has no GS1 prefix yet."
    recover = ("ask_supervisor",)


@dataclass(kw_only=True, eq=False)
class HoldEnded(DomainError):
    """A hold ends once."""

    code = "hold_ended"
    message = "The hold has already been ended."
    recover = ("refresh",)


@dataclass(kw_only=True, eq=False)
class NotReversible(DomainError):
    """A posting is reversed once, and a reversal never."""

    code = "not_reversible"
    message = "Posting %(transaction)s cannot be reversed: it is unknown, a reversal, or already reversed."

    transaction: int


@dataclass(kw_only=True, eq=False)
class BelongsToDocument(DomainError):
    """What a document did to stock, that document undoes: it counts on it."""

    code = "belongs_to_document"
    message = "The %(what)s belongs to %(document)s and is changed or undone there."

    what: str
    document: str


@dataclass(kw_only=True, eq=False)
class SerialElsewhere(DomainError):
    """A serial number stands in one place and comes in once."""

    code = "serial_already_here"
    message = "That serial number is already in stock."
    recover = ("rescan",)


@dataclass(kw_only=True, eq=False)
class AlreadyPosted(DomainError):
    """The ledger has a posting under this key: the second guard behind the command log."""

    code = "already_posted"
    message = "This command has been posted before."
    recover = ("refresh",)


PROBLEMS = {
    "unknown": "the item or a place does not exist",
    "quantity": "the quantity must be positive, with no more decimals than the item allows",
    "warehouse": "a place belongs to another warehouse",
    "inactive": "the place is not in use",
    "frozen": "the place is frozen: its zone is counted, or it is out of service",
    "lot": "a lot is named exactly when the item is tracked by lot",
    "serial": "a serial number is named exactly when the item is tracked by serial number",
    "serial_quantity": "a serial number is one unit",
    "status": "only available goods go to a customer or to another site",
    "site": "goods go to another site by a dispatch, which tells both sites",
    "other_item": "the lot or serial number belongs to another item",
    "cycle": "it would be inside itself",
    "depth": "more than four units would stand in each other",
    "size": "it is too large for that",
    "loose": "it is in none",
}

DECIMALS = ("available", "requested", "quantity")


@contextmanager
def refusals() -> Iterator[None]:
    """Turns a refusal of the ledger's functions into its typed error; any other database error passes."""
    try:
        yield
    except DatabaseError as error:
        refusal = _typed(error.__cause__)
        if refusal is None:
            raise
        raise refusal from None


def _typed(cause: BaseException | None) -> DomainError | None:
    if not isinstance(cause, psycopg.Error):
        return None
    if isinstance(cause, psycopg.errors.UniqueViolation):
        return {
            "stock_balance_serial_once": SerialElsewhere,
            "stock_transaction_once_per_key": AlreadyPosted,
        }.get(cause.diag.constraint_name or "", _no_refusal)()
    if isinstance(cause, psycopg.errors.CheckViolation):
        # The serial number stands at this very place already.
        return SerialElsewhere() if cause.diag.constraint_name == "stock_balance_serial_is_one" else None
    kind = KINDS.get(cause.sqlstate or "")
    return None if kind is None else kind(**_facts(cause, kind))


@dataclass(kw_only=True, eq=False)
class CountInHand(DomainError):
    """Whoever counts says what is there without knowing what the book has."""

    code = "count_in_hand"
    message = "%(who)s has a count in hand: what the book has is told once it is confirmed or handed back."
    recover = ("confirm_count", "hand_back")

    who: str


def _no_refusal() -> None:
    return None


KINDS: dict[str, type[DomainError]] = {
    "SL001": InsufficientStock,
    "SL002": LotOnHold,
    "SL003": LotExpired,
    "SL004": ReservationEnded,
    "SL005": MoveRefused,
    "SL006": UnitElsewhere,
    "SL007": HoldEnded,
    "SL008": NotReversible,
    "SL009": InvalidQuantity,
    "SL020": UnitClosed,
    "SL021": UnitRetired,
    "SL022": NotNestable,
    "SL023": UnitNotEmpty,
    "SL024": LabelTaken,
    "SL025": BelongsToDocument,
}


def _facts(cause: psycopg.Error, kind: type[DomainError]) -> dict[str, Any]:
    facts = cast("dict[str, Any]", json.loads(cause.diag.message_detail or "{}"))
    facts.pop("n", None)
    if kind is InvalidQuantity:
        return facts
    if "problem" in facts:
        facts["problem"] = PROBLEMS[facts["problem"]]
    for name, value in facts.items():
        if name in DECIMALS:
            facts[name] = None if value is None else Decimal(value)
        elif name == "expires_on":
            facts[name] = date.fromisoformat(value)
        elif value is None:
            facts[name] = ""
    return facts
