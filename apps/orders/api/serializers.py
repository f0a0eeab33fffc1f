"""How orders, waves and picks read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.orders.api.taken_serializers import OrderHoldSerializer
from apps.orders.models import Channel, OrderedKit, Pick, SalesOrder, SalesOrderLine, Wave
from apps.orders.queries import LineProgress, WalkComparison, family_state, progress_of
from apps.orders.states import WalkKind


class ChannelSerializer(serializers.ModelSerializer[Channel]):
    """A way orders come in; `sites` are those whose stock it is told of, none: every site's."""

    sites = serializers.SlugRelatedField[Any]("code", many=True, read_only=True)

    class Meta:
        model = Channel
        fields = ("code", "name", "kind", "is_active", "sites")


class OrderLineSerializer(serializers.Serializer[LineProgress]):
    """A line and how far it is, in base units."""

    line = serializers.IntegerField(source="line.line", read_only=True)
    item = serializers.CharField(source="line.item.number", read_only=True)
    item_name = serializers.CharField(source="line.item.name", read_only=True)
    unit = serializers.CharField(source="line.item.unit.code", read_only=True)
    price = serializers.DecimalField(source="line.price", max_digits=18, decimal_places=6, read_only=True)
    quantity = QuantityField(source="ordered", read_only=True)
    allocated = QuantityField(read_only=True)
    picked = QuantityField(read_only=True)
    packed = QuantityField(read_only=True)
    shipped = QuantityField(read_only=True)
    short = QuantityField(read_only=True)
    back_ordered = QuantityField(read_only=True)
    cancelled = QuantityField(read_only=True)
    to_put_back = QuantityField(read_only=True, help_text="Picked, wanted no more, and not back in a bin")
    promised_on = serializers.DateField(source="line.promised_on", read_only=True, allow_null=True)
    grows = serializers.IntegerField(
        source="line.grows.line", read_only=True, default=None, allow_null=True, help_text="The line it was added to"
    )


class OrderedKitSerializer(serializers.ModelSerializer[OrderedKit]):
    """A phantom kit as the customer asked for it, and the lines of its parts in this order."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    bill = serializers.SlugRelatedField[Any]("number", read_only=True)
    quantity = QuantityField(read_only=True, help_text="In all: other sites may serve some of its parts")
    asked_by = serializers.SlugRelatedField[Any](
        "number", source="order", read_only=True, help_text="The order, or the one that this is a part of"
    )
    lines = serializers.SlugRelatedField[Any]("line", source="parts", many=True, read_only=True)

    class Meta:
        model = OrderedKit
        fields = ("item", "quantity", "price", "bill", "asked_by", "lines")


class OrderSummarySerializer(serializers.ModelSerializer[SalesOrder]):
    """An order's head."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    channel = serializers.SlugRelatedField[Any]("code", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    carrier = serializers.SlugRelatedField[Any]("number", read_only=True)
    part_of = serializers.SlugRelatedField[Any]("number", source="parent", read_only=True)
    on_hold = serializers.BooleanField(read_only=True)

    class Meta:
        model = SalesOrder
        fields: tuple[str, ...] = (
            "number",
            "warehouse",
            "channel",
            "customer",
            "state",
            "reference",
            "ship_to",
            "street",
            "city",
            "region",
            "postal_code",
            "country",
            "carrier",
            "currency",
            "placed_at",
            "priority",
            "requested_on",
            "due_on",
            "ship_complete",
            "on_hold",
            "part_of",
            "min_remaining_days",
            "created_at",
            "confirmed_at",
            "shipped_at",
        )


