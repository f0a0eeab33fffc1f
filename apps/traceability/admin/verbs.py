"""What can be done with a recall at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.widgets import (
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from apps.core.admin.page import Outlook
from apps.core.errors import InvalidQuantity
from apps.core.quantities import parse_quantity
from apps.journal.admin.draft import choice_field
from apps.journal.admin.page import AskReason, Button, DocumentForm
from apps.ledger.models import Hold
from apps.traceability.admin.fields import fact_fields
from apps.traceability.models import RecallCase
from apps.traceability.operations import (
    MAY_RECALL,
    RecallFacts,
    Said,
    ask_closure,
    change_recall,
    close_recall,
    draw_checks,
    note_notified,
    record_check,
    record_response,
    refuse_closure,
    release_lots,
)
from apps.traceability.queries import shipped_to, status_of
from apps.traceability.states import (
    CheckResult,
    ContactMethod,
    EffectivenessLevel,
    RecallState,
)


class ChangeForm(DocumentForm):
    """The case's facts, as they are."""

    def __init__(self, data: Any, *, document: RecallCase) -> None:
        super().__init__(data, document=document)
        for name, field in fact_fields().items():
            field.initial = getattr(document, name)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """As the operation takes them."""
        said = super().clean() or self.cleaned_data
        return {"facts": RecallFacts(**said)} if not self.errors else said


class NotifyForm(forms.Form):
    """How they were told."""

    method = choice_field(ContactMethod.choices)


class _ForConsignee(DocumentForm):
    """One of the case's consignees."""

    def __init__(self, data: Any, *, document: RecallCase) -> None:
        super().__init__(data, document=document)
        parties = [each.party for each in document.consignees.select_related("party").order_by("party__number")]
        choices = [(party.pk, f"{party.number} {party.name}") for party in self.wanted(parties)]
        self.fields["party_id"] = forms.TypedChoiceField(
            choices=choices, coerce=int, label="Consignee", widget=UnfoldAdminSelectWidget()
        )
        self.order_fields(["party_id"])

    def wanted(self, parties: list[Any]) -> list[Any]:
        """Which of them may be chosen."""
        return parties


class ResponseForm(_ForConsignee):
    """What a consignee says of one lot; of several, one after the other."""

    lot = forms.CharField(max_length=40, widget=UnfoldAdminTextInputWidget(), help_text="Its number")
    on_hand = forms.CharField(widget=UnfoldAdminTextInputWidget(), help_text="When they were told, in base units")
    returned = forms.CharField(initial="0", widget=UnfoldAdminTextInputWidget())
    destroyed = forms.CharField(initial="0", widget=UnfoldAdminTextInputWidget())
    corrected = forms.CharField(initial="0", widget=UnfoldAdminTextInputWidget())
    remark = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget())

    def clean(self) -> dict[str, Any]:
        """As the operation takes it."""
        said = super().clean() or self.cleaned_data
        amounts = {}
        for name in ("on_hand", "returned", "destroyed", "corrected"):
            try:
                amounts[name] = parse_quantity(said.get(name, ""), zero=True)
            except InvalidQuantity as refusal:
                self.add_error(name, str(refusal))
        party_id = said.get("party_id")
        lots = self.document.lots.filter(number=said.get("lot", "")).values_list("pk", flat=True)
        sent = shipped_to(self.document, party_id) if party_id else {}
        lot_id = next((pk for pk in lots if pk in sent), None)
        if lot_id is None:
            self.add_error("lot", "They were sent none of a lot with this number.")
        if self.errors or lot_id is None:
            return said
        return {"party_id": party_id, "lines": [Said(lot_id=lot_id, **amounts)], "remark": said["remark"]}


class DrawForm(forms.Form):
    """How many are checked."""

    level = choice_field(EffectivenessLevel.choices)
    percent = forms.DecimalField(
        max_digits=5,
        decimal_places=2,
        required=False,
        widget=UnfoldAdminTextInputWidget(),
        help_text="Of level B alone: above 10 and below 100",
    )


