"""What one of our own sites asks another for is sent as an order is: promised, allocated, picked, packed and loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from apps.journal.actor import Actor
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.orders.models import Channel, SalesOrder, SalesOrderLine
from apps.orders.models.order import SALES_ORDER_NUMBERS, ChannelKind
from apps.orders.operations.sell import ADDRESS, OrderLine
from apps.orders.operations.trail import check_may_sell

OWN_SITES = "SITES"
"""The channel's code where nobody has made one of its kind."""


def raise_site_order(
    *,
    warehouse_id: int,
    site: Warehouse,
    reference: str,
    lines: Sequence[OrderLine],
    due_on: date,
    by: Actor,
    at: datetime,
) -> SalesOrder:
    """Take down what a document of our own site asks for; the site has the party that stands for it. Not confirmed yet.

    Unlike a sale it may be of items that are no longer sold. Raises `NotAllowed`.
    """
    check_may_sell(by, f"send goods for {reference}")
    if site.party is None:
        message = f"nobody stands for {site}"  # whoever asks has prepared the site
        raise ValueError(message)
    channel = Channel.objects.filter(kind=ChannelKind.SITE, is_active=True).order_by("pk").first()
    if channel is None:
        given = {"name": ChannelKind.SITE.label, "kind": ChannelKind.SITE}
        channel, _ = Channel.objects.get_or_create(code=OWN_SITES, defaults=given)
    order = SalesOrder.objects.create(
        number=SALES_ORDER_NUMBERS.next(),
        created_at=at,
        warehouse_id=warehouse_id,
        channel=channel,
        customer=site.party,
        reference=reference,
        ship_to=site.name,
        currency=company_currency(),
        placed_at=at,
        requested_on=due_on,
        due_on=due_on,
        created_by=by.user,
        **{name: getattr(site, name) for name in ADDRESS},
    )
    SalesOrderLine.objects.bulk_create(
        [
            SalesOrderLine(order=order, line=number, item_id=line.item_id, quantity=line.quantity, price=line.price)
            for number, line in enumerate(lines, start=1)
        ]
    )
    return order
