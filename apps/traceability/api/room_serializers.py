"""How the recall room is asked and how it answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.traceability.states import (
    CheckResult,
    ContactMethod,
    EffectivenessLevel,
    LotOrigin,
    RecallClass,
    RecallDepth,
    RecallSource,
)

MOST = 200


class LotQuerySerializer(serializers.Serializer[Any]):
    """Which lots, when nobody has their numbers: all that is said must fit; days are included."""

    grouping = serializers.CharField(
        max_length=40,
        required=False,
        help_text="A saved one's number; what else is said takes the place of its own",
    )
    item = serializers.CharField(max_length=40, required=False, help_text="An item's number")
    supplier = serializers.CharField(max_length=40, required=False, help_text="A party's number")
    supplier_lot = serializers.CharField(max_length=40, required=False)
    made_from = serializers.DateField(required=False)
    made_to = serializers.DateField(required=False)
    received_from = serializers.DateField(required=False, help_text="In universal time")
    received_to = serializers.DateField(required=False)
    expires_from = serializers.DateField(required=False)
    expires_to = serializers.DateField(required=False)
    attribute = serializers.CharField(max_length=40, required=False, help_text="Name of one of the item's attributes")
    value = serializers.CharField(max_length=200, required=False, help_text="What that attribute is")


class AskReachSerializer(LotQuerySerializer):
    """Lots by their keys, or by what they are."""

    lots = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, max_length=MOST)


class RecallFactsSerializer(serializers.Serializer[Any]):
    """What a case says of itself."""

    reason = serializers.CharField(max_length=200)
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field of that name, no path
        choices=RecallSource.choices, default=RecallSource.OURS
    )
    recall_class = serializers.ChoiceField(
        choices=RecallClass.choices, allow_blank=True, default="", help_text="Empty until a regulator has classed it"
    )
    depth = serializers.ChoiceField(choices=RecallDepth.choices, default=RecallDepth.RETAIL)
    regulator_reference = serializers.CharField(max_length=60, allow_blank=True, default="")
    strategy = serializers.CharField(max_length=2000, allow_blank=True, default="")
    instructions = serializers.CharField(
        max_length=2000, allow_blank=True, default="", help_text="What the letters ask; empty: what we always ask"
    )
    done_by = serializers.DateField(allow_null=True, default=None)


class OpenRecallSerializer(RecallFactsSerializer):
    """What opens a case: lots by their keys, a query, or both."""

    lots = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=MOST
    )
    query = LotQuerySerializer(required=False)
    reported_by = serializers.CharField(max_length=40, required=False, help_text="A party's number")
    beside = serializers.BooleanField(
        default=False, help_text="Also lots that another open recall holds: both hold them then"
    )


class WidenRecallSerializer(serializers.Serializer[Any]):
    """More lots for a case."""

    lots = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=MOST)
    beside = serializers.BooleanField(default=False)


class ReleaseLotsSerializer(serializers.Serializer[Any]):
    """Lots that turned out to be sound."""

    lots = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=MOST)
    reason = serializers.CharField(max_length=200)


class AskClosureSerializer(serializers.Serializer[Any]):
    """Why all is done, and whether what is here may be sold again."""

    remark = serializers.CharField(max_length=200)
    frees_stock = serializers.BooleanField(default=False)


class CloseRecallSerializer(serializers.Serializer[Any]):
    """What whoever approves wants to add."""

    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class RefuseClosureSerializer(serializers.Serializer[Any]):
    """What is not done."""

    reason = serializers.CharField(max_length=200)


class NotifySerializer(serializers.Serializer[Any]):
    """Who was told, how, and when if not now; without customers, all who were not told yet."""

    method = serializers.ChoiceField(choices=ContactMethod.choices)
    customers = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=500)
    told_at = serializers.DateTimeField(required=False)


class SaidSerializer(serializers.Serializer[Any]):
    """One lot of an answer, in base units."""

    lot = serializers.IntegerField(min_value=1)
    on_hand = QuantityField(zero=True, help_text="When they were told")
    returned = QuantityField(zero=True, default=0)
    destroyed = QuantityField(zero=True, default=0)
    corrected = QuantityField(zero=True, default=0)


class RespondSerializer(serializers.Serializer[Any]):
    """A consignee's answer."""

    customer = serializers.CharField(max_length=40)
    lines = SaidSerializer(many=True, required=False, default=list)
    remark = serializers.CharField(max_length=200, allow_blank=True, default="")


class DrawChecksSerializer(serializers.Serializer[Any]):
    """How many are checked."""

    level = serializers.ChoiceField(choices=EffectivenessLevel.choices)
    percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, help_text="Of level B: above 10 and below 100"
    )