class CheckForm(_ForConsignee):
    """What a check found."""

    result = choice_field(CheckResult.choices)
    method = choice_field(ContactMethod.choices, initial=ContactMethod.PHONE)
    remark = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget())

    def wanted(self, parties: list[Any]) -> list[Any]:
        """Those that were drawn and not checked yet."""
        open_checks = set(
            self.document.consignees.filter(check_drawn__checked_at=None, check_drawn__isnull=False).values_list(
                "party", flat=True
            )
        )
        return [party for party in parties if party.pk in open_checks]


class ReleaseForm(DocumentForm):
    """Lots that turned out to be sound."""

    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget())

    def __init__(self, data: Any, *, document: RecallCase) -> None:
        super().__init__(data, document=document)
        holds = Hold.objects.open().filter(recalls=document).select_related("lot__item").order_by("lot__number")
        self.fields["lot_ids"] = forms.TypedMultipleChoiceField(
            choices=[(hold.lot_id, f"{hold.lot.number} of {hold.lot.item.number}") for hold in holds],
            coerce=int,
            label="Lots",
            widget=UnfoldAdminSelectMultipleWidget(),
        )
        self.order_fields(["lot_ids"])


class ClosureForm(forms.Form):
    """Why all is done."""

    remark = forms.CharField(max_length=200, widget=UnfoldAdminTextInputWidget(), help_text="What was found and done")
    frees_stock = forms.BooleanField(
        required=False,
        widget=UnfoldBooleanWidget(),
        label="Free what is here",
        help_text="Else what is on hand stays held for good",
    )


class ApproveForm(forms.Form):
    """What whoever approves wants to add."""

    reason = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget())


def _loose_ends(request: HttpRequest, case: RecallCase) -> Outlook:
    del request
    ends = status_of(case).loose_ends
    return Outlook(note="; ".join(ends).capitalize() + "." if ends else "Nothing is loose.", possible=True, tables=[])


def _some_frozen(case: RecallCase) -> bool:
    return Hold.objects.open().filter(recalls=case).exists()


def _checks_open(case: RecallCase) -> bool:
    return case.consignees.filter(check_drawn__isnull=False, check_drawn__checked_at=None).exists()


def _verb(name: str, label: str, operation: Any, done: str, icon: str, **more: Any) -> Button:
    more.setdefault("states", (RecallState.OPEN,))
    return Button(
        name=name,
        label=label,
        operation=operation,
        argument="recall_id",
        done=done,
        roles=MAY_RECALL,
        icon=icon,
        **more,
    )


BUTTONS = (
    _verb(
        "notify",
        "All were told",
        note_notified,
        "It is noted who was told.",
        "outgoing_mail",
        form=NotifyForm,
        when=lambda case: case.consignees.filter(notified_at=None).exists(),
    ),
    _verb(
        "respond",
        "Enter an answer",
        record_response,
        "The answer is kept.",
        "mark_email_read",
        form=ResponseForm,
        when=lambda case: case.consignees.exclude(notified_at=None).exists(),
    ),
    _verb(
        "draw",
        "Draw whom to check",
        draw_checks,
        "Whom to check is drawn.",
        "casino",
        form=DrawForm,
        when=lambda case: case.sampled_at is None,
    ),
    _verb(
        "check", "Enter a check", record_check, "The check is kept.", "fact_check", form=CheckForm, when=_checks_open
    ),
    _verb("change", "Change its facts", change_recall, "%s is changed.", "edit", form=ChangeForm),
    _verb(
        "release",
        "Release some lots",
        release_lots,
        "%s holds them no more; what else holds them stays.",
        "lock_open",
        form=ReleaseForm,
        when=_some_frozen,
    ),
    _verb(
        "ask",
        "Ask for closure",
        ask_closure,
        "%s waits for another to approve its closure.",
        "how_to_reg",
        form=ClosureForm,
        outlook=_loose_ends,
    ),
    _verb(
        "close",
        "Approve the closure",
        close_recall,
        "%s is closed.",
        "done_all",
        form=ApproveForm,
        outlook=_loose_ends,
        grave=True,
        states=(RecallState.CLOSING,),
    ),
    _verb(
        "refuse",
        "Refuse the closure",
        refuse_closure,
        "%s goes on.",
        "undo",
        form=AskReason,
        states=(RecallState.CLOSING,),
    ),
)
