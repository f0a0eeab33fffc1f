"""Prints papers, tells channels what they may sell, and releases what goes to the floor by itself."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import transaction

from apps.accounts.models import SYSTEM, User
from apps.core import clock
from apps.core.paper.shelf import keep
from apps.journal import edge
from apps.locations.models import Warehouse
from apps.orders import operations
from apps.orders.choices import ReleaseWay
from apps.orders.models import ChannelListing, OutboundRule, Wave
from apps.orders.operations import publish
from apps.orders.pdf import pick_list
from apps.orders.queries import packing_slip_of, pick_list_of
from apps.orders.queries.releasing import Criteria, due_by_themselves, wanted_orders
from apps.shipping.models import Shipment
from apps.shipping.pdf import packing_slip


@shared_task(name="orders.print_pick_list")
def print_pick_list(*, wave: str, user_id: int, **_: Any) -> str:
    """Write a wave's pick list; the file's path."""
    found = Wave.objects.select_related("warehouse").get(number=wave)
    paper = pick_list_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{wave}.pdf", pick_list(paper)))


@shared_task(name="orders.print_packing_slip")
def print_packing_slip(*, shipment: str, user_id: int, **_: Any) -> str:
    """Write a shipment's packing slip; the file's path."""
    found = Shipment.objects.select_related("warehouse", "carrier").get(number=shipment)
    paper = packing_slip_of(found, at=clock.now(), by=User.objects.get(pk=user_id))
    return str(keep(f"{shipment}.pdf", packing_slip(paper)))


@shared_task(name="orders.publish_availability")
def publish_availability(*, everything: bool = False, **_: Any) -> int:
    """Each second: tell channels what changed; for how many listings. A second without a change writes nothing."""
    if not ChannelListing.objects.exists():
        return 0
    with transaction.atomic():
        return publish.publish_availability(at=clock.now(), everything=everything)


@shared_task(name="orders.release_waveless")
def release_waveless(**_: Any) -> int:
    """Send to the floor, in each warehouse with a rule for it, what goes by itself; how many waves were made.

    Safe to run twice or late: what went is no longer meant, and what did not fit is meant again.
    """
    with_rule = OutboundRule.objects.in_use().filter(release=ReleaseWay.WAVELESS).values("warehouse")
    system, at = User.objects.get(username=SYSTEM), clock.now()
    made = 0
    for warehouse in Warehouse.objects.filter(pk__in=with_rule, is_active=True):
        waiting = wanted_orders(warehouse.pk, Criteria(), today=warehouse.local_date(at))
        if not due_by_themselves(waiting, at=at):
            continue
        answer = edge.run(
            operations.release_waveless,
            by=system,
            job="orders.release_waveless",
            render=str,
            warehouse_id=warehouse.pk,
        )
        made += bool(answer)
    return made
