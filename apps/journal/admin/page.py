"""The page of a document: what it is, what can be done with it now, its lines, and who did what."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model, TextChoices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.widgets import UnfoldAdminTextInputWidget

from apps.core.admin import ReadOnlyAdmin, worker_of
from apps.core.admin.cells import named
from apps.core.admin.page import Event, Fact, Outlook, Paper, Table
from apps.journal.desk import act
from apps.journal.models import AuditEntry

TRAIL = 50
"""A page shows this many lines of the trail; the audit trail itself has them all."""


class AskReason(forms.Form):
    """Why, in a few words that the trail keeps."""

    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}))


class DocumentForm(forms.Form):
    """A verb's question that depends on the document: its places, its clock."""

    def __init__(self, data: Any, *, document: Any) -> None:
        super().__init__(data)
        self.document = document


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A verb: which operation it runs, who may press it, in which states, and what it asks first."""

    name: str
    label: str
    operation: Callable[..., Any]
    argument: str = ""
    """The operation's parameter that takes the document's id."""
    given: Callable[[Any], dict[str, Any]] | None = None
    """What the operation takes instead, where the document's id is not all."""
    done: str
    """What is said afterwards; `%s` stands for the document or the result."""
    roles: tuple[TextChoices, ...]
    states: tuple[str, ...] | None = None
    when: Callable[[Any], bool] | None = None
    form: type[forms.Form] | None = None
    icon: str = "play_arrow"
    grave: bool = False
    """Cannot be taken back: looks like it."""
    outlook: Callable[[HttpRequest, Any], Outlook] | None = None
    """What it would do to this document, shown before it is asked for."""

    @property
    def asks(self) -> bool:
        """Whether it has a question; a template would call the form's class to find that out."""
        return self.form is not None

    def arguments(self, document: Any) -> dict[str, Any]:
        """What the operation is given of the document."""
        return {self.argument: document.pk} if self.given is None else self.given(document)

    def fits(self, document: Any) -> bool:
        """Whether the document is in a state for it."""
        if self.states is not None and document.state not in self.states:
            return False
        return self.when is None or self.when(document)


class PageAdmin(ReadOnlyAdmin):
    """Shows one thing with its facts, buttons, tables, papers and trail; every verb is an operation."""

    change_form_template = "admin/stillage/page.html"
    buttons: ClassVar[Sequence[Button]] = ()
    trail_kinds: ClassVar[tuple[str, ...]] = ()
    """What the audit trail calls this, where that is not its own name, and the kinds of its family."""

    def facts(self, document: Any) -> Iterable[Fact]:
        """The head line."""
        del document
        return ()

    def tables(self, request: HttpRequest, document: Any) -> Iterable[Table]:
        """Lines, tasks, moves."""
        del request, document
        return ()

    def papers(self, document: Any) -> Iterable[Paper]:
        """PDFs."""
        del document
        return ()

    def note(self, document: Any) -> str:
        """A sentence above everything else, when something is wrong."""
        del document
        return ""

    def trail_number(self, document: Any) -> str:
        """How the trail names it."""
        return str(document)

    def family(self, document: Any) -> Sequence[str]:
        """The numbers of all documents whose tasks, moves and trail belong on this page, its own first."""
        return [self.trail_number(document)]

    def events(self, request: HttpRequest, document: Any) -> Iterable[Event]:
        """What happened to it beside what the audit trail keeps."""
        del request, document
        return ()

    def timeline(self, request: HttpRequest, document: Any) -> list[Event]:
        """Who did what to it and its family, newest first."""
        own = self.trail_number(document)
        decided = [_event(entry, own) for entry in self.trail(document)]
        return sorted([*decided, *self.events(request, document)], key=lambda event: event.at, reverse=True)[:TRAIL]

    def trail(self, document: Any) -> list[AuditEntry]:
        """The decisions on it and its family, newest first."""
        name = str(self.opts.verbose_name)
        kinds = {name, name.replace(" ", "_"), str(self.opts.model_name), self.model.__name__, *self.trail_kinds}
        entries = AuditEntry.objects.filter(kind__in=kinds, number__in=self.family(document))
        return list(entries.select_related("user", "device").order_by("-pk")[:TRAIL])

    def buttons_for(self, request: HttpRequest, document: Any) -> list[Button]:
        """What this person can do with it now."""
        worker = worker_of(request)
        return [button for button in self.buttons if button.fits(document) and worker.has_role(*button.roles)]

    def get_urls(self) -> list[URLPattern]:
        """One more page: the verbs."""
        info = self.opts.app_label, self.opts.model_name
        return [
            path(
                "<path:object_id>/do/<slug:verb>/",
                self.admin_site.admin_view(self.do_view),
                name="{}_{}_do".format(*info),
            ),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page; nothing is posted to it."""
        del form_url
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        document = self._visible(request, object_id)
        context = self._context(request, document) | {
            "facts": list(self.facts(document)),
            "note": self.note(document),
            "tables": list(self.tables(request, document)),
            "papers": list(self.papers(document)),
            "verbs": [
                (button, self._address("do", document, button.name)) for button in self.buttons_for(request, document)
            ],
            "timeline": self.timeline(request, document),
            "zone": getattr(getattr(document, "warehouse", None), "timezone", "UTC"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.change_form_template, context)

    def do_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """Ask what the verb needs, then run its operation; a refusal comes back as a message on the page."""
        document = self._visible(request, object_id)
        button = next((button for button in self.buttons if button.name == verb), None)
        if button is None:
            raise Http404
        if not worker_of(request).has_role(*button.roles):
            raise PermissionDenied
        form = self._form(button, request, document)
        if request.method != "POST" or (form is not None and not form.is_valid()):
            context = self._context(request, document) | {
                "button": button,
                "form": form,
                "key": uuid.uuid4(),
                "outlook": button.outlook(request, document) if button.outlook is not None else None,
            }
            return TemplateResponse(request, "admin/stillage/verb.html", context)
        given = button.arguments(document)
        if form is not None:
            given |= form.cleaned_data
        act(request, button.operation, done=button.done, key=request.POST.get("key") or None, **given)
        return HttpResponseRedirect(self._address("change", document))

    def _form(self, button: Button, request: HttpRequest, document: Model) -> forms.Form | None:
        if button.form is None:
            return None
        data = request.POST if request.method == "POST" else None
        if issubclass(button.form, DocumentForm):
            return button.form(data, document=document)
        return button.form(data)

    def _visible(self, request: HttpRequest, object_id: str) -> Model:
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        return cast("Model", document)

    def _context(self, request: HttpRequest, document: Model) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": f"{str(self.opts.verbose_name).capitalize()} {document}",
            "opts": self.opts,
            "original": document,
            "document": document,
            "page_address": self._address("change", document),
            "key": uuid.uuid4(),
            "model_admin": self,
            "has_view_permission": True,
        }

    def _address(self, page: str, document: Model, *more: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[document.pk, *more])


def _event(entry: AuditEntry, own: str) -> Event:
    """A decision as the timeline tells it; of another document of the family, with its number."""
    what = entry.verb if entry.number == own else format_html("{} {}", entry.verb, named(entry.number))
    notes = [f"{name.replace('_', ' ')}: {_said(value)}" for name, value in entry.detail.items() if value]
    if entry.device:
        notes.append(f"by {entry.device}")
    return Event(at=entry.at, who=entry.user, what=what, notes=notes)


def _said(value: object) -> str:
    """Several things, as numbers of documents, are named one after the other."""
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
