"""Who sells an item, at which price and within which time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from apps.catalog.models import Party
from apps.locations.queries import company_currency
from apps.planning.rules import Offer
from apps.purchasing.models import SupplierItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A price, and whether it can be compared with others."""

    offer: Offer
    is_own_currency: bool


def offers_of(item_ids: Collection[int]) -> dict[int, list[Listed]]:
    """The prices of suppliers that we buy from, by item; two statements."""
    currency = company_currency()
    found: dict[int, list[Listed]] = {}
    rows = SupplierItem.objects.filter(item__in=item_ids, supplier__is_supplier=True, supplier__is_active=True)
    for row in rows.select_related("supplier"):
        offer = Offer(
            supplier_id=row.supplier_id,
            supplier=_name(row.supplier),
            minimum=row.minimum_quantity,
            price=row.price,
            lead_time_days=row.lead_time_days,
            lead_time_spread_days=row.lead_time_spread_days,
            multiple=row.multiple_quantity,
        )
        own = row.supplier.currency in {"", currency}
        found.setdefault(row.item_id, []).append(Listed(offer=offer, is_own_currency=own))
    return found


def told_apart(listed: Collection[Listed], supplier_id: int | None) -> tuple[list[Offer], list[Offer]]:
    """What the preferred supplier offers, and what all offer in our own currency.

    Prices in different currencies are not compared: the rate is of the day of the order, and not known here.
    """
    preferred = [each.offer for each in listed if each.offer.supplier_id == supplier_id]
    return preferred, [each.offer for each in listed if each.is_own_currency]


def _name(supplier: Party) -> str:
    return f"{supplier.number} {supplier.name}"
