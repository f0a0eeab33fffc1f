"""What the buttons of an assembly order ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from apps.assembly.models import AssemblyLine, AssemblyOrder
from apps.assembly.operations import Made
from apps.assembly.queries import at_bench, expiry_of
from apps.assembly.states import LineRole, WorkKind
from apps.core import clock
from apps.core.decimals import plain
from apps.journal.admin.draft import day_field, number_field, text_field
from apps.journal.admin.page import DocumentForm
from apps.ledger.states import StockStatus


class AskPartly(forms.Form):
    """All components, or what is there of them."""

    partly = forms.BooleanField(required=False, label="Also when some are lacking")


class AskBack(forms.Form):
    """So much of an issue goes back to where it came from."""

    issue_id = forms.IntegerField(min_value=1, label="Issue", widget=UnfoldAdminTextInputWidget())
    quantity = number_field(help_text="Base units")


class AskScrap(AskBack):
    """So much of an issue was spoilt, and how."""

    reason = text_field(max_length=200)


class AskFinish(DocumentForm):
    """What came out of each line: how many, as which lot or serial numbers. It comes out at the bench."""

    def __init__(self, data: Any, *, document: AssemblyOrder) -> None:
        super().__init__(data, document=document)
        self.by_outputs = document.kind not in {WorkKind.DISASSEMBLE, WorkKind.SERVICE}
        if not self.by_outputs:
            label = "Served" if document.kind == WorkKind.SERVICE else "Taken apart"
            self.fields["quantity"] = number_field(label=label, initial=plain(document.left), help_text="Base units")
        lines = document.lines.exclude(role=LineRole.COMPONENT).select_related("item__unit").order_by("line")
        self.lines: list[AssemblyLine] = list(lines)
        today, parts = document.warehouse.local_date(clock.now()), at_bench(document)
        for line in self.lines:
            name, item = f"{line.item.number}:", line.item
            wanted = line.role == LineRole.OUTPUT
            self.fields[f"quantity_{line.line}"] = number_field(
                label=f"{name} {'made' if wanted else 'besides'}",
                initial=plain(line.quantity - line.done) if wanted else None,
                help_text=f"{item.name}, in {item.unit.code}",
                required=False,
            )
            if item.has_lots:
                self.fields[f"lot_{line.line}"] = text_field(label=f"{name} lot", max_length=40, required=False)
            if item.has_serials:
                self.fields[f"serials_{line.line}"] = forms.CharField(
                    label=f"{name} serial numbers",
                    help_text="One a line",
                    required=False,
                    widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
                )
            if item.expires:
                self.fields[f"expires_on_{line.line}"] = day_field(
                    label=f"{name} expires on",
                    initial=expiry_of(item, parts, today=today),
                    help_text="As its rule says; a lot that is known keeps its day",
                    required=False,
                )
            self.fields[f"status_{line.line}"] = forms.ChoiceField(
                label=f"{name} comes out",
                choices=StockStatus.choices,
                initial=StockStatus.AVAILABLE,
                widget=UnfoldAdminSelectWidget(),
            )

    def clean(self) -> dict[str, Any]:
        """As the operation takes it."""
        told = self.cleaned_data
        outputs = [made for line in self.lines for made in self._made(line, told)]
        return {"quantity": told.get("quantity"), "outputs": outputs}

    def _made(self, line: AssemblyLine, told: dict[str, Any]) -> list[Made]:
        """Serial numbers are units of one each, and as many as are made; a quantity of nothing came not out."""
        quantity: Decimal = told.get(f"quantity_{line.line}") or Decimal(0)
        serials = told.get(f"serials_{line.line}", "").split()
        if serials and len(serials) != quantity:
            self.add_error(
                f"serials_{line.line}", f"{len(serials)} serial numbers are given for {plain(quantity)} units"
            )
        more: dict[str, Any] = {
            "item_id": line.item_id,
            "lot": told.get(f"lot_{line.line}", "").strip(),
            "expires_on": told.get(f"expires_on_{line.line}"),
            "status": StockStatus(told.get(f"status_{line.line}") or StockStatus.AVAILABLE),
        }
        if serials:
            return [Made(quantity=Decimal(1), serial=serial, **more) for serial in serials]
        return [Made(quantity=quantity, **more)] if quantity else []
