"""What stock was worth, what a period cost, and what is booked for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.models import User
from apps.catalog.models import Category, Item
from apps.core import clock
from apps.core.api.csv import CSV_RENDERERS, CSV_TYPE, csv_response
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.clock import day_bounds
from apps.journal.api.schema import PDF
from apps.ledger.api.blind import NotWhileCounting
from apps.locations.models import Warehouse
from apps.locations.queries import company_currency
from apps.valuation.api.permissions import SeesCosts
from apps.valuation.api.serializers import HoldingSerializer, StockValueSerializer
from apps.valuation.pdf import value_report
from apps.valuation.queries import holding, journal_lines, standing, total_of, value_as_of
from apps.valuation.queries.paper import value_paper

MOST = 500
JOURNAL = ("day", "site", "document", "text", "account", "name", "debit", "credit")


class AskValueSerializer(serializers.Serializer[Any]):
    """When, and of what; without anything, all that the caller may see, now."""

    at = serializers.DateTimeField(required=False, help_text="A past moment, by the database's clock")
    item = serializers.CharField(max_length=40, required=False, help_text="Number")
    category = serializers.CharField(max_length=40, required=False, help_text="Code; with all below it")
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Code")

    def scope(self, user: User) -> dict[str, Any]:
        """What was asked for, found. Raises `NotFound`."""
        given = self.validated_data
        return {
            "at": given.get("at") or clock.now(),
            "item": Item.objects.by_number(given["item"], user) if "item" in given else None,
            "category": Category.objects.by_number(given["category"], user) if "category" in given else None,
            "warehouse": Warehouse.objects.by_number(given["warehouse"], user) if "warehouse" in given else None,
        }


class AskValuePageSerializer(AskValueSerializer):
    """A page of it."""

    offset = serializers.IntegerField(min_value=0, max_value=10**9, default=0)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=100)


class PeriodOfCostsSerializer(serializers.Serializer[Any]):
    """From a day to a day, both counted, by the calendar of the site; without a site by UTC."""

    first = serializers.DateField()
    last = serializers.DateField()
    warehouse = serializers.CharField(max_length=20, required=False, help_text="Code")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A period ends after it begins, and the calendar goes on beyond it."""
        if attrs["first"] > attrs["last"] or attrs["first"].year < 1970 or attrs["last"].year > 9000:  # noqa: PLR2004 - years
            raise serializers.ValidationError({"last": "The last day is not before the first."})
        return attrs


class StockValueView(NotWhileCounting):
    """What stock was worth at a moment, by item and site."""

    permission_classes = (SeesCosts,)

    @extend_schema(parameters=[AskValuePageSerializer], responses=StockValueSerializer)
    def get(self, request: Request) -> Response:
        """Of an item, a category, a site, or all."""
        ask = AskValuePageSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        scope = ask.scope(cast("User", request.user))
        rows = value_as_of(cast("User", request.user), **scope)
        start = ask.validated_data["offset"]
        return Response(
            StockValueSerializer(
                {
                    "at": scope["at"],
                    "currency": company_currency(),
                    "total": total_of(rows),
                    "count": len(rows),
                    "behind": standing().behind,
                    "results": rows[start : start + ask.validated_data["page_size"]],
                }
            ).data
        )


class StockValueReportView(NotWhileCounting):
    """The same on paper, complete."""

    permission_classes = (SeesCosts,)
    renderer_classes = PDF_RENDERERS

    @extend_schema(parameters=[AskValueSerializer], responses=PDF)
    def get(self, request: Request) -> HttpResponse:
        """The inventory value report as PDF."""
        ask = AskValueSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user = cast("User", request.user)
        return pdf_response(
            "inventory-value", value_report(value_paper(user, printed_at=clock.now(), **ask.scope(user)))
        )


class CostPeriodView(APIView):
    """What a period's stock was worth, what was sold of it had cost, and what it cost to hold."""

    permission_classes = (SeesCosts,)

    @extend_schema(parameters=[PeriodOfCostsSerializer], responses=HoldingSerializer)
    def get(self, request: Request) -> Response:
        """Of a site, or of all that the caller may see."""
        ask = PeriodOfCostsSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user, given = cast("User", request.user), ask.validated_data
        site = Warehouse.objects.by_number(given["warehouse"], user) if "warehouse" in given else None
        start, end = moments(given, site)
        figures = holding(user, start=start, end=end, warehouse=site)
        return Response(
            HoldingSerializer(
                {
                    "first": given["first"],
                    "last": given["last"],
                    "opening": figures.opening,
                    "closing": figures.closing,
                    "average": figures.average,
                    "cost_of_goods": figures.cost_of_goods,
                    "turn": figures.turn,
                    "holding_cost": figures.holding_cost,
                }
            ).data
        )


class CostJournalView(APIView):
    """What the accountant books: debits and credits by day, site, document and kind."""

    permission_classes = (SeesCosts,)
    renderer_classes = CSV_RENDERERS

    @extend_schema(parameters=[PeriodOfCostsSerializer], responses={(200, CSV_TYPE): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """The journal lines as CSV; debits and credits are the same."""
        ask = PeriodOfCostsSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        user, given = cast("User", request.user), ask.validated_data
        site = Warehouse.objects.by_number(given["warehouse"], user) if "warehouse" in given else None
        lines = journal_lines(user, first=given["first"], last=given["last"], warehouse=site)
        rows = (
            (
                line.day.isoformat(),
                line.warehouse,
                line.document,
                line.text,
                line.account,
                line.name,
                f"{line.debit:.2f}",
                f"{line.credit:.2f}",
            )
            for line in lines
        )
        return csv_response("cost-journal", JOURNAL, rows)


def moments(given: dict[str, Any], site: Warehouse | None) -> tuple[datetime, datetime]:
    """When a period begins and ends by the calendar of the site; without a site by UTC."""
    zone = site.timezone if site is not None else "UTC"
    return day_bounds(given["first"], zone)[0], day_bounds(given["last"], zone)[1]