class SalesOrderSerializer(OrderSummarySerializer):
    """An order with its lines and how far each is."""

    lines = serializers.SerializerMethodField()

    class Meta(OrderSummarySerializer.Meta):
        fields = (*OrderSummarySerializer.Meta.fields, "parts", "customer_state", "holds", "kits", "lines")

    holds = OrderHoldSerializer(many=True, read_only=True)
    parts = serializers.SlugRelatedField[Any](
        "number", source="children", many=True, read_only=True, help_text="Orders of other sites that serve some of it"
    )
    customer_state = serializers.SerializerMethodField(help_text="Where all its parts together stand")

    kits = serializers.SerializerMethodField()

    @extend_schema_field(OrderedKitSerializer(many=True))
    def get_kits(self, order: SalesOrder) -> object:
        """What was asked for as a kit; its parts are lines."""
        own = Prefetch("parts", SalesOrderLine.objects.filter(order=order).order_by("line"))
        rows: Any = OrderedKit.objects.of(order).select_related("item", "bill", "order").prefetch_related(own)
        return OrderedKitSerializer(rows, many=True).data

    def get_customer_state(self, order: SalesOrder) -> str:
        """As its customer sees it."""
        return family_state([order.state, *(part.state for part in order.children.all())])

    @extend_schema_field(OrderLineSerializer(many=True))
    def get_lines(self, order: SalesOrder) -> object:
        """The lines with their figures; for one order, never for a list."""
        lines: Any = progress_of([order.pk])[order.pk]  # the stubs know no list of plain values
        return OrderLineSerializer(lines, many=True).data


class AskedLineSerializer(serializers.Serializer[dict[str, Any]]):
    """So much of an item, in its base unit or a packaging's; by its number, GTIN, barcode or the channel's code."""

    item = serializers.CharField(max_length=80)
    quantity = QuantityField()
    price = serializers.DecimalField(max_digits=18, decimal_places=6, min_value=Decimal(0), default=Decimal(0))
    unit = serializers.CharField(max_length=12, default="")


class RaiseOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """A new order; what is left out is the customer's: address, shelf life, currency."""

    warehouse = serializers.CharField(max_length=20, required=False, help_text="Else the site that serves it best")
    channel = serializers.CharField(max_length=20)
    customer = serializers.CharField(max_length=40)
    due_on = serializers.DateField()
    requested_on = serializers.DateField(required=False, help_text="Else the due date")
    priority = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    ship_complete = serializers.BooleanField(default=False)
    placed_at = serializers.DateTimeField(required=False)
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True)
    min_remaining_days = serializers.IntegerField(min_value=0, max_value=36500, required=False)
    ship_to = serializers.CharField(max_length=120, required=False, allow_blank=True)
    street = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    country = serializers.CharField(max_length=60, required=False, allow_blank=True)
    carrier = serializers.CharField(max_length=40, required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
    lines = AskedLineSerializer(many=True)


class ConfirmOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """Whether the order is taken only when it can be kept."""

    require_stock = serializers.BooleanField(default=False)


class CancelOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class PickSerializer(serializers.ModelSerializer[Pick]):
    """Take so much from a bin; `picked` is what was there."""

    wave = serializers.SlugRelatedField[Any]("number", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    order = serializers.CharField(source="allocation.line.order.number", read_only=True)
    line = serializers.IntegerField(source="allocation.line.line", read_only=True)
    item = serializers.CharField(source="task.item.number", read_only=True, default=None, allow_null=True)
    item_name = serializers.CharField(source="task.item.name", read_only=True, default=None, allow_null=True)
    item_unit = serializers.CharField(source="task.item.unit.code", read_only=True, default=None, allow_null=True)
    lot = serializers.CharField(source="task.lot.number", read_only=True, default=None, allow_null=True)
    location = serializers.CharField(source="task.source.code", read_only=True)
    sequence = serializers.IntegerField(source="task.sequence", read_only=True)
    quantity = QuantityField(read_only=True)
    picked = QuantityField(read_only=True)
    returned = QuantityField(read_only=True, help_text="Of what was picked, brought back to a bin")
    unpacked = QuantityField(read_only=True, help_text="Picked, and in no carton yet")
    tote = serializers.SlugRelatedField[Any]("code", read_only=True)

    class Meta:
        model = Pick
        fields = (
            "number",
            "wave",
            "task",
            "order",
            "line",
            "item",
            "item_name",
            "item_unit",
            "lot",
            "location",
            "sequence",
            "state",
            "quantity",
            "picked",
            "returned",
            "unpacked",
            "tote",
            "short_reason",
            "bin_empty",
        )


class WaveSummarySerializer(serializers.ModelSerializer[Wave]):
    """A wave's head."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    released_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = Wave
        fields: tuple[str, ...] = ("number", "warehouse", "state", "released_by", "released_at", "done_at")


class WaveSerializer(WaveSummarySerializer):
    """A wave with its picks in walking order."""

    picks = serializers.SerializerMethodField()

    class Meta(WaveSummarySerializer.Meta):
        fields = (*WaveSummarySerializer.Meta.fields, "picks")

    @extend_schema_field(PickSerializer(many=True))
    def get_picks(self, wave: Wave) -> object:
        """The picks; for one wave, never for a list."""
        return PickSerializer(wave.picks.for_reading().order_by("task__sequence", "pk"), many=True).data


class PolicyLengthSerializer(serializers.Serializer[Any]):
    """How long the walk would be by a named policy, and what the walk that is walked saves."""

    policy = serializers.CharField()
    metres = serializers.DecimalField(max_digits=12, decimal_places=3)
    saved = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True)


class WalkSerializer(serializers.Serializer[WalkComparison]):
    """A zone's walk from its depot and back, beside the named policies."""

    zone = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=WalkKind.choices, read_only=True)
    stops = serializers.IntegerField(read_only=True, help_text="Bins that are passed")
    metres = serializers.DecimalField(max_digits=12, decimal_places=3, read_only=True, allow_null=True)
    policies = serializers.SerializerMethodField()

    @extend_schema_field(PolicyLengthSerializer(many=True))
    def get_policies(self, walk: WalkComparison) -> object:
        """The policies that can be walked there."""
        rows = [
            {"policy": policy, "metres": metres, "saved": walk.saved(policy)}
            for policy, metres in walk.by_policy.items()
        ]
        return PolicyLengthSerializer(rows, many=True).data


class ReleaseWaveSerializer(serializers.Serializer[dict[str, Any]]):
    """Orders to walk together."""

    warehouse = serializers.CharField(max_length=20)
    orders = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=1000)
    override_reason = serializers.CharField(
        max_length=200, required=False, help_text="Why they go although the floor is full; a supervisor says it"
    )


