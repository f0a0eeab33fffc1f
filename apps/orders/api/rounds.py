"""Pick rounds on the floor, and what pickers do to single picks beside confirming them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.models import StockBalance
from apps.locations.models import Location, Warehouse
from apps.orders import operations
from apps.orders.api import filters, serializers
from apps.orders.api import round_serializers as forms
from apps.orders.batching import Capacity
from apps.orders.models import Consolidation, Pick, PickRound, RoundPick, Wave
from apps.orders.pdf import pick_list
from apps.orders.queries import round_list_of
from apps.orders.states import PickMethod

if TYPE_CHECKING:
    from rest_framework.serializers import BaseSerializer

HEADS = PickRound.objects.select_related("warehouse", "wave", "zone", "picker")
WITH_ITS_PICKS: tuple[Any, ...] = (
    "slots__order",
    "slots__tote",
    Prefetch("stops", RoundPick.objects.select_related("slot")),
    Prefetch("stops__pick", Pick.objects.for_reading()),
)


def rendered_round(made: PickRound) -> object:
    """A round as it is now, with slots and picks."""
    return forms.RoundSerializer(HEADS.prefetch_related(*WITH_ITS_PICKS).get(pk=made.pk)).data


def rendered_rounds(made: list[PickRound]) -> object:
    """The rounds' heads."""
    rows: Any = HEADS.filter(pk__in=[each.pk for each in made]).order_by("pk")
    return forms.RoundSummarySerializer(rows, many=True).data


def rendered_pick(pick: Pick) -> object:
    """A pick as it is now."""
    return serializers.PickSerializer(Pick.objects.for_reading().get(pk=pick.pk)).data


def rendered_consolidations(made: list[Consolidation]) -> object:
    """Where the orders are put together."""
    rows: Any = Consolidation.objects.filter(pk__in=[each.pk for each in made]).select_related("order", "wave", "place")
    return forms.ConsolidationSerializer(rows, many=True).data


class PickRoundViewSet(CommandMixin, ScopedViewSet[PickRound]):
    """Pick rounds; one is read with its slots and picks, a list without."""

    queryset = HEADS
    serializer_class = forms.RoundSerializer
    filterset_class = filters.PickRoundFilter

    def get_queryset(self) -> Any:
        """With what one round shows."""
        rows: Any = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related(*WITH_ITS_PICKS)

    def get_serializer_class(self) -> type[BaseSerializer[PickRound]]:
        """The head alone in a list."""
        return forms.RoundSummarySerializer if self.action == "list" else forms.RoundSerializer

    @command_schema(request=None, response=forms.RoundSerializer)
    @action(methods=["post"], detail=True)
    def claim(self, request: Request, number: str) -> Response:
        """Take the whole round, or keep it for longer."""
        return self._do(operations.claim_round, number)

    @command_schema(request=None, response=forms.RoundSerializer)
    @action(methods=["post"], detail=True, url_path="hand-back")
    def hand_back(self, request: Request, number: str) -> Response:
        """Leave what is not picked to another."""
        return self._do(operations.hand_back_round, number)

    @command_schema(request=forms.PutToteSerializer, response=forms.RoundSerializer)
    @action(methods=["post"], detail=True)
    def totes(self, request: Request, number: str) -> Response:
        """Stand an empty tote in a slot of the cart."""
        form = self.parse(forms.PutToteSerializer)
        cart = PickRound.objects.by_number(number, self.user)
        return self._do(
            operations.put_tote, number, slot=form["slot"], tote_id=_place(form["tote"], cart.warehouse_id, self.user)
        )

    @command_schema(request=None, response=forms.RoundSerializer)
    @action(methods=["post"], detail=True)
    def finish(self, request: Request, number: str) -> Response:
        """Say that nothing is left to pick on it."""
        return self._do(operations.finish_round, number)

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, url_path="pick-list", renderer_classes=PDF_RENDERERS)
    def pick_list(self, request: Request, number: str) -> HttpResponse:
        """Its pick list with the slots of the cart, as PDF."""
        cart = PickRound.objects.select_related("warehouse", "wave", "picker").by_number(number, self.user)
        return pdf_response(number, pick_list(round_list_of(cart, at=clock.now(), by=self.user)))

    def _do(self, operation: Any, number: str, **arguments: Any) -> Response:
        cart = PickRound.objects.by_number(number, self.user)
        return self.command(operation, render=rendered_round, round_id=cart.pk, **arguments)


