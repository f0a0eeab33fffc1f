"""Documents drafted by hand: a head and a few lines, handed to the operation that raises the document."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import Model, TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget, UnfoldAdminTextInputWidget

from apps.core.admin import visible, worker_of
from apps.core.admin.access import rows_of
from apps.core.admin.page import Outlook
from apps.core.quantities import DIGITS, PLACES
from apps.journal.admin.page import PageAdmin
from apps.journal.desk import act

EMPTY_LINES = 6
MOST_LINES = 200


def choose(model: type[Model], field: str, request: HttpRequest, *, many: bool = False, **more: Any) -> forms.Field:
    """A search among what the person may see, as the model's own field would be filled."""
    related = model._meta.get_field(field)
    rows = visible(rows_of(related.related_model), request)  # type: ignore[arg-type]
    if many:
        widget = AutocompleteSelectMultiple(related, admin.site)
        return forms.ModelMultipleChoiceField(rows, widget=widget, **more)
    return forms.ModelChoiceField(rows, widget=AutocompleteSelect(related, admin.site), **more)


def pick_one(model: type[Model], request: HttpRequest, **more: Any) -> forms.Field:
    """A short list of what the person may see."""
    return forms.ModelChoiceField(visible(rows_of(model), request), widget=UnfoldAdminSelectWidget(), **more)


def day_field(**more: Any) -> forms.Field:
    """A calendar day."""
    return forms.DateField(widget=UnfoldAdminSingleDateWidget(), **more)


def choice_field(choices: Any, **more: Any) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(choices=choices, widget=UnfoldAdminSelectWidget(), **more)


def text_field(**more: Any) -> forms.Field:
    """A few words."""
    return forms.CharField(widget=UnfoldAdminTextInputWidget(), **more)


def number_field(**more: Any) -> forms.Field:
    """A quantity or a price."""
    return forms.DecimalField(
        max_digits=DIGITS, decimal_places=PLACES, min_value=0, widget=UnfoldAdminTextInputWidget(), **more
    )


class DraftAdmin(PageAdmin):
    """A document's page whose `Add` calls the operation that raises it."""

    add_form_template = "admin/stillage/draft.html"
    drafted_by: ClassVar[tuple[TextChoices, ...]] = ()
    draft_label: ClassVar[str] = "Save as a draft"
    drafted: ClassVar[str] = "Drafted."
    preview_label: ClassVar[str] = ""
    """Of a second button that only shows what it would do; none where that is plain."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may raise the document; the operation has the last word."""
        del obj
        return worker_of(request).has_role(*self.drafted_by)

    @abstractmethod
    def head_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What the document's head asks."""

    def line_fields(self, request: HttpRequest) -> dict[str, forms.Field]:
        """What each line asks; none for a document without lines."""
        del request
        return {}

    @abstractmethod
    def draft(self, head: dict[str, Any], lines: list[dict[str, Any]]) -> tuple[Callable[..., Any], dict[str, Any]]:
        """The operation and what it is given."""

    def preview(self, request: HttpRequest, head: dict[str, Any]) -> Outlook | None:
        """What raising it would do; nothing changes."""
        del request, head
        return None

    def answer_of(self, result: Any) -> Any:
        """What is kept of the operation's result: the key of the document it drafted."""
        return result.pk

    def next_page(self, answer: Any) -> str:
        """Where to look afterwards: the new document."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[answer])

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask; raise; show the new document. After a refusal the form stands as it was filled."""
        del form_url
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        head = _form_of(self.head_fields(request))(data, initial=_told(request))
        lines = self._lines(request, data)
        outlook = None
        if data is not None and head.is_valid() and self.preview_label and "preview" in data:
            outlook = self.preview(request, head.cleaned_data)
        elif data is not None and head.is_valid() and (lines is None or lines.is_valid()):
            operation, arguments = self.draft(
                head.cleaned_data, [row for row in lines.cleaned_data if row] if lines is not None else []
            )
            answer = act(
                request,
                operation,
                done=self.drafted,
                key=request.POST.get("key") or None,
                render=self.answer_of,
                **arguments,
            )
            if answer is not None:
                return HttpResponseRedirect(self.next_page(answer))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Add {self.opts.verbose_name}",
            "opts": self.opts,
            "head": head,
            "lines": lines,
            "button": self.draft_label,
            "preview": self.preview_label,
            "outlook": outlook,
            "media": self.media + head.media + (lines.media if lines is not None else forms.Media()),
            "key": uuid.uuid4(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.add_form_template, context)

    def _lines(self, request: HttpRequest, data: Any) -> Any:
        """The lines' forms, None for a document without lines."""
        fields = self.line_fields(request)
        if not fields:
            return None
        return forms.formset_factory(_form_of(fields), extra=EMPTY_LINES, max_num=MOST_LINES)(data, prefix="lines")


def _told(request: HttpRequest) -> dict[str, Any]:
    """What the address says already, where another page leads here; a field of many takes the list."""
    return {name: values if len(values) > 1 else values[0] for name, values in request.GET.lists() if values}


def _form_of(fields: dict[str, forms.Field]) -> type[forms.Form]:
    """A form of these fields."""
    return type("DraftForm", (forms.Form,), dict(fields))
