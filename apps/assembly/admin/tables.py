"""The tables of an assembly order's page."""

from __future__ import annotations

from apps.assembly.models import AssemblyGenealogy, AssemblyIssue, AssemblyOrder
from apps.assembly.states import LineRole
from apps.core.admin.cells import NOTHING, link, quantity
from apps.core.admin.page import Column, Table


def issues_table(order: AssemblyOrder) -> Table:
    """What was brought to the bench, and what became of it."""
    rows = AssemblyIssue.objects.filter(line__order=order).select_related("item__unit", "lot", "serial", "issued_by")
    return Table(
        title="Issued",
        columns=(
            Column("Issue", number=True),
            Column("Item"),
            Column("Lot"),
            Column("Serial number"),
            Column("Issued", number=True),
            Column("Used", number=True),
            Column("Back", number=True),
            Column("Scrapped", number=True),
            Column("At the bench", number=True),
            Column("Because"),
            Column("By"),
        ),
        rows=[
            (
                row.pk,
                link(row.item),
                link(row.lot),
                row.serial or NOTHING,
                quantity(row.quantity, row.item.unit),
                quantity(row.consumed, row.item.unit),
                quantity(row.returned, row.item.unit),
                quantity(row.scrapped, row.item.unit),
                quantity(row.left, row.item.unit),
                row.reason or NOTHING,
                row.issued_by,
            )
            for row in rows
        ],
        empty="Nothing has been brought to the bench.",
    )


def to_come_table(order: AssemblyOrder) -> Table:
    """What the order makes."""
    rows = order.lines.exclude(role=LineRole.COMPONENT).select_related("item__unit")
    return Table(
        title="Comes out",
        columns=(Column("Item"), Column("What"), Column("Planned", number=True), Column("Made", number=True)),
        rows=[
            (
                link(row.item),
                row.get_role_display(),
                quantity(row.quantity, row.item.unit),
                quantity(row.done, row.item.unit),
            )
            for row in rows
        ],
        empty="A service makes nothing.",
    )


def made_table(order: AssemblyOrder) -> Table:
    """Which output holds what."""
    rows = AssemblyGenealogy.objects.filter(output__line__order=order).select_related(
        "output__line__item__unit", "output__lot", "output__serial", "issue__item__unit", "issue__lot", "issue__serial"
    )
    return Table(
        title="What is in what",
        columns=(
            Column("Made"),
            Column("Lot"),
            Column("Serial number"),
            Column("Quantity", number=True),
            Column("Holds"),
            Column("Of lot"),
            Column("Of serial number"),
            Column("Quantity", number=True),
        ),
        rows=[
            (
                link(row.output.line.item),
                link(row.output.lot),
                row.output.serial or NOTHING,
                quantity(row.output.quantity, row.output.line.item.unit),
                link(row.issue.item),
                link(row.issue.lot),
                row.issue.serial or NOTHING,
                quantity(row.quantity, row.issue.item.unit),
            )
            for row in rows
        ],
        empty="Nothing has come out yet.",
    )
