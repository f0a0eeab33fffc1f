"""How loads, pallets and carriers' services read, what carriers report, and what the commands on them take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.shipping.choices import EventKind
from apps.shipping.models import (
    CarrierEvent,
    CarrierService,
    CartonType,
    Load,
    ParcelException,
    ServiceCutOff,
    ServiceRate,
    ShippingPallet,
)


class CartonTypeSerializer(serializers.ModelSerializer[CartonType]):
    """A kind of carton: inner sizes in mm, weights in grams."""

    tare_g = QuantityField(read_only=True)
    max_weight_g = QuantityField(read_only=True)
    cost = QuantityField(read_only=True)

    class Meta:
        model = CartonType
        fields = (
            "code",
            "name",
            "length_mm",
            "width_mm",
            "height_mm",
            "tare_g",
            "max_weight_g",
            "tolerance_percent",
            "tolerance_g",
            "cost",
            "is_active",
        )


class CutOffSerializer(serializers.ModelSerializer[ServiceCutOff]):
    """Until when on a weekday, Monday is 0, by the warehouse's clock."""

    class Meta:
        model = ServiceCutOff
        fields = ("weekday", "until")


class RateSerializer(serializers.ModelSerializer[ServiceRate]):
    """A line of the price list."""

    up_to_g = QuantityField(read_only=True)
    price = QuantityField(read_only=True)

    class Meta:
        model = ServiceRate
        fields = ("valid_from", "zone", "country", "postal_prefix", "up_to_g", "price", "currency")


class CarrierServiceSerializer(serializers.ModelSerializer[CarrierService]):
    """A service with its collections and prices."""

    carrier = serializers.SlugRelatedField[Any]("number", read_only=True)
    max_weight_g = QuantityField(read_only=True, allow_null=True)
    cut_offs = CutOffSerializer(many=True, read_only=True)
    rates = RateSerializer(many=True, read_only=True)

    class Meta:
        model = CarrierService
        fields = (
            "code",
            "name",
            "carrier",
            "kind",
            "transit_days",
            "delivers_weekends",
            "max_weight_g",
            "max_longest_mm",
            "max_girth_mm",
            "routing",
            "is_active",
            "cut_offs",
            "rates",
        )


class QuoteSerializer(serializers.Serializer[Any]):
    """What a service would do; `refusal` says why it cannot."""

    service = serializers.CharField()
    price = QuantityField(allow_null=True)
    currency = serializers.CharField()
    zone = serializers.CharField()
    collected_on = serializers.DateField(allow_null=True)
    arrives_on = serializers.DateField(allow_null=True)
    refusal = serializers.CharField()


class AskQuotesSerializer(serializers.Serializer[Any]):
    """Until when the goods must be there, and when they are ready."""

    by = serializers.DateField(required=False)
    ready_at = serializers.DateTimeField(required=False, help_text="Now unless given")


class LoadSerializer(serializers.ModelSerializer[Load]):
    """A vehicle with the shipments on it."""

    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    carrier = serializers.SlugRelatedField[Any]("number", read_only=True)
    dock = serializers.SlugRelatedField[Any]("code", read_only=True)
    appointment = serializers.SlugRelatedField[Any]("number", read_only=True)
    max_weight_g = QuantityField(read_only=True, allow_null=True)
    shipments = serializers.SlugRelatedField[Any]("number", many=True, read_only=True)

    class Meta:
        model = Load
        fields = (
            "number",
            "warehouse",
            "carrier",
            "state",
            "dock",
            "appointment",
            "trailer",
            "seal",
            "max_weight_g",
            "leaves_at",
            "created_at",
            "loading_at",
            "closed_at",
            "departed_at",
            "taken_by",
            "shipments",
        )


class ShipmentsSerializer(serializers.Serializer[dict[str, Any]]):
    """Numbers of shipments."""

    shipments = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=500)


class PlanLoadSerializer(serializers.Serializer[dict[str, Any]]):
    """Of which warehouse, by whom, and what else is known."""

    warehouse = serializers.CharField(max_length=20, help_text="Code")
    carrier = serializers.CharField(max_length=40, help_text="Party's number")
    dock = serializers.CharField(max_length=40, required=False, help_text="Code of the door")
    appointment = serializers.CharField(max_length=40, required=False)
    trailer = serializers.CharField(max_length=40, required=False)
    max_weight_g = QuantityField(required=False)
    leaves_at = serializers.DateTimeField(required=False)
    shipments = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=500)


class ShipmentSelectSerializer(serializers.Serializer[dict[str, Any]]):
    """The number of a shipment."""

    shipment = serializers.CharField(max_length=40)