class CheckSerializer(serializers.Serializer[Any]):
    """What a check found."""

    customer = serializers.CharField(max_length=40)
    result = serializers.ChoiceField(choices=CheckResult.choices)
    method = serializers.ChoiceField(choices=ContactMethod.choices)
    remark = serializers.CharField(max_length=200, allow_blank=True, default="")


class ReachedLotSerializer(serializers.Serializer[Any]):
    """A lot in reach."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    item = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    supplier = serializers.CharField()
    origin = serializers.ChoiceField(choices=LotOrigin.choices)
    held = serializers.BooleanField()
    other_cases = serializers.ListField(child=serializers.CharField())


class ReachedStockSerializer(serializers.Serializer[Any]):
    """Where some of it stands."""

    warehouse = serializers.CharField()
    where = serializers.CharField()
    item = serializers.CharField()
    lot = serializers.CharField()
    unit = serializers.CharField()
    places = serializers.IntegerField()
    quantity = QuantityField()
    reserved = QuantityField()


class DeliverySerializer(serializers.Serializer[Any]):
    """What went to a customer in a carton."""

    customer = serializers.CharField()
    customer_name = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    ship_to = serializers.CharField()
    shipped_on = serializers.DateField()
    warehouse = serializers.CharField()
    order = serializers.CharField()
    shipment = serializers.CharField()
    carton = serializers.CharField()
    item = serializers.CharField()
    lot = serializers.CharField()
    unit = serializers.CharField()
    quantity = QuantityField()


class ReachSerializer(serializers.Serializer[Any]):
    """What a freeze would touch, or touches."""

    sites = serializers.ListField(child=serializers.CharField())
    customers = serializers.ListField(child=serializers.CharField())
    documents = serializers.ListField(child=serializers.CharField(), help_text="What has some reserved")
    open_picks = serializers.IntegerField()
    cartons = serializers.ListField(child=serializers.CharField(), help_text="Packed and not gone")
    lots = ReachedLotSerializer(many=True)
    stock = ReachedStockSerializer(many=True)
    deliveries = DeliverySerializer(many=True)


class LotAnswerSerializer(serializers.Serializer[Any]):
    """One lot at a consignee."""

    lot_id = serializers.IntegerField()
    item = serializers.CharField()
    lot = serializers.CharField()
    unit = serializers.CharField()
    shipped = QuantityField()
    on_hand = QuantityField(allow_null=True, help_text="When they were told; null: not said")
    returned = QuantityField(help_text="As they say")
    destroyed = QuantityField()
    corrected = QuantityField()
    received_back = QuantityField(help_text="By our returns")
    accounted = QuantityField()


class ConsigneeSerializer(serializers.Serializer[Any]):
    """A consignee and where they stand."""

    customer = serializers.CharField(source="party.number")
    name = serializers.CharField(source="party.name")
    contact = serializers.CharField(source="party.contact")
    phone = serializers.CharField(source="party.phone")
    email = serializers.CharField(source="party.email")
    notified_at = serializers.DateTimeField(allow_null=True)
    method = serializers.CharField()
    responded_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()
    check_result = serializers.CharField(allow_null=True, help_text="Null: not drawn; empty: not made yet")
    lots = LotAnswerSerializer(many=True)


class NotifiedSerializer(serializers.Serializer[Any]):
    """How many were told by one method on one day."""

    on = serializers.DateField()
    method = serializers.CharField()
    consignees = serializers.IntegerField()


class LotTotalsSerializer(serializers.Serializer[Any]):
    """One lot over all consignees."""

    item = serializers.CharField()
    lot = serializers.CharField()
    unit = serializers.CharField()
    shipped = QuantityField()
    on_hand = QuantityField()
    returned = QuantityField()
    destroyed = QuantityField()
    corrected = QuantityField()
    received_back = QuantityField()
    accounted = QuantityField()


class RecallStatusSerializer(serializers.Serializer[Any]):
    """The figures of a status report (21 CFR 7.53(b), not verified)."""

    notified = serializers.IntegerField()
    responded = serializers.IntegerField()
    silent = ConsigneeSerializer(many=True)
    untold = ConsigneeSerializer(many=True)
    told = NotifiedSerializer(many=True)
    lots = LotTotalsSerializer(many=True)
    drawn = serializers.IntegerField(help_text="How many are checked")
    results = serializers.DictField(child=serializers.IntegerField(), help_text="How many checks ended how")
    frozen_lots = serializers.IntegerField()
    cartons = serializers.ListField(child=serializers.CharField(), help_text="With frozen goods, packed and not gone")
    loose_ends = serializers.ListField(child=serializers.CharField())


class ForCustomerSerializer(serializers.Serializer[Any]):
    """One consignee of all."""

    customer = serializers.CharField(max_length=40, required=False, help_text="Their letter alone")
