"""What a supplier sells us, and how well they keep what was ordered."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from apps.accounts.access import INBOUND
from apps.accounts.models import User
from apps.core import clock
from apps.core.admin.cells import NOTHING, day, due, link, moment, money, quantity
from apps.core.admin.page import Column, Fact, Table
from apps.core.decimals import plain
from apps.journal.admin.page import PageAdmin
from apps.locations.queries import company_currency
from apps.purchasing.admin.badges import order_badge, receipt_badge
from apps.purchasing.models import PurchaseOrder, Receipt, Supplier
from apps.purchasing.scorecard import Scorecard, supplier_scorecard
from apps.purchasing.states import TO_COME

LATEST = 20


@admin.register(Supplier)
class SupplierAdmin(PageAdmin):
    """From whom we buy; the party itself is kept among the parties."""

    access = INBOUND
    list_display = ("number", "name", "city", "country", "currency", "sold", "open_orders")
    search_fields = ("number", "name", "city", "supplied_items__supplier_code", "supplied_items__item__number")
    first_step = "Mark a party as a supplier, or import a list of them."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Active suppliers, with how much they sell and owe."""
        rows: Any = super().get_queryset(request)
        mine = PurchaseOrder.objects.for_user(cast("User", request.user)).filter(state__in=TO_COME)
        return rows.filter(is_supplier=True, is_active=True).annotate(  # type: ignore[no-any-return]
            items_sold=Count("supplied_items__item", distinct=True),
            orders_open=Count("purchase_orders", filter=Q(purchase_orders__in=mine), distinct=True),
        )

    @admin.display(description="items sold", ordering="items_sold")
    def sold(self, supplier: Any) -> int:
        """How many items they have a price for."""
        return int(supplier.items_sold)

    @admin.display(description="open orders", ordering="orders_open")
    def open_orders(self, supplier: Any) -> int:
        """Orders of which goods are still to come."""
        return int(supplier.orders_open)

    def facts(self, document: Supplier) -> Iterable[Fact]:
        """How to reach them."""
        yield Fact("Name", document.name)
        yield Fact("Contact", document.contact or NOTHING)
        yield Fact("E-mail", document.email or NOTHING)
        yield Fact("Phone", document.phone or NOTHING)
        yield Fact("Currency", document.currency or "The company's")
        yield Fact("Address", ", ".join(document.address_lines) or NOTHING)

    def tables(self, request: HttpRequest, document: Supplier) -> Iterable[Table]:
        """How well they deliver, what they sell, what is on its way, what came."""
        worker = cast("User", request.user)
        yield _scores(supplier_scorecard(document.pk, worker, at=clock.now()))
        orders = PurchaseOrder.objects.for_user(worker).filter(supplier=document, state__in=TO_COME)
        yield Table(
            title="On order",
            columns=(
                Column("Order"),
                Column("State"),
                Column("Warehouse"),
                Column("Due"),
                Column("Worth", number=True),
            ),
            rows=[
                (
                    link(order),
                    order_badge(order),
                    order.warehouse,
                    due(order.due_on, order.warehouse.local_date(clock.now()), is_open=True),
                    money(order.total, order.currency),
                )
                for order in orders.select_related("warehouse").prefetch_related("lines").order_by("due_on")
            ],
            empty="Nothing is on order.",
        )
        currency = document.currency or company_currency()
        yield Table(
            title="Prices",
            columns=(
                Column("Item"),
                Column("Their code"),
                Column("From", number=True),
                Column("Multiple", number=True),
                Column("Price", number=True),
                Column("Lead time, days", number=True),
            ),
            rows=[
                (
                    link(row.item),
                    row.supplier_code or NOTHING,
                    quantity(row.minimum_quantity, row.item.unit),
                    quantity(row.multiple_quantity, row.item.unit) if row.multiple_quantity else NOTHING,
                    money(row.price, currency),
                    f"{row.lead_time_days} ± {plain(row.lead_time_spread_days)}",
                )
                for row in document.supplied_items.select_related("item__unit").order_by("item__number", "pk")
            ],
            empty="No prices are known; orders take the items' standard cost.",
        )
        receipts = Receipt.objects.for_user(worker).filter(supplier=document).select_related("warehouse")
        yield Table(
            title="Latest receipts",
            columns=(Column("Receipt"), Column("State"), Column("Warehouse"), Column("Arrived")),
            rows=[
                (link(each), receipt_badge(each), each.warehouse, moment(each.arrived_at, each.warehouse.timezone))
                for each in receipts.order_by("-pk")[:LATEST]
            ],
            empty="Nothing has come yet.",
        )


def _scores(card: Scorecard) -> Table:
    """The scorecard; what nothing is known for says so."""

    def percent(share: Decimal | None) -> str | SafeString:
        return NOTHING if share is None else f"{plain(share)} %"

    def days(number: Decimal | None) -> str | SafeString:
        return NOTHING if number is None else plain(number)

    return Table(
        title="Scorecard",
        columns=(
            Column("Since"),
            Column("Lines due", number=True),
            Column("On time", number=True),
            Column("In full", number=True),
            Column("Both", number=True),
            Column("Rejected or damaged", number=True),
            Column("Price drift", number=True),
            Column("Lead time, days", number=True),
            Column("Spread", number=True),
        ),
        rows=[
            (
                day(card.since),
                card.lines,
                percent(card.on_time_percent),
                percent(card.in_full_percent),
                percent(card.on_time_in_full_percent),
                percent(card.rejected_percent),
                percent(card.price_drift_percent),
                days(card.lead_time_days),
                days(card.lead_time_spread_days),
            )
        ],
        empty="",
    )
