"""Checklists and things are read; inspections are begun and done, corrective actions closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import clock
from apps.core.api.pdf import PDF_RENDERERS, pdf_response
from apps.core.api.views import ScopedViewSet
from apps.journal.api.commands import CommandMixin
from apps.journal.api.schema import PDF, command_schema
from apps.locations.queries import worker_at_own_site
from apps.workplace import operations
from apps.workplace.api import serializers
from apps.workplace.api.filters import CorrectiveActionFilter, SiteAssetFilter, WorkplaceInspectionFilter
from apps.workplace.api.pictures import JPEG_RENDERERS, JPEG_TYPE, photo_response
from apps.workplace.models import Checklist, CheckPhoto, CorrectiveAction, SiteAsset, WorkplaceInspection
from apps.workplace.pdf import check_form
from apps.workplace.queries import check_form_of, out_of_service

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from apps.accounts.models import User

ASSETS = SiteAsset.objects.select_related("warehouse", "kind", "location", "aisle", "zone")
INSPECTIONS = WorkplaceInspection.objects.select_related(
    "warehouse", "asset__kind", "asset__location", "checklist", "done_by"
).prefetch_related("results__photos", "checklist__lines")
PHOTOS = CheckPhoto.objects.select_related("result__inspection", "taken_by")
ACTIONS = CorrectiveAction.objects.select_related("warehouse", "asset", "result__inspection", "owner", "closed_by")


class ChecklistViewSet(ScopedViewSet[Checklist]):
    """What is looked at on which kind of thing, how often, and by which paragraph."""

    queryset = Checklist.objects.select_related("kind").prefetch_related("lines")
    serializer_class = serializers.ChecklistSerializer
    lookup_field = "code"


class SiteAssetViewSet(ScopedViewSet[SiteAsset]):
    """The things of each site that are inspected, and whether they are in service."""

    queryset = ASSETS
    serializer_class = serializers.SiteAssetSerializer
    filterset_class = SiteAssetFilter

    def get_queryset(self) -> QuerySet[SiteAsset]:
        """With whether each is out of service."""
        return super().get_queryset().annotate(is_out=out_of_service())


class WorkplaceInspectionViewSet(CommandMixin, ScopedViewSet[WorkplaceInspection]):
    """What is due to be inspected, and what was found."""

    queryset = INSPECTIONS
    serializer_class = serializers.WorkplaceInspectionSerializer
    filterset_class = WorkplaceInspectionFilter

    @command_schema(
        request=serializers.BeginInspectionSerializer, response=serializers.WorkplaceInspectionSerializer, success=201
    )
    def create(self, request: Request) -> Response:
        """Begin one that is not due, or get the one that is."""
        del request
        form = self.parse(serializers.BeginInspectionSerializer)
        return self.command(
            operations.begin_inspection,
            render=_show,
            success=201,
            asset_id=SiteAsset.objects.by_number(form["asset"], self.user).pk,
            checklist_id=Checklist.objects.by_number(form["checklist"], self.user).pk,
        )

    @command_schema(request=serializers.RecordInspectionSerializer, response=serializers.WorkplaceInspectionSerializer)
    @action(methods=["post"], detail=True)
    def record(self, request: Request, number: str) -> Response:
        """Every line at once: a critical one that fails takes the thing, or its places, out of service."""
        del request
        inspection = WorkplaceInspection.objects.by_number(number, self.user)
        form = self.parse(serializers.RecordInspectionSerializer)
        owner = form.get("owner")
        return self.command(
            operations.record_inspection,
            render=_show,
            inspection_id=inspection.pk,
            answers=[operations.Answer(**answer) for answer in form["results"]],
            owner_id=worker_at_own_site(owner, self.user).pk if owner else None,
        )

    @command_schema(request=serializers.AddPhotoSerializer, response=serializers.CheckPhotoSerializer, success=201)
    @action(methods=["post"], detail=True)
    def photos(self, request: Request, number: str) -> Response:
        """What a line looked like; by whoever did the inspection, or answers for it."""
        del request
        inspection = WorkplaceInspection.objects.by_number(number, self.user)
        form = self.parse(serializers.AddPhotoSerializer)
        return self.command(
            operations.add_photo,
            render=_show_photo,
            success=201,
            inspection_id=inspection.pk,
            line=form["line"],
            picture=form["picture"],
        )

    @extend_schema(responses=PDF)
    @action(methods=["get"], detail=True, renderer_classes=PDF_RENDERERS)
    def form(self, request: Request, number: str) -> HttpResponse:
        """Its checklist to fill in on paper, as PDF."""
        del request
        inspection = INSPECTIONS.by_number(number, self.user)
        return pdf_response(number, check_form(check_form_of(inspection, at=clock.now(), by=self.user)))


class CheckPhotoViewSet(ScopedViewSet[CheckPhoto]):
    """Pictures of what was found."""

    queryset = PHOTOS
    serializer_class = serializers.CheckPhotoSerializer

    @extend_schema(responses={(200, JPEG_TYPE): OpenApiTypes.BINARY})
    @action(methods=["get"], detail=True, renderer_classes=JPEG_RENDERERS)
    def picture(self, request: Request, number: str) -> HttpResponse:
        """The picture itself, as JPEG."""
        del request
        photo = CheckPhoto.objects.by_number(number, cast("User", self.request.user))
        return photo_response(photo)


class CorrectiveActionViewSet(CommandMixin, ScopedViewSet[CorrectiveAction]):
    """What failed, who mends it until when, and whether it keeps anything out of service."""

    queryset = ACTIONS
    serializer_class = serializers.CorrectiveActionSerializer
    filterset_class = CorrectiveActionFilter

    @command_schema(request=serializers.CloseActionSerializer, response=serializers.CorrectiveActionSerializer)
    @action(methods=["post"], detail=True)
    def close(self, request: Request, number: str) -> Response:
        """Another than its owner has looked: it is in order, and in service again."""
        del request
        return self.command(
            operations.close_action,
            render=_show_action,
            action_id=CorrectiveAction.objects.by_number(number, self.user).pk,
            note=self.parse(serializers.CloseActionSerializer)["note"],
        )


def _show(inspection: WorkplaceInspection) -> Any:
    return serializers.WorkplaceInspectionSerializer(INSPECTIONS.get(pk=inspection.pk)).data


def _show_photo(photo: CheckPhoto) -> Any:
    return serializers.CheckPhotoSerializer(PHOTOS.get(pk=photo.pk)).data


def _show_action(row: CorrectiveAction) -> Any:
    return serializers.CorrectiveActionSerializer(ACTIONS.get(pk=row.pk)).data
