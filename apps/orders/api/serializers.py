"""How orders, waves and picks read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.orders.models import Channel, OrderHold, Pick, PutBack, SalesOrder, Wave
from apps.orders.models.order import HoldKind
from apps.orders.models.routing import RoutingRule
from apps.orders.queries import LineOutlook, LineProgress, Routing, family_state, progress_of


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


class LineOutlookSerializer(serializers.Serializer[LineOutlook]):
    """A line's open quantity: what can leave on the due date, the rest when, why, and what would bring it sooner."""

    line = serializers.IntegerField(source="progress.line.line", read_only=True)
    item = serializers.CharField(source="progress.line.item.number", read_only=True)
    back_ordered = QuantityField(source="progress.back_ordered", read_only=True)
    requested_on = serializers.DateField(source="progress.line.order.requested_on", read_only=True, allow_null=True)
    promised_on = serializers.DateField(source="progress.line.promised_on", read_only=True, allow_null=True)
    expected_on = serializers.DateField(source="answer.earliest_on", read_only=True, allow_null=True)
    in_time = QuantityField(read_only=True)
    because = serializers.CharField(read_only=True)
    would_change = serializers.CharField(read_only=True)


class ScoreSerializer(serializers.Serializer[Any]):
    """A site's score from 0 to 1, and why."""

    site = serializers.CharField()
    total = serializers.FloatField()
    complete = serializers.BooleanField(help_text="Has all of it")
    cost = serializers.DecimalField(max_digits=18, decimal_places=4)
    reasons = serializers.ListField(child=serializers.CharField())


class RoutingSerializer(serializers.Serializer[Routing]):
    """Which sites would serve, every site's score, the best first, and why."""

    rule = serializers.CharField()
    sites = serializers.SerializerMethodField()
    because = serializers.CharField(source="choice.because")
    scores = ScoreSerializer(source="choice.scores", many=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sites(self, routing: Routing) -> list[str]:
        """Those that would serve, the one that the order goes to first."""
        return [part.site for part in routing.choice.parts]


class RoutingRuleSerializer(serializers.ModelSerializer[RoutingRule]):
    """What counts how much when a site is chosen."""

    channel = serializers.SlugRelatedField[Any]("code", read_only=True)
    customer = serializers.SlugRelatedField[Any]("number", read_only=True)
    sites = serializers.SlugRelatedField[Any]("code", many=True, read_only=True)

    class Meta:
        model = RoutingRule
        fields = (
            "code",
            "name",
            "rank",
            "channel",
            "customer",
            "sites",
            "stock",
            "distance",
            "cost",
            "load",
            "split",
            "most_parts",
            "parcel_cost",
            "km_cost",
            "is_active",
        )


class OrderHoldSerializer(serializers.ModelSerializer[OrderHold]):
    """Why an order waits, or waited."""

    order = serializers.SlugRelatedField[Any]("number", read_only=True)
    placed_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    released_by = serializers.SlugRelatedField[Any]("username", read_only=True)

    class Meta:
        model = OrderHold
        fields = (
            "order",
            "kind",
            "reason",
            "placed_at",
            "placed_by",
            "released_at",
            "released_by",
            "release_note",
        )


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
        fields = (*OrderSummarySerializer.Meta.fields, "parts", "customer_state", "holds", "lines")

    holds = OrderHoldSerializer(many=True, read_only=True)
    parts = serializers.SlugRelatedField[Any](
        "number", source="children", many=True, read_only=True, help_text="Orders of other sites that serve some of it"
    )
    customer_state = serializers.SerializerMethodField(help_text="Where all its parts together stand")

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


class HoldOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """Of which kind, and why."""

    kind = serializers.ChoiceField(choices=HoldKind.choices)
    reason = serializers.CharField(max_length=200)


class ReleaseHoldSerializer(serializers.Serializer[dict[str, Any]]):
    """Which, and what was found."""

    kind = serializers.ChoiceField(choices=HoldKind.choices)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ShipToSerializer(serializers.Serializer[dict[str, Any]]):
    """The whole address."""

    ship_to = serializers.CharField(max_length=120)
    street = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(max_length=80, required=False, allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, allow_blank=True)
    country = serializers.CharField(max_length=60, required=False, allow_blank=True)


class OrderLineChangeSerializer(serializers.Serializer[dict[str, Any]]):
    """A line's new quantity in base units, `0` removes it; without `line` a new line of `item`."""

    line = serializers.IntegerField(min_value=1, required=False)
    item = serializers.CharField(max_length=80, required=False)
    quantity = QuantityField(zero=True)
    price = serializers.DecimalField(max_digits=18, decimal_places=6, min_value=Decimal(0), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if ("line" in attrs) == ("item" in attrs):
            raise serializers.ValidationError("Name a line to change or an item to add.")
        return attrs


class ChangeOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """What is to be otherwise; the rest stays."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    lines = OrderLineChangeSerializer(many=True, required=False)
    ship_to = ShipToSerializer(required=False)
    due_on = serializers.DateField(required=False)
    priority = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    ship_complete = serializers.BooleanField(required=False)


class DoPutBackSerializer(serializers.Serializer[dict[str, Any]]):
    """Into which bin, and how much (base units) where not all."""

    location = serializers.CharField(max_length=40)
    quantity = QuantityField(required=False)


class PutBackSerializer(serializers.ModelSerializer[PutBack]):
    """Picked goods that are to go back to a bin."""

    pick = serializers.SlugRelatedField[Any]("number", read_only=True)
    order = serializers.CharField(source="pick.allocation.line.order.number", read_only=True)
    item = serializers.CharField(source="pick.task.item.number", read_only=True)
    lot = serializers.CharField(source="pick.task.lot.number", read_only=True, default=None, allow_null=True)
    tote = serializers.CharField(source="pick.tote.code", read_only=True)
    came_from = serializers.CharField(source="pick.task.source.code", read_only=True)
    quantity = QuantityField(read_only=True)
    returned = QuantityField(read_only=True)

    class Meta:
        model = PutBack
        fields = (
            "id",
            "pick",
            "order",
            "item",
            "lot",
            "tote",
            "came_from",
            "quantity",
            "returned",
            "reason",
            "asked_at",
        )


class CancelOrderSerializer(serializers.Serializer[dict[str, Any]]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class PickSerializer(serializers.ModelSerializer[Pick]):
    """Take so much from a bin; `picked` is what was there."""

    wave = serializers.SlugRelatedField[Any]("number", read_only=True)
    task = serializers.SlugRelatedField[Any]("number", read_only=True)
    order = serializers.CharField(source="allocation.line.order.number", read_only=True)
    line = serializers.IntegerField(source="allocation.line.line", read_only=True)
    item = serializers.CharField(source="task.item.number", read_only=True)
    item_name = serializers.CharField(source="task.item.name", read_only=True)
    item_unit = serializers.CharField(source="task.item.unit.code", read_only=True)
    lot = serializers.CharField(source="task.lot.number", read_only=True, default=None, allow_null=True)
    location = serializers.CharField(source="task.source.code", read_only=True)
    sequence = serializers.IntegerField(source="task.sequence", read_only=True)
    quantity = QuantityField(read_only=True)
    picked = QuantityField(read_only=True)
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


class ReleaseWaveSerializer(serializers.Serializer[dict[str, Any]]):
    """Orders to walk together."""

    warehouse = serializers.CharField(max_length=20)
    orders = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=1000)


class OpenShipmentSerializer(serializers.Serializer[dict[str, Any]]):
    """The order to pack."""

    order = serializers.CharField(max_length=40)


class OpenCartonSerializer(serializers.Serializer[dict[str, Any]]):
    """Nothing is needed: the SSCC is made."""


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
