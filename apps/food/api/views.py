"""Listed foods, codes of lots and plans as resources."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item, Party
from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.core.errors import NotFound
from apps.food import operations
from apps.food.api import serializers as forms
from apps.food.api.filters import FoodDeterminationFilter, TraceabilityLotCodeFilter
from apps.food.models import FoodDetermination, ListedFood, TraceabilityLotCode, TraceabilityPlan
from apps.food.papers import plan_paper
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.ledger.models import Lot
from apps.locations.models import Warehouse

KEYS = "[0-9]{1,18}"
DETERMINATIONS = FoodDetermination.objects.select_related("item", "food", "decided_by")
CODES = TraceabilityLotCode.objects.select_related("lot__item", "party", "site", "stated_by")
PLANS = TraceabilityPlan.objects.select_related("published_by")


class ListedFoodViewSet(ScopedViewSet[ListedFood]):
    """The foods of the list, those of earlier editions too."""

    queryset = ListedFood.objects.all()
    serializer_class = forms.ListedFoodSerializer
    filterset_fields = ("code",)
    lookup_field = "pk"
    lookup_value_regex = KEYS


class FoodDeterminationViewSet(CommandMixin, ScopedViewSet[FoodDetermination]):
    """What items were decided to be, the last first."""

    queryset = DETERMINATIONS
    serializer_class = forms.FoodDeterminationSerializer
    filterset_class = FoodDeterminationFilter
    lookup_field = "pk"
    lookup_value_regex = KEYS

    @command_schema(request=forms.DetermineFoodSerializer, response=forms.FoodDeterminationSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Decide which food of the list an item is from a day on, or that it is none; what was decided stays."""
        del request
        form = self.parse(forms.DetermineFoodSerializer)
        item = Item.objects.by_number(form.pop("item"), self.user)
        code = form.pop("food", None)
        food = _food(code, form["effective_on"]) if code is not None else None
        return self.command(
            operations.determine_food,
            render=lambda made: forms.FoodDeterminationSerializer(DETERMINATIONS.get(pk=made.pk)).data,
            success=201,
            item_id=item.pk,
            food_id=food,
            **form,
        )


class TraceabilityLotCodeViewSet(CommandMixin, ScopedViewSet[TraceabilityLotCode]):
    """What was stated of codes of lots, the last first."""

    queryset = CODES
    serializer_class = forms.TraceabilityLotCodeSerializer
    filterset_class = TraceabilityLotCodeFilter
    lookup_field = "pk"
    lookup_value_regex = KEYS

    @command_schema(request=forms.StateCodeSerializer, response=forms.TraceabilityLotCodeSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Write down the code of a lot and who assigned it; another one than is known needs a reason."""
        del request
        form = self.parse(forms.StateCodeSerializer)
        lot = get_object_or_404(Lot.objects.for_user(self.user), pk=form.pop("lot"))
        party, site = form.pop("party", None), form.pop("site", None)
        return self.command(
            operations.state_code,
            render=lambda made: forms.TraceabilityLotCodeSerializer(CODES.get(pk=made.pk)).data,
            success=201,
            lot_id=lot.pk,
            party_id=Party.objects.by_number(party, self.user).pk if party is not None else None,
            site_id=Warehouse.objects.by_number(site, self.user).pk if site is not None else None,
            **form,
        )


class TraceabilityPlanViewSet(CommandMixin, ScopedViewSet[TraceabilityPlan]):
    """Plans, the one that counts last first."""

    queryset = PLANS
    serializer_class = forms.TraceabilityPlanSerializer

    @command_schema(request=forms.PublishPlanSerializer, response=forms.TraceabilityPlanSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Publish a plan; those before it are kept."""
        del request
        return self.command(
            operations.publish_plan,
            render=lambda made: forms.TraceabilityPlanSerializer(PLANS.get(pk=made.pk)).data,
            success=201,
            **self.parse(forms.PublishPlanSerializer),
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def pdf(self, request: Request, number: str) -> HttpResponse:
        """The plan on paper."""
        del request
        plan = TraceabilityPlan.objects.by_number(number, self.user)
        return pdf_response(plan.number, plan_paper(plan, at=clock.now(), by=self.user))


def _food(code: str, on: Any) -> int:
    """The edition of the food that is on the list that day, else its last. Raises `NotFound`."""
    rows = ListedFood.objects.filter(code=code).order_by("-effective_on")
    found = rows.in_force(on).first() or rows.first()
    if found is None:
        raise NotFound(kind="listed food", number=code)
    return found.pk