class OpenShipmentSerializer(serializers.Serializer[dict[str, Any]]):
    """The order to pack."""

    order = serializers.CharField(max_length=40)


class OpenCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The kind of carton, by its code; the SSCC is made. Without a kind its weight is not checked."""

    carton_type = serializers.CharField(max_length=20, required=False)


class ScanIntoCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """The code on the goods as the scanner read it, and how many of it; one unless the code or the caller says so."""

    code = serializers.CharField(max_length=200)
    quantity = QuantityField(required=False)


class ProposedGoodsSerializer(serializers.Serializer[Any]):
    """So much (base units) of an item."""

    item = serializers.CharField()
    quantity = QuantityField()


class ProposedCartonSerializer(serializers.Serializer[Any]):
    """A carton to take, what goes into it, and why it is one of its own."""

    carton_type = serializers.CharField()
    weight_g = QuantityField(zero=True)
    fill_percent = QuantityField(zero=True)
    contents = ProposedGoodsSerializer(many=True)
    because = serializers.ListField(child=serializers.CharField())


class MisfitSerializer(serializers.Serializer[Any]):
    """What goes into no carton, and why."""

    item = serializers.CharField()
    because = serializers.CharField()


class CartonizationSerializer(serializers.Serializer[Any]):
    """The proposal."""

    cartons = ProposedCartonSerializer(many=True)
    misfits = MisfitSerializer(many=True)


class PackLineSerializer(serializers.Serializer[dict[str, Any]]):
    """So much (base units) of a pick."""

    pick = serializers.CharField(max_length=40)
    quantity = QuantityField()


class PackSerializer(serializers.Serializer[dict[str, Any]]):
    """What goes into the carton."""

    contents = PackLineSerializer(many=True, allow_empty=False)


class EmptyCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """Where the goods go, by the tote's code, and why they come out."""

    tote = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=200)
