"""The pallets and cartons that goods come in, by the SSCC on them."""

from __future__ import annotations

from collections.abc import Sequence

from apps.core.codes.digits import is_valid_sscc
from apps.core.codes.errors import malformed
from apps.ledger.models import HandlingUnit
from apps.ledger.operations import open_units
from apps.purchasing.models import Receipt
from apps.purchasing.operations.arrivals import Arrival


def units_of(receipt: Receipt, arrivals: Sequence[Arrival]) -> dict[str, int]:
    """The handling unit under each SSCC, opened when it is new; a query, and one statement for each kind of unit.

    One that stands elsewhere the ledger refuses. Raises `MalformedCode`.
    """
    kinds = {arrival.sscc: arrival.unit_kind for arrival in arrivals if arrival.sscc}
    if not kinds:
        return {}
    for sscc in kinds:
        if not is_valid_sscc(sscc):
            raise malformed(sscc, "an SSCC has 18 digits, the last of them the check digit")
    units = {sscc: pk for sscc, pk in HandlingUnit.objects.filter(sscc__in=kinds).values_list("sscc", "pk") if sscc}
    new = [sscc for sscc in kinds if sscc not in units]
    for kind in sorted({kinds[sscc] for sscc in new}):
        codes = [sscc for sscc in new if kinds[sscc] == kind]
        units |= dict(zip(codes, open_units(warehouse_id=receipt.warehouse_id, kind=kind, sscc=codes), strict=True))
    return units
