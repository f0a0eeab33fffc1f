"""What the labels on containers say, and their printing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from apps.accounts.access import SAFETY_DATA
from apps.catalog.models import ContainerLabel
from apps.catalog.queries import container_texts
from apps.core import clock
from apps.core.admin import MasterDataAdmin
from apps.core.api.pdf import pdf_response
from apps.core.errors import DomainError
from apps.safety.pdf import container_labels
from apps.safety.queries import phrases_on
from apps.safety.rules import LabelFacts, faults_of_label


class ContainerLabelForm(forms.ModelForm):  # type: ignore[type-arg]
    """Refuses unknown codes, and a signal word or pictograms that contradict the hazard statements."""

    def clean(self) -> dict[str, Any]:
        """Each fault stands at its field."""
        told: dict[str, Any] = super().clean() or {}
        facts = LabelFacts(
            signal_word=told.get("signal_word", ""),
            pictograms=tuple(told.get("pictograms") or ()),
            hazards=tuple(told.get("hazards") or ()),
            precautions=tuple(told.get("precautions") or ()),
        )
        for fault in faults_of_label(facts, phrases_on(clock.now().date())):
            self.add_error(fault.field, fault.text)
        return told


@admin.register(ContainerLabel)
class ContainerLabelAdmin(MasterDataAdmin):
    """GHS data of an item: product, signal word, pictograms, statements by code, supplier."""

    access = SAFETY_DATA
    form = ContainerLabelForm
    list_display = ("item", "identifier", "signal_word", "pictograms", "source", "revised_on")
    list_select_related = ("item",)
    list_filter = ("signal_word",)
    search_fields = ("item__number", "identifier", "supplier_name")
    autocomplete_fields = ("item",)
    actions = ("print_labels",)
    first_step = "Add the label of a hazardous item as its safety data sheet has it."
    fieldsets: ClassVar = (
        (None, {"fields": ("item", "identifier", ("source", "revised_on"))}),
        ("Hazards", {"fields": (("signal_word", "pictograms"), "hazards", "precautions")}),
        ("Supplier", {"fields": ("supplier_name", "supplier_address", "supplier_phone")}),
    )

    @admin.action(description="Print labels", permissions=["view"])
    def print_labels(self, request: HttpRequest, rows: QuerySet[ContainerLabel]) -> HttpResponse | None:
        """A label for each item that was ticked, or none and what is wrong."""
        try:
            return pdf_response("container-labels", container_labels(container_texts(rows, on=clock.now().date())))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return None
