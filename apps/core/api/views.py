"""Bases of what can be read."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db import models
from django.http import Http404
from rest_framework import viewsets

from apps.core.querysets import ScopedQuerySet, Viewer

M = TypeVar("M", bound=models.Model)


class ScopedViewSet(viewsets.ReadOnlyModelViewSet[M]):
    """Lists and shows what the caller may see; anything else is not found. Looked up by number."""

    lookup_field = "number"
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> models.QuerySet[M]:
        """The rows of the caller's warehouses."""
        rows = cast("ScopedQuerySet[Any]", super().get_queryset())
        if getattr(self, "swagger_fake_view", False):
            return cast("models.QuerySet[M]", rows.none())
        return cast("models.QuerySet[M]", rows.for_user(cast("Viewer", self.request.user)))

    def get_object(self) -> M:
        """The row that the address names. PostgreSQL cannot even be asked for a text with NUL in it."""
        if any("\x00" in str(value) for value in self.kwargs.values()):
            raise Http404
        return super().get_object()
