"""Handling units as the ledger knows them: opened empty, placed by what is put into them, moved and retired as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from apps.core.codes import make_sscc
from apps.core.numbering import Series
from apps.journal.actor import Actor
from apps.ledger.errors import NoCompanyPrefix
from apps.ledger.models import HandlingUnit
from apps.ledger.operations.call import call, call_each
from apps.ledger.operations.post import who
from apps.ledger.states import TransactionKind, UnitKind
from apps.locations.models import Company

UNIT_NUMBERS = Series("HU", 8)
SSCC_SERIALS = Series("SSCC")
"""Only its sequence is used: the serial references of our SSCCs."""


def next_sscc() -> str:
    """A new SSCC of the company. Raises `NoCompanyPrefix`.

    The serial reference is drawn from a sequence, so that two benches never wait for each other.
    """
    prefix = Company.objects.values_list("gs1_prefix", flat=True).first()
    if not prefix:
        raise NoCompanyPrefix
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s)", [SSCC_SERIALS.sequence])
        return make_sscc(0, prefix, int(cursor.fetchone()[0]))


def open_units(
    *, warehouse_id: int, kind: UnitKind, sscc: Sequence[str] = (), count: int | None = None, document: str = ""
) -> list[int]:
    """Make empty handling units, one for each SSCC, or `count` without; their ids.

    Units that serve a `document` are nested, split, merged and relabelled by nobody else. Raises `LabelTaken`.
    """
    numbers: Sequence[str] = sscc or UNIT_NUMBERS.next_many(count or 1)
    codes: list[str | None] = [*sscc] if sscc else [None] * len(numbers)
    rows = call(
        "ledger_open_units",
        [
            ("bigint", warehouse_id),
            ("text", kind.value),
            ("text[]", list(numbers)),
            ("text[]", codes),
            ("text", document),
        ],
    )
    return list(rows[0][0])


def move_units(
    unit_ids: Sequence[int],
    *,
    warehouse_id: int,
    target_id: int,
    kind: TransactionKind,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
) -> int:
    """Move whole units with all that is in them, in one posting; its id.

    Raises `UnitElsewhere` for a unit that has no place, no goods, is inside another or has left, and what `post`
    raises.
    """
    posting = carry_units(
        unit_ids,
        warehouse_id=warehouse_id,
        target_id=target_id,
        kind=kind,
        by=by,
        at=at,
        document=document,
        reason=reason,
        empty=False,
    )
    if posting is None:
        message = "units with goods moved without a posting"
        raise RuntimeError(message)
    return posting


def carry_units(
    unit_ids: Sequence[int],
    *,
    warehouse_id: int,
    target_id: int,
    kind: TransactionKind,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
    empty: bool = True,
) -> int | None:
    """Move whole units, empty ones too; the posting's id, None when there were no goods to post.

    Raises `UnitElsewhere` for a unit that has no place, is inside another or has left, and what `post` raises.
    """
    rows = call(
        "ledger_move_units",
        [
            ("bigint", warehouse_id),
            ("text", kind.value),
            ("text", document),
            ("text", reason),
            *who(by, at),
            ("bigint[]", list(unit_ids)),
            ("bigint", target_id),
            ("boolean", empty),
        ],
    )
    posting: int | None = rows[0][0]
    return posting


def dispatch_units(
    unit_ids: Sequence[int],
    *,
    warehouse_id: int,
    target_id: int,
    by: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
) -> tuple[int, int]:
    """Send whole units with all that is in them to the transit place of another warehouse, whose they are from then on.

    One call posts in both warehouses; the ids of the two postings, the sender's first. Raises `UnitElsewhere`,
    `MoveRefused` for a place that is no transit place of another site, and what `post` raises.
    """
    rows = call(
        "ledger_dispatch",
        [
            ("bigint", warehouse_id),
            ("bigint", target_id),
            ("text", document),
            ("text", reason),
            *who(by, at),
            ("bigint[]", list(unit_ids)),
        ],
    )
    left, came = rows[0][0]
    return int(left), int(came)


def let_go_units(unit_ids: Sequence[int], *, document: str) -> None:
    """The document is done with units that served it: from now on they are moved and opened like any other.

    Raises `BelongsToDocument` for those of another document, `UnitRetired`.
    """
    call("ledger_let_go_units", [("bigint[]", list(unit_ids)), ("text", document)])


def retire_units(unit_ids: Sequence[int], *, document: str = "") -> None:
    """Take empty units out of use, those of a document by that document alone.

    Raises `UnitNotEmpty`, `UnitRetired`, `BelongsToDocument`.
    """
    call("ledger_retire_units", [("bigint[]", list(unit_ids)), ("text", document)])


def stack_units(unit_ids: Sequence[int], *, parents: Mapping[int, int], location_id: int) -> None:
    """Units that came in together stand in each other, the outer ones first in the list; empty ones are placed.

    What stands as it should already is left alone; three statements at most. Raises `NotNestable`, `UnitElsewhere`,
    `UnitRetired`.
    """
    placed = {pk: (place, parent) for pk, place, parent in _standing(unit_ids)}
    lost = [unit for unit in unit_ids if placed[unit] == (None, None)]
    call_each("ledger_place_unit", [("bigint", lost), ("bigint", [location_id] * len(lost))])
    apart = {unit: parent for unit, parent in parents.items() if placed[unit][1] != parent}
    call_each("ledger_nest_unit", [("bigint", [*apart]), ("bigint", [*apart.values()])])


def _standing(unit_ids: Sequence[int]) -> list[tuple[int, int | None, int | None]]:
    return list(HandlingUnit.objects.filter(pk__in=unit_ids).values_list("pk", "location", "parent"))
