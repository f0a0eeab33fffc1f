"""What an order would get, at the desk: which rules decide, why the others do not, and from where it would be taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from apps.core import clock
from apps.core.admin.cells import NOTHING, Tone, badge, link, quantity
from apps.core.admin.page import Column, Table
from apps.core.querysets import storable
from apps.orders.models import SalesOrder
from apps.orders.queries import DryRun, dry_run_of
from apps.orders.queries.dry_run import LineDryRun, LineOutcome
from apps.orders.rules.guidance import Verdict

if TYPE_CHECKING:
    from apps.accounts.models import User

PAGE = "admin/stillage/dry_run.html"


class Ask(forms.Form):
    """Which order."""

    order = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"placeholder": "Number"}))

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        self.user = user

    def clean_order(self) -> SalesOrder:
        """One that the person may see."""
        number = storable(str(self.cleaned_data["order"]).strip())
        orders = SalesOrder.objects.for_user(self.user).select_related("warehouse", "customer", "channel")
        found = orders.filter(number=number).first()
        if found is None:
            message = "No order has this number."
            raise forms.ValidationError(message)
        return found


def may_ask(request: HttpRequest) -> bool:
    """Whether the person may: whoever sees sales orders."""
    return bool(admin.site.get_model_admin(SalesOrder).has_view_permission(request))


@require_safe
def dry_run_page(request: HttpRequest) -> HttpResponse:
    """The page; nothing is locked and nothing changes."""
    if not may_ask(request):
        raise PermissionDenied
    user = cast("User", request.user)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "What would it get?"}
    if "order" not in request.GET:
        return TemplateResponse(request, PAGE, context | {"form": Ask(user, None), "fresh": True})
    form = Ask(user, request.GET)
    context["form"] = form
    if not form.is_valid():
        return TemplateResponse(request, PAGE, context, status=400)
    run = dry_run_of(form.cleaned_data["order"], at=clock.now())
    context |= {"order": link(run.order), "run": run, "tables": _tables(run)}
    return TemplateResponse(request, PAGE, context)


def _tables(run: DryRun) -> Sequence[Table]:
    return (
        _takes(run.lines),
        _not_taken(run.lines),
        Table(
            title="Rules about its goods",
            columns=(Column("Line"), *RULES),
            rows=[(each.line.line.line, *_rule(verdict)) for each in run.lines for verdict in each.verdicts],
            empty="No rule about allocation: first expired first out, from any zone.",
        ),
        *(
            Table(title=title, columns=RULES, rows=[_rule(verdict) for verdict in found], empty=empty)
            for title, found, empty in (
                ("Rules about its release", run.release, "No rule about release: somebody releases it."),
                ("Rules about its picking", run.pick, "No rule about picking: one order at a time."),
                ("Rules about its packing", run.pack, "No rule about packing: the packer is told nothing."),
            )
        ),
    )


RULES = (Column("Rule"), Column("Name"), Column("Decides"), Column("Because"))


def _rule(verdict: Verdict) -> tuple[object, ...]:
    says = badge("Yes", Tone.DONE) if verdict.decides else badge("No", Tone.WAITING)
    return verdict.guide.code, verdict.guide.name, says, verdict.sentence


def _takes(lines: Sequence[LineDryRun]) -> Table:
    rows: list[tuple[object, ...]] = []
    for each in lines:
        item, outcome = each.line.line.item, each.outcome
        head = (each.line.line.line, link(item))
        if outcome is None:
            rows.append((*head, NOTHING, NOTHING, NOTHING, NOTHING, "Wants nothing more"))
            continue
        wanted = quantity(outcome.want.demand.quantity, item.unit)
        strategy = outcome.want.demand.strategy.label
        rows += [
            (*head, wanted, portion.candidate.location_code, portion.candidate.lot_number or NOTHING, amount, strategy)
            for portion in outcome.portions
            if (amount := quantity(portion.quantity, item.unit))
        ]
        if outcome.short > 0:
            lacks = badge(quantity(outcome.short, item.unit), Tone.LATE)
            rows.append((*head, wanted, "Nowhere", NOTHING, lacks, _why_short(outcome)))
    return Table(
        title="What it would be allocated",
        columns=(
            Column("Line"),
            Column("Item"),
            Column("Wants", number=True),
            Column("From"),
            Column("Lot"),
            Column("Quantity", number=True),
            Column("Because"),
        ),
        rows=rows,
        empty="The order has no lines.",
    )


def _why_short(outcome: LineOutcome) -> str:
    if outcome.promised_before > 0:
        return "Short: the rest is kept for promises made before"
    return "Short: there is no more that it may have"


def _not_taken(lines: Sequence[LineDryRun]) -> Table:
    return Table(
        title="What it may not have",
        columns=(Column("Line"), Column("Bin"), Column("Lot"), Column("Free", number=True), Column("Because")),
        rows=[
            (
                each.line.line.line,
                barred.candidate.location_code,
                barred.candidate.lot_number or NOTHING,
                quantity(barred.candidate.free, each.line.line.item.unit),
                barred.why.label,
            )
            for each in lines
            if each.outcome is not None
            for barred in each.outcome.barred
        ],
        empty="All that stands here of these items may be allocated to it.",
    )
