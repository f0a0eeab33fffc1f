"""Mock recalls over HTTP."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.traceability import operations
from apps.traceability.api.drill_serializers import (
    DrillPlanSerializer,
    DrillSerializer,
    PlanDrillSerializer,
    RunDrillSerializer,
)
from apps.traceability.models import DrillPlan, RecallDrill


class RecallDrillViewSet(CommandMixin, ScopedViewSet[RecallDrill]):
    """Mock recalls and what they found."""

    queryset = RecallDrill.objects.select_related("plan", "lot__item", "run_by")
    serializer_class = DrillSerializer

    @command_schema(request=RunDrillSerializer, response=DrillSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Practise a recall now, on a lot or on one that is drawn; no stock changes."""
        del request
        form = self.parse(RunDrillSerializer)
        return self.command(
            operations.run_drill, render=_drill, success=201, lot_id=form.get("lot"), remark=form["remark"]
        )


class DrillPlanViewSet(CommandMixin, ScopedViewSet[DrillPlan]):
    """How often mock recalls are run by themselves."""

    queryset = DrillPlan.objects.all()
    serializer_class = DrillPlanSerializer
    lookup_field = "name"

    @command_schema(request=PlanDrillSerializer, response=DrillPlanSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Have drills every so many months; a plan of that name is changed."""
        del request
        form = self.parse(PlanDrillSerializer)
        return self.command(operations.plan_drill, render=_plan, success=201, **form)


def _drill(drill: RecallDrill) -> dict[str, Any]:
    return dict(DrillSerializer(drill).data)


def _plan(plan: DrillPlan) -> dict[str, Any]:
    return dict(DrillPlanSerializer(plan).data)
