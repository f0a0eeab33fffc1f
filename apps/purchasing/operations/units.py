"""The pallets and cartons that goods come in, by the SSCC on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.core.codes import checked_sscc
from apps.ledger.models import HandlingUnit
from apps.ledger.operations import open_units
from apps.ledger.states import UnitKind
from apps.purchasing.models import Receipt
from apps.purchasing.operations.arrivals import Arrival


def units_of(receipt: Receipt, arrivals: Sequence[Arrival]) -> dict[str, int]:
    """The handling unit under each SSCC that arrivals name. Raises `MalformedCode`."""
    return units_under(
        {checked_sscc(arrival.sscc): arrival.unit_kind for arrival in arrivals if arrival.sscc},
        warehouse_id=receipt.warehouse_id,
    )


def units_under(kinds: Mapping[str, UnitKind], *, warehouse_id: int) -> dict[str, int]:
    """The handling unit under each SSCC, opened when it is new; a query, and one statement for each kind of unit.

    One that stands elsewhere the ledger refuses.
    """
    if not kinds:
        return {}
    units = {sscc: pk for sscc, pk in HandlingUnit.objects.filter(sscc__in=kinds).values_list("sscc", "pk") if sscc}
    new = [sscc for sscc in kinds if sscc not in units]
    for kind in sorted({kinds[sscc] for sscc in new}):
        codes = [sscc for sscc in new if kinds[sscc] == kind]
        units |= dict(zip(codes, open_units(warehouse_id=warehouse_id, kind=kind, sscc=codes), strict=True))
    return units
