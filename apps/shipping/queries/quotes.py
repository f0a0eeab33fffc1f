"""What the services would take for pieces, and when they would arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from apps.locations.models import Warehouse
from apps.shipping.models import CarrierService, Shipment
from apps.shipping.queries.contents import carton_weights
from apps.shipping.rules import Offer, Quote, Rate, quote


def quotes_for(
    warehouse: Warehouse,
    *,
    country: str,
    postal_code: str,
    pieces_g: Sequence[Decimal],
    ready_at: datetime,
    sizes: Sequence[tuple[int, int, int]] = (),
    by: date | None = None,
) -> list[Quote]:
    """What each active service would do: those that arrive in time first, the cheapest first; three queries."""
    services = CarrierService.objects.filter(is_active=True, carrier__is_active=True)
    ready = ready_at.astimezone(ZoneInfo(warehouse.timezone))
    quotes = [
        quote(
            _offer(service),
            ready=ready,
            country=country,
            postal_code=postal_code,
            pieces_g=pieces_g,
            sizes=sizes,
            by=by,
        )
        for service in services.prefetch_related("cut_offs", "rates")
    ]
    return sorted(
        quotes,
        key=lambda each: (not each.is_possible, each.price or Decimal(0), each.arrives_on or date.max, each.service),
    )


def shipment_quotes(shipment: Shipment, *, ready_at: datetime, by: date | None = None) -> list[Quote]:
    """What the services would take for a shipment's cartons; sizes are those of their types."""
    cartons = list(shipment.cartons.select_related("carton_type"))
    return quotes_for(
        shipment.warehouse,
        country=shipment.country,
        postal_code=shipment.postal_code,
        pieces_g=list(carton_weights(cartons).values()),
        sizes=[
            (kind.length_mm, kind.width_mm, kind.height_mm)
            for carton in cartons
            if (kind := carton.carton_type) is not None
        ],
        ready_at=ready_at,
        by=by,
    )


def _offer(service: CarrierService) -> Offer:
    return Offer(
        code=service.code,
        cut_offs={row.weekday: row.until for row in service.cut_offs.all()},
        transit_days=service.transit_days,
        delivers_weekends=service.delivers_weekends,
        max_weight_g=service.max_weight_g,
        max_longest_mm=service.max_longest_mm,
        max_girth_mm=service.max_girth_mm,
        rates=[
            Rate(
                valid_from=row.valid_from,
                zone=row.zone,
                country=row.country,
                postal_prefix=row.postal_prefix,
                up_to_g=row.up_to_g,
                price=row.price,
                currency=row.currency,
            )
            for row in service.rates.all()
        ],
    )
