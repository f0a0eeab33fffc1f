"""Places as the regulation describes them: our sites under the company's name and phone, partners by their address."""

from __future__ import annotations

from apps.catalog.models import Party
from apps.catalog.models.party import Address
from apps.food.rules.events import Spot
from apps.locations.models import Company, Warehouse
from apps.shipping.models import Shipment


class Places:
    """Each described once."""

    def __init__(self) -> None:
        self._company = Company.objects.first()

    def site(self, site: Warehouse) -> Spot:
        """A site of ours."""
        company = self._company
        return self._spot(
            site,
            key=f"site {site.code}",
            business=f"{company.name}, {site.name}" if company is not None else "",
            phone=company.phone if company is not None else "",
            coordinates=_coordinates(site),
        )

    def party(self, party: Party) -> Spot:
        """A supplier, or a customer who sends something back."""
        return self._spot(
            party,
            key=f"partner {party.number}",
            business=party.name,
            phone=party.phone,
            coordinates=_coordinates(party),
        )

    def recipient(self, shipment: Shipment) -> Spot:
        """Where a shipment goes: another site of ours, else the address on it."""
        if shipment.destination is not None:
            return self.site(shipment.destination)
        party = shipment.party
        return self._spot(
            shipment,
            key=f"recipient of {shipment.number}",
            business=shipment.ship_to or party.name,
            phone=party.phone,
        )

    def _spot(self, at: Address, *, key: str, business: str, phone: str, coordinates: str = "") -> Spot:
        return Spot(
            key=key,
            business=business,
            phone=phone,
            street=at.street,
            coordinates=coordinates,
            city=at.city,
            region=at.region,
            postal_code=at.postal_code,
            country=at.country,
        )


def _coordinates(at: Party | Warehouse) -> str:
    return "" if at.latitude is None or at.longitude is None else f"{at.latitude}, {at.longitude}"
