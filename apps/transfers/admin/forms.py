"""What the verbs of a transfer ask at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget

from apps.journal.actor import Actor
from apps.journal.admin.draft import number_field, text_field
from apps.journal.admin.page import DocumentForm
from apps.ledger.models import StockBalance
from apps.locations.models import Location
from apps.storage.queries import goods_on, outermost_of
from apps.transfers.models import Transfer
from apps.transfers.operations import (
    close_transit,
    receive_goods,
)
from apps.transfers.operations.road import COMES_IN_AT
from apps.transfers.queries import balances_on_the_road
from apps.transfers.rules import Named
from apps.transfers.states import TransitOutcome


class AskPerhaps(forms.Form):
    """A word about it, where there is one to say."""

    reason = text_field(max_length=200, required=False)


class AskPlace(DocumentForm):
    """Where goods stand at the site that they were sent to."""

    location_id = forms.TypedChoiceField(coerce=int, label="Place", widget=UnfoldAdminSelectWidget())

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        places = Location.objects.filter(warehouse=document.destination_id, kind__in=COMES_IN_AT, is_active=True)
        field: Any = self.fields["location_id"]
        none = [] if field.required else [("", "Nowhere")]
        field.choices = [*none, *places.order_by("code").values_list("pk", "code")]


class AskArrived(AskPlace):
    """Some goods of it, out of their carton."""

    goods = forms.TypedChoiceField(coerce=int, widget=UnfoldAdminSelectWidget())
    quantity = number_field(help_text="Base units; what is missing stays on the road")
    damaged = forms.BooleanField(required=False)
    reason = text_field(max_length=200, required=False, help_text="Of damaged goods: what happened to them")

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        goods: Any = self.fields["goods"]
        goods.choices = _choices(document)


class AskOutcome(AskPlace):
    """What became of goods on the road."""

    outcome = forms.ChoiceField(choices=TransitOutcome.choices, widget=UnfoldAdminSelectWidget())
    remark = text_field(max_length=200, label="Because")
    goods = forms.TypedChoiceField(coerce=int, required=False, empty_value=None, widget=UnfoldAdminSelectWidget())
    quantity = number_field(required=False, help_text="Base units; empty: all of them")
    location_id = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label="Place",
        help_text="Where what was found stands",
        widget=UnfoldAdminSelectWidget(),
    )

    field_order = ("outcome", "remark", "goods", "quantity", "location_id")

    def __init__(self, data: Any, *, document: Transfer) -> None:
        super().__init__(data, document=document)
        goods: Any = self.fields["goods"]
        goods.choices = [("", "All that is on the road"), *_choices(document)]


def _choices(document: Transfer) -> list[tuple[int, str]]:
    rows = balances_on_the_road(document).select_related("item__unit", "lot", "serial", "unit")
    return [
        (
            row.pk,
            " ".join(filter(None, (str(row.item), str(row.lot or ""), str(row.serial or ""), f"in {row.unit}:")))
            + f" {row.on_hand.normalize():f} {row.item.unit}",
        )
        for row in rows
    ]


def _named(balance_id: int, amount: Decimal | None, **more: Any) -> Named:
    """The goods that a form's choice stands for."""
    row = StockBalance.objects.get(pk=balance_id)
    return Named(
        item_id=row.item_id,
        quantity=row.on_hand if amount is None else amount,
        unit_id=row.unit_id,
        lot_id=row.lot_id,
        serial_id=row.serial_id,
        **more,
    )


def receive_chosen(
    *,
    transfer_id: int,
    location_id: int,
    goods: int,
    quantity: Decimal,
    damaged: bool,
    reason: str,
    by: Actor,
    at: datetime,
) -> Transfer:
    """So much of the goods that were chosen came in."""
    named = _named(goods, quantity, damaged=damaged, reason=reason)
    return receive_goods(transfer_id=transfer_id, location_id=location_id, goods=[named], by=by, at=at)


def close_chosen(
    *, transfer_id: int, goods: int | None, quantity: Decimal | None, by: Actor, at: datetime, **more: Any
) -> Transfer:
    """What became of the goods that were chosen, or of all."""
    named = [] if goods is None else [_named(goods, quantity)]
    return close_transit(transfer_id=transfer_id, goods=named, by=by, at=at, **more)


def outer_units(document: Transfer) -> Sequence[int]:
    """The cartons on the road; in their stead the pallets of which all goods are this transfer's."""
    mine: dict[int, Decimal] = {}
    for row in balances_on_the_road(document):
        if row.unit_id is not None:
            mine[row.unit_id] = mine.get(row.unit_id, Decimal(0)) + row.on_hand
    outer = outermost_of(mine)
    on_outer = {unit: sum(each.quantity for each in goods) for unit, goods in goods_on(outer.values()).items()}
    whole = {
        unit
        for unit, total in on_outer.items()
        if total == sum(amount for carton, amount in mine.items() if outer[carton] == unit)
    }
    return sorted({outer[carton] if outer[carton] in whole else carton for carton in mine})
