"""Stock to read, and the decisions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.ledger import operations
from apps.ledger.api import filters, history_serializers, serializers
from apps.ledger.models import (
    Block,
    Hold,
    Lot,
    Reservation,
    StockBalance,
    StockMove,
    StockTransaction,
)
from apps.ledger.models.position import GOODS
from apps.ledger.proof import proof_of
from apps.ledger.queries.blind import check_not_counting, unseen, unseen_moves
from apps.ledger.queries.reversal import preview_reversal
from apps.ledger.queries.why import moves_of, steps_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

    from apps.accounts.models import User

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

    queryset = StockBalance.objects.on_hand().select_related(*GOODS)
    serializer_class = serializers.StockBalanceSerializer
    filterset_class = filters.BalanceFilter
    lookup_field = "pk"
    lookup_value_regex = DIGITS

    def get_queryset(self) -> QuerySet[StockBalance]:
        """Those with goods; why there are none any more can be asked too. Not of a place that the caller counts now."""
        user = cast("User", self.request.user)
        if self.action == "why":
            return unseen(StockBalance.objects.for_user(user), user)
        return unseen(super().get_queryset(), user)

    @extend_schema(responses=history_serializers.StepSerializer(many=True), filters=False)
    @action(methods=["get"], detail=True)
    def why(self, request: Request, pk: str) -> Response:
        """The moves that made it what it is, newest first, each with what was there after it and who made it."""
        del request, pk
        balance = self.get_object()
        # The view's rows are balances, this page's are moves; the stubs know of the former alone.
        moves = self.paginate_queryset(cast("Any", moves_of(balance)))
        steps: Any = steps_of(balance, cast("list[StockMove]", moves))
        return self.get_paginated_response(history_serializers.StepSerializer(steps, many=True).data)


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

    def get_queryset(self) -> QuerySet[StockMove]:
        """Not of a place that the caller counts now."""
        return unseen_moves(super().get_queryset(), cast("User", self.request.user))


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

    @extend_schema(responses=history_serializers.PreviewSerializer)
    @action(methods=["get"], detail=True)
    def reversal(self, request: Request, pk: str) -> Response:
        """What `reverse` would do now, and what is in the way; nothing is done."""
        del request, pk
        check_not_counting(self.user)
        return Response(history_serializers.PreviewSerializer(preview_reversal(self.get_object())).data)

    @extend_schema(
        filters=False,
        parameters=[history_serializers.ProofOfSerializer],
        responses=history_serializers.ProofSerializer,
    )
    @action(methods=["get"], detail=True, pagination_class=None, filterset_class=None)
    def proof(self, request: Request, pk: str) -> Response:
        """Proof that the posting stands as it was sealed; not found while it is in no block."""
        del pk
        ask = history_serializers.ProofOfSerializer(data=request.query_params)
        ask.is_valid(raise_exception=True)
        return Response(proof_of(self.get_object().pk, to=ask.validated_data.get("to")))


class HeadView(APIView):
    """The chain's newest block, for an outside auditor to fetch and keep."""

    @extend_schema(responses=history_serializers.HeadSerializer)
    def get(self, request: Request) -> Response:
        """The head of the sealed ledger; not found before the first sealing."""
        head = Block.objects.head()
        if head is None:
            raise NotFound(kind="sealed block", number="1")
        return Response(history_serializers.HeadSerializer(head).data)


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
