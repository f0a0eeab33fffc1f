"""How purchase orders read, and what the commands on them take."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.purchasing.models import PurchaseOrder, PurchaseOrderLine, PurchaseOrderRevision
from apps.purchasing.states import SendMethod

MOST_LINES = 2000


class PurchaseOrderLineSerializer(serializers.ModelSerializer[PurchaseOrderLine]):
    """A line, in base units; the price is for one of them."""

    item = serializers.SlugRelatedField[Any]("number", read_only=True)
    item_name = serializers.CharField(source="item.name", read_only=True)
    item_unit = serializers.CharField(source="item.unit.code", read_only=True)
    quantity = QuantityField(read_only=True)
    received = QuantityField(read_only=True)
    open = QuantityField(source="open_quantity", read_only=True)
    price = QuantityField(read_only=True)
    amount = QuantityField(read_only=True)
    over_tolerance_percent = QuantityField(read_only=True)
    most = QuantityField(read_only=True, help_text="That may come, with the tolerance and what was allowed above it")

    class Meta:
        model = PurchaseOrderLine
        fields = (
            "line",
            "item",
            "item_name",
            "item_unit",
            "quantity",
            "received",
            "open",
            "price",
            "amount",
            "supplier_code",
            "over_tolerance_percent",
            "most",
            "promised_on",
        )


class RevisionLineSerializer(serializers.Serializer[Any]):
    """A line as it was approved."""

    line = serializers.IntegerField()
    item = serializers.CharField()
    quantity = serializers.CharField()
    price = serializers.CharField()


class RevisionSerializer(serializers.ModelSerializer[PurchaseOrderRevision]):
    """An order as it was approved before it was changed."""

    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    replaced_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    total = QuantityField(read_only=True)
    lines = RevisionLineSerializer(many=True, read_only=True)

    class Meta:
        model = PurchaseOrderRevision
        fields = (
            "number",
            "approved_by",
            "approved_at",
            "replaced_by",
            "replaced_at",
            "reason",
            "due_on",
            "terms",
            "total",
            "lines",
        )


class PurchaseOrderSerializer(serializers.ModelSerializer[PurchaseOrder]):
    """An order with its lines."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    supplier = serializers.SlugRelatedField[Any]("number", read_only=True)
    raised_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    approved_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    exchange_rate = QuantityField(read_only=True)
    total = QuantityField(read_only=True, help_text="In the order's currency")
    value = QuantityField(read_only=True, help_text="In the company's currency: what approval goes by")
    amended_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    sent_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    acknowledged_by = serializers.SlugRelatedField[Any]("username", read_only=True)
    lines = PurchaseOrderLineSerializer(many=True, read_only=True)
    revisions = RevisionSerializer(many=True, read_only=True, help_text="What was approved before, the latest first")

    class Meta:
        model = PurchaseOrder
        fields = (
            "number",
            "state",
            "warehouse",
            "supplier",
            "currency",
            "exchange_rate",
            "total",
            "value",
            "ordered_on",
            "due_on",
            "reference",
            "terms",
            "raised_by",
            "approved_by",
            "approved_at",
            "revision",
            "amended_by",
            "amended_at",
            "sent_by",
            "sent_at",
            "sent_how",
            "acknowledged_by",
            "acknowledged_at",
            "confirmation",
            "created_at",
            "lines",
            "revisions",
        )


class MoneyField(serializers.DecimalField):
    """A price or rate: never negative, at most six decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, min_value=Decimal(0), **kwargs)


class NewLineSerializer(serializers.Serializer[Any]):
    """A line to order."""

    item = serializers.CharField(max_length=40)
    quantity = QuantityField()
    unit = serializers.CharField(max_length=12, default="", help_text="Of a packaging of the item; else its base unit")
    price = MoneyField(default=None, allow_null=True, help_text="For a base unit; else from the supplier's list")
    over_tolerance_percent = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=Decimal(100),
        default=None,
        allow_null=True,
        help_text="Else as the supplier's terms or the item say",
    )


class NewOrderSerializer(serializers.Serializer[Any]):
    """An order to raise."""

    warehouse = serializers.CharField(max_length=20)
    supplier = serializers.CharField(max_length=40)
    due_on = serializers.DateField()
    reference = serializers.CharField(max_length=80, default="", allow_blank=True)
    terms = serializers.CharField(max_length=200, default="", allow_blank=True)
    currency = serializers.RegexField(r"^[A-Z]{3}$", default="", help_text="Else the supplier's, else the company's")
    exchange_rate = serializers.DecimalField(
        max_digits=18,
        decimal_places=8,
        min_value=Decimal("0.00000001"),
        default=None,
        allow_null=True,
        help_text="Company currency for one of another currency",
    )
    lines = serializers.ListField(child=NewLineSerializer(), max_length=MOST_LINES)


class LineChangeSerializer(serializers.Serializer[Any]):
    """What changes of a line."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    quantity = QuantityField(zero=True, default=None, allow_null=True, help_text="Base units; zero cancels the line")
    price = MoneyField(default=None, allow_null=True, help_text="For a base unit")


class AmendSerializer(serializers.Serializer[Any]):
    """What changes of an approved order, and why; what is not named stays."""

    reason = serializers.CharField(max_length=200)
    due_on = serializers.DateField(default=None, allow_null=True)
    terms = serializers.CharField(max_length=200, default=None, allow_null=True, allow_blank=True)
    lines = serializers.ListField(child=LineChangeSerializer(), default=list, max_length=MOST_LINES)
    added = serializers.ListField(child=NewLineSerializer(), default=list, max_length=MOST_LINES)


class SendSerializer(serializers.Serializer[Any]):
    """How the order went to its supplier, and to whom there."""

    how = serializers.ChoiceField(choices=SendMethod.choices)
    to = serializers.CharField(max_length=120, default="", allow_blank=True)


class PromisedLineSerializer(serializers.Serializer[Any]):
    """When a line comes."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    promised_on = serializers.DateField()


class AcknowledgeSerializer(serializers.Serializer[Any]):
    """The supplier's confirmation."""

    confirmation = serializers.CharField(max_length=80, help_text="The supplier's number for the order")
    promised_on = serializers.DateField(
        source="all_on", default=None, allow_null=True, help_text="For all lines still to come that are not named"
    )
    lines = serializers.ListField(child=PromisedLineSerializer(), default=list, max_length=MOST_LINES)


class AllowOverSerializer(serializers.Serializer[Any]):
    """How much of a line may come in all, beyond its tolerance, and why."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    most = QuantityField(help_text="Base units, with what has come")
    reason = serializers.CharField(max_length=200)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=200)


class ApproveSerializer(serializers.Serializer[Any]):
    """Why, where there is something to say."""

    reason = serializers.CharField(max_length=200, default="", allow_blank=True)
