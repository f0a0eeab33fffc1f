"""What partners told: of a lot, and which event a declaration takes back."""

from __future__ import annotations

from django.db.models import Q

from apps.catalog.models import Packaging
from apps.epcis.models import EpcisEvent, EpcisEventQuerySet, EpcisThing
from apps.ledger.models import Lot


def told_of_lot(lot: Lot) -> EpcisEventQuerySet:
    """Events about the lot by any GTIN of its item, under our number of it or the supplier's; the latest first.

    A serial number of ours that is of the lot is about it too.
    """
    gtins = Packaging.objects.filter(item=lot.item_id, gtin__isnull=False).values("gtin")
    numbers = [number for number in (lot.number, lot.supplier_lot) if number]
    about = Q(lot__in=numbers) | Q(serial__in=lot.serials.values("number"))
    things = EpcisThing.objects.filter(about, gtin__in=gtins)
    return EpcisEvent.objects.filter(pk__in=things.values("event")).select_related("capture")


def corrected_by(event: EpcisEvent) -> EpcisEventQuerySet:
    """Of an event the declarations that it was wrong; of a declaration the events that it takes back.

    Nothing but what they say tells that they belong together (EPCIS 2.0, 7.4.1.2.2), in whichever order they came.
    """
    same = EpcisEvent.objects.filter(says=event.says).select_related("capture").order_by("pk")
    return same.filter(declared_at__isnull=event.declared_at is not None)


def same_id(event: EpcisEvent) -> EpcisEventQuerySet:
    """Events that bear the same ID and say otherwise.

    An ID is one event's for good, and a declaration tells that event word for word (EPCIS 2.0, 7.4.1 and 7.4.1.2); who
    of two that say otherwise is right, only the partner knows. Both are kept.
    """
    if not event.event_id:
        return EpcisEvent.objects.none()
    same = EpcisEvent.objects.filter(event_id=event.event_id).exclude(says=event.says)
    return same.select_related("capture").order_by("pk")
