"""How the stock position is asked for, and how it reads."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.core.api.fields import QuantityField
from apps.insights.drill import DRILLS, Scope
from apps.insights.position import STOCK_FIGURES, Position, Split


class ScopeSerializer(serializers.Serializer[Any]):
    """Of what the position is wanted; without an item all, without a warehouse all the caller's."""

    item = serializers.CharField(max_length=40, required=False, help_text="Number")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Code")
    by = serializers.ChoiceField(
        choices=Split.choices, required=False, help_text="Also tells the stock of each row apart, in `parts`"
    )


class PageOfScopeSerializer(ScopeSerializer):
    """As above, 200 rows a page."""

    page = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)


class StockFiguresSerializer(serializers.Serializer[Any]):
    """What stands or travels, in base units."""

    on_hand = QuantityField(read_only=True)
    reserved = QuantityField(read_only=True)
    available = QuantityField(
        read_only=True, help_text="Good stock in pickable bins, not reserved, not held, not expired"
    )
    in_transit = QuantityField(read_only=True)


class FiguresSerializer(StockFiguresSerializer):
    """All figures, in base units."""

    inbound = QuantityField(read_only=True, help_text="Ordered and not yet received")
    promised = QuantityField(read_only=True, help_text="Promised and not yet allocated")
    picked = QuantityField(read_only=True, help_text="Picked and not yet gone")
    outbound = QuantityField(read_only=True, help_text="`promised`, `reserved` and `picked`")
    back_ordered = QuantityField(read_only=True, help_text="Promised beyond what is available at the warehouse")


class PartSerializer(serializers.Serializer[Any]):
    """The stock of one lot, status, owner or hold reason."""

    key = serializers.CharField(help_text="Lot number, status, owner's number or hold reason; empty where none")
    label = serializers.CharField(help_text="For a person")  # type: ignore[assignment]  # the base has one
    figures = StockFiguresSerializer()
    links = serializers.DictField(child=serializers.CharField(), help_text="The rows behind each figure")


class RowSerializer(serializers.Serializer[Any]):
    """An item at a warehouse."""

    item = serializers.CharField()
    name = serializers.CharField()
    warehouse = serializers.CharField()
    unit = serializers.CharField()
    figures = FiguresSerializer()
    links = serializers.DictField(child=serializers.CharField(), help_text="The rows behind each figure")
    parts = PartSerializer(many=True)


class TotalSerializer(serializers.Serializer[Any]):
    """The sum over all rows, on every page, of the items counted in one unit."""

    unit = serializers.CharField()
    figures = FiguresSerializer()


class PositionSerializer(serializers.Serializer[Any]):
    """A page of rows by item and warehouse."""

    count = serializers.IntegerField(help_text="Rows on all pages")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    totals = TotalSerializer(many=True)
    results = RowSerializer(many=True)


PAGE = 200


def page_of(position: Position, page: int) -> dict[str, Any]:
    """What `PositionSerializer` shows."""
    rows = position.rows[(page - 1) * PAGE : page * PAGE]
    return {
        "count": len(position.rows),
        "page": page,
        "pages": max(-(-len(position.rows) // PAGE), 1),
        "totals": [{"unit": unit, "figures": figures} for unit, figures in position.totals.items()],
        "results": [
            {
                "item": row.subject.item,
                "name": row.subject.name,
                "warehouse": row.subject.warehouse,
                "unit": row.subject.unit,
                "figures": row.figures,
                "links": {name: Scope(subject=row.subject).api(name) for name in DRILLS},
                "parts": [
                    {
                        "key": part.key,
                        "label": part.label,
                        "figures": part.figures,
                        "links": {
                            name: Scope(subject=row.subject, by=position.by, part=part).api(name)
                            for name in STOCK_FIGURES
                        },
                    }
                    for part in row.parts
                ],
            }
            for row in rows
        ],
    }
