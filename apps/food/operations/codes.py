"""The code that a lot is traced by: written down as it came, corrected with a reason, assigned by who may."""

from __future__ import annotations

from datetime import datetime

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core.errors import NotAllowed
from apps.food.errors import CodeIsPassedOn, CodeIsStated, CodeSourceUnclear
from apps.food.models import TraceabilityLotCode
from apps.food.queries import made_at
from apps.journal.actor import Actor
from apps.journal.operations import record
from apps.ledger.models import Lot
from apps.locations.models import Warehouse
from apps.purchasing.models import ReceiptLine

MAY_STATE = (Role.QUALITY, Role.INVENTORY_MANAGER, Role.ADMIN)


def state_code(
    *,
    lot_id: int,
    code: str,
    by: Actor,
    at: datetime,
    party_id: int | None = None,
    site_id: int | None = None,
    reference: str = "",
    is_exempt_source: bool = False,
    reason: str = "",
) -> TraceabilityLotCode:
    """Write down the code of a lot and one source of it: a party, a site of ours, or a reference.

    A site assigns codes to what was made there, or to what it received of an exempt supplier (21 CFR 1.1320). The same
    statement again is the one there is. Raises `NotAllowed`, `CodeSourceUnclear`, `CodeIsPassedOn`, `CodeIsStated`
    where another one is written down and no reason is given.
    """
    if not by.user.has_role(*MAY_STATE):
        raise NotAllowed(who=by.user.get_username(), act="state codes of lots")
    lot = Lot.objects.lock_one(lot_id)  # two who state one take turns
    party = Party.objects.get(pk=party_id) if party_id is not None else None
    site = Warehouse.objects.get(pk=site_id) if site_id is not None else None
    _check_source(lot, party=party, site=site, reference=reference, is_exempt_source=is_exempt_source)
    known = lot.traceability_codes.first()
    told = (code, party_id, site_id, reference, is_exempt_source)
    if known is not None and told == _said(known):
        return known
    if known is not None and not reason:
        raise CodeIsStated(lot=lot.number, stated=known.code)
    stated = TraceabilityLotCode.objects.create(
        lot=lot,
        code=code,
        party=party,
        site=site,
        reference=reference,
        is_exempt_source=is_exempt_source,
        reason=reason,
        stated_by=by.user,
        created_at=at,
    )
    about = {"code": code, "replaces": known.code if known is not None else "", "reason": reason}
    record("state code", kind="lot", number=lot.number, by=by, at=at, **about)
    return stated


def _check_source(
    lot: Lot, *, party: Party | None, site: Warehouse | None, reference: str, is_exempt_source: bool
) -> None:
    """Raises `CodeSourceUnclear`, `CodeIsPassedOn`."""
    if (party is not None) + (site is not None) + bool(reference) != 1:
        raise CodeSourceUnclear(lot=lot.number)
    if site is None:
        return
    of = made_at([lot.pk]).get(lot.pk)
    made_here = of is not None and of.pk == site.pk
    bought = ReceiptLine.objects.counted().filter(lot=lot, receipt__warehouse=site)
    if not made_here and not (is_exempt_source and bought.exists()):
        raise CodeIsPassedOn(lot=lot.number, warehouse=site.code)


def _said(known: TraceabilityLotCode) -> tuple[str, int | None, int | None, str, bool]:
    return (known.code, known.party_id, known.site_id, known.reference, known.is_exempt_source)