class StartLoadingSerializer(serializers.Serializer[dict[str, Any]]):
    """The door, unless it was planned, and the trailer that stands there."""

    dock = serializers.CharField(max_length=40, required=False)
    trailer = serializers.CharField(max_length=40, required=False)


class ScanToLoadSerializer(serializers.Serializer[dict[str, Any]]):
    """The SSCC of a carton or of a pallet, as scanned."""

    code = serializers.CharField(max_length=80)
    separated = serializers.CharField(max_length=200, required=False, help_text="How dangerous goods are kept apart")


class CloseLoadSerializer(serializers.Serializer[dict[str, Any]]):
    """The seal, if there is one."""

    seal = serializers.CharField(max_length=40, required=False)


class DepartLoadSerializer(serializers.Serializer[dict[str, Any]]):
    """The proof of shipment: who takes it, as they give their name."""

    taken_by = serializers.CharField(max_length=80)


class PalletSerializer(serializers.ModelSerializer[ShippingPallet]):
    """A pallet with the cartons on it."""

    sscc = serializers.CharField(source="unit.number", read_only=True)
    warehouse = serializers.SlugRelatedField[Any]("code", read_only=True)
    cartons = serializers.SerializerMethodField()

    class Meta:
        model = ShippingPallet
        fields = ("sscc", "warehouse", "created_at", "cartons")

    def get_cartons(self, pallet: ShippingPallet) -> list[str]:
        """Their SSCCs."""
        return [carton.unit.number for carton in pallet.cartons.all()]


class CartonGoodsSerializer(serializers.Serializer[Any]):
    """So much of an item in a carton."""

    item = serializers.CharField(source="item.number")
    item_name = serializers.CharField(source="item.name")
    lot = serializers.CharField(source="lot.number", default=None, allow_null=True)
    expires_on = serializers.DateField(source="lot.expires_on", default=None, allow_null=True)
    serial = serializers.CharField(source="serial.number", default=None, allow_null=True)
    quantity = QuantityField()


class CartonOnPalletSerializer(serializers.Serializer[Any]):
    """A carton on a pallet, with what is in it."""

    carton = serializers.CharField(source="carton.unit.number", help_text="Its SSCC")
    shipment = serializers.CharField(source="carton.shipment.number")
    location = serializers.CharField(source="carton.unit.location.code", default=None, allow_null=True)
    loaded_at = serializers.DateTimeField(source="carton.loaded_at", allow_null=True)
    goods = CartonGoodsSerializer(many=True)


class StackSerializer(serializers.Serializer[dict[str, Any]]):
    """Cartons by their SSCCs."""

    cartons = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=200)


class BuildPalletSerializer(StackSerializer):
    """Where, and which cartons by their SSCCs."""

    warehouse = serializers.CharField(max_length=20)


class CarrierEventSerializer(serializers.ModelSerializer[CarrierEvent]):
    """What a carrier said."""

    sscc = serializers.CharField(source="carton.unit.number", read_only=True)
    tracking_number = serializers.CharField(source="carton.tracking_number", read_only=True, allow_null=True)
    shipment = serializers.CharField(source="carton.shipment.number", read_only=True)

    class Meta:
        model = CarrierEvent
        fields = (
            "id",
            "sscc",
            "tracking_number",
            "shipment",
            "kind",
            "occurred_at",
            "place",
            "signed_by",
            "note",
            "noted_at",
        )


class NoteEventSerializer(serializers.Serializer[dict[str, Any]]):
    """An event of a parcel, by its tracking number."""

    tracking_number = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(EventKind.choices)
    occurred_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=120, required=False)
    signed_by = serializers.CharField(max_length=80, required=False)
    note = serializers.CharField(max_length=200, required=False)


class ImportEventsSerializer(serializers.Serializer[dict[str, Any]]):
    """A file of events as text."""

    csv = serializers.CharField(max_length=1_000_000, trim_whitespace=False)


class ImportedSerializer(serializers.Serializer[Any]):
    """What came of a file."""

    created = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class ParcelExceptionSerializer(serializers.ModelSerializer[ParcelException]):
    """A parcel that somebody looks into."""

    sscc = serializers.CharField(source="carton.unit.number", read_only=True)
    tracking_number = serializers.CharField(source="carton.tracking_number", read_only=True, allow_null=True)
    shipment = serializers.CharField(source="carton.shipment.number", read_only=True)

    class Meta:
        model = ParcelException
        fields = (
            "number",
            "state",
            "kind",
            "sscc",
            "tracking_number",
            "shipment",
            "note",
            "created_at",
            "resolution",
            "resolved_at",
        )


class ResolveSerializer(serializers.Serializer[dict[str, Any]]):
    """How it ended."""

    resolution = serializers.CharField(max_length=200)