class WaveRoundsView(CommandMixin, APIView):
    """Plans a wave's rounds."""

    @command_schema(request=forms.PlanRoundsSerializer, response=forms.RoundSummarySerializer(many=True), success=201)
    def post(self, request: Request, number: str) -> Response:
        """Put the wave's open picks into rounds, for one kind of picking."""
        form = self.parse(forms.PlanRoundsSerializer)
        return self.command(
            operations.plan_rounds,
            render=rendered_rounds,
            success=201,
            wave_id=Wave.objects.by_number(number, self.user).pk,
            method=PickMethod(form["method"]),
            capacity=Capacity(
                totes=form["totes"], weight_g=form.get("max_weight_g"), volume_mm3=form.get("max_volume_mm3")
            ),
        )


class PickViewSet(CommandMixin, ScopedViewSet[Pick]):
    """Picks; they are confirmed by their task."""

    queryset = Pick.objects.for_reading()
    serializer_class = serializers.PickSerializer
    filterset_class = filters.PickFilter

    @command_schema(request=forms.WhySerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def skip(self, request: Request, number: str) -> Response:
        """Leave it for the end of the walk."""
        return self._do(operations.skip_pick, number, **self.parse(forms.WhySerializer))

    @command_schema(request=forms.DamageSerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def damage(self, request: Request, number: str) -> Response:
        """So much of it is damaged, where it stands."""
        return self._do(operations.damage_pick, number, **self.parse(forms.DamageSerializer))

    @command_schema(request=forms.SubstituteSerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def substitute(self, request: Request, number: str) -> Response:
        """Take another lot, unit or bin instead."""
        form = self.parse(forms.SubstituteSerializer)
        pick = self._pick(number)
        balances = StockBalance.objects.on_hand().filter(
            location=_place(form["location"], pick.wave.warehouse_id, self.user),
            item=pick.task.goods_id,
            status="available",
            owner=None,
        )
        if form["lot"]:
            balances = balances.filter(lot__number=form["lot"])
        balances = balances.filter(unit__number=form["unit"]) if form["unit"] else balances.filter(unit=None)
        found = list(balances.values_list("pk", flat=True)[:2])
        if len(found) != 1:
            raise NotFound(kind="stock", number=" ".join(filter(None, (form["location"], form["lot"], form["unit"]))))
        return self._do(operations.substitute_pick, number, balance_id=found[0], reason=form["reason"])

    @command_schema(request=forms.SplitSerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def split(self, request: Request, number: str) -> Response:
        """Take a part now; the rest stays open."""
        form = self.parse(forms.SplitSerializer)
        tote = _place(form["tote"], self._pick(number).wave.warehouse_id, self.user)
        return self._do(
            operations.split_pick, number, quantity=form["quantity"], tote_id=tote, bin_empty=form["bin_empty"]
        )

    @command_schema(request=forms.UnpickSerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def unpick(self, request: Request, number: str) -> Response:
        """Bring picked goods back to a bin."""
        form = self.parse(forms.UnpickSerializer)
        target = _place(form["location"], self._pick(number).wave.warehouse_id, self.user)
        return self._do(operations.unpick, number, target_id=target, quantity=form.get("quantity"))

    @command_schema(request=forms.SortSerializer, response=serializers.PickSerializer)
    @action(methods=["post"], detail=True)
    def sort(self, request: Request, number: str) -> Response:
        """Put it into the tote of its order."""
        tote = _place(self.parse(forms.SortSerializer)["tote"], self._pick(number).wave.warehouse_id, self.user)
        return self._do(operations.sort_pick, number, tote_id=tote)

    def _pick(self, number: str) -> Pick:
        return Pick.objects.select_related("wave", "task").by_number(number, self.user)

    def _do(self, operation: Any, number: str, **arguments: Any) -> Response:
        pick = Pick.objects.by_number(number, self.user)
        return self.command(operation, render=rendered_pick, pick_id=pick.pk, **arguments)


class BringTogetherView(CommandMixin, APIView):
    """Puts orders together that were picked in several zones."""

    @command_schema(request=forms.BringTogetherSerializer, response=forms.ConsolidationSerializer(many=True))
    def post(self, request: Request) -> Response:
        """Bring a tote to where its order is put together."""
        form = self.parse(forms.BringTogetherSerializer)
        site = Warehouse.objects.by_number(form["warehouse"], self.user).pk
        return self.command(
            operations.consolidate_tote,
            render=rendered_consolidations,
            tote_id=_place(form["tote"], site, self.user),
            place_id=_place(form["place"], site, self.user),
        )


def _place(code: str, warehouse_id: int, user: Any) -> int:
    return int(Location.objects.filter(warehouse=warehouse_id).by_number(code, user).pk)
