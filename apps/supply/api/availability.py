"""What can be promised by which day, why, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item
from apps.core import clock
from apps.core.api.fields import QuantityField
from apps.core.errors import NotFound
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.supply.queries import not_counted, positions
from apps.supply.rules import Answer, Position, answer, by_day

if TYPE_CHECKING:
    from apps.accounts.models import User

MOST_LINES = 200
MOST_DAYS = 92
DAYS = 14


class AskItemSerializer(serializers.Serializer[dict[str, Any]]):
    """How much of an item, by when."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField(required=False, help_text="Base units; else one")
    by = serializers.DateField(required=False, help_text="Else today, by the warehouse's calendar")


class AskAvailabilitySerializer(AskItemSerializer):
    """One item at one site."""

    warehouse = serializers.CharField(max_length=20)
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=DAYS)


class AskManySerializer(serializers.Serializer[dict[str, Any]]):
    """Many items at one site."""

    warehouse = serializers.CharField(max_length=20)
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, default=DAYS)
    lines = serializers.ListField(child=AskItemSerializer(), min_length=1, max_length=MOST_LINES)


class StockPartSerializer(serializers.Serializer[Any]):
    """Free at bins, of one lot."""

    lot = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    quantity = QuantityField()


class InboundPartSerializer(serializers.Serializer[Any]):
    """Still to come under a document's line."""

    document = serializers.CharField()
    line = serializers.IntegerField()
    due_on = serializers.DateField()
    quantity = QuantityField()


class PromisedPartSerializer(serializers.Serializer[Any]):
    """What a document was promised before."""

    document = serializers.CharField()
    due_on = serializers.DateField()
    promised_at = serializers.SerializerMethodField()
    quantity = QuantityField()

    def get_promised_at(self, part: Any) -> str:
        """Its place in the queue."""
        return str(part.rank[0].isoformat())


class EarlierSerializer(serializers.Serializer[Any]):
    """What would come in time if it came so many days earlier, and how much more could be promised then."""

    document = serializers.CharField(source="inbound.document")
    line = serializers.IntegerField(source="inbound.line")
    due_on = serializers.DateField(source="inbound.due_on")
    days = serializers.IntegerField()
    gain = QuantityField()


class SiteSerializer(serializers.Serializer[Any]):
    """Another site where the caller works."""

    warehouse = serializers.CharField()
    available = QuantityField()


class PartlySerializer(serializers.Serializer[Any]):
    """So much on the day, the rest when it is all there."""

    now = QuantityField()
    rest = QuantityField()
    rest_on = serializers.DateField(allow_null=True)


class BucketSerializer(serializers.Serializer[Any]):
    """What can be promised for a day."""

    on = serializers.DateField()
    available = QuantityField()


class WhySerializer(serializers.Serializer[Any]):
    """What the figure is made of."""

    stock = StockPartSerializer(many=True)
    inbound = InboundPartSerializer(many=True)
    promised = PromisedPartSerializer(many=True)
    not_counted = serializers.DictField(child=QuantityField(), help_text="What stands there and why it is no good")


class WouldChangeSerializer(serializers.Serializer[Any]):
    """What would make it more; all empty where all of it can be promised."""

    earlier = EarlierSerializer(many=True)
    elsewhere = SiteSerializer(many=True)
    partly = PartlySerializer(allow_null=True)


class AvailabilitySerializer(serializers.Serializer[Any]):
    """What a site can promise of an item; negative `available` when too much was promised."""

    warehouse = serializers.CharField()
    item = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField()
    by = serializers.DateField()
    available = QuantityField()
    promisable = serializers.BooleanField()
    earliest_on = serializers.DateField(allow_null=True)
    days = BucketSerializer(many=True)
    why = WhySerializer()
    would_change = WouldChangeSerializer()


class AvailabilityView(NotWhileCounting):
    """What can be promised, explained."""

    @extend_schema(parameters=[AskAvailabilitySerializer], responses=AvailabilitySerializer)
    def get(self, request: Request) -> Response:
        """One item at one site: by day, why, and what would change it."""
        ask = AskAvailabilitySerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        asked = dict(ask.validated_data)
        (shown,) = _answers(cast("User", request.user), asked.pop("warehouse"), asked.pop("days"), [asked])
        return Response(AvailabilitySerializer(shown).data)

    @extend_schema(request=AskManySerializer, responses=AvailabilitySerializer(many=True))
    def post(self, request: Request) -> Response:
        """Many items at one site, in as many queries as one. It writes nothing and needs no key."""
        ask = AskManySerializer(data=request.data)
        ask.is_valid(raise_exception=True)
        asked = ask.validated_data
        shown = _answers(cast("User", request.user), asked["warehouse"], asked["days"], asked["lines"])
        return Response(AvailabilitySerializer(shown, many=True).data)


def _answers(user: User, warehouse: str, days: int, lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line's answer. Raises `NotFound`."""
    sites = {site.pk: site for site in Warehouse.objects.for_user(user).filter(is_active=True).order_by("pk")}
    here = next((site for site in sites.values() if site.code == warehouse), None)
    if here is None:
        raise NotFound(kind="warehouse", number=warehouse)
    numbers = {line["item"] for line in lines}
    items = {
        item.number: item for item in Item.objects.for_user(user).filter(number__in=numbers).select_related("unit")
    }
    for number in numbers:
        if number not in items:
            raise NotFound(kind="item", number=number)
    item_ids = [item.pk for item in items.values()]
    found = positions(warehouse_ids=sites, item_ids=item_ids)
    today = here.local_date(clock.now())
    rest = not_counted(warehouse_id=here.pk, item_ids=item_ids, today=today)
    shown = []
    for line in lines:
        item, by = items[line["item"]], line.get("by") or today
        others = [(site.code, found[pk, item.pk]) for pk, site in sites.items() if pk != here.pk]
        position = found[here.pk, item.pk]
        told = answer(line.get("quantity") or Decimal(1), by, position, others)
        shown.append(_shown(here, item, told, position) | {"days": _days(position, today, days)})
        shown[-1]["why"]["not_counted"] = rest[item.pk]
    return shown


def _days(position: Position, today: date, days: int) -> list[dict[str, Any]]:
    return [{"on": day, "available": available} for day, available in by_day(position, today, days)]


def _shown(here: Warehouse, item: Item, told: Answer, position: Position) -> dict[str, Any]:
    partly = None
    if told.missing > 0:
        partly = {"now": told.now, "rest": told.missing, "rest_on": told.earliest_on}
    return {
        "warehouse": here.code,
        "item": item.number,
        "name": item.name,
        "unit": item.unit.code,
        "quantity": told.asked,
        "by": told.by,
        "available": told.available,
        "promisable": told.missing == 0,
        "earliest_on": told.earliest_on,
        "why": {
            "stock": [each for each in position.stock if each.keeps(told.by)],
            "inbound": [each for each in position.inbound if each.due_on <= told.by],
            "promised": position.promised,
        },
        "would_change": {
            "earlier": told.earlier,
            "elsewhere": [{"warehouse": site, "available": free} for site, free in told.elsewhere],
            "partly": partly,
        },
    }
