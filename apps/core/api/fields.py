"""Serializer fields of our own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from apps.core.decimals import plain
from apps.core.errors import InvalidQuantity
from apps.core.quantities import DIGITS, PLACES, parse_quantity


class QuantityField(serializers.DecimalField):
    """A positive quantity as text or a whole number: "12", "0.5"; NaN, floats and too many decimals are refused."""

    def __init__(self, **kwargs: Any) -> None:
        self.zero = kwargs.pop("zero", False)
        super().__init__(max_digits=DIGITS, decimal_places=PLACES, **kwargs)

    def to_internal_value(self, data: object) -> Decimal:
        """Parse by the one rule for quantities."""
        try:
            return parse_quantity(data, zero=self.zero)
        except InvalidQuantity as refusal:
            raise serializers.ValidationError(str(refusal), code=refusal.code) from None

    def to_representation(self, value: Any) -> str:
        """Without trailing zeros."""
        return plain(Decimal(value))
