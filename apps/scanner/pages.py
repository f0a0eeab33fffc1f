"""The handheld's page: one document that works the queue through the API; it shows nothing until a device is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.tasks.states import TaskKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def scan_page(request: HttpRequest) -> HttpResponse:
    """The page, with the kinds of task that it may offer; who works, and where, is asked through the API."""
    return render(request, "scanner/scan.html", {"kinds": TaskKind.choices})
