"""Sealed blocks: how far history is closed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.accounts.access import AUDIT_TRAIL
from apps.core.admin.cells import link, moment
from apps.core.admin.page import Column, Fact, Table
from apps.journal.admin.page import PageAdmin
from apps.ledger.admin.cells import recorded
from apps.ledger.models import Block

MOST_SHOWN = 50


@admin.register(Block)
class BlockAdmin(PageAdmin):
    """Blocks of all warehouses, newest first."""

    access = AUDIT_TRAIL
    list_display = ("number", "sealed", "count", "last", "digest")
    search_fields = ("=number",)
    ordering = ("-number",)
    first_step = "Every few minutes what was posted is sealed here; then no change of it goes unnoticed."

    @admin.display(description="sealed", ordering="sealed_at")
    def sealed(self, block: Block) -> SafeString:
        """By the database's clock."""
        return moment(block.sealed_at)

    @admin.display(description="up to position")
    def last(self, block: Block) -> int:
        """So many transactions are sealed in it and all before."""
        return block.last

    @admin.display(description="hash")
    def digest(self, block: Block) -> SafeString:
        """As it is anchored."""
        return format_html("<code>{}</code>", block.hash_text)

    def facts(self, document: Block) -> Iterable[Fact]:
        """What its hash is over."""
        yield Fact("Sealed", moment(document.sealed_at))
        yield Fact("Transactions", f"{document.count}, at positions {document.first} to {document.last}")
        yield Fact("Hash", self.digest(document))
        yield Fact("Root", format_html("<code>{}</code>", bytes(document.root).hex()))
        yield Fact("Hash of the block before", format_html("<code>{}</code>", bytes(document.previous).hex()))

    def tables(self, request: HttpRequest, document: Block) -> Iterable[Table]:
        """Its first transactions, in the order in which they are sealed."""
        rows = document.transactions.select_related("transaction__warehouse").order_by("position")[:MOST_SHOWN]
        yield Table(
            title="Transactions" if document.count <= MOST_SHOWN else f"The first {MOST_SHOWN} transactions",
            columns=(Column("Position", number=True), Column("Posting"), Column("Warehouse"), Column("Recorded")),
            rows=[
                (
                    row.position,
                    link(row.transaction, f"{row.transaction_id} {row.transaction.get_kind_display()}"),
                    row.transaction.warehouse,
                    recorded(row.transaction, row.transaction.warehouse.timezone),
                )
                for row in rows
            ],
            empty="It has none.",
        )
