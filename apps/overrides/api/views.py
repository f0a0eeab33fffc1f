"""Overrides are asked for, decided and ended over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.catalog.models import Item
from apps.core.api.views import ScopedViewSet
from apps.core.querysets import storable
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import command_schema
from apps.locations.models import Location, Warehouse, Zone
from apps.overrides import operations
from apps.overrides.api import serializers as forms
from apps.overrides.api.filters import HazardOverrideFilter
from apps.overrides.models import HazardOverride
from apps.safety.models import HazardClass


class HazardOverrideViewSet(CommandMixin, ScopedViewSet[HazardOverride]):
    """What may go past which hazard rule or limit, the last asked for first."""

    queryset = HazardOverride.objects.select_related(
        "warehouse", "item", "other_class", "zone", "location", "asked_by", "decided_by", "ended_by"
    ).prefetch_related("uses__used_by")
    serializer_class = forms.HazardOverrideSerializer
    filterset_class = HazardOverrideFilter

    @command_schema(request=forms.AskOverrideSerializer, response=forms.HazardOverrideSerializer, success=201)
    def create(self, request: Request) -> Response:
        """Ask that goods may go past a rule; nothing is allowed before another approves it."""
        del request
        form = self.parse(forms.AskOverrideSerializer)
        site = Warehouse.objects.by_number(form.pop("warehouse"), self.user)
        keys: dict[str, Any] = {"item_id": Item.objects.by_number(form.pop("item"), self.user).pk}
        if "other_class" in form:
            classes = HazardClass.objects.all()
            keys["other_class_id"] = get_object_or_404(classes, code=storable(form.pop("other_class"))).pk
        if "zone" in form:
            zones = Zone.objects.for_user(self.user).filter(warehouse=site)
            keys["zone_id"] = get_object_or_404(zones, code=storable(form.pop("zone"))).pk
        if "location" in form:
            places = Location.objects.filter(warehouse=site)
            keys["location_id"] = places.by_number(form.pop("location"), self.user).pk
        return self.command(
            operations.ask_override,
            render=_shown,
            success=201,
            warehouse_id=site.pk,
            asked=operations.Asked(**keys, **form),
        )

    @command_schema(request=forms.ApproveOverrideSerializer, response=forms.HazardOverrideSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, number: str) -> Response:
        """Another than who asked lets the goods go past the rule."""
        del request
        return self._decide(operations.approve_override, number, forms.ApproveOverrideSerializer)

    @command_schema(request=forms.OverrideRemarkSerializer, response=forms.HazardOverrideSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, number: str) -> Response:
        """It stays forbidden; whoever asked may take it back so too."""
        del request
        return self._decide(operations.refuse_override, number, forms.OverrideRemarkSerializer)

    @command_schema(request=forms.OverrideRemarkSerializer, response=forms.HazardOverrideSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, number: str) -> Response:
        """Nothing more goes past the rule; what stands there stays."""
        del request
        return self._decide(operations.end_override, number, forms.OverrideRemarkSerializer)

    def _decide(self, operation: Callable[..., Any], number: str, form: type[serializers.Serializer[Any]]) -> Response:
        override = HazardOverride.objects.by_number(number, self.user)
        return self.command(operation, render=_shown, override_id=override.pk, **self.parse(form))


def _shown(override: HazardOverride) -> Any:
    return forms.HazardOverrideSerializer(override).data
