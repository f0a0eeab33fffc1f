"""A form of its own beside the admin's: what it asks goes to an operation, never straight to a row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse


def form_page(
    page: ModelAdmin[Any], request: HttpRequest, *, title: str, form: forms.BaseForm | None, button: str
) -> TemplateResponse:
    """Ask; the admin lets no browser keep the answer."""
    context = {
        **page.admin_site.each_context(request),
        "title": title,
        "opts": page.opts,
        "head": form or (),
        "button": button,
        "media": page.media + (form.media if form is not None else forms.Media()),
    }
    return TemplateResponse(request, "admin/stillage/draft.html", context)
