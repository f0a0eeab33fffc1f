"""Stock to read, and the decisions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.decorators import action

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger import operations
from apps.ledger.api import filters, serializers
from apps.ledger.models import (
    Hold,
    Lot,
    Reservation,
    StockBalance,
    StockMove,
    StockTransaction,
)

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response

DIGITS = r"\d{1,18}"


class LotViewSet(CommandMixin, ScopedViewSet[Lot]):
    """Lots, the same in every warehouse."""

    queryset = Lot.objects.with_held().select_related("item", "supplier")
    serializer_class = serializers.LotSerializer
    filterset_class = filters.LotFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS

    @command_schema(request=serializers.FreezeSerializer, response=serializers.HoldSerializer, success=201)
    @action(methods=["post"], detail=True)
    def hold(self, request: Request, pk: str) -> Response:
        """Freeze the lot everywhere; what was reserved of it is let go."""
        del request, pk
        return self.command(
            operations.freeze_lot,
            render=lambda hold: serializers.HoldSerializer(hold).data,
            success=201,
            lot_id=self.get_object().pk,
            **self.parse(serializers.FreezeSerializer),
        )


class BalanceViewSet(ScopedViewSet[StockBalance]):
    """What is where now."""

    queryset = StockBalance.objects.on_hand().select_related(*serializers.GOODS)
    serializer_class = serializers.StockBalanceSerializer
    filterset_class = filters.BalanceFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS


class MoveViewSet(ScopedViewSet[StockMove]):
    """What went from where to where."""

    queryset = StockMove.objects.select_related(
        "warehouse",
        "transaction__by",
        "item",
        "lot",
        "serial",
        "owner",
        "source",
        "source_unit",
        "target",
        "target_unit",
    )
    serializer_class = serializers.StockMoveSerializer
    filterset_class = filters.MoveFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS


class TransactionViewSet(CommandMixin, ScopedViewSet[StockTransaction]):
    """Postings."""

    queryset = StockTransaction.objects.select_related("warehouse", "by", "device", "reversed_by")
    serializer_class = serializers.StockTransactionSerializer
    filterset_class = filters.TransactionFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS

    @command_schema(request=serializers.UndoSerializer, response=serializers.StockTransactionSerializer, success=201)
    @action(methods=["post"], detail=True)
    def reverse(self, request: Request, pk: str) -> Response:
        """Correct the posting by its mirror, once; answers the mirror."""
        del request, pk
        return self.command(
            operations.undo_posting,
            render=lambda posting: serializers.StockTransactionSerializer(posting).data,
            success=201,
            transaction_id=self.get_object().pk,
            **self.parse(serializers.UndoSerializer),
        )


class HoldViewSet(CommandMixin, ScopedViewSet[Hold]):
    """Holds on lots."""

    queryset = Hold.objects.select_related("lot__item", "opened_by", "closed_by")
    serializer_class = serializers.HoldSerializer
    filterset_class = filters.HoldFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS

    @command_schema(request=serializers.FreeSerializer, response=serializers.HoldSerializer)
    @action(methods=["post"], detail=True)
    def release(self, request: Request, pk: str) -> Response:
        """End the hold; the lot is free when no other hold on it is open."""
        del request, pk
        return self.command(
            operations.free_lot,
            render=lambda hold: serializers.HoldSerializer(hold).data,
            hold_id=self.get_object().pk,
            **self.parse(serializers.FreeSerializer),
        )


class ReservationViewSet(ScopedViewSet[Reservation]):
    """What is spoken for, and how it ended."""

    queryset = Reservation.objects.select_related("warehouse", "balance__item", "balance__location", "balance__lot")
    serializer_class = serializers.ReservationSerializer
    filterset_class = filters.ReservationFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS
